"""Comparison tables: records of one kind side by side, and countries by services."""

from collections.abc import Mapping, Sequence
from typing import Any

from recoverykb.errors import UsageError
from recoverykb.records.types import Country, Organization, Source, Strategy
from recoverykb.records.vocabulary import AVAILABILITY
from recoverykb.views.citing import Bibliography
from recoverykb.views.comparison_rows import Context, RowSpec, rows_of, service_cell
from recoverykb.views.detail_country import SERVICES
from recoverykb.views.document import Cell, Document, Table, Tidy
from recoverykb.views.phrases import NOT_CERTAIN, NOT_RECORDED

TIDY_HEADER = ("record", "field", "value", "year", "status", "note", "sources", "year_of")
"""The columns of a comparison as CSV: one fact a row; ``sources`` holds ids, separated by spaces.

``year_of`` is ``fact`` for the year a fact holds for, ``source`` where only its source has a year.
"""

_LEGEND = (
    f"“{NOT_RECORDED}”: the base holds nothing about it; it does not mean “no”.",
    "Numbers in square brackets are the sources below the table.",
)


def comparison_document(
    records: Sequence[Country] | Sequence[Strategy] | Sequence[Organization],
    *,
    sources: Mapping[str, Source],
    names: Mapping[str, str],
    organizations: Mapping[str, Sequence[Organization]] | None = None,
    services: Sequence[str] = SERVICES,
    fields: Sequence[str] = (),
) -> Document:
    """Records of one kind side by side, a column each.

    ``fields`` chooses rows by name. Raises :class:`UsageError` for mixed kinds and unknown fields.
    """
    kinds = {type(record) for record in records}
    if len(kinds) > 1:
        told = ", ".join(f"{record.id} ({type(record).__name__.lower()})" for record in records)
        raise UsageError(f"only records of one kind can be compared; these are {told}")
    specs = rows_of(kinds.pop(), services)
    if not specs:
        raise UsageError("strategies, countries and organizations can be compared; guides and sources cannot")
    chosen = _chosen(specs, fields)
    context = Context(Bibliography(sources), names, organizations or {})
    rows = [
        (names.get(spec.head, spec.head), [spec.cell(record, context) for record in records])
        for spec in chosen
    ]
    title = "Compared: " + ", ".join(record.name for record in records)
    table = Table("", [record.name for record in records], rows, notes=_LEGEND)
    cells = [
        {"record": record.id, "field": spec.name, **fact}
        for spec, (_, line) in zip(chosen, rows, strict=True)
        for record, cell in zip(records, line, strict=True)
        for fact in cell.facts
    ]
    return _document(title, table, cells, [record.id for record in records], context.cites)


def _chosen(specs: Sequence[RowSpec], fields: Sequence[str]) -> Sequence[RowSpec]:
    known = {spec.name: spec for spec in specs}
    unknown = [field for field in fields if field not in known]
    if unknown:
        raise UsageError(f"no field '{unknown[0]}' here", f"fields: {', '.join(known)}")
    return [known[field] for field in fields] or specs


def services_document(
    countries: Sequence[Country],
    *,
    sources: Mapping[str, Source],
    names: Mapping[str, str],
    abbreviations: Mapping[str, str],
    title: str,
    services: Sequence[str] = SERVICES,
) -> Document:
    """Countries by services: one row a country, one column a service, totals in the notes."""
    cites = Bibliography(sources)
    rows = [
        (country.name, [service_cell(country, service, cites, notes=False) for service in services])
        for country in countries
    ]
    cells = [
        {"record": country.id, "field": service, **fact}
        for country, (_, line) in zip(countries, rows, strict=True)
        for service, cell in zip(services, line, strict=True)
        for fact in cell.facts
    ]
    heads = [abbreviations.get(service) or names.get(service, service) for service in services]
    meaning = "; ".join(
        f"{head}: {names.get(service, service)}" for head, service in zip(heads, services, strict=True)
    )
    values = "; ".join(f"{word}: {text}" for word, text in AVAILABILITY.items())
    values += f"; a question mark: {NOT_CERTAIN}, because the source was hard to read"
    notes = [meaning, values, *_LEGEND, *_totals(heads, rows)]
    caption = f"Countries by name; {len(countries)} of them"
    table = Table("Country", heads, rows, caption=caption, notes=notes, compact=True)
    return _document(title, table, cells, [country.id for country in countries], cites)


def _totals(heads: Sequence[str], rows: Sequence[tuple[str, Sequence[Cell]]]) -> list[str]:
    """For each column, how many countries have each value."""
    lines = []
    for column, head in enumerate(heads):
        statuses = [cells[column].facts[0]["status"] for _, cells in rows]
        told = ", ".join(
            f"{word.replace('-', ' ')} {statuses.count(word)}"
            for word in (*AVAILABILITY, "not-recorded")
            if word in statuses
        )
        lines.append(f"{head}: {told}, of {len(rows)}")
    return lines


def _document(
    title: str, table: Table, cells: list[dict[str, Any]], ids: list[str], cites: Bibliography
) -> Document:
    tidy = [
        tuple(" ".join(cell[name]) if name == "sources" else cell[name] for name in TIDY_HEADER)
        for cell in cells
    ]
    return Document(
        title=title,
        blocks=[table],
        data={"title": title, "cells": cells, "sources": cites.data()},
        ids=ids,
        tidy=Tidy(TIDY_HEADER, tidy),
        references=cites.references(),
        footer=["Availability is not coverage, and law is not practice. Read the years."],
    )
