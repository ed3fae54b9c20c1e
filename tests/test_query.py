"""Queries taken apart: quotes, minus, qualifiers, and that every text is a query."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverykb.search.query import MOST_WORDS, parse


@pytest.mark.parametrize(
    ("text", "words", "phrases", "without", "filters"),
    [
        ("clean needles", ["clean", "needles"], [], [], (None, None, None)),
        ('"take home" naloxone', ["take", "home", "naloxone"], [["take", "home"]], [], (None, None, None)),
        ("“take home” naloxone", ["take", "home", "naloxone"], [["take", "home"]], [], (None, None, None)),
        ('naloxone "open end', ["naloxone", "open", "end"], [["open", "end"]], [], (None, None, None)),
        ("needles -prison", ["needles"], [], [["prison"]], (None, None, None)),
        ('needles -"in prison"', ["needles"], [], [["in", "prison"]], (None, None, None)),
        ("take-home", ["take", "home"], [], [], (None, None, None)),
        ("kind:country methadone", ["methadone"], [], [], ("country", None, None)),
        ("kind:Countries methadone", ["methadone"], [], [], ("country", None, None)),
        ("kind:recipe methadone", ["kind", "recipe", "methadone"], [], [], (None, None, None)),
        ('country:"South Africa" tag:ngo', [], [], [], (None, "South Africa", "ngo")),
        ("country: x", ["country", "x"], [], [], (None, None, None)),
        ("- -- \"\" ''", [], [], [], (None, None, None)),
    ],
)
def test_how_a_query_is_taken_apart(
    text: str,
    words: list[str],
    phrases: list[list[str]],
    without: list[list[str]],
    filters: tuple[str | None, ...],
) -> None:
    query = parse(text)
    assert (query.words, list(query.phrases), list(query.without)) == (words, phrases, without)
    assert (query.kind, query.country, query.tag) == filters


def test_capitals_tell_an_acronym_from_a_word_unless_everything_is_shouted() -> None:
    assert [spoken.capitals for spoken in parse("who runs the WHO").spoken] == [False, False, False, True]
    assert not any(spoken.capitals for spoken in parse("WHO CAN HELP").spoken)


@given(st.text(max_size=80) | st.text(st.sampled_from('ab -"“”:kindcountrytag'), max_size=60))
def test_every_text_is_a_query(text: str) -> None:
    query = parse(text)
    assert query.text == text
    assert len(query.spoken) <= MOST_WORDS
