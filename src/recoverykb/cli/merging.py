"""Merging three files for git, and telling git to ask for it."""

from pathlib import Path

import typer

from recoverykb.cli.changing import shown
from recoverykb.cli.environment import Environment
from recoverykb.errors import BaseError, Exit, RecoverykbError
from recoverykb.keeping.merge.driver import merge_files
from recoverykb.keeping.merge.install import in_repository, install


def merge(environment: Environment, files: tuple[Path, Path, Path], path: str, size: int) -> None:
    """Merge three files into the second. Stops with exit code 1 where a person must decide.

    Whatever goes wrong ends with a code above that, by which git knows that the file is as it was.
    """
    try:
        outcome = merge_files(*files, path, size)
    except RecoverykbError:
        raise
    except Exception as error:
        raise BaseError(f"{path} cannot be merged by fields: {error!r}", "nothing was written") from error
    for line in outcome.told:
        environment.warn(line)
    if not outcome.clean:
        raise typer.Exit(Exit.NOTHING)


def turn_on_if_shared(environment: Environment, root: Path) -> None:
    """The same for a base that was just made, where it lies in a repository; else say how, for later."""
    if in_repository(root):
        turn_on(environment, root)
    else:
        environment.warn(
            "in each clone of it say 'recoverykb merge --install': git then merges records by their fields"
        )


def turn_on(environment: Environment, root: Path) -> None:
    """Let the clone in which the base at ``root`` lies merge records by their fields."""
    done = install(root)
    if done.written:
        environment.warn(f"wrote {shown(done.written)}: commit it, so that it holds in every clone")
    said = "from now on git merges" if done.configured else "git merges already"
    environment.warn(f"{said} the records of this base by their fields, in this clone")
