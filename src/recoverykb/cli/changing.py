"""What the commands that change a base say afterwards."""

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
    environment.warn(f"wrote {outcome.file}" if outcome.file else "it says that already; nothing was written")


def tell(environment: Environment, problems: list[Problem]) -> None:
    """One line on stderr for each problem, errors and warnings."""
    for problem in problems:
        environment.warn(str(problem))
