"""``sheet build``: make the sheets of every recipe in a folder whose records changed, or tell which did."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from recoverykb import __version__
from recoverykb.cli.environment import Environment
from recoverykb.cli.output import emit
from recoverykb.cli.sheets import digest, digests_of, document_of, parts_of, wish_of
from recoverykb.errors import Exit, RecoverykbError, UsageError
from recoverykb.render.registry import format_of_file
from recoverykb.storage.base import Base
from recoverykb.storage.recipes import Made, read_memory, read_recipe, write_memory
from recoverykb.views.sheet.wish import Wish


class Job(NamedTuple):
    """A recipe to build: what it asks for, its files, and what it is made from today."""

    words: list[str]
    wish: Wish
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
                    environment.stdout.write(f"{recipe.name}: {reason}\n")
            elif reasons:
                environment.warn(f"{number}/{len(recipes)} {recipe.name}: {reasons[0]}")
                _make(environment, base, job, today)
                memory[recipe.name] = Made([file.name for file in job.files], today.isoformat(), job.digests)
                write_memory(folder, memory)
            outdated += bool(reasons)
        except RecoverykbError as error:
            failed += 1
            environment.warn(f"{recipe.name}: {error.message}{f' ({error.hint})' if error.hint else ''}")
    state = "out of date" if check else "made anew"
    environment.warn(f"{len(recipes)} recipes: {outdated} {state}, {failed} failed")
    return Exit.NOTHING if failed or (check and outdated) else Exit.OK


def _job(base: Base, recipe: Path, today: date) -> Job:
    asked = read_recipe(recipe)
    wish = wish_of(asked, recipe.parent)
    digests = digests_of(parts_of(base, asked.records, wish, today=today), wish, today=today)
    digests |= {"the recipe": digest(repr((asked, wish)).encode()), "recoverykb": __version__}
    return Job(
        asked.records, wish, [recipe.with_suffix(f".{form}") for form in asked.forms or ["pdf"]], digests
    )


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


def _make(environment: Environment, base: Base, job: Job, today: date) -> None:
    document = document_of(base, job.words, job.wish, today=today)
    for file in job.files:
        emit(environment, document, format_of_file(file.name), file)
