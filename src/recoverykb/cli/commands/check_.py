"""``recoverykb check``."""

import os
from pathlib import Path
from typing import Annotated, Literal

import typer

from recoverykb.cli.completing import check_codes

EXAMPLES = (
    "recoverykb check kb --strict",
    "recoverykb check kb --fix",
    "recoverykb check kb --select RKB4 --ignore RKB403",
    "recoverykb check --explain RKB102",
)


def run(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH...]", help="Bases, or files in one; the bases in use when left out."),
    ] = None,
    select: Annotated[
        list[str] | None,
        typer.Option(
            "--select",
            metavar="CODES",
            help="Only these codes, or beginnings of codes, with commas between; may be repeated.",
            autocompletion=check_codes,
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(
            "--ignore",
            metavar="CODES",
            help="Not these. The longer beginning wins.",
            autocompletion=check_codes,
        ),
    ] = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="Mend what needs no judgement, say so, and report the rest.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as errors.")] = False,
    explain: Annotated[
        str | None,
        typer.Option(
            "--explain",
            metavar="CODE",
            help="Say what a code means, and stop; 'all' lists them.",
            autocompletion=check_codes,
        ),
    ] = None,
    format_name: Annotated[
        Literal["text", "json", "github"], typer.Option("--format", "-f", help="How to print the problems.")
    ] = "text",
) -> None:
    """Check a base: every problem with file, line, column, code and a hint."""
    from datetime import date

    from recoverykb.check.choice import choose
    from recoverykb.check.everywhere import check
    from recoverykb.check.pages import explanation
    from recoverykb.check.report import done, report, summary
    from recoverykb.cli.environment import current
    from recoverykb.errors import Exit

    environment = current()
    if explain:
        environment.stdout.write(explanation(explain))
        return
    choice = choose(select or (), ignore or ())
    outcome = check(paths or (), choice, date.today(), _start(format_name), fix=fix)
    environment.stdout.write(report(outcome.problems, format_name, outcome.mended if fix else None))
    for line in (*dict.fromkeys(outcome.remarks), *done(outcome.mended), summary(outcome)):
        environment.warn(line)
    if any(strict or problem.severity == "error" for problem in outcome.problems):
        raise typer.Exit(Exit.NOTHING)


def _start(format_name: str) -> Path:
    """The folder that paths are told from: annotations need that of the repository."""
    workspace = os.environ.get("GITHUB_WORKSPACE") if format_name == "github" else None
    return Path(workspace or Path.cwd())
