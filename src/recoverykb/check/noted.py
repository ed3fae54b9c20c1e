"""Facts of a record that several rules judge by."""

from typing import NamedTuple

from recoverykb.check.context import Item, KeyPath
from recoverykb.records.references import is_reference


class Mention(NamedTuple):
    """An id that a record names, and where."""

    path: KeyPath
    id: str


def citations(item: Item) -> list[Mention]:
    """The sources that ``item`` names."""
    return [Mention(path, value) for path, value in item.values if len(path) > 1 and path[-2] == "sources"]


def references(item: Item) -> list[Mention] | None:
    """The other records that ``item`` names; ``None`` if there are none."""
    kind = item.place.kind
    found = [
        Mention(path, value)
        for path, value in item.values
        if is_reference(kind, path) and "sources" not in path
    ]
    return found or None
