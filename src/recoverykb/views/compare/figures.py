"""One measure over countries: the number, its range, its year, and what limits it."""

from collections.abc import Sequence

from recoverykb.errors import UsageError
from recoverykb.records.types import Country, Figure
from recoverykb.views.compare.cells import Context, absent
from recoverykb.views.compare.country import figure_fact
from recoverykb.views.compare.matrix import PLAIN, Column, Layout, Matrix, document, legend
from recoverykb.views.detail_country import figure_value, measure_name
from recoverykb.views.document import Cell, Chart, Document, Text
from recoverykb.views.phrases import short

_CAUTION = (
    "Numbers are as their sources count them. Countries differ in size, in what they count and in how; "
    "a larger number does not mean that more is done or that more is wrong."
)


def figures_document(
    countries: Sequence[Country],
    measure: str,
    context: Context,
    *,
    named: bool = False,
    layout: Layout = PLAIN,
) -> Document:
    """One row a country with the newest number of ``measure``; older numbers follow it.

    ``layout.sort``: ``name`` or ``value``. ``named``: the countries were asked for by name, so
    those without a number are shown too. Raises :class:`UsageError` for a measure that no country has.
    """
    sort = layout.sort
    found = {country.id: _newest_first(country, measure, context) for country in countries}
    if not any(found.values()):
        raise UsageError(f"no number '{measure}' here", f"numbers: {', '.join(_measures(countries))}")
    kept = [country for country in countries if named or found[country.id]]
    ordered = sorted(kept, key=lambda country: (_size(sort, found[country.id]), country.name.casefold()))
    cells = [_cell(found[country.id], context) for country in ordered]
    units = sorted({figure.unit for figures in found.values() for figure in figures[:1]})
    name = measure_name(measure)
    matrix = Matrix([Column(measure, f"{name} ({', '.join(units)})")], ordered, [cells], across=True)
    order = "largest first" if sort == "value" else "by name"
    left = len(countries) - len(kept)
    notes = [f"{_counted(left)} without a recorded number left out."] if left else []
    if len(units) > 1:
        notes.append(f"Units differ ({', '.join(units)}): only numbers of one unit can be compared.")
    table = matrix.table(
        context.notes,
        corner="Country",
        caption=f"{_counted(len(ordered))}, {order}. The newest number and its year; others follow. "
        f"{matrix.as_of()}",
        definitions=legend(matrix, notes=True),
        notes=[_CAUTION, *notes],
    )
    blocks = [Chart(table, "bars") if layout.chart else table]
    return document(f"{name} by country", matrix, blocks, context, sort=sort)


def _counted(count: int) -> str:
    return f"{count} {'country' if count == 1 else 'countries'}"


def _newest_first(country: Country, measure: str, context: Context) -> list[Figure]:
    mine = [figure for figure in country.figures if figure.measure == measure]
    return sorted(mine, key=context.cites.held, reverse=True)


def _size(sort: str, figures: Sequence[Figure]) -> float:
    return -figures[0].value if sort == "value" and figures else 0.0


def _measures(countries: Sequence[Country]) -> list[str]:
    """Every measure there is, the most frequent first."""
    counts: dict[str, int] = {}
    for country in countries:
        for measure in {figure.measure for figure in country.figures}:
            counts[measure] = counts.get(measure, 0) + 1
    return [
        f"{name} ({count})" for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]


def _cell(figures: Sequence[Figure], context: Context) -> Cell:
    if not figures:
        return absent()
    lines = []
    for number, figure in enumerate(figures):
        when = short(context.cites.when(figure.sources, figure.year))
        lead = f"{figure_value(figure)} {figure.unit},"
        told = Text(
            when, context.cites.refs(figure.sources), "", lead, notes=context.notes.number(figure.note)
        )
        lines.append(
            told if not number else told._replace(lead="", value=f"other: {lead} {when}", tone="quiet")
        )
    return Cell(lines, [figure_fact(figure, context) for figure in figures])
