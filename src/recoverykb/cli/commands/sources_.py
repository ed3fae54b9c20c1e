"""``recoverykb sources``."""

from typing import Annotated

import typer

from recoverykb.cli.completing import record_ids
from recoverykb.cli.options import ColourOption, FormatOption, KbOption, WidthOption

EXAMPLES = (
    "recoverykb sources sordo-bmj-2017",
    "recoverykb sources --tier guideline-or-review",
)


def run(
    ids: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ID...]", help="Source ids; all sources when left out.", autocompletion=record_ids
        ),
    ] = None,
    tier: Annotated[
        str | None, typer.Option("--tier", metavar="T", help="Only sources of this weight, e.g. official.")
    ] = None,
    format_name: FormatOption = None,
    kb: KbOption = None,
    colour: ColourOption = "auto",
    width: WidthOption = None,
) -> None:
    """List sources, or show which records and facts rest on one."""
    from recoverykb.cli.environment import current
    from recoverykb.cli.output import chosen_format, emit
    from recoverykb.errors import Exit, UsageError
    from recoverykb.records.vocabulary import TIERS
    from recoverykb.storage.base import Base
    from recoverykb.views.assemble import pages
    from recoverykb.views.listing import sources_document

    if tier is not None and tier not in TIERS:
        raise UsageError(f"no tier '{tier}'", f"tiers: {', '.join(TIERS)}")
    if tier and ids:
        raise UsageError("--tier chooses from all sources; it does not go with ids")
    environment = current(colour, width)
    chosen = chosen_format(environment, format_name)
    with Base.open(kb or (), environment.warn) as base:
        if ids:
            document = pages(base, [base.resolve(word, ("source",)) for word in ids])
        else:
            document = sources_document(base.rows("source", tag=tier), base.citation_counts())
    emit(environment, document, chosen)
    if not document.ids:
        environment.warn("no source answers to that")
        raise typer.Exit(Exit.NOTHING)
