"""What a check keeps of a base never changes what the next one says; it only spares the reading."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import Run
from recoverykb.check import kept
from recoverykb.check.choice import EVERYTHING, Choice, choose
from recoverykb.check.registry import every_rule
from recoverykb.check.runner import Report, examine
from recoverykb.storage import positions
from recoverykb.storage.folders import CACHE_VARIABLE
from recoverykb.storage.layers import Layer
from recoverykb.storage.schemas import schema_files
from spoilt import BODY, CLEAN, GUIDE, HARM, SERVICE, SOURCE, TERM, TODAY, ZED, changed, write

B = "sources/src-b.toml"


@contextmanager
def cache_at(folder: Path) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(CACHE_VARIABLE, str(folder))
        yield


def report(root: Path, cache: Path, *, today: date = TODAY, below: list[Layer] | None = None, choice: Choice = EVERYTHING, only: tuple[str, ...] = ()) -> Report:  # fmt: skip
    """What a check says with what ``cache`` keeps."""
    with cache_at(cache):
        return examine(root, today=today, below=below or [], choice=choice, only=only)


def codes(found: Report) -> set[tuple[str, str]]:
    return {(one.problem.file, one.problem.code) for one in found.found}


@pytest.fixture
def warm(tmp_path: Path) -> Path:
    """A cache folder."""
    return tmp_path / "cache"


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """The clean base, written long ago."""
    write(tmp_path / "base", CLEAN)
    return aged(tmp_path / "base")


def aged(root: Path) -> Path:
    """Let every file look as if it was written an hour ago: its time then tells whether it changed."""
    for path in root.rglob("*.toml"):
        stat = path.stat()
        os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns - 3600 * 10**9))
    return root


@pytest.fixture
def examined(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were examined."""
    paths: list[str] = []
    really = kept.examine_file

    def noted(path: str, *arguments: Any, **options: Any) -> Any:
        paths.append(path)
        return really(path, *arguments, **options)

    monkeypatch.setattr(kept, "examine_file", noted)
    return paths


# ----- whatever is done to a base

TEXTS = [
    *changed(GUIDE, ('sources = ["src-a"]', 'sources = ["src-a", "src-nowhere", "src-a"]')).items(),
    *changed(GUIDE, ('"Steps"', '"St\\u202eeps"   ')).items(),
    *changed(GUIDE, ('use = "other"', 'use = "nothing"')).items(),
    *changed(BODY, ('summary = "It answers', 'summary = "It is for addicts and answers')).items(),
    *changed(BODY, ('number = "143"', 'number = "1"'), ("2021-05-01", "2021-06-03")).items(),
    *changed(BODY, ('type = "helpline"', 'type = "helpline"\nretired = { on = 2021-05-01, reason = "R.", successor = "zedland" }')).items(),
    *changed(SERVICE, ("service = true", "service = false")).items(),
    *changed(SERVICE, ('related = ["zedland"]', 'related = ["a-body", "zedlund"]')).items(),
    *changed(HARM, ('alternatives = ["some-service"]\n', "")).items(),
    *changed(SOURCE, ("guideline-or-review", "news")).items(),
    *changed(B, ('url = "https://example.org/b"', 'url = "http://www.example.org/a/"')).items(),
    *changed(ZED, ('name = "Zedland"', 'name = "A body"')).items(),
    *changed(TERM, ("about = [", "about = = [")).items(),
    ("organizations/many.toml", "\n".join(f'[[organization]]\nid = "o-{n}"\nname = "A body"\nsummary = "S."\nsources = ["src-b"]\n'
                                          f'compiled = 2021-05-01\ntype = "ngo"\nparent = "o-{n - 1}"\n' for n in range(3))),
    ("exceptions.toml", '[[exception]]\ncode = "RKB501"\nrecord = "a-body"\nreason = "Its own words."\nexpires = 2021-06-02  \n'),
    ("exceptions.toml", '[[exception]]\ncode = "RKB102"\nrecord = "a-guide"\nreason = "Soon."\nexpires = 2021-12-31\n'),
    ("organisations/stray.toml", "id = 1\n"),
    ("base.toml", 'title = "Ours"\nnonsense = 1\n'),
    ("schemas/term.json", schema_files()["term.json"]),
    *CLEAN.items(),
]  # fmt: skip
PATHS = sorted({path for path, _ in TEXTS})


def _put(root: Path, path: str, data: bytes) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(data)


def _move(root: Path, path: str, other: str) -> None:
    if (root / path).is_file():
        (root / other).parent.mkdir(parents=True, exist_ok=True)
        (root / path).replace(root / other)


puts = st.sampled_from(TEXTS).map(lambda one: lambda root: _put(root, one[0], one[1].encode()))
crlf = st.sampled_from(TEXTS).map(lambda one: lambda root: _put(root, one[0], one[1].replace("\n", "\r\n").encode()))  # fmt: skip
latin = st.sampled_from(PATHS).map(lambda path: lambda root: _put(root, path, b'id = "\xff"\n'))
gone = st.sampled_from(PATHS).map(lambda path: lambda root: (root / path).unlink(missing_ok=True))
moved = st.tuples(st.sampled_from(PATHS), st.sampled_from([*PATHS, "guides/sub/a-guide.toml", "terms/x.toml"])).map(
    lambda pair: lambda root: _move(root, *pair)
)  # fmt: skip
touched = st.sampled_from(PATHS).map(
    lambda path: lambda root: (root / path).is_file() and os.utime(root / path)
)
steps = st.one_of(puts, puts, crlf, latin, gone, moved, touched, st.just(aged))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rounds=st.lists(
        st.tuples(
            st.lists(steps, max_size=3),
            st.integers(0, 4),
            st.sampled_from([EVERYTHING, choose(["RKB1", "RKB006"]), choose(ignore=["RKB5,RKB102"])]),
            st.sampled_from([(), (GUIDE,), (BODY, "organizations/many.toml")]),
        ),
        min_size=2,
        max_size=6,
    )
)
def test_a_check_says_the_same_with_what_was_kept_without_it_and_where_nothing_can_be_kept(
    rounds: list[tuple[list[Callable[[Path], object]], int, Choice, tuple[str, ...]]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("edits")
    root, nowhere = folder / "base", folder / "file"
    nowhere.write_text("no folder")
    write(root, CLEAN)
    for number, (done, days, choice, only) in enumerate(rounds):
        for step in done:
            step(root)
        day = TODAY + timedelta(days)
        first = report(root, folder / "kept", today=day, choice=choice, only=only)
        assert report(root, folder / f"new-{number}", today=day, choice=choice, only=only) == first
        refused = report(root, nowhere, today=day, choice=choice, only=only)
        assert refused.remark
        assert refused._replace(remark="") == first
        assert report(root, folder / "kept", today=day, choice=choice, only=only) == first


# ----- what is examined again, and what is not


def test_only_what_changed_is_examined(base: Path, warm: Path, examined: list[str]) -> None:
    report(base, warm)
    assert sorted(examined) == sorted(CLEAN)
    for change, again in (
        (lambda: None, []),
        (lambda: write(base, changed(GUIDE, ('"Steps"', '"Other steps"'))), [GUIDE]),
        (lambda: os.utime(base / BODY), []),
        (lambda: (base / TERM).rename(base / "terms/b-term.toml"), ["terms/b-term.toml"]),
        (lambda: (base / B).unlink(), []),
        (lambda: write(base, {B: CLEAN[B]}), [B]),
    ):
        change()
        examined.clear()
        report(base, warm)
        assert examined == again
    examined.clear()
    report(base, warm, today=TODAY + timedelta(1))
    assert examined == [], "another day changes nothing in a file"


def test_a_change_of_the_same_length_in_the_same_moment_is_seen(tmp_path: Path, warm: Path) -> None:
    root = tmp_path / "base"
    write(root, CLEAN)
    stamp = (root / BODY).stat()
    assert not report(root, warm).found
    write(root, changed(BODY, ('number = "044 262 66 66"', 'number = "1"'.ljust(24))))
    os.utime(root / BODY, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert (root / BODY).stat().st_size == stamp.st_size
    assert (BODY, "RKB402") in codes(report(root, warm))


@pytest.mark.parametrize("what", ["a module of the rules", "the version"])
def test_what_another_program_found_is_not_used(
    what: str, base: Path, warm: Path, examined: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    report(base, warm)
    examined.clear()
    if what == "the version":
        monkeypatch.setattr("recoverykb.__version__", "0.0.0")
    else:
        changed_module = ("check/rules/contact.py", 1, 2)
        monkeypatch.setattr(kept, "_program", lambda: [changed_module])
    report(base, warm)
    assert sorted(examined) == sorted(CLEAN)


def test_every_module_by_which_a_file_is_judged_counts() -> None:
    names = {Path(name).as_posix() for name, *_ in kept._program()}
    for part in ("check/rules/contact.py", "check/remedy.py", "records/headline.py", "fold.py", "storage/files.py",
                 "phonenumbers/__init__.", "readability/__init__.", "tomli/__init__."):  # fmt: skip
        assert any(f"/{part}" in name for name in names), part


def test_a_file_with_problems_is_not_parsed_again_to_tell_where(
    base: Path, warm: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(base, changed(GUIDE, ('sources = ["src-a"]', 'sources = ["src-a", "src-nowhere", "src-a"]')))
    first = report(base, warm)
    assert {one.problem.code for one in first.found} == {"RKB102", "RKB106"}
    monkeypatch.setattr(positions, "Positions", None)
    assert report(base, warm) == first


def test_a_rule_sees_one_file_or_facts_and_nothing_else() -> None:
    """What is kept follows from the file: so neither form is given the base, the day or other records."""
    for rule in every_rule():
        for form in (rule.check, rule.check_file, rule.note):
            assert form is None or form.__code__.co_argcount == 1, rule.info.code


# ----- what a file says depends on other files, on the layers below, on the day


def test_a_source_that_is_deleted_breaks_the_file_that_cites_it(base: Path, warm: Path) -> None:
    assert not report(base, warm).found
    (base / SOURCE).unlink()
    assert {(GUIDE, "RKB102"), (BODY, "RKB102"), (SERVICE, "RKB102")} <= codes(report(base, warm))
    write(base, {SOURCE: CLEAN[SOURCE]})
    assert not report(base, warm).found


def test_a_change_of_the_layer_below_is_seen(tmp_path: Path, warm: Path) -> None:
    lower, upper = tmp_path / "lower", tmp_path / "upper"
    write(lower, {path: CLEAN[path] for path in (SOURCE, B, SERVICE, HARM)})
    write(upper, {path: CLEAN[path] for path in (ZED, BODY, GUIDE, TERM)})
    layers = [Layer("lower", lower)]

    def seen() -> set[tuple[str, str]]:
        return codes(report(aged(upper), warm, below=layers))

    assert seen() == set()
    write(lower, changed(SERVICE, ("service = true", "service = false")))
    assert seen() == {(ZED, "RKB302")}
    retired = 'compiled = 2021-05-01\nretired = { on = 2021-05-02, reason = "R.", successor = "a-harm" }\ncategory = "harm'
    write(lower, changed(SERVICE, ('compiled = 2021-05-01\ncategory = "harm', retired)))
    assert seen() == {(path, "RKB107") for path in (ZED, BODY, GUIDE, TERM)}
    told = [one.problem for one in report(upper, warm, below=layers).found]
    assert {problem.hint for problem in told} == {"name 'a-harm' instead"}
    write(upper, {SERVICE: CLEAN[SERVICE]})  # a record of its own in place of the one below
    assert seen() == set()
    (upper / SERVICE).unlink()
    (lower / SERVICE).unlink()
    assert (GUIDE, "RKB101") in seen()


def test_the_next_day_what_was_in_the_future_is_not(base: Path, warm: Path) -> None:
    write(base, changed(GUIDE, ("2021-05-01", "2021-06-02")))
    for today, told in ((TODAY, True), (TODAY + timedelta(1), False), (TODAY, True)):
        assert ((GUIDE, "RKB201") in codes(report(aged(base), warm, today=today))) == told


def test_a_folder_of_schemas_asks_something_of_every_file(base: Path, warm: Path) -> None:
    assert not report(base, warm).found
    (base / "schemas").mkdir()
    assert {path for path, code in codes(report(base, warm)) if code == "RKB007"} == set(CLEAN)
    (base / "schemas").rmdir()
    assert not report(base, warm).found


# ----- what may become of the cache


SPOILT = {
    "guides/a-guide.toml": CLEAN[GUIDE].replace('"src-a"', '"src-nowhere"'),
    "organizations/a-body.toml": CLEAN[BODY].replace("It answers", "It is for addicts and answers"),
}


def cached(folder: Path) -> Path:
    (file,) = folder.glob("check-*.sqlite3")
    return file


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    places=st.lists(
        st.tuples(st.floats(0, 1, exclude_max=True), st.integers(1, 255)), min_size=1, max_size=4
    ),
    kept_share=st.sampled_from([1.0, 1.0, 0.97, 0.5, 0.0]),
)
def test_a_damaged_cache_is_never_believed(
    places: list[tuple[float, int]], kept_share: float, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("damage")
    write(folder / "base", {**CLEAN, **SPOILT})
    root = aged(folder / "base")
    first = report(root, folder / "cache")
    assert len(first.found) == 2
    file = cached(folder / "cache")
    data = bytearray(file.read_bytes())
    for share, change in places:
        data[int(share * len(data))] ^= change
    file.write_bytes(data[: int(len(data) * kept_share)])
    assert report(root, folder / "cache")._replace(remark="") == first
    assert report(root, folder / "cache") == first


@pytest.mark.parametrize("piece", [b"blames", b"src-nowhere", b"a-guide", b"some-service", b"0442626666"])
def test_a_letter_that_changed_in_the_cache_changes_no_answer(piece: bytes, base: Path, warm: Path) -> None:
    write(base, SPOILT)
    first = report(aged(base), warm)
    data = cached(warm).read_bytes()
    assert piece in data
    cached(warm).write_bytes(data.replace(piece, piece[:-1] + b"x"))
    assert report(base, warm) == first


def test_rows_that_vanished_are_missed(base: Path, warm: Path) -> None:
    write(base, SPOILT)
    first = report(aged(base), warm)
    with sqlite3.connect(cached(warm)) as connection:
        connection.execute("delete from file where path = ?", (GUIDE,))
    connection.close()
    assert report(base, warm) == first
    assert report(base, warm) == first


@pytest.mark.parametrize("spoil", ["folder", "garbage", "other tables"])
def test_something_else_in_its_place_is_no_trouble(spoil: str, base: Path, warm: Path) -> None:
    write(base, SPOILT)
    first = report(base, warm)
    file = cached(warm)
    file.unlink()
    if spoil == "folder":
        file.mkdir()
    elif spoil == "garbage":
        file.write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    else:
        with sqlite3.connect(file) as connection:
            connection.execute("create table meta(name, value)")
        connection.close()
    assert report(base, warm)._replace(remark="") == first


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="everybody may write there")
def test_a_cache_that_may_only_be_read_is_read(base: Path, warm: Path, examined: list[str]) -> None:
    first = report(base, warm)
    examined.clear()
    warm.chmod(0o500)
    try:
        assert report(base, warm) == first
        assert examined == []
    finally:
        warm.chmod(0o700)


def test_a_check_that_is_stopped_keeps_what_it_has_and_the_next_one_goes_on(
    base: Path, warm: Path, monkeypatch: pytest.MonkeyPatch, examined: list[str]
) -> None:
    write(base, SPOILT)
    first = report(aged(base), warm)
    shutil.rmtree(warm)
    examined.clear()
    monkeypatch.setattr(kept, "_BATCH", 0)
    noted = kept.examine_file

    def stopped(*arguments: Any, **options: Any) -> Any:
        if len(examined) == 4:
            raise KeyboardInterrupt
        return noted(*arguments, **options)

    monkeypatch.setattr(kept, "examine_file", stopped)
    with pytest.raises(KeyboardInterrupt):
        report(base, warm)
    monkeypatch.setattr(kept, "examine_file", noted)
    assert len(examined) == 4
    assert report(base, warm) == first
    assert sorted(examined) == sorted(CLEAN), "each once"


def test_two_at_once_say_the_same(base: Path, warm: Path) -> None:
    write(base, SPOILT)
    command = [sys.executable, "-m", "recoverykb", "check", str(base), "--format", "json"]
    environment = {**os.environ, CACHE_VARIABLE: str(warm)}
    for _ in range(2):
        both = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]  # fmt: skip
        answers = [one.communicate(timeout=120) for one in both]
        assert len({answer for answer, _ in answers}) == 1
        assert b"src-nowhere" in answers[0][0]
        assert {told for _, told in answers} == {answers[0][1]}


# ----- the command


@pytest.mark.parametrize(
    "arguments", [("--format", "json"), ("--select", "RKB102", "--strict")], ids=" ".join
)
def test_the_command_prints_the_same_each_time(
    arguments: tuple[str, ...], base: Path, warm: Path, run: Run, tmp_path: Path
) -> None:
    write(base, SPOILT)
    env = {CACHE_VARIABLE: str(warm)}
    first, second = (run("check", base, *arguments, env=env) for _ in range(2))
    assert first == second
    assert "src-nowhere" in first.stdout
    (tmp_path / "file").write_text("")
    third = run("check", base, *arguments, env={CACHE_VARIABLE: str(tmp_path / "file")})
    assert (third.stdout, third.code) == (first.stdout, first.code)
    remark, *rest = third.stderr.splitlines()
    assert remark.startswith("recoverykb: what was found is not kept for the next check: ")
    assert rest == first.stderr.splitlines()


def test_what_is_kept_is_mended_too(base: Path, warm: Path, run: Run) -> None:
    spoilt = changed(
        GUIDE, ('sources = ["src-a"]', 'sources = ["src-a", "src-a"]'), ('"Steps"', '"St\\u202eeps"')
    )
    write(base, spoilt)
    env = {CACHE_VARIABLE: str(warm)}
    assert "--fix mends 2 of them" in run("check", aged(base), env=env).stderr
    mended = run("check", base, "--fix", env=env)
    assert (mended.code, mended.stdout) == (0, "")
    assert (base / GUIDE).read_text(encoding="utf-8") == CLEAN[GUIDE]
    assert run("check", base, env=env).stdout == ""
