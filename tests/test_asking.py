"""Asking for a record, driven by keys: every answer is checked, a likely duplicate is named, nothing typed is lost."""

import os
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pexpect
import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from conftest import BaseFolder
from recoverykb.cli.asking import Asker
from recoverykb.errors import UsageError
from recoverykb.storage.base import Base

ENTER, CLEAR, STOP = "\r", "\x15", "\x03"


class Session:
    """A person at the keyboard: what is typed, what is said to them, and the record that comes of it."""

    def __init__(self, base: Base) -> None:
        self.base = base
        self.said: list[str] = []
        self.table: dict[str, Any] = {}
        self.sources: list[dict[str, Any]] = []

    def organization(self, *lines: str, least: bool = False, end: str = "") -> dict[str, Any]:
        """Type ``lines`` as answers; what is known of the record then."""
        keys = "".join(line + ENTER for line in lines) + end
        with create_pipe_input() as stream, create_app_session(input=stream, output=DummyOutput()):
            stream.send_text(keys)
            asker = Asker(self.base, self.said.append)
            asker.record("organization", self.table, least=least)
            asker.missing_sources("organization", self.table, self.sources)
        return self.table


@pytest.fixture
def session(opened: Base) -> Iterator[Session]:
    return Session(opened)


BEGINNING = (
    "Kisumu clinic",
    "",
    "It gives methadone.",
    "page-of-ours",
    "",
    "",
    "provider",
    "",
    "KE",
    "Kisumu",
    "",
    "",
)
"""Name, id (as offered), summary, sources, aliases, tags, type, acronym, country, city, url, status."""
CONTACT = ("y", "intake", "page-of-ours", "low", "020 123 4567", "", "", "", "", "", "", "", "", "")
"""Purpose, sources, confidence, number, then all that is left out."""
SOURCE = ("Opening hours", "The clinic", "https://example.org", "official", "whole", "2026", "", "", "")
END = ("", "", "", "", "n", "n", "")
"""Faith-based, fees, eligibility, how to start, claims, cautions, related."""


def test_answers_make_a_record_with_its_contact_and_source(session: Session) -> None:
    table = session.organization(*BEGINNING, "methadone", *CONTACT, "n", *END, *SOURCE)
    assert table == {
        "name": "Kisumu clinic", "id": "kisumu-clinic", "summary": "It gives methadone.", "type": "provider",
        "sources": ["page-of-ours"], "country": "KE", "city": "Kisumu", "services": ["methadone"],
        "contacts": [{"purpose": "intake", "sources": ["page-of-ours"], "confidence": "low",
                      "number": "020 123 4567"}],
    }  # fmt: skip
    assert session.sources == [
        {"id": "page-of-ours", "title": "Opening hours", "publisher": "The clinic", "url": "https://example.org",
         "tier": "official", "seen": "whole", "year": 2026}
    ]  # fmt: skip
    assert session.said == ["there is no source 'page-of-ours' yet; what is it?"]


def test_an_answer_that_cannot_be_is_not_taken(session: Session) -> None:
    wrong = list(BEGINNING)
    wrong[6] = "hut" + ENTER + CLEAR + "provider"
    wrong[8] = "Kenya" + ENTER + CLEAR + "KE"
    wrong[2] = ENTER + "It gives methadone."  # it must be there
    contact = list(CONTACT)
    contact[4] = "020 1" + "2" * 25 + ENTER + CLEAR + "020 123 4567"
    service = "mehtadone" + ENTER + CLEAR + "methadone"
    table = session.organization(*wrong, service, *contact, "n", *END, *SOURCE)
    assert (table["type"], table["country"], table["services"]) == ("provider", "KE", ["methadone"])
    assert table["contacts"][0]["number"] == "020 123 4567"


def test_a_likely_duplicate_is_named_before_anything_else_is_asked(session: Session) -> None:
    with pytest.raises(UsageError) as caught:
        session.organization("NACADA", "n")
    assert any("Is it nacada (" in line for line in session.said)
    assert "recoverykb edit nacada" in caught.value.hint


def test_an_id_in_use_is_not_taken_again(session: Session) -> None:
    with pytest.raises(KeyboardInterrupt):
        session.organization(
            "NACADA", "y", CLEAR + "nacada" + ENTER + CLEAR + "not ok" + ENTER + CLEAR + "second", end=STOP
        )
    assert session.table == {"name": "NACADA", "id": "second"}


def test_only_what_must_be_there_is_asked_where_the_rest_was_given(session: Session) -> None:
    session.table |= {
        "id": "x",
        "sources": ["cochrane-methadone-2009"],
        "contacts": [{"number": "020 123 4567"}],
    }
    table = session.organization("Kisumu clinic", "A clinic.", "provider", "drug-help", "cochrane-methadone-2009", "low",
                                 least=True)  # fmt: skip
    assert table["contacts"] == [
        {
            "number": "020 123 4567",
            "purpose": "drug-help",
            "sources": ["cochrane-methadone-2009"],
            "confidence": "low",
        }
    ]
    assert (table["name"], table["summary"], table["type"]) == ("Kisumu clinic", "A clinic.", "provider")


def test_what_was_typed_stands_in_the_table_when_the_person_stops(session: Session) -> None:
    with pytest.raises(KeyboardInterrupt):
        session.organization(*BEGINNING[:7], end=STOP)
    assert session.table["type"] == "provider"


@pytest.fixture
def terminal(base_folder: BaseFolder, cache: Path, tmp_path: Path) -> Iterator[Any]:
    """The program on a terminal of its own."""
    env = {
        **os.environ, "RECOVERYKB_CACHE": str(cache), "XDG_STATE_HOME": str(tmp_path / "state"), "TERM": "xterm",
        "LANG": "C.UTF-8", "EDITOR": f"{sys.executable} {tmp_path / 'editor.py'}", "VISUAL": "", "NO_COLOR": "1",
    }  # fmt: skip
    children = []

    def start(*words: str) -> Any:
        child = pexpect.spawn(
            sys.executable, ["-m", "recoverykb", *words, "--kb", str(base_folder.root)],
            env=env, encoding="utf-8", timeout=60, dimensions=(30, 200),
        )  # fmt: skip
        children.append(child)
        return child

    yield start
    for child in children:
        child.close(force=True)


def test_on_a_terminal_ctrl_c_keeps_what_was_typed_and_says_how_to_go_on(
    terminal: Any, tmp_path: Path
) -> None:
    child = terminal("add", "organization")
    child.expect("name")
    child.send("Kisumu clinic\r")
    child.expect("id")
    child.send("\r")
    child.expect("summary")
    child.send("\x03")
    child.expect("what you typed is kept; go on with: recoverykb add organization --from")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 130
    (draft,) = (tmp_path / "state" / "recoverykb" / "drafts").iterdir()
    assert tomllib.loads(draft.read_text()) == {"id": "kisumu-clinic", "name": "Kisumu clinic"}


def test_on_a_terminal_the_editor_offers_to_go_back(
    terminal: Any, base_folder: BaseFolder, tmp_path: Path
) -> None:
    """The first time the editor leaves an error, the second time it mends it."""
    path = base_folder.add("organization", "clinic", country="KE")
    (tmp_path / "editor.py").write_text(
        "import sys; from pathlib import Path; p = Path(sys.argv[1]); t = p.read_text()\n"
        "p.write_text(t.replace('\"Kenya\"', '\"UG\"') if 'Kenya' in t else t.replace('\"KE\"', '\"Kenya\"'))\n"
    )
    child = terminal("edit", "clinic")
    child.expect("RKB002 country: not of the right form")
    child.expect("Go back to the editor")
    child.send("\r")
    child.expect("wrote ")
    child.expect(pexpect.EOF)
    assert tomllib.loads(path.read_text())["country"] == "UG"
    path.write_text(path.read_text().replace('"UG"', '"KE"'))
    child = terminal("edit", "clinic")
    child.expect("Go back to the editor")
    child.send("n\r")
    child.expect("what you typed is kept in ")
    child.expect(pexpect.EOF)
    child = terminal("edit", "clinic")  # and the next edit goes on with it
    child.expect("An unfinished edit stands in")
    child.send("y\r")
    child.expect("wrote ")
    child.expect(pexpect.EOF)
    assert tomllib.loads(path.read_text())["country"] == "UG"
