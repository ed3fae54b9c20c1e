"""``recoverykb sheet``."""

from typing import Annotated

import typer

from recoverykb.cli.completing import country_codes, record_ids
from recoverykb.cli.options import ColourOption, FormatOption, KbOption, OutputOption, WidthOption

EXAMPLES = (
    "recoverykb sheet --country KE naloxone nacada -o sheet.md",
    "recoverykb search methadone -f ids | recoverykb sheet -",
)


def run(
    ids: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ID...]",
            help="Options, organizations, guides; '-' reads ids from stdin.",
            autocompletion=record_ids,
        ),
    ] = None,
    country: Annotated[
        str | None,
        typer.Option(
            "--country",
            "-c",
            metavar="CC",
            help="For this country: its emergency number, lines and services.",
            autocompletion=country_codes,
        ),
    ] = None,
    title: Annotated[str, typer.Option("--title", metavar="T", help="A title of your own.")] = "",
    format_name: FormatOption = None,
    output: OutputOption = None,
    kb: KbOption = None,
    colour: ColourOption = "auto",
    width: WidthOption = None,
) -> None:
    """Make a page to hand over, print or pin up. Markdown unless asked otherwise."""
    from datetime import date

    from recoverykb.cli.environment import current
    from recoverykb.cli.output import chosen_format, emit
    from recoverykb.errors import UsageError
    from recoverykb.storage.base import Base
    from recoverykb.views.assemble import sheet
    from recoverykb.views.places import country_code

    environment = current(colour, width)
    words = [one for word in ids or () for one in (_piped() if word == "-" else [word])]
    if not words and not country:
        raise UsageError("nothing to print", "name records, or a country with --country")
    chosen = chosen_format(environment, format_name, output, terminal="markdown", pipe="markdown")
    with Base.open(kb or (), environment.warn) as base:
        kinds = ("strategy", "organization", "guide", "country")
        found = [base.resolve(word, kinds) for word in words]
        code = country_code(base, country) if country else None
        document = sheet(base, found, country=code, title=title, today=date.today())
    emit(environment, document, chosen, output)


def _piped() -> list[str]:
    import sys

    return sys.stdin.buffer.read().decode(errors="replace").split() if sys.stdin else []
