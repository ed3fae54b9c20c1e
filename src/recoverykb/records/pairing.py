"""Which entries of two states of a list are one and the same: said here once, for reviews and for merges.

A contact is known by its number or address, a service row by service and sources, a claim by its text. What
was changed in that very mark is still the same entry where nothing else could be meant: the only contact of
its purpose, the only claim of its sources.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from recoverykb.records.vocabulary import KINDS

_Names = tuple[str, ...]


class Marks(NamedTuple):
    """The keys by which entries of a list are known, the surest first; of each the first must be there."""

    own: tuple[_Names, ...]
    """What two entries that have it in common are one by, whoever wrote them."""
    likely: tuple[_Names, ...] = ()
    """What an entry and a later state of it have in common, even if its own marks were changed."""


_TEXT = Marks((("text",),), (("sources",),))

CHECK: Final[_Names] = ("on", "by", "how", "part")
"""What makes a check of a contact or a record the same one, whatever else is said of it."""

_MARKS: Final[Mapping[str, Marks]] = {
    "contacts": Marks(
        (("number", "purpose"), ("email", "purpose"), ("url", "purpose"), ("number",), ("email",), ("url",)),
        (("purpose",),),
    ),
    "services": Marks((("service", "sources"),), (("service", "year"), ("service",))),
    "figures": Marks((("measure", "year", "sources"),), (("measure", "sources"), ("measure", "year"))),
    "emergency": Marks((("number",),), (("role",),)),
    "outcomes": Marks((("outcome",),)),
    "practised": Marks((("country",),)),
    "labels": Marks((("text", "language"),), (("text",),)),
    "sections": Marks((("heading",),), (("items",), ("questions",), ("illustrations",))),
    "illustrations": Marks((("text",),), (("origin",),)),
    "disputed": Marks((("claim",),), (("sources",),)),
    "reviews": Marks((), (("on", "by"),)),
    "checks": Marks((), (CHECK,)),
    "earlier": Marks((), (CHECK,)),
    **dict.fromkeys(("claims", "findings", "cautions", "programmes", "strengths", "items"), _TEXT),
    **dict.fromkeys(KINDS, Marks((("id",),))),
}


class Pairing(NamedTuple):
    """Positions: of the entries that are one (before, now), of those that went, and of those that came."""

    pairs: list[tuple[int, int]]
    gone: list[int]
    new: list[int]


def paired(
    name: str, was: Sequence[Mapping[str, Any]], now: Sequence[Mapping[str, Any]], *, likely: bool = True
) -> Pairing:
    """Which entries of the list ``name`` are one in two states of it; never two that could be meant.

    Without ``likely`` only those with a mark of their own in common, as for what two people added.
    """
    gone, new = list(range(len(was))), list(range(len(now)))
    pairs: list[tuple[int, int]] = []
    for place in list(gone):  # what nobody touched
        same = next((other for other in new if now[other] == was[place]), None)
        if same is not None:
            _take(pairs, gone, new, (place, same))
    marks = _MARKS.get(name, Marks(()))
    for names in (*marks.own, *(marks.likely if likely else ())):
        there, here = _only_ones(was, gone, names), _only_ones(now, new, names)
        for mark, place in there.items():
            if mark in here:
                _take(pairs, gone, new, (place, here[mark]))
    return Pairing(sorted(pairs), gone, new)


def _take(pairs: list[tuple[int, int]], gone: list[int], new: list[int], pair: tuple[int, int]) -> None:
    pairs.append(pair)
    gone.remove(pair[0])
    new.remove(pair[1])


def _only_ones(entries: Sequence[Mapping[str, Any]], places: Iterable[int], names: _Names) -> dict[str, int]:
    """The places of the entries that alone have their mark, by that mark."""
    found: dict[str, int] = {}
    twice = set()
    for place in places:
        entry = entries[place]
        if not entry.get(names[0]):
            continue
        mark = repr([dialled(entry[name]) if name == "number" else entry.get(name) for name in names])
        twice |= {mark} & found.keys()
        found[mark] = place
    return {mark: place for mark, place in found.items() if mark not in twice}


def known_by(name: str, entry: Mapping[str, Any]) -> str:
    """What an entry of the list ``name`` is known by, in words; empty where it has no mark."""
    marks = _MARKS.get(name, Marks(()))
    return next((str(entry[names[0]]) for names in (*marks.own, *marks.likely) if entry.get(names[0])), "")


def digits(number: object) -> str:
    """The digits of a phone number, or of what a person calls it by."""
    return "".join(char for char in str(number) if char.isdigit())


def dialled(number: object) -> str:
    """What is dialled of a phone number, letters too: how it is spaced does not matter."""
    return "".join(char for char in str(number).lower() if char.isalnum())
