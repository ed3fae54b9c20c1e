"""Reading the recipes of sheets, and remembering from which records each sheet was made."""

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from recoverykb.errors import UsageError
from recoverykb.records.decode import TOML_TYPES, problems_of
from recoverykb.records.recipe import Recipe
from recoverykb.storage.write import write_text

MEMORY = ".recoverykb-sheets.json"
"""Beside the recipes: what each sheet was made from, so that a changed record is noticed."""
LARGEST_LOGO = 300_000
"""Bytes; a logo is 16 mm high on paper."""


def read_recipe(path: Path) -> Recipe:
    """The recipe in a file. Raises :class:`UsageError` with file, line and column for one that is wrong."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UsageError(f"no recipe at {path}", "a recipe is a TOML file; README shows one") from None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read: {error}") from error
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UsageError(f"{path}: not valid TOML: {error}") from error
    found = problems_of(Recipe, table)
    if found:
        from recoverykb.storage.positions import Positions

        line, column = Positions(text).of(found[0].path)
        where = ".".join(map(str, found[0].path))
        message = f"{where}: {found[0].message}" if where else found[0].message
        raise UsageError(f"{path}:{line}:{column}: {message}", found[0].hint)
    return msgspec.convert(table, Recipe, builtin_types=TOML_TYPES)


def read_logo(recipe: Recipe, folder: Path) -> bytes | None:
    """The picture a recipe names. Raises :class:`UsageError` for one outside its folder, or too large."""
    if not recipe.logo:
        return None
    path = (folder / recipe.logo).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise UsageError(
            f"the logo {recipe.logo} lies outside the recipe's folder", "copy it beside the recipe"
        )
    try:
        if path.stat().st_size > LARGEST_LOGO:
            raise UsageError(
                f"the logo {recipe.logo} is larger than {LARGEST_LOGO // 1000} kB", "make it smaller"
            )
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"the logo {recipe.logo} cannot be read: {error.strerror}") from error


class Made(NamedTuple):
    """What a sheet was made from: the files, the day, and a digest of each record and of the rest."""

    files: list[str]
    day: str
    digests: dict[str, str]


def read_memory(folder: Path) -> dict[str, Made]:
    """What the sheets of a folder were made from, by recipe; empty where nothing is known."""
    try:
        known = json.loads((folder / MEMORY).read_text(encoding="utf-8"))
        return {name: Made(**entry) for name, entry in known.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def write_memory(folder: Path, memory: Mapping[str, Made]) -> None:
    """Remember what the sheets were made from. Raises :class:`WriteError` as writing does."""
    content: dict[str, Any] = {name: made._asdict() for name, made in sorted(memory.items())}
    write_text(folder / MEMORY, json.dumps(content, indent=1, ensure_ascii=False) + "\n")
