"""What keeps a table from being a record, and which of it needs no judgement to mend."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from recoverykb.check.context import Finding, KeyPath, Place
from recoverykb.check.remedy import Letters, Remedy, Unquoted
from recoverykb.records.decode import Flaw, problems
from recoverykb.storage.splice import Change


def misfits(place: Place, table: Mapping[str, Any]) -> Iterator[Finding]:
    """A finding for each thing that keeps ``table`` from being a record of its kind."""
    for flaw in problems(place.kind, table):
        yield from_flaw(place, flaw, _remedy(place.kind, table, flaw.path))


def from_flaw(place: Place, flaw: Flaw, remedy: Remedy | None = None) -> Finding:
    """The finding that a flaw is; it says which key it is about."""
    where = ".".join(str(part) for part in flaw.path)
    message = f"{where}: {flaw.message}" if where else flaw.message
    return Finding(place, flaw.path, message, flaw.hint, remedy)


def _remedy(kind: str, table: Mapping[str, Any], path: KeyPath) -> Remedy | None:
    """The change of a text value after which the flaw at ``path`` is gone, if one of the known ones is."""
    value = _at(table, path)
    if not isinstance(value, str):
        return None
    for new, remedy in _candidates(value):
        changed = _changed(table, path, new)
        if not any(flaw.path == path for flaw in problems(kind, changed)):
            return remedy
    return None


def _candidates(value: str) -> Iterator[tuple[Any, Remedy]]:
    """What a text may have been meant to be."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        pass
    else:
        if value == day.isoformat():
            yield day, Unquoted(day, f"took the quotes off {value}")
    bare = value.strip()
    if bare and bare != value:
        start = len(value) - len(value.lstrip())
        ends = [Change(0, start, ""), Change(start + len(bare), len(value), "")]
        changes = [change for change in ends if change.end > change.start]
        yield bare, Letters(changes, "took the blanks off the ends")


def _at(value: Any, path: KeyPath) -> Any:
    """The value at ``path`` inside ``value``, or ``None``."""
    for part in path:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _changed(value: Any, path: KeyPath, new: Any) -> Any:
    """A copy of ``value`` in which ``new`` stands at ``path``."""
    if not path:
        return new
    changed: Any = dict(value) if isinstance(value, Mapping) else list(value)
    changed[path[0]] = _changed(value[path[0]], path[1:], new)
    return changed
