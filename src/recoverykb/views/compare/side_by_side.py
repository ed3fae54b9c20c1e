"""Records of one kind side by side."""

from collections.abc import Sequence

from recoverykb.errors import UsageError
from recoverykb.records.types import Country, Organization, Strategy
from recoverykb.records.vocabulary import SERVICES
from recoverykb.views.compare.cells import Context, RowSpec
from recoverykb.views.compare.country import country_rows
from recoverykb.views.compare.matrix import PLAIN, Column, Layout, Matrix, chosen, document, legend
from recoverykb.views.compare.organization import ORGANIZATION_ROWS
from recoverykb.views.compare.strategy import strategy_rows
from recoverykb.views.document import Document

COMPARABLE = "countries with countries, strategies with strategies, or organizations with organizations"


def comparison_document(
    records: Sequence[Country] | Sequence[Strategy] | Sequence[Organization],
    context: Context,
    *,
    services: Sequence[str] = SERVICES,
    fields: Sequence[str] = (),
    layout: Layout = PLAIN,
) -> Document:
    """Records of one kind, a column each; a row each if transposed.

    ``fields`` chooses rows by name. Raises :class:`UsageError` for mixed kinds and unknown fields.
    """
    specs = chosen(_rows_of(records, services), fields)
    cells = [[spec.cell(record, context) for record in records] for spec in specs]
    heads = [Column(spec.name, context.names.get(spec.head, spec.head)) for spec in specs]
    matrix, left = layout.arranged(Matrix(heads, records, cells, across=False))
    table = matrix.table(
        context.notes,
        caption=matrix.as_of(),
        definitions=legend(matrix, notes=bool(context.notes.texts())),
        notes=[f"Left out, because the records say the same there: {', '.join(left)}."] if left else (),
    )
    return document("Compared: " + ", ".join(record.name for record in records), matrix, [table], context)


def _rows_of(
    records: Sequence[Country] | Sequence[Strategy] | Sequence[Organization], services: Sequence[str]
) -> Sequence[RowSpec]:
    if all(isinstance(record, Country) for record in records):
        return country_rows(services)
    if all(isinstance(record, Strategy) for record in records):
        return strategy_rows([record for record in records if isinstance(record, Strategy)])
    if all(isinstance(record, Organization) for record in records):
        return ORGANIZATION_ROWS
    told = ", ".join(f"{record.id} ({type(record).__name__.lower()})" for record in records)
    raise UsageError(f"only records of one kind can be compared; these are {told}", f"compare {COMPARABLE}")
