"""What the commands that change a base say afterwards."""

import os
from pathlib import Path

import typer

from recoverykb.cli.environment import Environment
from recoverykb.errors import Exit
from recoverykb.keeping.change import Outcome
from recoverykb.problem import Problem


def report(environment: Environment, outcome: Outcome) -> None:
    """Say what came of a change. Stops with exit code 1 where it was refused."""
    tell(environment, outcome.problems)
    if outcome.refused:
        environment.warn("nothing was written")
        raise typer.Exit(Exit.NOTHING)
    environment.warn(
        f"wrote {shown(outcome.file)}" if outcome.file else "it says that already; nothing was written"
    )


def shown(file: Path) -> str:
    """A file as seen from the working folder, where it lies in it."""
    here = os.path.relpath(file)
    return str(file) if here.startswith(os.pardir) else here


def tell(environment: Environment, problems: list[Problem]) -> None:
    """One line on stderr for each problem, errors and warnings."""
    for problem in problems:
        environment.warn(str(problem))
