"""What a rule sees of a base, and what it says: records one after the other, and findings.

A base may be larger than memory, so nobody holds all of its records: a rule sees each of them once
and keeps what it needs for its judgement.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from recoverykb.check.remedy import Remedy
from recoverykb.records.types import AnyRecord

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


class File(NamedTuple):
    """A record file under check: its path in the base, its text, and whether it holds many records."""

    path: str
    text: str
    grouped: bool

    def finding(self, line: int, column: int, message: str, hint: str, remedy: Remedy) -> Finding:
        """A finding about the file as such, at a line and column."""
        return Finding(Place(self.path), (), message, hint, remedy, (line, column))


@dataclass(frozen=True)
class Item:
    """A record under check, as read and as it stands in its file."""

    place: Place
    record: AnyRecord
    table: Mapping[str, Any]

    @cached_property
    def values(self) -> list[tuple[KeyPath, Any]]:
        """Every single value in the record with the keys that lead to it."""
        return list(walk(self.table))

    def finding(self, path: KeyPath, message: str, hint: str, remedy: Remedy | None = None) -> Finding:
        """A finding at ``path`` inside the record."""
        return Finding(self.place, path, message, hint, remedy)


@dataclass(slots=True)
class Context:
    """A base under check. ``elsewhere`` maps the ids of the layers below it to kinds.

    ``kinds`` has those and the ids seen so far; it is whole when the last record was seen. Sources
    come first, then strategies, countries, organizations, guides and terms.
    """

    root: Path
    today: date
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    services_elsewhere: frozenset[str] = frozenset()
    kinds: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.kinds = dict(self.elsewhere)


class Across:
    """A rule that judges records by one another: it sees each of them, and says the rest at the end."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def see(self, item: Item) -> Iterable[Finding]:
        """What can be said of ``item`` at once."""
        return ()

    def end(self) -> Iterable[Finding]:
        """What can only be said when every record was seen."""
        return ()


def walk(value: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Any]]:
    """Every value inside ``value`` that is no table and no list, with the keys that lead to it."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from walk(inner, (*path, name))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from walk(inner, (*path, position))
    else:
        yield path, value
