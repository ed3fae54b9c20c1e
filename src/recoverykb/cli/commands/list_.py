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
)


class CommandClass(Command):
    """Lets ``--stale`` take a number of days or none, which Typer itself has no word for."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read ``--stale 90`` and ``--stale=90`` as ``--stale --days 90``."""
        spelled: list[str] = []
        for word in args:
            if word.startswith("--stale="):
                spelled += ["--stale", "--days", word.removeprefix("--stale=")]
            elif word.isdigit() and spelled[-1:] == ["--stale"]:
                spelled += ["--days", word]
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
    from recoverykb.views.listing import STALE_DAYS, list_document, stale_day
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
    emit(environment, list_document(rows, "Records"), chosen)
    if not rows:
        beyond = "; 'search WORDS --country' also finds what serves every country" if country else ""
        environment.warn(f"no record answers to that{beyond}")
        raise typer.Exit(Exit.NOTHING)
