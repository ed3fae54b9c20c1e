"""Countries by the services they have."""

from collections.abc import Mapping, Sequence

from recoverykb.records.types import Country
from recoverykb.records.vocabulary import SERVICES
from recoverykb.views.compare.cells import (
    MARK_WORDS,
    MARKS,
    UNCERTAIN_NOTE,
    Context,
    absent,
    service_fact,
)
from recoverykb.views.compare.matrix import PLAIN, Column, Layout, Matrix, document, legend
from recoverykb.views.detail_country import rows_by_service
from recoverykb.views.document import Block, Cell, Chart, Document, Status, Table, Text, Tone
from recoverykb.views.phrases import differing, mark, short

THERE: frozenset[Status] = frozenset(("yes", "limited", "pilot"))
"""What counts as existing, for ``--only-with``."""

ORDERS = ("name", "region", "yes")
"""How countries can be sorted, besides by a service."""

_TONES: dict[Status, Tone] = {"yes": "good", "no": "strong", "not-recorded": "quiet"}


def services_document(
    countries: Sequence[Country],
    context: Context,
    *,
    title: str,
    services: Sequence[str] = SERVICES,
    layout: Layout = PLAIN,
) -> Document | None:
    """One row a country, one column a service, then how many countries say what.

    ``layout.sort``: ``name``, ``region``, ``yes`` (how many of the services are there, most first) or the
    id of a service. ``None`` where no country has what ``layout.only_with`` asks for.
    """
    names, sort, only_with = context.names, layout.sort, layout.only_with
    said = {country.id: _statuses(country, services, context) for country in countries}
    kept = [country for country in countries if all(said[country.id][name] in THERE for name in only_with)]
    if not kept:
        return None
    ordered = sorted(
        kept, key=lambda country: (*_order(sort, country, said[country.id]), country.name.casefold())
    )
    heads = [context.abbreviations.get(service) or names.get(service, service) for service in services]
    columns = [Column(service, head) for service, head in zip(services, heads, strict=True)]
    matrix, left = layout.arranged(
        columns, ordered, lambda country, column, known: _cell(country, column.name, known), context
    )
    shown = [field.name for field in matrix.fields]
    totals = _totals(matrix)
    wanted = " and ".join(names.get(service, service) for service in only_with)
    table = matrix.table(
        context.notes,
        corner="Service" if layout.transpose else "Country",
        compact=True,
        caption=" ".join(_caption(len(ordered), wanted, _sorted_by(sort, names), matrix)),
        definitions=[
            *((field.head, names.get(field.name, field.name)) for field in matrix.fields),
            *legend(matrix, notes=bool(context.notes.texts())),
        ],
        notes=_left_out(countries, said, only_with, names, left),
    )
    blocks: list[Block] = [Chart(table, "matrix") if layout.chart else table, _totals_table(matrix, totals)]
    counted = [
        {"field": name, **totals[name], "of": len(ordered), "not-certain": _uncertain(cells)}
        for name, cells in zip(shown, matrix.cells, strict=True)
    ]
    return document(title, matrix, blocks, context, sort=sort, totals=counted)


def _statuses(country: Country, services: Sequence[str], context: Context) -> dict[str, Status]:
    known = rows_by_service(country, context.cites)
    return {
        service: known[service][0].availability if service in known else "not-recorded"
        for service in services
    }


def _order(sort: str, country: Country, said: Mapping[str, Status]) -> tuple[int | str, ...]:
    if sort == "region":
        return (country.region, country.subregion)
    if sort == "yes":
        return (-sum(status in THERE for status in said.values()),)
    return (list(MARKS).index(said[sort]),) if sort in said else ()


def _sorted_by(sort: str, names: Mapping[str, str]) -> str:
    told = {
        "name": "by name",
        "region": "by region, then by name",
        "yes": "by how many of the services are there",
    }
    return told.get(sort, f"by {names.get(sort, sort)}, then by name")


def _cell(country: Country, service: str, context: Context) -> Cell:
    """The newest row in a word and its year; notes, and rows that differ, by number."""
    rows = rows_by_service(country, context.cites).get(service)
    if not rows:
        return absent()
    newest = rows[0]
    when = short(context.cites.when(newest.sources, newest.year))
    notes = context.notes.number(UNCERTAIN_NOTE if newest.uncertain else "", newest.note)
    refs = context.cites.refs(newest.sources)
    lines = [Text(when, refs, _TONES.get(newest.availability, ""), f"{mark(newest)},", notes=notes)]
    other = differing(rows, context.cites)
    if other:
        told = [row.note for row in rows[1:] if row.availability != newest.availability]
        lines.append(other._replace(notes=context.notes.number(*told)))
    return Cell(lines, [service_fact(row, context) for row in rows])


def _caption(count: int, wanted: str, order: str, matrix: Matrix) -> tuple[str, ...]:
    only = f" where {wanted} is said to exist (yes, limited or pilot)" if wanted else ""
    counted = f"{count} {'country' if count == 1 else 'countries'}{only}, sorted {order}."
    return (counted, "Each cell: the newest row and its year; rows that differ follow it.", matrix.as_of())


def _left_out(
    countries: Sequence[Country],
    said: Mapping[str, Mapping[str, Status]],
    only_with: Sequence[str],
    names: Mapping[str, str],
    alike: Sequence[str],
) -> list[str]:
    """What ``--only-with`` and ``--diff-only`` left out, so that absence is not taken for “no”."""
    lines = []
    for service in only_with:
        out = [said[country.id][service] for country in countries if said[country.id][service] not in THERE]
        counts = [f"{MARK_WORDS[status]} {out.count(status)}" for status in MARKS if status in out]
        lines.append(f"Left out for {names.get(service, service)}: {', '.join(counts) or 'none'}.")
    return [*lines, *alike]


def _totals(matrix: Matrix) -> dict[str, dict[Status, int]]:
    """For each service how many countries say what, by their newest row."""
    totals: dict[str, dict[Status, int]] = {}
    for field, cells in zip(matrix.fields, matrix.cells, strict=True):
        said = [cell.facts[0].status for cell in cells]
        totals[field.name] = {status: said.count(status) for status in MARKS}
    return totals


UNCERTAIN = "of all these, not certain"


def _uncertain(cells: Sequence[Cell]) -> int:
    """How many newest rows may be misread."""
    return sum(bool(cell.facts[0].certainty) for cell in cells)


def _totals_table(matrix: Matrix, totals: Mapping[str, Mapping[Status, int]]) -> Table:
    used = [status for status in MARKS if any(counts[status] for counts in totals.values())]
    rows = [
        (MARK_WORDS[status], [Cell([Text(str(totals[field.name][status]))]) for field in matrix.fields])
        for status in used
    ]
    rows.append((UNCERTAIN, [Cell([Text(str(_uncertain(cells)))]) for cells in matrix.cells]))
    caption = f"How many of the {len(matrix.records)} countries say what in their newest row"
    return Table("Newest row", [field.head for field in matrix.fields], rows, caption=caption, compact=True)
