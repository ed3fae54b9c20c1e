"""Records by fields: what every comparison is before it is laid out, and how it becomes a document."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, Protocol, TypeVar

from recoverykb.errors import UsageError
from recoverykb.views.citing import day
from recoverykb.views.compare.cells import (
    MARK_WORDS,
    MARKS,
    YEARS_APART,
    Context,
    Notes,
    years_note,
    years_of,
)
from recoverykb.views.document import Block, Cell, Document, Fact, Table, Tidy

TIDY_HEADER = (
    "record", "field", "item", "value", "low", "high", "unit", "qualifier", "year", "status", "certainty",
    "method", "note", "sources", "year_of",
)  # fmt: skip
"""The columns of a comparison as CSV: one fact a row.

``record`` and ``field`` say whose fact and which column or row; the others are those of
:class:`~recoverykb.views.document.Fact`. ``sources`` holds ids, separated by spaces; ``year_of`` is ``fact``
for the year a fact holds for, ``source`` where only its source has a year.
"""

_FAR = f"Years of this record lie more than {YEARS_APART} years apart."
_SOURCES_LEGEND = "Numbers in square brackets are the sources below"
Chosen = TypeVar("Chosen", bound="Field")
MakeCell = Callable[[Any, Chosen, Context], Cell]
"""Makes the cell of a record in a field."""
_CAUTION = (
    "Availability is not coverage, law is not practice, and the community is not prison. Read the years."
)


class Named(Protocol):
    """What a comparison needs of a record, whatever its kind."""

    @property
    def id(self) -> str: ...  # noqa: D102 (said by the class)
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def compiled(self) -> date: ...  # noqa: D102


class Field(Protocol):
    """A field of a comparison: its name for files and options, and its head for people."""

    @property
    def name(self) -> str: ...  # noqa: D102 (said by the class)
    @property
    def head(self) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Column:
    """The plainest :class:`Field`."""

    name: str
    head: str


class Layout(NamedTuple):
    """What a person may ask of a table; each comparison uses what makes sense for it."""

    diff_only: bool = False
    """Only the fields in which records differ."""
    transpose: bool = False
    """Rows become columns."""
    chart: bool = False
    """A picture instead of the table."""
    sort: str = "name"
    only_with: Sequence[str] = ()
    """Ids of services that a country must have."""

    def arranged(
        self, fields: Sequence["Chosen"], records: Sequence[Any], cell: "MakeCell[Chosen]", context: Context
    ) -> tuple["Matrix", list[str]]:
        """The matrix as asked for, and what it leaves out, in words.

        Which fields differ is found out first, so that only what is shown gets numbers of notes and sources.
        """
        left: list[str] = []
        if self.diff_only:
            tried = _matrix(fields, records, cell, context.scratch(), across=True)
            alike = [field for field, cells in zip(fields, tried.cells, strict=True) if _alike(cells)]
            empty = [field for field, cells in zip(fields, tried.cells, strict=True) if _nothing(cells)]
            left = _left_out([f.head for f in alike if f not in empty], [f.head for f in empty if f in alike])
            fields = [field for field in fields if field not in alike]
        return _matrix(fields, records, cell, context, across=not self.transpose), left


PLAIN = Layout()


@dataclass(frozen=True, slots=True)
class Matrix:
    """``cells[f][r]`` is what record ``r`` says in field ``f``. ``across``: fields are columns."""

    fields: Sequence[Field]
    records: Sequence[Named]
    cells: Sequence[Sequence[Cell]]
    across: bool

    def facts(self) -> list[tuple[str, str, Fact]]:
        """Record id, field name and fact, in reading order."""
        by_field = [
            (record.id, field.name, cell.facts)
            for field, cells in zip(self.fields, self.cells, strict=True)
            for record, cell in zip(self.records, cells, strict=True)
        ]
        if self.across:
            order = {record.id: number for number, record in enumerate(self.records)}
            by_field.sort(key=lambda entry: order[entry[0]])
        return [(record, field, fact) for record, field, facts in by_field for fact in facts]

    def table(self, numbers: Notes, *, corner: str = "", compact: bool = False, **words: Any) -> Table:
        """The matrix laid out. Heads of fields whose years lie far apart get a note.

        So do the heads of records in ``compact`` tables, whose cells are read along both ways.
        """
        by_record = [[cells[number] for cells in self.cells] for number, _ in enumerate(self.records)]
        fields = [numbers.number(years_note(cells)) for cells in self.cells]
        apart = [numbers.number(_FAR if compact and years_note(cells) else "") for cells in by_record]
        heads = [field.head for field in self.fields]
        names = [record.name for record in self.records]
        if self.across:
            rows = list(zip(names, by_record, strict=True))
            return Table(
                corner,
                heads,
                rows,
                compact=compact,
                row_notes=apart,
                column_notes=fields,
                sortable=True,
                **words,
            )
        turned = [(head, list(cells)) for head, cells in zip(heads, self.cells, strict=True)]
        return Table(corner, names, turned, compact=compact, row_notes=fields, column_notes=apart, **words)

    def wide(self) -> Tidy:
        """One record a row; for each field value, year, sources, notes; several facts split by `` | ``."""
        header = ["record", "name"]
        parts = ("", " year", " sources", " notes")
        header += [f"{field.name}{part}" for field in self.fields for part in parts]
        rows = [
            [record.id, record.name, *(text for cells in self.cells for text in _wide(cells[number]))]
            for number, record in enumerate(self.records)
        ]
        return Tidy(header, rows)

    def as_of(self) -> str:
        """How new the table is: the newest day a record was compiled, and the years of its facts."""
        days = sorted({record.compiled for record in self.records})
        oldest = f" (the oldest record is of {day(days[0])})" if len(days) > 1 else ""
        years = years_of(cell for cells in self.cells for cell in cells)
        ends = [str(year) for year in dict.fromkeys((years[0], years[-1]))] if years else []
        span = f"; years of the facts: {' to '.join(ends)}" if ends else ""
        return f"Data as of {day(days[-1])}{oldest}{span}."


def chosen(fields: Sequence[Chosen], names: Sequence[str]) -> Sequence[Chosen]:
    """The fields of these names, all of them without names. Raises :class:`UsageError` for unknown ones."""
    known = {field.name: field for field in fields}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise UsageError(f"no field '{unknown[0]}' here", f"fields: {', '.join(known)}")
    return [known[name] for name in dict.fromkeys(names)] or fields


def legend(matrix: Matrix, *, notes: bool) -> list[tuple[str, str]]:
    """The marks that the cells use, and what they mean."""
    used = {fact.status for _, _, fact in matrix.facts()}
    found = [(MARK_WORDS[status], meaning) for status, meaning in MARKS.items() if status in used]
    sources = f"{_SOURCES_LEGEND}{'; n-numbers are the notes' if notes else ''}."
    return [*found, ("[1]", sources)]


def document(
    title: str,
    matrix: Matrix,
    blocks: Sequence[Block],
    context: Context,
    **more: Any,
) -> Document:
    """The finished document of a comparison. ``more`` are further keys of its JSON."""
    facts = matrix.facts()
    cells = [
        {"record": record, "field": field, **fact._asdict(), "sources": list(fact.sources)}
        for record, field, fact in facts
    ]
    tidy = [
        tuple(" ".join(cell[name]) if name == "sources" else _blank(cell[name]) for name in TIDY_HEADER)
        for cell in cells
    ]
    notes, references = context.notes.texts(), context.cites.references()
    for _, _, fact in facts:  # older rows that agree are not in the text, but programs look them up
        context.cites.refs(fact.sources)
    data = {
        "title": title,
        "as_of": str(max(record.compiled for record in matrix.records)),
        "cells": cells,
        **more,
        "notes": [{"number": number, "text": text} for number, text in enumerate(notes, 1)],
        "sources": context.cites.data(),
    }
    return Document(
        title=title,
        blocks=blocks,
        data=data,
        ids=[record.id for record in matrix.records],
        tidy=Tidy(TIDY_HEADER, tidy),
        references=references,
        footer=[_CAUTION],
        notes=notes,
        wide=matrix.wide(),
        linked=True,
    )


def _blank(value: Any) -> Any:
    return "" if value is None else value


def _matrix(
    fields: Sequence[Chosen],
    records: Sequence[Any],
    cell: MakeCell[Chosen],
    context: Context,
    *,
    across: bool,
) -> Matrix:
    """The cells, made in reading order, so that notes and sources are numbered in it."""
    if across:
        by_record = [[cell(record, field, context) for field in fields] for record in records]
        cells = [[row[number] for row in by_record] for number, _ in enumerate(fields)]
    else:
        cells = [[cell(record, field, context) for record in records] for field in fields]
    return Matrix(fields, records, cells, across)


def _left_out(alike: Sequence[str], empty: Sequence[str]) -> list[str]:
    said = [f"Left out, because all say the same there (years aside): {', '.join(alike)}."] if alike else []
    nothing = f"Left out, because nothing is recorded for any of them: {', '.join(empty)}."
    return [*said, nothing] if empty else said


def _nothing(cells: Sequence[Cell]) -> bool:
    return all(fact.status == "not-recorded" for cell in cells for fact in cell.facts)


def _alike(cells: Sequence[Cell]) -> bool:
    """Whether all cells, of which there must be two, say the same; years do not count, doubts do."""
    if len(cells) < 2:
        return False
    said = {
        tuple(fact._replace(sources=(), year=None, year_of="", method="", note="") for fact in cell.facts)
        for cell in cells
    }
    return len(said) == 1


def _wide(cell: Cell) -> tuple[str, str, str, str]:
    values = " | ".join(_told(fact) for fact in cell.facts)
    years = " | ".join(str(fact.year or "undated") for fact in cell.facts if fact.sources)
    sources = " | ".join(" ".join(fact.sources) for fact in cell.facts if fact.sources)
    return values, years, sources, " | ".join(fact.note for fact in cell.facts if fact.note)


def _told(fact: Fact) -> str:
    """A fact in one spreadsheet cell: value, unit, and what limits it."""
    if fact.value is None:
        return MARK_WORDS[fact.status]
    span = f"({fact.low} to {fact.high})" if fact.low is not None and fact.high is not None else ""
    item = f"{fact.item}:" if fact.item else ""
    doubt = f"({fact.certainty})" if fact.certainty else ""
    bound = fact.qualifier if fact.qualifier in _BOUNDS else ""
    direction = f"({fact.qualifier})" if fact.qualifier and not bound else ""
    parts = (item, f"{bound}{fact.value}", span, fact.unit, direction, doubt)
    return " ".join(part for part in parts if part)


_BOUNDS = frozenset((">", "<", "~"))
