"""``sheet build``: make the sheets of every recipe in a folder whose records changed, or tell which did."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from recoverykb import __version__
from recoverykb.cli.environment import Environment
from recoverykb.cli.output import emit
from recoverykb.cli.sheets import Ordered, digest, digests_of, ordered
from recoverykb.errors import Exit, RecoverykbError, UnknownRecordError, UsageError, WriteError
from recoverykb.render.registry import format_of_file
from recoverykb.render.safe import one_line
from recoverykb.storage.base import Base
from recoverykb.storage.recipes import Made, read_memory, write_memory


class Job(NamedTuple):
    """A recipe to build: what it asks for, its files, and what it is made from today."""

    asked: Ordered
    files: list[Path]
    digests: dict[str, str]


def build(environment: Environment, base: Base, folder: Path, *, check: bool, today: date) -> int:
    """Make what is out of date in ``folder``, or with ``check`` only tell; the exit code.

    Raises :class:`UsageError` for a folder without recipes.
    """
    recipes = sorted(folder.glob("*.toml")) if folder.is_dir() else []
    if not recipes:
        raise UsageError(f"no recipes in {folder}", "a recipe is a TOML file; README shows one")
    memory = read_memory(folder)
    outdated = failed = 0
    for number, recipe in enumerate(recipes, 1):
        try:
            job = _job(base, recipe, today)
            reasons = list(_reasons(job, memory.get(recipe.name)))
            if check:
                for reason in reasons:
                    environment.stdout.write(one_line(f"{recipe.name}: {reason}") + "\n")
            elif reasons:
                environment.warn(f"{number}/{len(recipes)} {recipe.name}: {reasons[0]}")
                _make(environment, job, today)
                memory[recipe.name] = Made([file.name for file in job.files], today.isoformat(), job.digests)
                write_memory(folder, memory)
            outdated += bool(reasons)
        except (UsageError, UnknownRecordError, WriteError) as error:
            failed += 1
            environment.warn(_told(recipe, error))
    state = "out of date" if check else "made anew"
    count = "1 recipe" if len(recipes) == 1 else f"{len(recipes)} recipes"
    environment.warn(f"{count}: {outdated} {state}, {failed} failed")
    return Exit.NOTHING if failed or (check and outdated) else Exit.OK


def _told(recipe: Path, error: RecoverykbError) -> str:
    """What is wrong with a recipe, or with writing its files, on one line."""
    place = "" if str(recipe) in error.message else f"{recipe}: "
    hint = "see that you may write there" if isinstance(error, WriteError) else error.hint
    return f"{place}{error.message}{f' ({hint})' if hint else ''}"


def _job(base: Base, recipe: Path, today: date) -> Job:
    asked = ordered(base, recipe, today=today)
    digests = digests_of(asked.parts, asked.wish, today=today)
    digests |= {
        "the recipe": digest(repr((asked.wish, asked.parts.asked, asked.forms)).encode()),
        "recoverykb": __version__,
    }
    return Job(asked, [recipe.with_suffix(f".{form}") for form in dict.fromkeys(asked.forms)], digests)


def _reasons(job: Job, made: Made | None) -> Iterator[str]:
    """Why the files of a recipe are out of date; nothing where they are not."""
    if made is None:
        yield "was never made"
        return
    missing = [file.name for file in job.files if not file.exists() or file.name not in made.files]
    if missing:
        yield f"{', '.join(missing)} is missing"
    before, now = made.digests, job.digests
    changed = sorted(name for name in before.keys() & now.keys() if before[name] != now[name])
    for told, names in (
        ("changed", changed),
        ("new", sorted(now.keys() - before.keys())),
        ("gone", sorted(before.keys() - now.keys())),
    ):
        if names:
            yield f"{told} since {made.day}: {', '.join(names)}"


def _make(environment: Environment, job: Job, today: date) -> None:
    document = job.asked.document(today=today)
    for file in job.files:
        emit(environment, document, format_of_file(file.name), file)
