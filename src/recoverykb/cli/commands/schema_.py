"""``recoverykb schema``."""

from typing import Annotated

import typer

from recoverykb.cli.options import ColourOption, FormatOption, WidthOption
from recoverykb.records.vocabulary import Kind

EXAMPLES = (
    "recoverykb schema organization",
    "recoverykb schema strategy --format json > strategy.schema.json",
)


def run(
    kind: Annotated[Kind, typer.Argument(help="Which kind of record.")],
    format_name: FormatOption = None,
    colour: ColourOption = "auto",
    width: WidthOption = None,
) -> None:
    """Show the fields of a record; with --format json its JSON Schema, for editors."""
    from recoverykb.cli.environment import current
    from recoverykb.cli.output import chosen_format, emit
    from recoverykb.views.fields import schema_document

    environment = current(colour, width)
    emit(environment, schema_document(kind), chosen_format(environment, format_name))
