"""Reading the recipes of sheets, and remembering from which records each sheet was made."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec

from recoverykb.errors import UnknownRecordError, UsageError
from recoverykb.problem import Problem
from recoverykb.records.decode import TOML_TYPES, problems_of
from recoverykb.records.recipe import Recipe
from recoverykb.storage.files import Loaded, load
from recoverykb.storage.write import write_text

MEMORY = ".recoverykb-sheets.json"
"""Beside the recipes: what each sheet was made from, so that a changed record is noticed."""
LARGEST_LOGO = 300_000
"""Bytes; a logo is 16 mm high on paper."""


def read_recipe(path: Path) -> Recipe:
    """The recipe in a file. Raises :class:`UsageError` with file, line and column for one that is wrong."""
    table = _loaded(path).table
    found = problems_of(Recipe, table)
    if found:
        where = ".".join(map(str, found[0].path))
        with placed(path, *found[0].path):
            raise UsageError(f"{where}: {found[0].message}" if where else found[0].message, found[0].hint)
    return msgspec.convert(table, Recipe, builtin_types=TOML_TYPES)


def _loaded(path: Path) -> Loaded:
    """The file of a recipe, read as the files of records are."""
    hint = "a recipe is a TOML file; README shows one"
    if not path.exists():
        raise UsageError(f"no recipe at {path}", hint)
    if not path.is_file():
        raise UsageError(f"{path}: cannot be read: it is no file", hint)
    found = load(path.parent, path.name)
    if isinstance(found, Problem):
        place = f"{path}:{found.line or 1}:{found.column or 1}"
        raise UsageError(f"{place}: {found.message}", found.hint)
    return found


@contextmanager
def placed(path: Path, *keys: str | int) -> Iterator[None]:
    """Gives what is raised inside the place of ``keys`` in the recipe, as file, line and column."""
    try:
        yield
    except (UsageError, UnknownRecordError) as error:
        from recoverykb.storage.positions import Positions

        line, column = Positions(_loaded(path).text).of(keys)
        raise UsageError(f"{path}:{line}:{column}: {error.message}", error.hint) from error


def read_logo(recipe: Recipe, folder: Path) -> bytes | None:
    """The picture a recipe names. Raises :class:`UsageError` for one outside its folder, or too large."""
    if not recipe.logo:
        return None
    try:
        path = (folder / recipe.logo).resolve()
    except (OSError, ValueError) as error:  # a loop of links, or a name that no file can have
        raise UsageError("the logo has no name that a file can have") from error
    if not path.is_relative_to(folder.resolve()):
        raise UsageError(
            f"the logo {recipe.logo} lies outside the recipe's folder", "copy it beside the recipe"
        )
    try:
        if path.exists() and not path.is_file():
            raise UsageError(f"the logo {recipe.logo} is no file")
        if path.stat().st_size > LARGEST_LOGO:
            raise UsageError(
                f"the logo {recipe.logo} is larger than {LARGEST_LOGO // 1000} kB", "make it smaller"
            )
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"the logo {recipe.logo} cannot be read: {error.strerror}") from error


class Made(msgspec.Struct, frozen=True):
    """What a sheet was made from: the files, the day, and a digest of each record and of the rest."""

    files: list[str]
    day: str
    digests: dict[str, str]


def read_memory(folder: Path) -> dict[str, Made]:
    """What the sheets of a folder were made from, by recipe; empty where nothing is known."""
    try:
        return msgspec.json.decode((folder / MEMORY).read_bytes(), type=dict[str, Made])
    except (OSError, ValueError, RecursionError, msgspec.MsgspecError):
        return {}


def write_memory(folder: Path, memory: Mapping[str, Made]) -> None:
    """Remember what the sheets were made from. Raises :class:`WriteError` as writing does."""
    content = msgspec.json.format(msgspec.json.encode(dict(sorted(memory.items()))), indent=1)
    write_text(folder / MEMORY, f"{content.decode()}\n")
