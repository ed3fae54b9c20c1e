"""What a sheet is asked to be, and what it is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from recoverykb.records.types import Country, Guide, Organization, Source, Strategy
from recoverykb.views.citing import Bibliography
from recoverykb.views.document import Logo
from recoverykb.views.sheet.freshness import Clock

Audience = Literal["person", "worker"]
"""For whom: a person who looks for help (plain words), or a worker (evidence and sources in full)."""


class Wish(NamedTuple):
    """What a sheet is asked to be, apart from the records it names.

    ``country`` is an ISO code, ``needs`` are those of :mod:`~recoverykb.views.sheet.needs`, ``pages`` so
    many at most; ``language`` is a BCP 47 tag; ``agency`` and ``contact`` say who hands the sheet out and
    how to report an error; ``stale`` keeps contacts that nobody looked at for more than 18 months.
    """

    country: str | None = None
    needs: tuple[str, ...] = ()
    audience: Audience = "person"
    language: str = "en"
    title: str = ""
    agency: str = ""
    contact: str = ""
    logo: Logo | None = None
    paper: Literal["a4", "letter"] = "a4"
    large: bool = False
    pages: int | None = None
    stale: bool = False


Reason = Literal["space", "stale", "closed", "unvouched", "private"]
"""Why a record, or a contact of it, is not on a sheet."""


class LeftOut(NamedTuple):
    """A record that was asked for, or belongs to the place, and is not on the sheet; and why."""

    id: str
    name: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class SheetParts:
    """What a sheet is made of, in the order it was asked for."""

    country: Country | None
    strategies: Sequence[Strategy]
    organizations: Sequence[Organization]
    guides: Sequence[Guide]
    overdose: Guide | None
    questions: Guide | None
    lines: Sequence[Organization]
    """Organizations whose phone lines serve the country, and the named ones."""
    sources: Mapping[str, Source]
    names: Mapping[str, str]
    asked: Sequence[str] = field(default_factory=tuple)
    """The ids that were asked for by name; the other options come with the country or a need."""
    places: Sequence[Organization] = ()
    """Organizations of the country to list when nothing was asked for by name."""
    services: Sequence[str] = ()
    """The services to account for when nothing was asked for by name, in order."""
    harmful: frozenset[str] = frozenset()
    """The options of the base that must never stand among options."""
    left_out: Sequence[LeftOut] = ()
    policies: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """After how many months records are due, by record id, where their base says so itself."""
    dropped: frozenset[str] = frozenset()
    """Sections that are left out to save pages: ``law``, ``questions``."""


class Making(NamedTuple):
    """A sheet in the making: its records, what it is asked to be, its sources and language, and the day."""

    parts: SheetParts
    wish: Wish
    cites: Bibliography
    clock: Clock
