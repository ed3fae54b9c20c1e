"""``recoverykb compare``."""

from typing import Annotated

import typer

from recoverykb.cli.completing import record_ids
from recoverykb.cli.options import ColourOption, FormatOption, KbOption, OutputOption, WidthOption

EXAMPLES = (
    "recoverykb compare portugal switzerland kenya",
    "recoverykb compare methadone buprenorphine --fields evidence,cautions",
    "recoverykb compare --services --region africa",
)


def run(
    ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID...", help="Two records or more of one kind.", autocompletion=record_ids),
    ] = None,
    services: Annotated[bool, typer.Option("--services", help="Countries by services.")] = False,
    region: Annotated[
        str | None, typer.Option("--region", metavar="R", help="With --services: a UN region, e.g. africa.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="With --services: all countries.")] = False,
    fields: Annotated[
        str | None,
        typer.Option("--fields", metavar="A,B", help="Only these rows; an unknown name lists them."),
    ] = None,
    format_name: FormatOption = None,
    output: OutputOption = None,
    kb: KbOption = None,
    colour: ColourOption = "auto",
    width: WidthOption = None,
) -> None:
    """Compare records side by side, or countries by the services they have."""
    from recoverykb.cli.environment import current
    from recoverykb.cli.output import chosen_format, emit
    from recoverykb.errors import Exit, UsageError
    from recoverykb.records.vocabulary import REGIONS
    from recoverykb.storage.base import Base
    from recoverykb.views import assemble

    if region is not None and region not in REGIONS:
        raise UsageError(f"no region '{region}'", f"regions: {', '.join(REGIONS)}")
    if (region or every) and not services:
        raise UsageError("--region and --all go with --services")
    if services and fields:
        raise UsageError("--fields chooses rows of a side-by-side table; it does not go with --services")
    if not services and not ids:
        raise UsageError("nothing to compare", "name two records, or use --services")
    environment = current(colour, width)
    chosen = chosen_format(environment, format_name, output)
    with Base.open(kb or (), environment.warn) as base:
        kinds = ("country",) if services else ("strategy", "country", "organization")
        found = list(dict.fromkeys(base.resolve(word, kinds) for word in ids or ()))
        if services:
            document = assemble.services(base, found, region)
        else:
            document = assemble.comparison(base, found, _names(fields))
    if not document.ids:
        environment.warn("no country of that region is in the base")
        raise typer.Exit(Exit.NOTHING)
    emit(environment, document, chosen, output)


def _names(fields: str | None) -> list[str]:
    return [name.strip() for name in (fields or "").split(",") if name.strip()]
