"""``recoverykb list``."""

from typing import Annotated, Any

import typer

from recoverykb.cli.command import Command
from recoverykb.cli.completing import country_codes
from recoverykb.cli.options import ColourOption, FormatOption, KbOption, TagOption, WidthOption
from recoverykb.records.vocabulary import PublicKind

EXAMPLES = (
    "recoverykb list strategy --tag medication",
    "recoverykb list organization --country KE",
    "recoverykb list --stale 365",
    "recoverykb list --due 30 --format markdown",
)


_DAYS = {"--stale": "--days", "--due": "--within"}


class CommandClass(Command):
    """Lets ``--stale`` and ``--due`` take a number of days or none, which Typer itself has no word for."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read ``--stale 90`` and ``--stale=90`` as ``--stale --days 90``; ``--due`` likewise."""
        spelled: list[str] = []
        for word in args:
            option, equals, number = word.partition("=")
            if equals and option in _DAYS:
                spelled += [option, _DAYS[option], number]
            elif word.isdigit() and spelled and spelled[-1] in _DAYS:
                spelled += [_DAYS[spelled[-1]], word]
            else:
                spelled.append(word)
        return super().parse_args(ctx, spelled)


def run(
    kind: Annotated[
        PublicKind | None, typer.Argument(help="Which kind; all but sources when left out.")
    ] = None,
    country: Annotated[
        str | None,
        typer.Option(
            "--country",
            "-c",
            metavar="CC",
            help="Only what is in this country: code, name or id.",
            autocompletion=country_codes,
        ),
    ] = None,
    tag: TagOption = None,
    stale: Annotated[
        bool,
        typer.Option("--stale", help="Only records nobody looked at for a year, or for --stale DAYS days."),
    ] = False,
    days: Annotated[
        int | None, typer.Option("--days", min=0, max=36500, metavar="DAYS", hidden=True, help="For --stale.")
    ] = None,
    due: Annotated[
        bool,
        typer.Option("--due", help="Only records to be looked at again by today, or within --due DAYS days."),
    ] = False,
    within: Annotated[
        int | None, typer.Option("--within", min=0, max=36500, metavar="DAYS", hidden=True, help="For --due.")
    ] = None,
    format_name: FormatOption = None,
    kb: KbOption = None,
    colour: ColourOption = "auto",
    width: WidthOption = None,
) -> None:
    """List records of one kind, or of all kinds."""
    from datetime import date

    from recoverykb.cli.environment import current
    from recoverykb.cli.output import chosen_format, emit
    from recoverykb.errors import Exit
    from recoverykb.storage.base import Base
    from recoverykb.views.listing import STALE_DAYS, due_document, list_document, stale_day
    from recoverykb.views.places import country_code

    environment = current(colour, width)
    chosen = chosen_format(environment, format_name)
    not_since = (
        stale_day(STALE_DAYS if days is None else days, date.today()) if stale or days is not None else None
    )
    with Base.open(kb or (), environment.warn) as base:
        code = country_code(base, country) if country else None
        rows = base.rows(kind, country=code, tag=tag, not_since=not_since)
        if kind is None:
            rows = [row for row in rows if row.kind != "source"]
    if due or within is not None:
        document = due_document(rows, within or 0, date.today())
    else:
        document = list_document(rows, "Records")
    emit(environment, document, chosen)
    if not document.ids:
        beyond = "; 'search WORDS --country' also finds what serves every country" if country else ""
        environment.warn(f"no record answers to that{beyond}")
        raise typer.Exit(Exit.NOTHING)
