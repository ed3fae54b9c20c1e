"""``recoverykb check``."""

from pathlib import Path
from typing import Annotated, Literal

import typer

EXAMPLES = (
    "recoverykb check kb --strict",
    "recoverykb check --explain RKB102",
)


def run(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH...]", help="Bases, or files in one; the bases in use when left out."),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as errors.")] = False,
    explain: Annotated[
        str | None, typer.Option("--explain", metavar="CODE", help="Say what a code means, and stop.")
    ] = None,
    format_name: Annotated[
        Literal["text", "json", "github"], typer.Option("--format", "-f", help="How to print the problems.")
    ] = "text",
) -> None:
    """Check a base: every problem with file, line, column, code and a hint."""
    from datetime import date

    from recoverykb.check.report import explanation, report
    from recoverykb.check.runner import check_base, targets
    from recoverykb.cli.environment import current
    from recoverykb.errors import Exit
    from recoverykb.storage.layers import resolve

    environment = current()
    if explain:
        environment.stdout.write(explanation(explain))
        return
    problems = [
        problem
        for root, only, below in targets(paths or (), resolve())
        for problem in check_base(root, today=date.today(), only=only, shown_from=Path.cwd(), below=below)
    ]
    environment.stdout.write(report(problems, format_name))
    errors = sum(problem.severity == "error" for problem in problems)
    environment.warn(f"{errors} errors, {len(problems) - errors} warnings")
    if errors or (strict and problems):
        raise typer.Exit(Exit.NOTHING)
