"""What a rule sees: every record of the base under check, and where each thing stands in its file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, cast

import msgspec

from recoverykb.problem import Problem
from recoverykb.records.types import AnyRecord

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A record under check with its file (relative to the base) and place in a grouped file."""

    kind: str
    record: AnyRecord
    path: str
    position: int | None

    def table(self) -> dict[str, Any]:
        """The record as plain tables and lists, empty optional fields left out."""
        return cast("dict[str, Any]", msgspec.to_builtins(self.record, builtin_types=(date,)))


@dataclass(slots=True)
class Context:
    """A base under check. ``elsewhere`` maps ids of the layers below it to kinds."""

    root: Path
    today: date
    items: list[Item]
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    services_elsewhere: frozenset[str] = frozenset()
    _positions: dict[str, Any] = field(default_factory=dict)

    def kinds(self) -> dict[str, str]:
        """Kind by id, of everything a record may refer to."""
        return {**self.elsewhere, **{item.record.id: item.kind for item in self.items}}

    def of(self, record_type: type) -> Iterator[tuple[Item, Any]]:
        """Every record of a type with its item."""
        for item in self.items:
            if isinstance(item.record, record_type):
                yield item, item.record

    def problem(self, rule: "RuleInfo", item: Item, path: KeyPath, message: str, hint: str) -> Problem:
        """A problem at ``path`` inside the record of ``item``."""
        line, column = self._locate(item, path)
        return Problem(
            item.path, line, column, rule.code, rule.severity, f"{item.record.id}: {message}", hint
        )

    def _locate(self, item: Item, path: KeyPath) -> tuple[int, int]:
        if item.path not in self._positions:
            from recoverykb.storage.positions import Positions

            self._positions[item.path] = Positions((self.root / item.path).read_text(encoding="utf-8-sig"))
        prefix: KeyPath = () if item.position is None else (item.kind, item.position)
        found: tuple[int, int] = self._positions[item.path].of((*prefix, *path))
        return found


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """The code, severity, title and explanation of a rule."""

    code: str
    severity: str
    title: str
    explanation: str


def walk(value: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Any]]:
    """Every table, list and value inside ``value`` with the keys that lead to it, outermost first."""
    yield path, value
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from walk(inner, (*path, name))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from walk(inner, (*path, position))
