"""Records of one kind side by side."""

from collections.abc import Sequence
from dataclasses import replace

from recoverykb.errors import UsageError
from recoverykb.records.types import Country, Organization, Strategy
from recoverykb.records.vocabulary import RATINGS, SERVICES
from recoverykb.views.compare.cells import Context, RowSpec
from recoverykb.views.compare.country import country_rows
from recoverykb.views.compare.matrix import PLAIN, Layout, chosen, document, legend
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
    named = [replace(spec, head=context.names.get(spec.head, spec.head)) for spec in specs]
    turned = layout._replace(transpose=not layout.transpose)  # here fields are rows unless transposed
    matrix, left = turned.arranged(
        named, records, lambda record, spec, known: spec.cell(record, known), context
    )
    rated = any(isinstance(record, Strategy) for record in records)
    table = matrix.table(
        context.notes,
        caption=matrix.as_of(),
        definitions=[*(RATINGS.items() if rated else ()), *legend(matrix, notes=bool(context.notes.texts()))],
        notes=left,
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
