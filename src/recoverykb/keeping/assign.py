"""Single fields, as people write them: ``city=Nairobi``, ``contacts[0].number=1192``, ``tags+=youth``.

What a value means follows from the type of its field, so that text needs no quotes.
"""

import re
from copy import deepcopy
from itertools import pairwise
from types import UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

import msgspec
import tomli

from recoverykb.errors import UsageError
from recoverykb.records.types import TYPES
from recoverykb.storage.encode import struct_in

_ASSIGNMENT = re.compile(r"\s*([\w.\[\]-]+?)\s*([+-]?=)(.*)", re.DOTALL)
Path = tuple[str | int, ...]

VERIFYING = frozenset({"verified", "earlier", "checks"})
"""Keys that only ``verify`` changes, so that a mended typing error never looks like a check."""


class Assignment(NamedTuple):
    """What ``--set`` asks for: the path of a field, ``=``, ``+=`` or ``-=``, and the text behind it."""

    path: Path
    sign: str
    text: str


def parse_assignment(word: str) -> Assignment:
    """Read one ``key=value``. Raises :class:`UsageError` for what is none."""
    found = _ASSIGNMENT.fullmatch(word)
    if found is None:
        raise UsageError(f"'{word}' is no key=value", "for example --set city=Nairobi, --set tags+=youth")
    names = re.findall(r"\[(\d+)\]|([^.\[\]]+)", found[1])
    path: Path = tuple(int(number) if number else _part(name) for number, name in names)
    return Assignment(path, found[2], found[3].strip())


def _part(name: str) -> str | int:
    return int(name) if name.isdigit() else name


def assigned(kind: str, table: dict[str, Any], words: list[str] | tuple[str, ...]) -> dict[str, Any]:
    """A copy of ``table`` with every assignment made. Raises :class:`UsageError` where one makes no sense.

    ``=`` with nothing behind it takes a field out; ``+=`` and ``-=`` put entries into a list and take
    them out.
    """
    changed = deepcopy(table)
    for word in words:
        _assign(kind, changed, parse_assignment(word))
    return changed


def _assign(kind: str, table: dict[str, Any], asked: Assignment) -> None:
    shown = shown_path(asked.path)
    forbidden = VERIFYING & {part for part in asked.path if isinstance(part, str)}
    if forbidden:
        raise UsageError(f"{shown}: only 'recoverykb verify' changes this", "a correction is no check")
    if asked.path[:1] == ("id",) and table.get("id") not in (None, asked.text):
        raise UsageError("an id is not edited", f"recoverykb rename {table['id']} {asked.text}")
    annotation = annotation_at(kind, asked.path)
    holder = _holder(table, asked.path, shown)
    last = asked.path[-1]
    if asked.sign == "=":
        if not asked.text:
            _take_out(holder, last, shown)
        elif isinstance(holder, list) and last == len(holder):
            holder.append(understood(annotation, asked.text, shown))
        else:
            holder[last] = understood(annotation, asked.text, shown)
        return
    if not is_list(annotation) or isinstance(holder, list):
        raise UsageError(f"{shown}: {asked.sign} is for lists", f"use {shown}=…")
    entries = understood(annotation, asked.text, shown)
    there = holder.get(str(last), [])
    if asked.sign == "+=":
        holder[last] = there + [entry for entry in entries if entry not in there]
        return
    missing = [entry for entry in entries if entry not in there]
    if missing:
        raise UsageError(
            f"{shown} has no '{missing[0]}'", f"it has {', '.join(map(str, there)) or 'nothing'}"
        )
    left = [entry for entry in there if entry not in entries]
    holder[last] = left
    if not left:
        del holder[last]


def _holder(table: dict[str, Any], path: Path, shown: str) -> Any:
    """The table or list that holds the last part of ``path``; tables on the way are made."""
    here: Any = table
    for part, following in pairwise(path):
        if isinstance(part, int):
            if part == len(here):
                here.append({})
            if part >= len(here):
                raise UsageError(f"{shown}: there are only {len(here)}", "they are counted from 0")
            here = here[part]
        else:
            here = here.setdefault(part, [] if isinstance(following, int) else {})
    if isinstance(here, list) != isinstance(path[-1], int):
        raise UsageError(f"{shown}: a number stands for an entry of a list", "for example contacts[0].number")
    if isinstance(here, list) and int(path[-1]) > len(here):
        raise UsageError(f"{shown}: there are only {len(here)}", "they are counted from 0")
    return here


def _take_out(holder: Any, last: str | int, shown: str) -> None:
    try:
        del holder[last]
    except (KeyError, IndexError):
        raise UsageError(f"{shown} is not there, so it cannot be taken out") from None


def shown_path(path: Path) -> str:
    """A path as people write it: ``contacts[0].number``."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")


def annotation_at(kind: str, path: Path) -> object:
    """The type of the field at ``path``. Raises :class:`UsageError` for a field that is not there."""
    here: object = TYPES[kind]
    for number, part in enumerate(path):
        inner = struct_in(here)
        if isinstance(part, int) and is_list(here):
            here = inner or get_args(plain(here))[0]
        elif inner is not None and isinstance(part, str) and not is_list(here):
            here = _field(inner, part, shown_path(path[: number + 1]))
        elif get_origin(plain(here)) is dict and isinstance(part, str):
            here = get_args(plain(here))[1]
        else:
            hint = "entries of a list are counted from 0: contacts[0].number" if is_list(here) else ""
            raise UsageError(f"{shown_path(path)}: there is no such field", hint)
    return here


def _field(struct: type[msgspec.Struct], name: str, shown: str) -> object:
    fields = {field.encode_name: field.type for field in msgspec.structs.fields(struct)}
    if name not in fields:
        from difflib import get_close_matches

        near = get_close_matches(name, fields, 1)
        hint = f"did you mean '{near[0]}'?" if near else f"fields here: {', '.join(fields)}"
        raise UsageError(f"there is no field '{shown}'", hint)
    return fields[name]


def plain(annotation: object) -> object:
    """A type without what is said about it, and without ``None``."""
    while True:
        if get_origin(annotation) is Annotated:
            annotation = get_args(annotation)[0]
        elif get_origin(annotation) in (Union, UnionType):
            kept = [part for part in get_args(annotation) if part is not type(None)]
            if len(kept) != 1:
                return annotation
            annotation = kept[0]
        else:
            return annotation


def is_list(annotation: object) -> bool:
    """Whether a field holds a list."""
    return get_origin(plain(annotation)) is list


def understood(annotation: object, text: str, shown: str) -> Any:
    """What ``text`` means in a field of this type. Raises :class:`UsageError` where it means nothing."""
    kind = plain(annotation)
    if kind is str or get_origin(kind) is Literal:
        return text
    if get_origin(kind) is list:
        inner = plain(get_args(kind)[0])
        if not text.startswith(("[", "{")) and (inner is str or get_origin(inner) is Literal):
            return [entry.strip() for entry in text.split(",") if entry.strip()]
    wrapped = f"[{text}]" if get_origin(kind) is list and not text.startswith("[") else text
    try:
        return tomli.loads(f"k = {wrapped}")["k"]
    except tomli.TOMLDecodeError:
        raise UsageError(f"{shown}: '{text}' is not {_called(kind)}") from None


def _called(kind: object) -> str:
    """A type in words."""
    import datetime

    names = {bool: "true or false", int: "a number", datetime.date: "a day such as 2026-11-20"}
    return names.get(kind, "a value of TOML") if isinstance(kind, type) else "a value of TOML"
