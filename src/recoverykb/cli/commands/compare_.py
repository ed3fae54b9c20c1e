"""``recoverykb compare``."""

from typing import TYPE_CHECKING, Annotated

import typer

from recoverykb.cli.completing import measures, outcomes, record_ids, regions, services_offered
from recoverykb.cli.options import (
    ColourOption,
    FormatOption,
    KbOption,
    OutputOption,
    PagerOption,
    WidthOption,
)

if TYPE_CHECKING:
    from recoverykb.views.document import Document

EXAMPLES = (
    "recoverykb compare portugal switzerland kenya",
    "recoverykb compare methadone buprenorphine --fields evidence,cautions",
    "recoverykb compare --services --region africa --only-with OAT",
    "recoverykb compare --evidence --outcome overdose-death",
    "recoverykb compare --figure oat-clients --region europe --chart",
    "recoverykb compare --services --all -o services.html",
)

_TABLES = ("--services", "--evidence", "--figure")
_BELONGS = {
    "--region": ("--services", "--figure"),
    "--all": _TABLES,
    "--only-with": ("--services",),
    "--sort": ("--services", "--figure"),
    "--outcome": ("--evidence",),
    "--category": ("--evidence",),
    "--chart": ("--services", "--figure"),
    "--fields": ("",),
    "--diff-only": ("", "--services", "--evidence"),
    "--transpose": ("", "--services", "--evidence"),
}
"""With which tables an option goes; the empty name is records side by side."""


def run(
    ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID...", help="Two records or more of one kind.", autocompletion=record_ids),
    ] = None,
    services: Annotated[bool, typer.Option("--services", help="Countries by services.")] = False,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="Strategies by outcome, with rating and basis.")
    ] = False,
    figure: Annotated[
        str | None,
        typer.Option(
            "--figure",
            metavar="M",
            help="One number over countries, e.g. oat-clients.",
            autocompletion=measures,
        ),
    ] = None,
    region: Annotated[
        str | None,
        typer.Option("--region", metavar="R", help="Only a UN region, e.g. africa.", autocompletion=regions),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="All records; what a table does by itself.")] = False,
    only_with: Annotated[
        list[str] | None,
        typer.Option(
            "--only-with",
            metavar="SERVICE",
            help="Only countries that have it (yes, limited or pilot); may be repeated.",
            autocompletion=services_offered,
        ),
    ] = None,
    outcome: Annotated[
        str | None,
        typer.Option(
            "--outcome", metavar="A,B", help="Only evidence for these outcomes.", autocompletion=outcomes
        ),
    ] = None,
    category: Annotated[
        str | None, typer.Option("--category", metavar="C", help="Only strategies of this category.")
    ] = None,
    sort: Annotated[
        str | None,
        typer.Option(
            "--sort", metavar="BY", help="name, region, yes, or a service; for a figure name or value."
        ),
    ] = None,
    fields: Annotated[
        str | None,
        typer.Option("--fields", metavar="A,B", help="Only these rows; an unknown name lists them."),
    ] = None,
    diff_only: Annotated[bool, typer.Option("--diff-only", help="Only what differs.")] = False,
    transpose: Annotated[bool, typer.Option("--transpose", help="Rows become columns.")] = False,
    chart: Annotated[bool, typer.Option("--chart", help="A picture instead of the table.")] = False,
    wide: Annotated[bool, typer.Option("--wide", help="CSV with one record a row, for people.")] = False,
    excel: Annotated[bool, typer.Option("--excel", help="CSV that Excel opens with a double click.")] = False,
    format_name: FormatOption = None,
    output: OutputOption = None,
    kb: KbOption = None,
    colour: ColourOption = "auto",
    width: WidthOption = None,
    pager: PagerOption = True,
) -> None:
    """Compare records side by side, countries by services or one number, or strategies by evidence."""
    from recoverykb.cli.environment import current
    from recoverykb.cli.output import chosen_format, emit
    from recoverykb.errors import Exit, UsageError
    from recoverykb.storage.base import Base
    from recoverykb.views.compare import fetch
    from recoverykb.views.compare.matrix import Layout

    chosen_tables = [name for name, asked in zip(_TABLES, (services, evidence, figure), strict=True) if asked]
    given = {
        "--region": region, "--all": every, "--only-with": only_with, "--sort": sort, "--outcome": outcome,
        "--category": category, "--chart": chart, "--fields": fields, "--diff-only": diff_only,
        "--transpose": transpose,
    }  # fmt: skip
    _check(chosen_tables, {name for name, value in given.items() if value}, ids or [])
    environment = current(colour, width)
    if (wide or excel) and format_name is None and output is None:
        format_name = "excel" if excel else "csv"
    if excel and (
        format_name not in (None, "excel") or (output is not None and output.suffix not in ("", ".csv"))
    ):
        raise UsageError("--excel writes CSV", "leave out --format, and let the file end in .csv")
    chosen = "excel" if excel else chosen_format(environment, format_name, output)
    if wide and chosen not in _FILES:
        raise UsageError("--wide is for spreadsheets", f"formats: {', '.join(_FILES)}")
    layout = Layout(diff_only, transpose, chart, sort or "name", only_with or ())
    with Base.open(kb or (), environment.warn) as base:
        table = (chosen_tables or [""])[0]
        kinds = _KINDS.get(table, ("strategy", "country", "organization"))
        found = list(dict.fromkeys(base.resolve(word, kinds) for word in ids or ()))
        document: Document | None
        if services:
            document = fetch.services(base, found, region, layout)
        elif evidence:
            document = fetch.evidence(base, found, outcomes=_names(outcome), category=category, layout=layout)
        elif figure:
            document = fetch.figures(base, figure, found, region, layout)
        else:
            document = fetch.comparison(base, found, _names(fields), layout)
    if document is None or not document.ids:
        environment.warn("no country in the base answers to that; what is not recorded is not “no”")
        raise typer.Exit(Exit.NOTHING)
    shown = document._replace(tidy=document.wide) if wide else document
    emit(environment, shown, chosen, output, paged=pager)


_KINDS = {"--services": ("country",), "--figure": ("country",), "--evidence": ("strategy",)}
_FILES = ("csv", "tsv", "jsonl", "excel")


def _check(tables: list[str], given: set[str], ids: list[str]) -> None:
    """Raise :class:`UsageError` where options do not go together."""
    from recoverykb.errors import UsageError

    if len(tables) > 1:
        raise UsageError(f"{' and '.join(tables)} are two tables", "ask for one")
    table = tables[0] if tables else ""
    for option in sorted(given):
        if table not in _BELONGS[option]:
            wanted = [name or "two records or more" for name in _BELONGS[option]]
            raise UsageError(
                f"{option} does not go with {table or 'records side by side'}",
                f"it goes with {', '.join(wanted)}",
            )
    if not table and not ids:
        raise UsageError("nothing to compare", "name two records, or use --services, --evidence or --figure")
    if ids and "--all" in given:
        raise UsageError("--all and named records do not go together", "leave one of them out")


def _names(words: str | None) -> list[str]:
    return [name.strip() for name in (words or "").split(",") if name.strip()]
