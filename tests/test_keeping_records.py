"""Adding, editing, renaming and retiring records through the command line."""

import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from conftest import KB, BaseFolder, Result, Run

CLINIC = """\
# Kept by the night shift.
id = "clinic"
name = "Clinic"   # as on the door
summary = "A clinic."
sources = ["src-a"]
compiled = 2026-11-20
type = "provider"
country = "KE"
services = ["methadone"]

[[contacts]]
purpose = "intake"
number = "020 123 4567"
confidence = "low"
sources = ["src-a"]
"""
SOURCE = (
    "title=Opening hours",
    "publisher=Clinic",
    "url=https://example.org/c",
    "tier=official",
    "seen=whole",
)


@pytest.fixture
def clinic(base_folder: BaseFolder) -> Path:
    path = base_folder.root / "organizations" / "clinic.toml"
    path.write_text(CLINIC)
    return path


@pytest.fixture
def root(base_folder: BaseFolder) -> Path:
    return base_folder.root


def said(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text())


def settings(*words: str) -> list[str]:
    return [part for word in words for part in ("--set", word)]


# ----- add


def test_a_record_is_added_from_fields_in_the_order_of_its_type(run: Run, root: Path) -> None:
    words = settings("contacts[0].purpose=intake", "contacts[0].number=020 123 4567", "type=provider",
                     "contacts[0].confidence=low", "contacts[0].sources=src-a", "sources=src-a", "country=KE",
                     "name=Médecins de Kisumu", "summary=A clinic.", "services=methadone, buprenorphine",
                     "faith_based=false", "aliases=MdK")  # fmt: skip
    done = run("add", "organization", *words, "--kb", root)
    path = root / "organizations" / "medecins-de-kisumu.toml"
    assert (done.code, done.stdout) == (0, f"{path}\n"), done.stderr
    table = said(path)
    assert list(table) == ["id", "name", "summary", "sources", "aliases", "compiled", "type", "country",
                           "services", "faith_based", "contacts"]  # fmt: skip
    assert (table["services"], table["faith_based"]) == (["methadone", "buprenorphine"], False)
    assert run("check", root, "--strict").code == 0


def test_a_record_is_added_from_a_file_and_from_standard_input(run: Run, root: Path, tmp_path: Path) -> None:
    file = tmp_path / "clinic.toml"
    file.write_text(CLINIC)
    assert run("add", "organization", "--from", file, "--no-input", "--kb", root).code == 0
    assert said(root / "organizations" / "clinic.toml") == tomllib.loads(CLINIC)
    assert file.exists()  # what was not ours to delete
    two = "".join(f'[[organization]]\n{CLINIC.replace("clinic", f"clinic-{n}").replace("[[", "[[organization.")}'
                  for n in (1, 2))  # fmt: skip
    done = run("add", "organization", "--from", "-", "--kb", root, stdin=two)
    assert done.code == 0, done.stderr
    assert done.stdout.splitlines() == [str(root / f"organizations/clinic-{n}.toml") for n in (1, 2)]


def test_what_is_wrong_is_told_all_at_once_and_what_was_typed_is_kept(run: Run, root: Path) -> None:
    done = run("add", "organization", *settings("name=Clinic", "country=Kenya", "type=hut"), "--kb", root)
    assert (done.code, done.stdout) == (1, "")
    for told in ("key 'summary' is missing", "country: ", "type: invalid value 'hut'", "nothing was written"):
        assert told in done.stderr
    assert list((root / "organizations").iterdir()) == []
    draft = Path(done.stderr.split("--from ")[1].split("\n")[0])
    assert said(draft)["country"] == "Kenya"
    mended = settings("summary=A clinic.", "country=KE", "type=provider", "sources=src-a")
    again = run("add", "organization", "--from", draft, *mended, "--kb", root)
    assert again.code == 0, again.stderr
    assert not draft.exists()


def test_a_likely_duplicate_is_named(run: Run, root: Path) -> None:
    done = run("add", "organization", *settings("name=Nacada Kenya", "summary=S.", "type=ngo", "country=KE",
               "sources=src-a", "acronym=NACADA"), "--kb", root)  # fmt: skip
    assert done.code == 0, done.stderr
    assert "nacada-kenya may be nacada: its name is like 'NACADA'" in done.stderr
    number = settings("contacts[0].purpose=drug-help", "contacts[0].number=1192", "contacts[0].confidence=low",
                      "contacts[0].sources=src-a", "name=Other", "summary=S.", "type=ngo", "country=KE",
                      "sources=src-a")  # fmt: skip
    assert (
        "other may be nacada: it has the number 1192 too"
        in run("add", "organization", *number, "--kb", root).stderr
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("id=methadone", "name=M"), "there is a strategy 'methadone' already"),
        (("nmae=M",), "did you mean 'name'?"),
        (("name",), "is no key=value"),
        (("contacts[3].number=1",), "there are only 0"),
        (("contacts.number=1",), "there is no such field"),
        (("referral=perhaps",), "is not true or false"),
        (("contacts[0].verified={on=2026-01-01}",), "only 'recoverykb verify' changes this"),
        (("compiled=yesterday",), "is not a day such as 2026-11-20"),
    ],
)
def test_what_makes_no_sense_is_refused(run: Run, root: Path, words: tuple[str, ...], told: str) -> None:
    done = run("add", "organization", *settings(*words), "--kb", root)
    assert (done.code, done.stdout) == (2, "")
    assert told in done.stderr
    assert list((root / "organizations").iterdir()) == []


def test_a_record_that_was_checked_already_is_not_added_as_checked(run: Run, root: Path) -> None:
    text = CLINIC + 'verified = { on = 2026-11-20, by = "A", how = "call" }\n'
    done = run("add", "organization", "--from", "-", "--kb", root, stdin=text)
    assert done.code == 2
    assert "then use 'recoverykb verify'" in done.stderr


def test_without_a_terminal_nothing_is_asked(run: Run, root: Path) -> None:
    assert run("add", "organization", "--kb", root).code == 2
    assert run("add", "organization", *settings("name=A")).code == 2  # and the bundled base is not written to


@pytest.mark.parametrize("record_id", ["../outside", "a/b", "", "Ä", "a\n"])
def test_no_id_leads_out_of_the_base(run: Run, root: Path, record_id: str) -> None:
    text = CLINIC.replace('id = "clinic"', f"id = {record_id!r}" if "\n" not in record_id else 'id = "a\\n"')
    done = run("add", "organization", "--from", "-", "--kb", root, stdin=text)
    assert done.code == 1
    assert "id: " in done.stderr
    assert sorted(path.name for path in root.rglob("*.toml")) == ["src-a.toml"]


# ----- edit --set


def test_one_field_is_changed_and_nothing_else(run: Run, clinic: Path, root: Path) -> None:
    done = run("edit", "clinic", *settings("name=The clinic", "contacts[0].schedule=8 to 16"), "--kb", root)
    assert (done.code, done.stdout) == (0, "")
    assert clinic.read_text() == CLINIC.replace('"Clinic"', '"The clinic"').replace(
        'number = "020 123 4567"\n', 'number = "020 123 4567"\nschedule = "8 to 16"\n'
    )
    assert (
        run("edit", "clinic", *settings("services+=buprenorphine", "services-=methadone"), "--kb", root).code
        == 0
    )
    assert said(clinic)["services"] == ["buprenorphine"]
    assert run("edit", "clinic", *settings("services="), "--kb", root).code == 0
    assert "services" not in said(clinic)


@pytest.mark.parametrize(
    "word", ["country=Kenya", "services+=no-such-thing", "contacts[0].number=1", "summary="]
)
def test_a_change_that_breaks_the_record_is_not_written(
    run: Run, clinic: Path, root: Path, word: str
) -> None:
    done = run("edit", "clinic", *settings(word), "--kb", root)
    assert done.code == 1
    assert "organizations/clinic.toml:" in done.stderr
    assert "nothing was written" in done.stderr
    assert clinic.read_text() == CLINIC


def test_a_bundled_record_is_changed_in_a_copy_that_counts(run: Run, root: Path) -> None:
    bundled = KB / "organizations" / "nacada.toml"
    before = bundled.read_text()
    done = run("edit", "NACADA", *settings("city=Nairobi"), "--kb", root)
    assert done.code == 0
    assert "nacada is a bundled record: team-kb gets a copy of it" in done.stderr
    copy = root / "organizations" / "nacada.toml"
    assert copy.read_text().replace('city = "Nairobi"\n', "") == before == bundled.read_text()
    assert "in place of bundled" in run("show", "nacada", "--kb", root).stdout


def test_a_record_in_a_file_of_many_is_changed_there(run: Run, root: Path) -> None:
    path = root / "organizations" / "many.toml"
    other = CLINIC.replace('"clinic"', '"other"').replace("[[contacts]]", "[[organization.contacts]]")
    first = CLINIC.replace("[[contacts]]", "[[organization.contacts]]")
    path.write_text(f"[[organization]]\n{first}\n[[organization]]\n{other}")
    assert run("edit", "other", *settings("city=Kisumu"), "--kb", root).code == 0
    assert path.read_text() == f"[[organization]]\n{first}\n[[organization]]\n" + other.replace(
        'country = "KE"\n', 'country = "KE"\ncity = "Kisumu"\n'
    )


# ----- edit in an editor


def editing(run: Run, root: Path, script: str, record: str = "clinic", **more: Any) -> Result:
    """Edit a record with an editor that is a piece of Python: ``text`` is what it finds and leaves."""
    program = f"import sys; from pathlib import Path; p = Path(sys.argv[1]); text = p.read_text(); {script}; p.write_text(text)"
    command = root.parent / "editor.py"
    command.write_text(program)
    return run(
        "edit", record, "--kb", root, env={"EDITOR": f"{sys.executable} {command}", "VISUAL": ""}, **more
    )


def test_what_the_editor_saves_is_written_as_it_is(run: Run, clinic: Path, root: Path) -> None:
    script = (
        "text = text.replace('A clinic.', 'Our clinic.').replace('[[contacts]]', '# the desk\\n[[contacts]]')"
    )
    done = editing(run, root, script)
    assert done.code == 0, done.stderr
    assert clinic.read_text() == CLINIC.replace("A clinic.", "Our clinic.").replace(
        "[[contacts]]", "# the desk\n[[contacts]]"
    )


def test_an_edit_that_changes_nothing_writes_nothing(run: Run, clinic: Path, root: Path) -> None:
    stamp = clinic.stat().st_mtime_ns
    done = editing(run, root, "pass")
    assert (done.code, done.stderr) == (0, "recoverykb: nothing was changed\n")
    assert clinic.stat().st_mtime_ns == stamp


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("text += 'x ='", "RKB001"),
        ("text = text.replace('\"KE\"', '\"Kenya\"')", "RKB002 country: not of the right form"),
        ("text = text.replace('\"clinic\"', '\"other\"')", "recoverykb rename clinic other"),
        (
            'text += \'verified = { on = 2026-11-20, by = "A", how = "call" }\\n\'',
            "a verification is not edited",
        ),
        ("text = text.replace('src-a', 'src-none')", "RKB102"),
    ],
)
def test_what_was_typed_is_kept_when_it_cannot_be_written(
    run: Run, clinic: Path, root: Path, script: str, told: str
) -> None:
    done = editing(run, root, script)
    assert done.code == 1
    assert told in done.stderr
    draft = Path(done.stderr.split("what you typed is kept in ")[1].split(";")[0])
    local: dict[str, Any] = {"text": CLINIC}
    exec(script, local)
    assert draft.read_text() == local["text"]
    assert clinic.read_text() == CLINIC
    draft.unlink()


def test_an_edit_is_kept_when_somebody_else_changed_the_file_meanwhile(
    run: Run, clinic: Path, root: Path
) -> None:
    done = editing(
        run, root, f"text = text.replace('A clinic.', 'B.'); Path({str(clinic)!r}).write_text('theirs')"
    )
    assert done.code == 3
    assert "was changed by somebody else meanwhile; nothing was written" in done.stderr
    assert clinic.read_text() == "theirs"
    draft = Path(done.stderr.split("what you typed is kept in ")[1].split(";")[0])
    assert draft.read_text() == CLINIC.replace("A clinic.", "B.")
    draft.unlink()


@pytest.mark.parametrize("editor", ["/no/such/editor", "false", "'"])
def test_an_editor_that_fails_changes_nothing(run: Run, clinic: Path, root: Path, editor: str) -> None:
    done = run("edit", "clinic", "--kb", root, env={"EDITOR": editor, "VISUAL": ""})
    assert done.code == 2
    assert "the editor" in done.stderr
    assert clinic.read_text() == CLINIC


# ----- rename, retire


def test_an_id_changes_with_every_reference(run: Run, clinic: Path, root: Path) -> None:
    for name in ("one", "two"):
        (root / "organizations" / f"{name}.toml").write_text(
            CLINIC.replace('"clinic"', f'"{name}"').replace(
                "country", 'parent = "clinic" # above\nrelated = ["clinic"]\ncountry'
            )
        )
    done = run("rename", "clinic", "county-clinic", "--kb", root)
    assert (done.code, done.stdout) == (0, f"{root}/organizations/county-clinic.toml\n"), done.stderr
    assert "4 references in 2 files" in done.stderr
    assert not clinic.exists()
    assert (root / "organizations/county-clinic.toml").read_text() == CLINIC.replace(
        '"clinic"', '"county-clinic"'
    )
    assert 'parent = "county-clinic" # above\n' in (root / "organizations/one.toml").read_text()
    assert run("check", root).code == 0
    assert run("rename", "src-a", "src-b", "--kb", root).code == 0
    assert run("check", root).code == 0


def test_a_rename_that_was_stopped_goes_on(run: Run, clinic: Path, root: Path) -> None:
    other = root / "organizations" / "other.toml"
    other.write_text(CLINIC.replace('"clinic"', '"other"').replace("country", 'parent = "clinic"\ncountry'))
    (root / "organizations" / "new.toml").write_text(
        CLINIC.replace('"clinic"', '"new"')
    )  # written, then stopped
    assert run("rename", "clinic", "new", "--kb", root).code == 0
    assert said(other)["parent"] == "new"
    assert not clinic.exists()
    other.write_text(
        other.read_text().replace('"new"', '"clinic"')
    )  # the old file is gone, a reference is left
    assert run("rename", "clinic", "new", "--kb", root).code == 0
    assert said(other)["parent"] == "new"
    assert run("rename", "clinic", "new", "--kb", root).code == 2  # and nothing is left to do


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("clinic", "nacada", "the id 'nacada' is in use in bundled"),
        ("clinic", "../x", "is no id"),
        ("clinic", "clinic", "that is its id already"),
        ("nacada", "ours", "nacada is a bundled record"),
        ("nothing", "ours", "no record 'nothing'"),
    ],
)
def test_a_rename_that_cannot_be_changes_nothing(
    run: Run, clinic: Path, root: Path, old: str, new: str, told: str
) -> None:
    done = run("rename", old, new, "--kb", root)
    assert (done.code, done.stdout) == (2, "")
    assert told in done.stderr
    assert clinic.read_text() == CLINIC


def test_a_retired_record_stays_and_is_offered_nowhere(run: Run, clinic: Path, root: Path) -> None:
    (root / "organizations" / "next.toml").write_text(
        CLINIC.replace('"clinic"', '"next"').replace("123", "124")
    )
    kb = ("--kb", root)
    listed = run("sheet", "--country", "KE", *kb).stdout
    assert "020 123 4567" in listed
    done = run("retire", "clinic", "--reason", "it moved", "--successor", "next", *kb)
    assert (done.code, done.stdout) == (0, "")
    shown = run("show", "clinic", *kb)
    assert "it moved. Use instead: Clinic." in shown.stdout
    row = next(
        row for row in run("list", "organization", *kb, "--format", "json").json if row["id"] == "clinic"
    )
    assert (row["mark"], row["due"]) == ("retired", None)
    sheet = run("sheet", "--country", "KE", *kb).stdout
    assert "020 123 4567" not in sheet
    assert "020 124 4567" in sheet
    named = run("sheet", "clinic", *kb, "-f", "plain").stdout
    assert "020 123 4567" not in named
    assert "Closed, or not working now: Clinic" in named
    assert run("retire", "next", "--reason", "x", "--successor", "clinic", *kb).code == 2
    assert run("retire", "next", "--reason", "x", "--successor", "next", *kb).code == 2
    assert run("retire", "src-a", "--reason", "x", *kb).code == 2
    assert run("edit", "clinic", *settings("retired="), *kb).code == 0
    assert clinic.read_text() == CLINIC
