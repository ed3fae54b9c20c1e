"""The options that several commands share, each defined once."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from recoverykb.cli.completing import country_codes, format_names, tags

KbOption = Annotated[
    list[Path] | None,
    typer.Option("--kb", metavar="PATH", help="A base of your own on top of the others; may be repeated."),
]
FormatOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help="table (on a terminal), plain (in a pipe), json, jsonl, csv, tsv, excel, markdown, html, ids.",
        autocompletion=format_names,
    ),
]
OutputOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write to FILE; its ending chooses the format."),
]
CountryOption = Annotated[
    str | None,
    typer.Option(
        "--country",
        "-c",
        metavar="CC",
        help="Country: ISO code, name or id. What serves everywhere stays.",
        autocompletion=country_codes,
    ),
]
TagOption = Annotated[
    str | None, typer.Option("--tag", metavar="TAG", help="Only records with this tag.", autocompletion=tags)
]
ColourOption = Annotated[
    Literal["auto", "always", "never"],
    typer.Option("--color", help="When to use colour; NO_COLOR is respected."),
]
WidthOption = Annotated[
    int | None,
    typer.Option("--width", min=30, metavar="N", help="Width in columns instead of the terminal's."),
]
PagerOption = Annotated[
    bool,
    typer.Option(
        "--pager/--no-pager", help="A long table on a terminal goes through PAGER; yes unless said."
    ),
]
