"""Which values of a record are ids of other records."""

from collections.abc import Iterator
from typing import Any

Path = tuple[str | int, ...]

_KEYS = frozenset({"sources", "related", "see", "alternatives", "about", "together", "parent", "successor"})

_OWN = {
    "organization": ("services",),
    "country": ("services", "service"),
    "exceptions": ("exception", "record"),
}
"""Keys that hold ids in records of one kind, as they lead there."""


def references(kind: str, table: object) -> Iterator[tuple[Path, str]]:
    """Every id that the record ``table`` of ``kind`` refers to, with the path that leads there."""
    for path, told in _walk(table, ()):
        if isinstance(told, str) and is_reference(kind, path):
            yield path, told


def is_reference(kind: str, path: Path) -> bool:
    """Whether the value at ``path`` in a record of ``kind`` is the id of another record."""
    last = next((part for part in reversed(path) if isinstance(part, str)), "")
    if last in _KEYS:
        return True
    own = _OWN.get(kind, ())
    return own[-1:] == (last,) and own == tuple(part for part in path if isinstance(part, str))


def _walk(told: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    yield path, told
    inner = told.items() if isinstance(told, dict) else enumerate(told) if isinstance(told, list) else ()
    for name, entry in inner:
        yield from _walk(entry, (*path, name))
