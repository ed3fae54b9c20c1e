"""``recoverykb sheet``."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from recoverykb.cli.completing import country_codes, needs_named, record_ids, sheet_languages
from recoverykb.cli.options import ColourOption, FormatOption, KbOption, OutputOption, WidthOption

if TYPE_CHECKING:
    from recoverykb.cli.environment import Environment

EXAMPLES = (
    "recoverykb sheet --country KE naloxone nacada -o sheet.md",
    "recoverykb sheet --country PT --lang pt -o folha.pdf",
    "recoverykb sheet --country CO --need medicine,family --pages 2 -o hoja.pdf",
    "recoverykb search methadone -f ids | recoverykb sheet -",
    "recoverykb sheet build sheets --check",
)


def run(
    ids: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ID...]",
            help="Options, organizations, guides; '-' reads ids from stdin. 'build FOLDER' makes the "
            "sheets of every recipe in a folder.",
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
    need: Annotated[
        str,
        typer.Option(
            "--need",
            metavar="NEEDS",
            help="What people need, with commas: medicine,needles,housing,family,faith …",
            autocompletion=needs_named,
        ),
    ] = "",
    audience: Annotated[
        Literal["person", "worker"],
        typer.Option("--for", help="Plain words for a person, or evidence and all sources for a worker."),
    ] = "person",
    lang: Annotated[
        str,
        typer.Option(
            "--lang", metavar="TAG", help="ar, en, es, fr, pt, ru, sw or th.", autocompletion=sheet_languages
        ),
    ] = "en",
    title: Annotated[str, typer.Option("--title", metavar="T", help="A title of your own.")] = "",
    paper: Annotated[Literal["a4", "letter"], typer.Option("--paper", help="For HTML and PDF.")] = "a4",
    large_print: Annotated[bool, typer.Option("--large-print", help="18 points, for HTML and PDF.")] = False,
    pages: Annotated[
        int | None,
        typer.Option("--pages", min=1, metavar="N", help="At most N pages; what is left out is said."),
    ] = None,
    include_stale: Annotated[
        bool, typer.Option("--include-stale", help="Contacts that nobody looked at for over 18 months too.")
    ] = False,
    recipe: Annotated[
        Path | None, typer.Option("--recipe", metavar="FILE", help="A TOML file that describes the sheet.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="With 'build': only tell which sheets are out of date.")
    ] = False,
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
    from recoverykb.cli.sheets import document_of, ordered
    from recoverykb.errors import UsageError
    from recoverykb.storage.base import Base
    from recoverykb.views.sheet.needs import chosen_needs
    from recoverykb.views.sheet.wish import Wish

    environment = current(colour, width)
    words = [one for word in ids or () for one in (_piped() if word == "-" else [word])]
    wish = Wish(
        country=country,
        needs=tuple(chosen_needs(need)),
        audience=audience,
        language=lang,
        title=title,
        paper=paper,
        large=large_print,
        pages=pages,
        stale=include_stale,
    )
    if words[:1] == ["build"]:
        if recipe or wish != Wish() or format_name or output:
            raise UsageError(
                "'sheet build' takes all of it from the recipes", "only --kb and --check go with it"
            )
        raise typer.Exit(_build(environment, words[1:], kb, check=check))
    if check:
        raise UsageError("--check goes with 'build'", "recoverykb sheet build FOLDER --check")
    if recipe and (words or wish != Wish()):
        raise UsageError("--recipe says what is on the sheet and how it looks", "write it into the recipe")
    if not words and not country and not wish.needs and not recipe:
        raise UsageError("nothing to print", "name records, a country with --country, or a --recipe")
    chosen = chosen_format(environment, format_name, output, terminal="markdown", pipe="markdown")
    today = date.today()
    with Base.open(kb or (), environment.warn) as base:
        if recipe:
            document = ordered(base, recipe, today=today).document(today=today)
        else:
            document = document_of(base, words, wish, today=today)
    emit(environment, document, chosen, output)


def _build(environment: "Environment", words: list[str], kb: list[Path] | None, *, check: bool) -> int:
    from datetime import date

    from recoverykb.cli.building import build
    from recoverykb.errors import UsageError
    from recoverykb.storage.base import Base

    if len(words) != 1:
        raise UsageError("'sheet build' takes one folder", "recoverykb sheet build FOLDER")
    with Base.open(kb or (), environment.warn) as base:
        return build(environment, base, Path(words[0]), check=check, today=date.today())


def _piped() -> list[str]:
    import sys

    return sys.stdin.buffer.read().decode(errors="replace").split() if sys.stdin else []
