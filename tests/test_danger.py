"""Where a life is in danger, what to do now stands first, whatever else is said and in whatever language."""

import pytest

from recoverykb.search.engine import search
from recoverykb.storage.base import Base

NOT_WAKING = [
    "my son won't wake up",
    "son won't wake up in Glasgow",
    "mate gone blue what do i do",
    "he is blue and not breathing",
    "baby took a tablet and collapsed",
    "toddler ate a suboxone film",
    "baby got into my methadone",
    "i took too much methadone",
    "mi hijo no despierta",
    "мой сын не дышит",
]
NOT_LIVING = [
    "I don't want to wake up",
    "I want to end it after my detox",
    "suicidal in Nairobi",
    "quiero morir",
    "хочу умереть",
]


@pytest.mark.parametrize("query", NOT_WAKING)
def test_who_does_not_wake_or_swallowed_something(opened: Base, query: str) -> None:
    assert search(opened, query, limit=1).hits[0].row.id == "overdose-response"


@pytest.mark.parametrize("query", NOT_LIVING)
def test_who_does_not_want_to_live_is_led_to_a_line(opened: Base, query: str) -> None:
    best = search(opened, query, limit=1).hits[0].row
    assert best.kind == "organization"
    lines = opened.connection.execute(
        "select 1 from search join record on record.rowid = search.rowid "
        "where search match ? and record.id = ? and active",
        ('labels : "crisis line"', best.id),
    )
    assert lines.fetchone() is not None, best.id


@pytest.mark.parametrize(
    ("query", "never"),
    [
        ("my worker is not here today", "988-lifeline"),
        ("my dose was cut for no reason", "988-lifeline"),
        ("can I take it all home", "988-lifeline"),
        ("he doesn't live with me", "988-lifeline"),
    ],
)
def test_what_only_shares_the_big_words_of_a_danger_is_none(opened: Base, query: str, never: str) -> None:
    assert never not in [hit.row.id for hit in search(opened, query, limit=5).hits]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("i dont want to be here anymore", "988-lifeline"),
        ("gonna end it tonight", "988-lifeline"),
        ("my mate has dropped", "overdose-response"),
        ("she wont wake up", "overdose-response"),
    ],
)
def test_a_danger_in_few_words_comes_first(opened: Base, query: str, wanted: str) -> None:
    assert search(opened, query, limit=1).hits[0].row.id == wanted
