"""``recoverykb diff``."""

from typing import Annotated

import typer

from recoverykb.cli.options import ColourOption, FormatOption, KbOption, OutputOption, WidthOption

EXAMPLES = (
    "recoverykb diff --kb our-base",
    "recoverykb diff HEAD~5 --kb our-base --format markdown -o review.md",
    "recoverykb diff main HEAD --kb our-base",
)


def run(
    old: Annotated[
        str, typer.Argument(metavar="[REV]", help="The state to compare with: a revision of git.")
    ] = "HEAD",
    new: Annotated[
        str | None,
        typer.Argument(metavar="[REV2]", help="The other state; the folder as it is when left out."),
    ] = None,
    format_name: FormatOption = None,
    output: OutputOption = None,
    kb: KbOption = None,
    colour: ColourOption = "auto",
    width: WidthOption = None,
) -> None:
    """Say in words what changed in a base: numbers, checks, records added, retired, hidden; for review."""
    from recoverykb.cli.environment import current
    from recoverykb.cli.output import chosen_format, emit
    from recoverykb.keeping.compare import diff_document
    from recoverykb.storage.base import Base

    environment = current(colour, width)
    with Base.open(kb or (), environment.warn) as base:
        document = diff_document(base, old, new)
    emit(environment, document, chosen_format(environment, format_name, output), output)
