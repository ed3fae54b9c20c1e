"""The words the base knows, for corrections: how often each stands, and of which letters they are made."""

import sqlite3
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from recoverykb.tokens import joined_tokens

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
        others = dict.fromkeys(chain(texts[2], texts[3]))
        for word in labels:
            others.pop(word, None)
        return cls(list(labels), list(others))

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
            (word, joined_tokens([word]), count, self._labels[word])
            for word, count in self._records.items()
            if count or self._labels[word]
        ]
        self.connection.executemany(
            "insert into spelling(word, level, records, labels) values(?, ?, ?, ?) "
            "on conflict(word) do update "
            "set records = records + excluded.records, labels = labels + excluded.labels",
            changed,
        )
        letters = set(chain.from_iterable(word for word, *_ in changed if is_spellable(word)))
        self.connection.executemany("insert or ignore into letter values(?)", ((one,) for one in letters))


def is_spellable(word: str) -> bool:
    """Whether ``word`` (folded) may be corrected, or stand in for another."""
    return _SHORTEST <= len(word) <= _LONGEST and word.isalpha()
