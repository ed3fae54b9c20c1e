"""Adding a record: from fields, from a file, or from answers; checked, then written as a new file."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import tomli

from recoverykb.check.context import Place
from recoverykb.errors import UsageError
from recoverykb.fold import key
from recoverykb.keeping.assign import VERIFYING
from recoverykb.keeping.checking import Candidate, problems_in
from recoverykb.keeping.opened import own_layer, path_of, require_inside
from recoverykb.problem import Problem
from recoverykb.storage.base import Base
from recoverykb.storage.encode import new_file
from recoverykb.storage.layers import Layer
from recoverykb.storage.parsing import parse
from recoverykb.storage.schemas import with_schema_line
from recoverykb.storage.write import replace_text


def from_text(kind: str, text: str, shown: str) -> list[dict[str, Any]]:
    """The records of a TOML text: one, or several as ``[[kind]]`` tables. Raises :class:`UsageError`."""
    try:
        table = parse(text)
    except tomli.TOMLDecodeError as error:
        raise UsageError(f"{shown}: not valid TOML: {error}") from error
    grouped = table.get(kind)
    if len(table) == 1 and isinstance(grouped, list) and all(isinstance(entry, dict) for entry in grouped):
        return grouped
    return [table]


def completed(base: Base, kind: str, table: Mapping[str, Any], *, today: date) -> dict[str, Any]:
    """``table`` with an id after its name, and the day, where it says none.

    Raises :class:`UsageError` for an id that is in use, and for checks, which only ``verify`` records.
    """
    full = dict(table)
    name = full.get("name") or full.get("title")
    if "id" not in full and isinstance(name, str):
        full["id"] = free_id(base, slug(name))
    full.setdefault("accessed" if kind == "source" else "compiled", today)
    used = base.kinds().get(str(full.get("id")))
    if used:
        raise UsageError(
            f"there is a {used} '{full['id']}' already", f"change it with 'recoverykb edit {full['id']}'"
        )
    checked = [name for name in _keys(full) if name in VERIFYING]
    if checked:
        raise UsageError(f"'{checked[0]}' cannot be added", "add the record, then use 'recoverykb verify'")
    return full


def _keys(told: object) -> list[str]:
    if isinstance(told, dict):
        return [*told, *(name for inner in told.values() for name in _keys(inner))]
    return [name for inner in told for name in _keys(inner)] if isinstance(told, list) else []


def slug(name: str) -> str:
    """A name as an id: ``Médecins du Monde`` is ``medecins-du-monde``; empty where no letter is left."""
    plain = "".join(char if char.isascii() and char.isalnum() else " " for char in key(name))
    return "-".join(plain.split())[:60].strip("-")


def free_id(base: Base, wanted: str) -> str:
    """``wanted``, or the first of ``wanted-2``, ``wanted-3`` … that no record has."""
    used = base.kinds()
    number, found = 1, wanted
    while found in used:
        number += 1
        found = f"{wanted}-{number}"
    return found


class Plan(NamedTuple):
    """A new record, ready to be written unless something is wrong with it."""

    layer: Layer
    path: str
    text: str
    problems: list[Problem]

    def save(self) -> Path:
        """Write the file; its path. Raises :class:`recoverykb.errors.WriteError`."""
        file = self.layer.root / self.path
        require_inside(self.layer, file)
        replace_text(file, self.text, None)
        return file


def plan(base: Base, kind: str, table: Mapping[str, Any], *, today: date, also: Mapping[str, str]) -> Plan:
    """A new record for the topmost layer, with everything that is wrong with it.

    References may lead to ``also`` (kind by id): records that are written with it. Raises
    :class:`UsageError` without a base of one's own.
    """
    layer = own_layer(base)
    path = path_of(kind, str(table.get("id", "new")))
    text = with_schema_line(layer.root, path, new_file(kind, table))
    found = problems_in(base, Candidate(layer.root, Place(path, kind), text), today=today, also=also)
    return Plan(layer, path, text, found)
