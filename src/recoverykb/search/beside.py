"""Whether a query is about something else altogether, so that it finds nothing rather than something."""

import json
from collections.abc import Sequence

from recoverykb import weights
from recoverykb.search.english import is_english
from recoverykb.search.fulltext import quoted
from recoverykb.search.query import Query
from recoverykb.search.reading import Reading
from recoverykb.search.spelling import Correction
from recoverykb.stop_words import ALL_STOP_WORDS
from recoverykb.storage.base import Base
from recoverykb.tokens import tokens_of


def is_beside_the_point(base: Base, query: Query, reading: Reading, unknown: Sequence[Correction]) -> bool:
    """Whether nothing of the base answers ``query``, although it has some of its words.

    ``unknown`` are the words that no record has.
    """
    return _is_only_a_place(reading, unknown) or _is_everyday_talk(base, query)


def _is_only_a_place(reading: Reading, unknown: Sequence[Correction]) -> bool:
    """Whether all that is known of a query is a place, and half of the rest English of which nothing speaks.

    So "flights to Malaga"; a word that may be a name says nothing against a place.
    """
    if not all(owner.kind == "country" for span in reading.spans for owner in span.owners):
        return False
    others = [token for unit in reading.units if not unit.marks for token in unit.tokens]
    lost = [entry for entry in unknown if not entry.to and is_english(entry.typed)]
    return bool(reading.spans and lost) and len(lost) * 2 >= len(others)


def _is_everyday_talk(base: Base, query: Query) -> bool:
    """Whether half of the words are English that hardly any label has, and none is of many.

    So "knitting pattern baby cardigan", of which the base knows babies. What a record says, all of it, is
    still found.
    """
    words = [word for word in dict.fromkeys(query.words) if word not in ALL_STOP_WORDS]
    named = _labels_with(base, words)
    strange = [word for word in words if named.get(word, 0) <= weights.STRANGE]
    if len(strange) < weights.MANY_LOST or len(strange) * 2 < len(words):
        return False
    if max(named.values(), default=0) > weights.OF_THE_SUBJECT:
        return False
    return all(map(is_english, strange)) and not _stands_in_a_record(base, words)


def _labels_with(base: Base, words: Sequence[str]) -> dict[str, int]:
    """How many records have each of the words in their names or labels."""
    statement = "select word, labels from spelling where word in (select value from json_each(?))"
    return dict(base.connection.execute(statement, (json.dumps(words),)).fetchall())


def _stands_in_a_record(base: Base, words: Sequence[str]) -> bool:
    """Whether one record has all the words."""
    expression = " ".join(map(quoted, tokens_of(words)))
    statement = "select 1 from search where search match ? limit 1"
    return base.connection.execute(statement, (expression,)).fetchone() is not None
