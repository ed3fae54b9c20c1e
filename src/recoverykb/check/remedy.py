"""Remedies: how a program may mend what a rule found, where no judgement is needed.

A remedy of a text says which bytes change and what becomes of the value, so that the changed file can be
read again and compared before it takes the place of the old one. ``told`` says what was done. No remedy
touches a fact. Remedies are kept with the findings of a file, so msgspec must be able to tell them apart.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from recoverykb.records.decode import Path as KeyPath
from recoverykb.storage.splice import Change, Edit, in_text, unquoted, without_entry

if TYPE_CHECKING:
    from recoverykb.storage.positions import Positions


GONE = object()
"""What becomes of a list entry that is taken out."""


class Letters(Struct, frozen=True, tag=True):
    """Letters of a text give way to others."""

    changes: Sequence[Change]
    told: str

    def edits(self, positions: "Positions", path: KeyPath) -> list[Edit] | None:
        """The edits; ``path`` leads there from the top of the file. ``None`` where it cannot be done."""
        node = positions.value(path)
        return in_text(positions.source, node, self.changes) if node else None

    def becomes(self, value: Any) -> Any:
        """What the value at the path must be afterwards."""
        for start, end, new in sorted(self.changes, reverse=True):
            value = value[:start] + new + value[end:]
        return value


class Unquoted(Struct, frozen=True, tag=True):
    """A date stands in quotes, where TOML wants none."""

    value: date
    told: str

    def edits(self, positions: "Positions", path: KeyPath) -> list[Edit] | None:
        """The edits; ``path`` leads there from the top of the file. ``None`` where it cannot be done."""
        node = positions.value(path)
        return unquoted(positions.source, node) if node else None

    def becomes(self, value: Any) -> Any:
        """What the value at the path must be afterwards."""
        return self.value


class WithoutEntry(Struct, frozen=True, tag=True):
    """An entry of a list is taken out."""

    told: str

    def edits(self, positions: "Positions", path: KeyPath) -> list[Edit] | None:
        """The edits; ``path`` leads there from the top of the file. ``None`` where it cannot be done."""
        array, position = positions.value(path[:-1]), path[-1]
        return without_entry(positions.source, array, int(position)) if array else None

    def becomes(self, value: Any) -> Any:
        """The entry is no more."""
        return GONE


class Bytes(Struct, frozen=True, tag=True):
    """Bytes that are no part of any value change: white space, a comment."""

    known: Sequence[Edit]
    told: str

    def edits(self, positions: "Positions", path: KeyPath) -> list[Edit] | None:
        """The edits; ``path`` leads there from the top of the file. ``None`` where it cannot be done."""
        return list(self.known)

    def becomes(self, value: Any) -> Any:
        """What the value at the path must be afterwards."""
        return value


class Named(Struct, frozen=True, tag=True):
    """The file is named anew, in its folder."""

    name: str

    @property
    def told(self) -> str:
        """What was done, for the person who asked for it."""
        return f"named it {self.name}"


class Rewritten(Struct, frozen=True, tag=True):
    """Files that the program itself writes, by their paths in the base, are written anew."""

    files: Mapping[str, str]
    told: str


TextRemedy = Letters | Unquoted | WithoutEntry | Bytes
"""What changes some bytes of the file of the finding."""

WholeFile = Named | Rewritten
"""What is done to a file as a whole."""

Remedy = TextRemedy | WholeFile
