"""What the cells of every comparison are made of: facts, notes, and the words for what is not there."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Protocol

from recoverykb.records.types import Claim, Organization, Service
from recoverykb.records.vocabulary import AVAILABILITY
from recoverykb.views.citing import Bibliography
from recoverykb.views.document import Cell, Fact, Status, Text
from recoverykb.views.phrases import NOT_CERTAIN, NOT_RECORDED

NOT_APPLICABLE = "not applicable"

MARKS: dict[Status, str] = {
    "yes": AVAILABILITY["yes"],
    "limited": AVAILABILITY["limited"],
    "pilot": AVAILABILITY["pilot"],
    "no": AVAILABILITY["no"],
    "not-applicable": "the question does not arise",
    "unknown": AVAILABILITY["unknown"],
    "not-recorded": "the base holds nothing about it; it does not mean “no”",
}
"""What a cell may say instead of a value, in the order of legends and totals."""

MARK_WORDS: dict[Status, str] = {
    status: NOT_RECORDED if status == "not-recorded" else status.replace("-", " ") for status in MARKS
}

UNCERTAIN_NOTE = f"{NOT_CERTAIN}: the source was hard to read"


class Based(Protocol):
    """What a fact can rest on: a record or a part of one."""

    @property
    def sources(self) -> list[str]:
        """The ids of the sources that say so."""
        ...


class Notes:
    """Hands out numbers for the notes of a document; the same text has one number."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, *texts: str) -> tuple[int, ...]:
        """The numbers of those of ``texts`` that say something."""
        said = (text.strip() for text in texts)
        return tuple(self._numbers.setdefault(text, len(self._numbers) + 1) for text in said if text)

    def texts(self) -> list[str]:
        """Every note, by number."""
        return list(self._numbers)


@dataclass(frozen=True, slots=True)
class Context:
    """What the rows of a comparison need besides the records."""

    cites: Bibliography
    names: Mapping[str, str]
    organizations: Mapping[str, Sequence[Organization]] = field(default_factory=dict)
    """Organizations by country code."""
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    """Short forms of services by id; empty where there is none."""
    notes: Notes = field(default_factory=Notes)

    def scratch(self) -> "Context":
        """The same with numbers of its own, for looking at cells that may not be shown."""
        return replace(self, cites=self.cites.fresh(), notes=Notes())


@dataclass(frozen=True, slots=True)
class RowSpec:
    """One row of a side-by-side table: its name for ``--fields``, its head, and how a cell is made."""

    name: str
    head: str
    cell: Callable[[Any, Context], Cell]


def fact(
    value: str | float | None,
    context: Context,
    basis: Based | None = None,
    status: Status = "value",
    **more: Any,
) -> Fact:
    """A fact on the sources and year of ``basis``; ``more`` are further fields of :class:`Fact`."""
    sources = tuple(basis.sources) if basis else ()
    own: int | None = getattr(basis, "year", None)
    year = own or context.cites.year_of(sources)
    year_of: Literal["fact", "source", ""] = "fact" if own else "source" if year else ""
    return Fact(value, status, sources, year, year_of, **more)


def absent() -> Cell:
    """The cell of what the base does not hold."""
    return Cell([Text(NOT_RECORDED, tone="quiet")], [Fact(None, "not-recorded")])


def not_applicable() -> Cell:
    """The cell of a question that does not arise."""
    return Cell([Text(NOT_APPLICABLE, tone="quiet")], [Fact(None, "not-applicable")])


def prose(text: str, record: Based, context: Context) -> Cell:
    """A record's own text, on the record's own sources."""
    if not text:
        return absent()
    return Cell([Text(text, context.cites.refs(record.sources))], [fact(text, context, record)])


def own(attribute: str) -> Callable[[Any, Context], Cell]:
    """A cell of the record's own prose in ``attribute``."""
    return lambda record, context: prose(getattr(record, attribute), record, context)


def claims(found: Sequence[Claim], context: Context) -> Cell:
    """Claims, a line each, with year, note and sources."""
    if not found:
        return absent()
    return Cell(
        [context.cites.claim(claim) for claim in found],
        [fact(claim.text, context, claim, note=claim.note) for claim in found],
    )


def service_fact(row: Service, context: Context) -> Fact:
    """The fact of one service row."""
    certainty = UNCERTAIN_NOTE if row.uncertain else ""
    return fact(row.availability, context, row, row.availability, certainty=certainty, note=row.note)


def years_of(cells: Iterable[Cell]) -> list[int]:
    """The years of the facts that cells go by; those without a year are left out."""
    first = (cell.facts[0] for cell in cells if cell.facts)
    return sorted(found.year for found in first if found.year)


YEARS_APART = 5
"""From this many years on, facts beside one another may differ because of time alone."""


def years_note(cells: Iterable[Cell]) -> str:
    """A warning where the years of ``cells`` lie far apart; empty where they do not."""
    years = years_of(cells)
    if not years or years[-1] - years[0] <= YEARS_APART:
        return ""
    return f"Years here run from {years[0]} to {years[-1]}: differences may come from time alone."
