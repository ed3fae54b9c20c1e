"""The words the base knows, for corrections: how often each stands, and which are one slip away.

A word is one slip from another (a letter missing, added, changed, or two swapped) when they share a
form with at most one letter taken out of each. ``near`` holds a hash of every such form: the
delete-1 table of symmetric-delete spelling correction (W. Garbe, SymSpell, 2012).
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple
from zlib import crc32

from recoverykb.tokens import tokens_of

_SHORTEST, _LONGEST = 4, 24
"""Shorter words have too many neighbours; longer ones are no words."""


class Spelt(NamedTuple):
    """The different words of a record: of its name and labels, and of the rest."""

    labels: Sequence[str]
    others: Sequence[str]

    @classmethod
    def of(cls, texts: Sequence[list[str]]) -> "Spelt":
        """From the folded words of name, labels, summary and body."""
        labels = dict.fromkeys(chain(texts[0], texts[1]))
        return cls(
            list(labels), [word for word in dict.fromkeys(chain(texts[2], texts[3])) if word not in labels]
        )

    @classmethod
    def parse(cls, stored: str) -> "Spelt":
        """From the form in which ``content.spelt`` keeps it."""
        labels, others = stored.split("\n")
        return cls(labels.split(), others.split())

    def __str__(self) -> str:
        return f"{' '.join(self.labels)}\n{' '.join(self.others)}"


class Vocabulary:
    """Counts that are gathered while files are read, and stored once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._records: Counter[str] = Counter()
        self._labels: Counter[str] = Counter()

    def count(self, spelt: Spelt, change: int) -> None:
        """Add a record's words to the counts (``change`` 1) or take them off (-1)."""
        labels, others = (self._labels, self._records)
        if change > 0:
            labels.update(spelt.labels)
            others.update(chain(spelt.labels, spelt.others))
        else:
            labels.subtract(spelt.labels)
            others.subtract(chain(spelt.labels, spelt.others))

    def store(self) -> None:
        """Write what was gathered; words that nothing holds any more stay with a count of nought."""
        changed = [
            (word, " ".join(tokens_of([word])), count, self._labels[word])
            for word, count in self._records.items()
            if count or self._labels[word]
        ]
        known = self._numbers([word for word, *_ in changed])
        self.connection.executemany(
            "insert into spelling(word, level, records, labels) values(?, ?, ?, ?) "
            "on conflict(word) do update "
            "set records = records + excluded.records, labels = labels + excluded.labels",
            changed,
        )
        fresh = [word for word, *_ in changed if word not in known and is_spellable(word)]
        number = self._numbers(fresh)
        self.connection.executemany(
            "insert or ignore into near values(?, ?)",
            sorted((form, number[word]) for word in fresh for form in slips(word)),
        )

    def _numbers(self, words: list[str]) -> dict[str, int]:
        """The numbers of those of ``words`` that are stored."""
        rows = self.connection.execute(
            "select word, id from spelling where word in (select value from json_each(?))",
            (json.dumps(words),),
        )
        return dict(rows.fetchall())


def is_spellable(word: str) -> bool:
    """Whether ``word`` (folded) may be corrected, or stand in for another."""
    return _SHORTEST <= len(word) <= _LONGEST and word.isalpha()


def slips(word: str) -> Iterator[int]:
    """Hashes of ``word`` and of each form of it that lacks one letter."""
    yield crc32(word.encode())
    for place in range(len(word)):
        yield crc32((word[:place] + word[place + 1 :]).encode())
