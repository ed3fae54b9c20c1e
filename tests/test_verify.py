"""Recording checks: the only way a verification date changes, with a history; worklists there and back."""

import csv
import io
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from conftest import BaseFolder, Run
from recoverykb.errors import UsageError
from recoverykb.keeping.verify import Checked, verified

TODAY = date(2026, 12, 1)
DESK = {"purpose": "intake", "number": "020 123 4567", "confidence": "low", "sources": ["src-a"]}
MAIL = {"purpose": "information", "email": "desk@example.org", "confidence": "low", "sources": ["src-a"]}
NIGHT = {"purpose": "crisis", "number": "1199", "confidence": "low", "sources": ["src-a"]}
ALONE = {"purpose": "overdose", "number": "1188", "confidence": "low", "sources": ["src-a"]}


@pytest.fixture
def clinic(base_folder: BaseFolder) -> Path:
    """A clinic with a desk, an address for mail and a crisis line, in a file with remarks."""
    path = base_folder.add("organization", "clinic", country="KE", contacts=[DESK, MAIL, NIGHT])
    path.write_text("# ours\n" + path.read_text())
    return path


def said(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text())


def checks(contact: dict[str, Any]) -> list[str]:
    found = [contact["verified"]] if "verified" in contact else []
    return [f"{check['on']} {check['how']}" for check in [*found, *contact.get("earlier", [])]]


def test_a_check_is_recorded_and_the_rest_of_the_file_stays(run: Run, clinic: Path) -> None:
    before = clinic.read_text()
    words = ("--field", "0201234567", "--by", "Amina", "--how", "call", "--on", "2026-11-21")
    done = run("verify", "clinic", *words, "--note", "a nurse", "--kb", clinic.parents[1])
    assert (done.code, done.stdout) == (0, "verified clinic: 020 123 4567\n"), done.stderr
    line = 'verified = { on = 2026-11-21, by = "Amina", how = "call", note = "a nurse" }\n'
    after = clinic.read_text()
    assert after.count(line) == 1
    assert after.replace(line, "") == before
    shown = run("show", "clinic", "--kb", clinic.parents[1]).stdout
    assert "020 123 4567, 21 Nov 2026, by Amina (call): a nurse" in shown


def test_earlier_checks_are_kept_newest_first(run: Run, clinic: Path) -> None:
    kb = ("--kb", clinic.parents[1])
    for day in ("2026-11-21", "2026-11-23", "2026-11-22"):
        assert (
            run("verify", "clinic", "--field", "intake", "--by", "A", "--how", "visit", "--on", day, *kb).code
            == 0
        )
    desk, mail, night = said(clinic)["contacts"]
    assert checks(desk) == ["2026-11-23 visit", "2026-11-22 visit", "2026-11-21 visit"]
    assert (checks(mail), checks(night)) == ([], [])
    again = run(
        "verify", "clinic", "--field", "intake", "--by", "A", "--how", "visit", "--on", "2026-11-22", *kb
    )
    assert again.code == 0
    assert "says that already" in again.stderr
    assert checks(said(clinic)["contacts"][0]) == checks(desk)


@pytest.mark.parametrize("contact", [NIGHT, ALONE])
def test_a_crisis_line_is_never_verified_by_a_test_call(contact: dict[str, Any]) -> None:
    table = {"id": "clinic", "contacts": [contact]}
    with pytest.raises(UsageError) as caught:
        verified("organization", table, None, Checked(TODAY, "A", "call"), TODAY)
    assert "a test call keeps the line from somebody who needs it" in caught.value.message
    for how in ("site", "document", "visit"):
        done = verified("organization", table, contact["number"], Checked(TODAY, "A", how), TODAY)
        assert checks(done.table["contacts"][0]) == [f"{TODAY} {how}"]
    assert "verified" not in table["contacts"][0]


def test_the_command_refuses_a_test_call_and_writes_nothing(run: Run, clinic: Path) -> None:
    before = clinic.read_bytes()
    done = run("verify", "clinic", "--field", "1199", "--by", "A", "--how", "call", "--kb", clinic.parents[1])
    assert (done.code, done.stdout) == (2, "")
    assert "1199 is a crisis line" in done.stderr
    assert clinic.read_bytes() == before


@pytest.mark.parametrize(
    ("field", "how", "told"),
    [
        (None, "call", "one call checks one contact"),
        ("9999999", "call", "no contact '9999999'"),
        ("desk@example.org", "call", "has no number"),
        ("intake", "email", "has no email"),
        ("contacts[7]", "site", "no contact 'contacts[7]'"),
        ("law", "document", "there is no field 'law'"),
        ("city", "site", "the record says nothing under 'city'"),
    ],
)
def test_a_check_that_cannot_have_been_is_refused(field: str | None, how: str, told: str) -> None:
    table = {"id": "clinic", "contacts": [DESK, MAIL, NIGHT]}
    with pytest.raises(UsageError, match=told.replace("[", r"\[").replace("]", r"\]")):
        verified("organization", table, field, Checked(TODAY, "A", how), TODAY)


def test_a_check_of_tomorrow_and_of_a_source_is_refused() -> None:
    with pytest.raises(UsageError, match="in the future"):
        verified("organization", {"id": "a"}, None, Checked(date(2026, 12, 2), "A", "site"), TODAY)
    with pytest.raises(UsageError, match="a source is not verified"):
        verified("source", {"id": "a"}, None, Checked(TODAY, "A", "site"), TODAY)


def test_a_look_at_the_whole_page_checks_every_contact() -> None:
    table = {"id": "clinic", "contacts": [DESK, MAIL, NIGHT]}
    done = verified("organization", table, None, Checked(TODAY, "A", "site"), TODAY)
    assert done.what == ["020 123 4567", "desk@example.org", "1199"]
    assert all(checks(contact) == ["2026-12-01 site"] for contact in done.table["contacts"])


def test_other_records_and_fields_keep_their_checks_in_the_record(run: Run, base_folder: BaseFolder) -> None:
    law = {"possession": "criminal", "text": "It is a crime.", "sources": ["src-a"]}
    path = base_folder.add("country", "nowhere", law=law, emergency=[{"number": "999", "sources": ["src-a"]}])
    kb = ("--kb", base_folder.root, "--by", "A", "--on", "2026-11-21")
    assert (
        run("verify", "nowhere", "--field", "law", "--how", "document", *kb).stdout
        == "verified nowhere: law\n"
    )
    refused = run("verify", "nowhere", "--field", "999", "--how", "call", *kb)
    assert refused.code == 2
    assert "999 is an emergency number" in refused.stderr
    assert run("verify", "nowhere", "--field", "999", "--how", "document", *kb).code == 0
    assert run("verify", "nowhere", "--how", "site", *kb).code == 0
    parts = [check.get("part") for check in said(path)["checks"]]
    assert parts == [None, "emergency 999", "law"]
    assert "The whole record, 21 Nov 2026, by A (site)" in run("show", "nowhere", *kb[:2]).stdout


def test_a_record_waits_for_its_longest_unchecked_contact(run: Run, clinic: Path) -> None:
    kb = ("--kb", clinic.parents[1])

    def looked_at() -> str:
        rows = run("list", "organization", *kb, "--format", "json").json
        return str(next(row["looked_at"] for row in rows if row["id"] == "clinic"))

    assert looked_at() == "2026-11-20"
    assert (
        run(
            "verify", "clinic", "--field", "intake", "--by", "A", "--how", "call", "--on", "2026-11-25", *kb
        ).code
        == 0
    )
    assert looked_at() == "2026-11-20"
    assert run("verify", "clinic", "--by", "A", "--how", "site", "--on", "2026-11-24", *kb).code == 0
    assert looked_at() == "2026-11-24"


# ----- a changed number


def test_a_changed_number_is_verified_no_more_and_its_check_is_kept(run: Run, clinic: Path) -> None:
    kb = ("--kb", clinic.parents[1])
    assert (
        run(
            "verify", "clinic", "--field", "intake", "--by", "A", "--how", "call", "--on", "2026-11-25", *kb
        ).code
        == 0
    )
    assert run("edit", "clinic", "--set", "contacts[0].number=020 1234567", *kb).code == 0
    assert "verified" in said(clinic)["contacts"][0]  # the same number, spaced otherwise
    assert run("edit", "clinic", "--set", "contacts[0].number=020 123 0000", *kb).code == 0
    desk = said(clinic)["contacts"][0]
    assert "verified" not in desk
    assert desk["earlier"] == [{"on": date(2026, 11, 25), "by": "A", "how": "call", "note": "of 020 1234567"}]


@pytest.mark.parametrize(
    "word",
    ["contacts[0].verified.on=2026-11-27", "checks=[]", "contacts[0].earlier=", "contacts[0].verified="],
)
def test_nothing_but_verify_changes_a_check(run: Run, clinic: Path, word: str) -> None:
    before = clinic.read_bytes()
    done = run("edit", "clinic", "--set", word, "--kb", clinic.parents[1])
    assert done.code == 2
    assert "only 'recoverykb verify' changes this" in done.stderr
    assert clinic.read_bytes() == before


# ----- worklists


def worklist(run: Run, root: Path, tmp_path: Path, results: dict[str, dict[str, str]]) -> Path:
    """The worklist of a base, filled in: what each field of ``clinic`` was found to be."""
    file = tmp_path / "round.csv"
    assert run("verify", "--worklist", "--due", "400", "-o", file, "--kb", root).code == 0
    rows = list(csv.DictReader(file.read_text().splitlines()))
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys())
    writer.writeheader()
    writer.writerows(
        {**row, **(results.get(row["field"], {}) if row["record"] == "clinic" else {})} for row in rows
    )
    file.write_text(out.getvalue())
    return file


def test_a_filled_in_worklist_is_read_back(run: Run, clinic: Path, tmp_path: Path) -> None:
    root = clinic.parents[1]
    file = worklist(run, root, tmp_path, {
        "020 123 4567": {"result": "right", "by": "Amina", "on": "2026-11-25", "note": "open"},
        "1199": {"result": "Right"},
        "desk@example.org": {"result": "wrong", "note": "it came back"},
    })  # fmt: skip
    done = run("verify", "--from", file, "--by", "Joseph", "--kb", root)
    assert done.code == 1  # something is to be mended
    assert done.stdout == "verified clinic: 020 123 4567\nverified clinic: 1199\n"
    assert (
        "clinic: desk@example.org was found wrong (it came back); mend it: recoverykb edit clinic"
        in done.stderr
    )
    desk, mail, night = said(clinic)["contacts"]
    assert desk["verified"] == {"on": date(2026, 11, 25), "by": "Amina", "how": "call", "note": "open"}
    assert (night["verified"]["by"], night["verified"]["how"]) == ("Joseph", "site")
    assert "verified" not in mail


def test_one_wrong_row_stops_the_whole_worklist(run: Run, clinic: Path, tmp_path: Path) -> None:
    root, before = clinic.parents[1], clinic.read_bytes()
    file = worklist(run, root, tmp_path, {
        "020 123 4567": {"result": "right"},
        "1199": {"result": "right", "how": "call"},
        "desk@example.org": {"result": "maybe"},
    })  # fmt: skip
    done = run("verify", "--from", file, "--by", "A", "--kb", root)
    assert (done.code, done.stdout) == (1, "")
    assert "result 'maybe' (write right or wrong" in done.stderr
    assert done.stderr.endswith("recoverykb: nothing was written\n")
    file.write_text(file.read_text().replace("maybe", ""))
    again = run("verify", "--from", file, "--by", "A", "--kb", root)
    assert (again.code, again.stdout) == (1, "")
    line = next(number for number, row in enumerate(file.read_text().splitlines(), 1) if "1199" in row)
    assert f"{file}:{line}:1: WORKLIST 1199 is a crisis line" in again.stderr
    assert clinic.read_bytes() == before


def test_a_worklist_from_a_spreadsheet_with_semicolons_is_read(
    run: Run, clinic: Path, tmp_path: Path
) -> None:
    file = tmp_path / "round.csv"
    file.write_bytes(
        "\ufeffrecord;field;result;by;how;on\r\nclinic;intake;right;A;call;2026-11-25\r\n".encode()
    )
    assert (
        run("verify", "--from", file, "--kb", clinic.parents[1]).stdout == "verified clinic: 020 123 4567\n"
    )


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\xff\xfe\x00"])
def test_what_is_no_worklist_is_said(run: Run, clinic: Path, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "round.csv"
    file.write_bytes(content)
    done = run("verify", "--from", file, "--by", "A", "--kb", clinic.parents[1])
    assert (done.code, done.stdout) == (3, "")
    assert str(file) in done.stderr


def test_the_worklist_on_paper_has_boxes_and_says_what_not_to_call(
    run: Run, clinic: Path, tmp_path: Path
) -> None:
    file = tmp_path / "round.md"
    assert run("verify", "--worklist", "--due", "400", "-o", file, "--kb", clinic.parents[1]).code == 0
    text = file.read_text()
    line = next(line for line in text.splitlines() if "1199" in line)
    assert "not by a call" in line
    assert "Never call a crisis line to test it" in text
    assert "020 123 4567" in text


def test_verify_wants_one_thing_at_a_time(run: Run) -> None:
    for words in ((), ("clinic", "--worklist"), ("clinic",), ("clinic", "--by", "A")):
        assert run("verify", *words).code == 2
