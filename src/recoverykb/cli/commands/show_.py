"""``recoverykb show``."""

from typing import Annotated

import typer

from recoverykb.cli.completing import record_ids
from recoverykb.cli.options import ColourOption, FormatOption, KbOption, OutputOption, WidthOption

EXAMPLES = (
    "recoverykb show buprenorphine",
    "recoverykb show KE --format markdown -o kenya.md",
)


def run(
    ids: Annotated[
        list[str],
        typer.Argument(metavar="ID...", help="Ids, names, acronyms or ISO codes.", autocompletion=record_ids),
    ],
    format_name: FormatOption = None,
    output: OutputOption = None,
    kb: KbOption = None,
    colour: ColourOption = "auto",
    width: WidthOption = None,
) -> None:
    """Show everything the base knows of a record, with its sources."""
    from recoverykb.cli.environment import current
    from recoverykb.cli.output import chosen_format, emit
    from recoverykb.storage.base import Base
    from recoverykb.views.assemble import pages

    environment = current(colour, width)
    chosen = chosen_format(environment, format_name, output)
    with Base.open(kb or (), environment.warn) as base:
        document = pages(base, [base.resolve(word) for word in ids])
    emit(environment, document, chosen, output)
