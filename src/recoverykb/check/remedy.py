"""Remedies: how a program may mend what a rule found, where no judgement is needed.

A remedy of a text says which bytes change and what becomes of the value, so that the changed file can be
read again and compared before it takes the place of the old one. ``told`` says what was done. No remedy
touches a fact.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from recoverykb.storage.positions import Path as KeyPath
from recoverykb.storage.positions import Positions
from recoverykb.storage.splice import Change, Edit, in_text, unquoted, without_entry

GONE = object()
"""What becomes of a list entry that is taken out."""


class Letters(NamedTuple):
    """Letters of a text give way to others."""

    changes: Sequence[Change]
    told: str

    def edits(self, positions: Positions, path: KeyPath) -> list[Edit] | None:
        """The edits; ``path`` leads there from the top of the file. ``None`` where it cannot be done."""
        node = positions.value(path)
        return in_text(positions.source, node, self.changes) if node else None

    def becomes(self, value: Any) -> Any:
        """What the value at the path must be afterwards."""
        for start, end, new in sorted(self.changes, reverse=True):
            value = value[:start] + new + value[end:]
        return value


class Unquoted(NamedTuple):
    """A date stands in quotes, where TOML wants none."""

    value: Any
    told: str

    def edits(self, positions: Positions, path: KeyPath) -> list[Edit] | None:
        """The edits; ``path`` leads there from the top of the file. ``None`` where it cannot be done."""
        node = positions.value(path)
        return unquoted(positions.source, node) if node else None

    def becomes(self, value: Any) -> Any:
        """What the value at the path must be afterwards."""
        return self.value


class WithoutEntry(NamedTuple):
    """An entry of a list is taken out."""

    told: str

    def edits(self, positions: Positions, path: KeyPath) -> list[Edit] | None:
        """The edits; ``path`` leads there from the top of the file. ``None`` where it cannot be done."""
        array, position = positions.value(path[:-1]), path[-1]
        return without_entry(positions.source, array, int(position)) if array else None

    def becomes(self, value: Any) -> Any:
        """The entry is no more."""
        return GONE


class Bytes(NamedTuple):
    """Bytes that are no part of any value change: white space, a comment."""

    known: Sequence[Edit]
    told: str

    def edits(self, positions: Positions, path: KeyPath) -> list[Edit] | None:
        """The edits; ``path`` leads there from the top of the file. ``None`` where it cannot be done."""
        return list(self.known)

    def becomes(self, value: Any) -> Any:
        """What the value at the path must be afterwards."""
        return value


class Named(NamedTuple):
    """The file is named anew, in its folder."""

    name: str

    @property
    def told(self) -> str:
        """What was done, for the person who asked for it."""
        return f"named it {self.name}"


class Rewritten(NamedTuple):
    """Files that the program itself writes, by their paths in the base, are written anew."""

    files: Mapping[str, str]
    told: str


TextRemedy = Letters | Unquoted | WithoutEntry | Bytes
"""What changes some bytes of the file of the finding."""

WholeFile = Named | Rewritten
"""What is done to a file as a whole."""

Remedy = TextRemedy | WholeFile
