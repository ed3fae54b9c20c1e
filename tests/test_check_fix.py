"""``check --fix`` mends what needs no judgement, says so, and leaves every other byte as it was."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import Run
from recoverykb.check import fixing
from recoverykb.check.choice import EVERYTHING, Choice, choose
from recoverykb.check.fixing import Mended, mend
from recoverykb.check.registry import explain
from recoverykb.check.runner import check_base
from recoverykb.storage.schemas import schema_files, schema_line
from spoilt import BODY, CLEAN, GUIDE, TERM, TODAY, changed, write
from test_check import CASES, Case


def fixed(root: Path, choice: Choice = EVERYTHING, **options: Any) -> list[Mended]:
    """What was mended in a base, and tried in vain."""
    return mend(root, today=TODAY, choice=choice, **options)[0]


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    write(tmp_path / "base", CLEAN)
    return tmp_path / "base"


cases = pytest.mark.parametrize(
    ("code", "case"),
    [
        pytest.param(code, case, id=f"{code}-{number}")
        for code, of_code in CASES.items()
        for number, case in enumerate(of_code)
    ],
)


@cases
def test_a_fact_is_never_touched_and_what_can_be_mended_is_no_more(
    code: str, case: Case, tmp_path: Path
) -> None:
    write(tmp_path, {**CLEAN, **case.files})
    before = files(tmp_path)
    told = fixed(tmp_path)
    info = explain(code)
    assert info is not None
    if not info.mends:
        assert {one.problem.code for one in told} <= case.also
        assert told or files(tmp_path) == before
    elif any(one.done for one in told):
        assert code not in {problem.code for problem in check_base(tmp_path, today=TODAY)}
        assert {one.problem.code for one in told} == {code}
    else:
        assert code == "RKB002", "the other codes can always be mended"
        assert files(tmp_path) == before
    again = files(tmp_path)
    assert not any(one.done for one in fixed(tmp_path))
    assert files(tmp_path) == again


TEXTS = [
    (
        "a date in quotes",
        'compiled = 2021-05-01\nuse = "other"',
        "compiled = \"2021-05-01\" # the day\nuse = 'other'",
        "compiled = 2021-05-01 # the day\nuse = 'other'",
    ),
    ("blanks at the ends of a line", '"A guide"', '"\\tA guide  " # name', '"A guide" # name'),
    ("an id twice", '["src-a"]', '["src-a",# one\n "src-a"]', '["src-a",# one\n ]'),
    ("a control character", '"Do it."', '"Do\\u001b[31m it\\u202e."', '"Do it."'),
    ("a tab", '"Steps"', '"""Steps\tto take"""', '"""Steps to take"""'),
    ("blanks at the end", '"What to do."', '"""What  \nto do."""  ', '"""What  \nto do."""'),
]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "byte order mark"])
@pytest.mark.parametrize(("clean_text", "spoilt", "mended"), [row[1:] for row in TEXTS], ids=[row[0] for row in TEXTS])  # fmt: skip
def test_every_other_byte_stays(
    clean_text: str, spoilt: str, mended: str, mark: str, newline: str, clean: Path
) -> None:
    def as_bytes(text: str) -> bytes:
        whole = changed(GUIDE, (clean_text, text))[GUIDE]
        return (mark + f"# é\n{whole}# end\n").replace("\n", newline).encode()

    (clean / GUIDE).write_bytes(as_bytes(spoilt))
    (one,) = fixed(clean)
    assert one.done
    assert (clean / GUIDE).read_bytes() == as_bytes(mended)
    assert {path: text for path, text in files(clean).items() if path != GUIDE} == {
        path: text.encode() for path, text in CLEAN.items() if path != GUIDE
    }


def test_many_things_of_one_file_are_mended_at_once_and_more_that_then_come_to_light(clean: Path) -> None:
    """The record does not fit at first, so that only the second pass sees its lists and texts."""
    old = '["src-a"]'
    write(
        clean,
        changed(GUIDE, (old, '["src-a", "src-b", "src-a", "src-b"]'), ("2021-05-01", '"2021-05-01"  '),
                ('"Steps"', '"St\\teps"'), ('"Do it."', '"\\u001b[1mDo\\u202e it."')),
    )  # fmt: skip
    told = fixed(clean)
    assert all(one.done for one in told)
    assert sorted(one.problem.code for one in told) == [
        "RKB002", "RKB006", "RKB106", "RKB106", "RKB502", "RKB502",
    ]  # fmt: skip
    wanted = changed(GUIDE, (old, '["src-a", "src-b"]'), ('"Steps"', '"St eps"'))
    assert (clean / GUIDE).read_text() == wanted[GUIDE]
    assert check_base(clean, today=TODAY) == []


def test_a_grouped_file_is_mended_in_every_record(clean: Path) -> None:
    tables = "\n".join(
        f'[[term]] # {number}\nid = "t-{number}"\nname = "T{number}"\nabout = ["a-guide", "a-guide"]\n'
        f'compiled = "2021-05-01"\nlabels = [{{ text = "x{number}\\t", type = "synonym" }}]\n'
        for number in range(30)
    )
    write(clean, {"terms/many.toml": tables})
    told = fixed(clean)
    assert len(told) == 90
    assert all(one.done for one in told)
    wanted = (
        tables.replace('"a-guide", "a-guide"', '"a-guide"')
        .replace('"2021-05-01"', "2021-05-01")
        .replace("\\t", "")
    )
    assert (clean / "terms/many.toml").read_text() == wanted


pieces = st.sampled_from(["a", "é", " ", "\\t", "\\u001b", "\\\\", '\\"', "\u202e", "\U0001f600", "#"])
texts = st.lists(pieces, min_size=1, max_size=8).map(lambda parts: f'"x{"".join(parts)}x"')


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=texts, ids=st.lists(st.sampled_from(["src-a", "src-b"]), min_size=1, max_size=5),
       comments=st.lists(st.sampled_from(["", " # why", "  "]), min_size=5, max_size=5),
       newline=st.sampled_from(["\n", "\r\n"]))  # fmt: skip
def test_whatever_stands_there_the_file_says_the_same_afterwards_but_for_what_was_told(
    text: str, ids: list[str], comments: list[str], newline: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.mktemp("any")
    listed = "".join(f'  "{name}",{comment}\n' for name, comment in zip(ids, comments, strict=False))
    spoilt = changed(GUIDE, ('["src-a"]', "['src-a']"), ('"Do it."', text), ('summary = "What', f'sources = [\n{listed}]\nsummary = "What'))  # fmt: skip
    write(root, CLEAN)
    (root / GUIDE).write_bytes(spoilt[GUIDE].replace("\n", newline).encode())
    before = tomllib.loads(spoilt[GUIDE])
    assert all(one.done for one in fixed(root))
    left = (root / GUIDE).read_bytes().decode()
    after = tomllib.loads(left.replace("\r\n", "\n"))
    assert left.count("# why") == sum("why" in comment for comment, _ in zip(comments, ids, strict=False))
    assert left.count("\r") == (left.count("\n") if newline == "\r\n" else 0)
    before["sources"] = list(dict.fromkeys(ids))
    said = before["sections"][0]["items"][0]["text"]
    before["sections"][0]["items"][0]["text"] = (
        said.replace("\t", " ").replace("\x1b", "").replace("\u202e", "")
    )
    assert after == before


# Files as such.


def test_a_file_is_named_after_its_record(clean: Path) -> None:
    (clean / GUIDE).rename(clean / "guides/copy of a guide.toml")
    (one,) = fixed(clean)
    assert (one.done, one.told) == (True, "named it a-guide.toml")
    assert files(clean) == {path: text.encode() for path, text in CLEAN.items()}


def test_no_file_is_written_over_by_a_new_name(clean: Path) -> None:
    write(clean, {"guides/copy.toml": CLEAN[GUIDE].replace("What to do", "What else to do")})
    before = files(clean)
    (one,) = fixed(clean)
    assert not one.done
    assert "a-guide.toml" in one.told
    assert files(clean) == before


def test_a_file_is_mended_and_named_anew_in_one_run_that_names_it(clean: Path, run: Run) -> None:
    (clean / GUIDE).unlink()
    write(clean, {"guides/new.toml": CLEAN[GUIDE].replace('"Steps"', '"St\\u202eeps"')})
    result = run("check", "guides/new.toml", "--fix", cwd=clean)
    assert (result.code, result.stdout) == (0, "")
    assert (clean / GUIDE).read_text() == CLEAN[GUIDE]
    assert "fixed guides/new.toml:8:1: RKB502 deleted U+202E" in result.stderr
    assert "fixed guides/new.toml:2:1: RKB003 named it a-guide.toml" in result.stderr
    assert "0 errors, 0 warnings; 2 fixed" in result.stderr


def test_every_file_gets_the_line_of_its_schema_and_the_schemas_are_written(clean: Path) -> None:
    (clean / "schemas").mkdir()
    (clean / TERM).write_bytes(CLEAN[TERM].replace("\n", "\r\n").encode())
    told = fixed(clean)
    assert {one.problem.code for one in told if one.done} == {"RKB007", "RKB008"}
    wanted = {path: f"{schema_line(path)}\n{text}".encode() for path, text in CLEAN.items()}
    wanted[TERM] = wanted[TERM].replace(b"\n", b"\r\n")
    wanted |= {f"schemas/{name}": text.encode() for name, text in schema_files().items()}
    assert files(clean) == wanted
    assert check_base(clean, today=TODAY) == []


def test_a_folder_of_schemas_that_leads_out_of_the_base_is_not_written_to(
    clean: Path, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (clean / "schemas").symlink_to(tmp_path / "elsewhere")
    told = fixed(clean, choose(["RKB008"]))
    assert [(one.done, one.told) for one in told] == [(False, "schemas/strategy.json leads out of the base")]
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_exceptions_that_lead_out_of_the_base_are_neither_read_nor_written(
    clean: Path, tmp_path: Path
) -> None:
    (tmp_path / "outside.toml").write_text("secret = 1  ")
    (clean / "exceptions.toml").symlink_to(tmp_path / "outside.toml")
    assert fixed(clean) == []
    assert (tmp_path / "outside.toml").read_text() == "secret = 1  "
    assert check_base(clean, today=TODAY) == []


# What must not happen.


def spoil(root: Path) -> bytes:
    write(root, changed(GUIDE, ('"Steps"', '"St\\u202eeps"')))
    return (root / GUIDE).read_bytes()


def test_a_file_that_somebody_changed_meanwhile_is_left_to_them(
    clean: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(clean)
    theirs = b"# mine!\n"
    really = fixing.splice

    def interrupted(*arguments: Any) -> bytes:
        (clean / GUIDE).write_bytes(theirs)
        return really(*arguments)

    monkeypatch.setattr(fixing, "splice", interrupted)
    (one,) = fixed(clean)
    assert (one.done, one.told) == (False, "somebody changed the file meanwhile")
    assert (clean / GUIDE).read_bytes() == theirs


@pytest.mark.parametrize("theirs", ["# é\n\n  # mine! \n", None])
def test_so_is_one_that_changed_after_it_was_examined(
    theirs: str | None, clean: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(clean, changed(GUIDE, ('"What to do."', '"What to do."   '), ('"Steps"', '"St\\u202eeps"')))
    really = fixing.examine

    def interrupted(*arguments: Any, **options: Any) -> Any:
        report = really(*arguments, **options)
        if theirs is None:
            (clean / GUIDE).unlink(missing_ok=True)
        else:
            (clean / GUIDE).write_text(theirs + CLEAN[GUIDE])
        return report

    monkeypatch.setattr(fixing, "examine", interrupted)
    told = fixed(clean)
    assert {(one.done, one.told) for one in told} == {(False, "somebody changed the file meanwhile")}
    assert len(told) == 2
    assert (
        not (clean / GUIDE).exists()
        if theirs is None
        else (clean / GUIDE).read_text() == theirs + CLEAN[GUIDE]
    )


def test_a_file_that_would_say_something_else_is_left_as_it_is(
    clean: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = spoil(clean)
    for wrong in (b'id = "a-guide"\n', b"= no TOML"):
        monkeypatch.setattr(fixing, "splice", lambda *_, wrong=wrong: wrong)
        (one,) = fixed(clean)
        assert not one.done
        assert "afterwards" in one.told
        assert (clean / GUIDE).read_bytes() == before


def test_a_disk_that_is_full_leaves_the_file_and_is_told(
    clean: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = spoil(clean)

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    (one,) = fixed(clean)
    assert not one.done
    assert "No space left on device" in one.told
    assert files(clean) == {**{path: text.encode() for path, text in CLEAN.items()}, GUIDE: before}


def test_only_what_is_asked_for_is_mended(clean: Path) -> None:
    before = spoil(clean)
    assert fixed(clean, choose(["RKB1"])) == []
    assert fixed(clean, choose([], ["RKB502"])) == []
    assert fixed(clean, only=[BODY]) == []
    write(clean, {"exceptions.toml": EXCEPTION})
    assert fixed(clean) == []
    assert (clean / GUIDE).read_bytes() == before


EXCEPTION = """
[[exception]]
code = "RKB502"
record = "a-guide"
reason = "We ask the printer first."
expires = 2021-12-31
"""


def test_the_packaged_base_is_only_written_to_where_it_is_named(run: Run, tmp_path: Path) -> None:
    from recoverykb.check.targets import targets
    from recoverykb.storage.layers import Layer

    write(tmp_path, CLEAN)
    layers = [Layer("bundled", tmp_path, packaged=True)]
    assert [target.own for target in targets([], layers)] == [False]
    assert [target.own for target in targets([tmp_path], layers)] == [True]
    assert [target.own for target in targets([], [Layer("team", tmp_path)])] == [True]


# What the command says.


def test_what_is_left_is_printed_and_what_was_done_is_told(clean: Path, run: Run) -> None:
    spoil(clean)
    write(clean, changed(BODY, ('summary = "It answers the phone."', 'summary = "It helps addicts."')))
    told = run("check", "base", cwd=clean.parent)
    assert "1 error, 1 warning; --fix mends 1 of them" in told.stderr
    result = run("check", "base", "--fix", cwd=clean.parent)
    assert result.code == 0
    assert [line.split()[1] for line in result.stdout.splitlines()] == ["RKB501"]
    assert result.stderr.splitlines() == [
        f"recoverykb: fixed base/{GUIDE}:8:1: RKB502 deleted U+202E",
        "recoverykb: 0 errors, 1 warning; 1 fixed",
    ]


def test_json_has_what_was_done_beside_what_is_left(clean: Path, run: Run) -> None:
    spoil(clean)
    data: Mapping[str, Any] = run("check", "base", "--fix", "--format", "json", cwd=clean.parent).json
    assert data["problems"] == []
    (entry,) = data["fixed"]
    assert (entry["file"], entry["code"], entry["did"]) == (f"base/{GUIDE}", "RKB502", "deleted U+202E")
