"""Corrections by the base's own words.

A word is corrected only when no record holds it, not even as the beginning of a word. The
nearest word wins by edit distance (Damerau-Levenshtein, restricted), then by how many records hold it.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from recoverykb.fold import words

_SHORTEST = 4
"""Shorter words have too many neighbours."""
_LONG = 8
"""From this length on two slips are allowed; in shorter words they make another word."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A word of the query (``typed``, folded in ``folded``) and the word used instead."""

    typed: str
    folded: str
    to: str


def correct(connection: sqlite3.Connection, typed: Iterable[str]) -> list[Correction]:
    """The corrections that the words ``typed`` need, each once; empty when the base knows them all."""
    found: dict[str, Correction] = {}
    for spoken in dict.fromkeys(typed):
        for word in words(spoken):
            if len(word) < _SHORTEST or any(char.isdigit() for char in word) or _known(connection, word):
                continue
            nearest = _nearest(connection, word)
            if nearest is not None:
                found.setdefault(word, Correction(spoken, word, nearest))
    return list(found.values())


def _known(connection: sqlite3.Connection, word: str) -> bool:
    """Whether a record holds ``word`` or a word that begins with it, or a label does."""
    upper = word + "\U0010ffff"
    return any(
        connection.execute(
            f"select 1 from {table} where {column} >= ? and {column} < ? limit 1", (word, upper)
        ).fetchone()
        for table, column in (("spelling", "word"), ("label", "folded"))
    )


def _nearest(connection: sqlite3.Connection, word: str) -> str | None:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    allowed = 1 if len(word) < _LONG else 2
    rows = connection.execute(
        "select word, records from spelling where length(word) between ? and ?",
        (len(word) - allowed, len(word) + allowed),
    ).fetchall()
    counts = dict(rows)
    ranked = process.extract(word, list(counts), scorer=OSA.distance, score_cutoff=allowed, limit=20)
    if not ranked:
        return None
    best = min(ranked, key=lambda entry: (entry[1], entry[0][0] != word[0], -counts[entry[0]], entry[0]))
    return str(best[0])
