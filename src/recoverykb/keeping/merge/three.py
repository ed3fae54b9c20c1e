"""Three states of a value or of a list: as both sides had it, as ours has it, and as theirs has it."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import Any, Final, TypeVar

from recoverykb.records.pairing import dialled, paired
from recoverykb.storage.edit import same


class _Nothing:
    """What is no value of TOML."""

    def __repr__(self) -> str:
        return "nothing"


ABSENT: Final[Any] = _Nothing()
"""Stands for a value that a side does not have."""
CLASH: Final[Any] = _Nothing()
"""Stands for two values that cannot both be."""
Key = tuple[str, int]
T = TypeVar("T", bound=Hashable)


def three_way(name: str, base: Any, ours: Any, theirs: Any) -> Any:
    """What both sides made of the value of ``name``: what one of them changed, or both alike, else CLASH."""
    if same(ours, theirs) or same(theirs, base):
        return ours
    if same(ours, base):
        return theirs
    return ours if name == "number" and alike(name, ours, theirs) else CLASH


def alike(name: str, one: Any, other: Any) -> bool:
    """Whether two values of ``name`` say the same; how a number is spaced does not matter."""
    if name == "number" and isinstance(one, str) and isinstance(other, str):
        return dialled(one) == dialled(other)
    return same(one, other)


def keys(
    name: str, base: Sequence[Mapping[str, Any]], ours: Sequence[Mapping[str, Any]],
    theirs: Sequence[Mapping[str, Any]],
) -> tuple[list[Key], list[Key], list[Key]]:  # fmt: skip
    """A key for each entry of three states of the list ``name``: what is one has one key."""
    mine, other = paired(name, base, ours), paired(name, base, theirs)
    of_ours = {now: ("base", was) for was, now in mine.pairs}
    of_theirs = {now: ("base", was) for was, now in other.pairs}
    added = paired(name, [ours[at] for at in mine.new], [theirs[at] for at in other.new], likely=False)
    of_theirs |= {other.new[there]: ("ours", mine.new[here]) for here, there in added.pairs}
    return (
        [("base", at) for at in range(len(base))],
        [of_ours.get(at, ("ours", at)) for at in range(len(ours))],
        [of_theirs.get(at, ("theirs", at)) for at in range(len(theirs))],
    )


def orders(
    base: Sequence[T], ours: Sequence[T], theirs: Sequence[T], kept: Collection[T]
) -> tuple[list[T], list[T]]:
    """The entries ``kept`` in the order of ours, and in that of theirs.

    They differ only where both sides moved what both have, and not alike; else whoever moved it counts.
    """
    common = set(base) & set(ours) & set(theirs) & set(kept)
    was, mine, other = ([key for key in side if key in common] for side in (base, ours, theirs))
    first, second = _woven(ours, theirs, kept), _woven(theirs, ours, kept)
    if mine == was != other:
        return second, second
    return (first, second) if other not in (was, mine) else (first, first)


def _woven(first: Sequence[T], second: Sequence[T], kept: Collection[T]) -> list[T]:
    """The entries of ``first``, and each of ``second`` behind the one it stands behind there."""
    found = [key for key in dict.fromkeys(first) if key in kept]
    there, also = set(found), set(second)
    place = 0
    for key in dict.fromkeys(second):
        if key in there:
            place = (place if found[place : place + 1] == [key] else found.index(key)) + 1
        elif key in kept:
            while place < len(found) and found[place] not in also:
                place += 1
            found.insert(place, key)
            place += 1
    return found
