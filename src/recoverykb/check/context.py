"""What a rule sees of a base, and what it says: a record, a file, facts of all records; and findings.

A base may be larger than memory, and most of it did not change since the last check. So a rule that looks at
one record or one file sees nothing else, and what it says is kept until the file changes. A rule that judges
records by one another notes facts of each record, which are kept likewise, and sees the facts of all of them
one after the other at every check.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from recoverykb.check.remedy import Remedy
from recoverykb.records.types import AnyRecord

Fact = TypeVar("Fact")

KeyPath = tuple[str | int, ...]


class Place(NamedTuple):
    """Where a record stands: its file (relative to the base), kind, place in a grouped file, and id."""

    path: str
    kind: str = ""
    position: int | None = None
    id: str = ""

    def whole_path(self, path: KeyPath) -> KeyPath:
        """The keys from the top of the file to ``path`` inside the record."""
        return path if self.position is None else (self.kind, self.position, *path)


class Finding(NamedTuple):
    """What a rule has against something: where, what, what to do, and how a program may do it."""

    place: Place
    path: KeyPath
    message: str
    hint: str
    remedy: Remedy | None = None
    at: tuple[int, int] | None = None
    """Line and column, where ``path`` does not lead there."""

    @property
    def whole_path(self) -> KeyPath:
        """The keys from the top of the file."""
        return self.place.whole_path(self.path)


class File(NamedTuple):
    """A record file under check: its path in the base, and its text."""

    path: str
    text: str
    grouped: bool
    """Whether it holds many records."""
    schemas: bool
    """Whether its base has a folder of schemas."""

    def finding(self, line: int, column: int, message: str, hint: str, remedy: Remedy) -> Finding:
        """A finding about the file as such, at a line and column."""
        return Finding(Place(self.path), (), message, hint, remedy, (line, column))


@dataclass(frozen=True)
class Item:
    """A record under check, as read and as it stands in its file."""

    place: Place
    record: AnyRecord
    table: dict[str, Any]

    @cached_property
    def values(self) -> list[tuple[KeyPath, Any]]:
        """Every single value in the record with the keys that lead to it."""
        found: list[tuple[KeyPath, Any]] = []
        _gather(self.table, (), found)
        return found

    def finding(self, path: KeyPath, message: str, hint: str, remedy: Remedy | None = None) -> Finding:
        """A finding at ``path`` inside the record."""
        return Finding(self.place, path, message, hint, remedy)


@dataclass(frozen=True, slots=True)
class Context:
    """What a check knows of a base before it judges records by one another.

    ``kinds`` has the kind of every id, those of the layers below too.
    """

    root: Path
    today: date
    kinds: Mapping[str, str]
    retired: Mapping[str, str | None]
    """The ids among them that are no longer to be used, each with the one to use instead."""
    services_below: frozenset[str] = frozenset()
    """The strategies of the layers below that are services."""


class Across(Generic[Fact]):
    """A rule that judges records by one another: it notes facts of each, then sees those of all.

    Sources are seen first, then strategies, countries, organizations, guides and terms.
    """

    def __init__(self, context: Context) -> None:
        self.context = context

    @staticmethod
    def facts(item: Item) -> Fact | None:
        """What a record is to be judged by, and others by it; ``None`` if the rule need not see it.

        It follows from the record alone, and is kept until the file of the record changes; its type, which
        is read from the annotation, must be one that msgspec can write and read. Two rules that name the
        same function share what it notes. A rule that looks at no record has none.
        """
        raise NotImplementedError

    def see(self, place: Place, fact: Fact) -> Iterable[Finding]:
        """What can be said at once of the record at ``place``, of which ``fact`` was noted."""
        return ()

    def end(self) -> Iterable[Finding]:
        """What can only be said when the facts of every record were seen."""
        return ()


def _gather(value: Any, path: KeyPath, found: list[tuple[KeyPath, Any]]) -> None:
    """Put every value inside ``value`` that is no table and no list into ``found``, with its keys."""
    if isinstance(value, dict):
        for name, inner in value.items():
            _gather(inner, (*path, name), found)
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            _gather(inner, (*path, position), found)
    else:
        found.append((path, value))
