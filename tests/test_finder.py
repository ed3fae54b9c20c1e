"""The incremental finder, driven by keys: the list narrows, Enter takes, Escape leaves."""

import pytest
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from conftest import Run
from recoverykb.cli.finder import Finder, find_interactively
from recoverykb.search.filters import NO_FILTERS, Filters
from recoverykb.storage.base import Base

UP, DOWN, ENTER, ESCAPE = "\x1b[A", "\x1b[B", "\r", "\x1b"


def typed(base: Base, keys: str, filters: Filters = NO_FILTERS) -> str | None:
    """What the finder returns after ``keys`` (which must end it)."""
    with create_pipe_input() as stream:
        stream.send_text(keys)
        return find_interactively(base, filters, input=stream, output=DummyOutput())


@pytest.mark.parametrize(
    ("keys", "taken"),
    [
        ("methado" + ENTER, "methadone"),
        ("naloxone" + DOWN + ENTER, "take-home-naloxone"),
        ("naloxone" + DOWN + UP + UP + ENTER, "naloxone"),
        ("qqxxyyzz" + ENTER + ESCAPE, None),
        ("\x03", None),
    ],
)
def test_keys_lead_to_the_record(opened: Base, keys: str, taken: str | None) -> None:
    assert typed(opened, keys) == taken


def test_filters_hold_in_the_finder(opened: Base) -> None:
    taken = typed(opened, "methadone" + ENTER, Filters(kind="country"))
    assert taken is not None
    assert opened.row(taken).kind == "country"


def test_the_list_narrows_and_says_what_became_of_the_words(opened: Base) -> None:
    finder = Finder(opened, NO_FILTERS, lambda record_id: f"preview of {record_id}")
    finder.typed.text = "nalo"
    assert finder.current == "naloxone"
    assert finder.preview_text() == "preview of naloxone"
    finder.typed.text = "nalxone kit"
    assert "showing results for 'naloxone'" in finder.said
    finder.typed.text = "qqxxyyzz"
    assert (finder.hits, finder.current, finder.preview_text()) == ([], None, "")
    assert "nothing found" in finder.said


def test_what_is_harmful_shows_its_rating_in_the_list(opened: Base) -> None:
    finder = Finder(opened, NO_FILTERS, str)
    finder.typed.text = "rapid detox"
    line = "".join(part[1] for part in finder.list_text()).split("\n")[0]
    assert "harmful" in line


def test_without_a_terminal_search_says_what_is_missing(run: Run) -> None:
    result = run("search")
    assert (result.code, result.stdout) == (2, "")
    assert "search needs words" in result.stderr
