"""From a TOML table to a record, or to every problem in it.

msgspec stops at the first error, which is right for reading and wrong for a person who mends a
file. :func:`decode` is the fast way; :func:`problems` walks the same types field by field and
reports all of them, each with the path of keys that leads there.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from difflib import get_close_matches
from typing import Any, get_args

import msgspec

from recoverykb.records.types import TYPES, AnyRecord

Path = tuple[str | int, ...]
"""Keys and list positions from the record's table down to a value."""

TOML_TYPES = (datetime, date, time)
"""TOML has dates of its own, so a quoted date is an error."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing wrong with a table: where in it, and why."""

    path: Path
    message: str
    hint: str = ""


def decode(kind: str, table: Mapping[str, Any]) -> AnyRecord:
    """Turn one TOML table into a record of ``kind``.

    Raises :class:`msgspec.ValidationError` at the first thing that is wrong.
    """
    return msgspec.convert(table, TYPES[kind], builtin_types=TOML_TYPES)


def problems(kind: str, table: Mapping[str, Any]) -> list[Flaw]:
    """Everything that keeps ``table`` from being a record of ``kind``; empty when it is one."""
    return list(_struct_flaws(TYPES[kind], table, ()))


def _struct_flaws(struct: type, table: object, path: Path) -> Iterator[Flaw]:
    if not isinstance(table, Mapping):
        yield Flaw(path, "expected a table")
        return
    fields = {field.encode_name: field for field in msgspec.structs.fields(struct)}
    for key in table.keys() - fields.keys():
        near = get_close_matches(key, fields, 1)
        hint = f"did you mean '{near[0]}'?" if near else f"keys here: {', '.join(fields)}"
        yield Flaw((*path, key), f"unknown key '{key}'", hint)
    for name, field in fields.items():
        if name in table:
            yield from _value_flaws(field.type, table[name], (*path, name))
        elif field.required:
            yield Flaw(path, f"key '{name}' is missing", _description(field.type))


def _value_flaws(annotation: object, value: object, path: Path) -> Iterator[Flaw]:
    inner = _inner_struct(annotation)
    if inner is not None and isinstance(value, list):
        for position, entry in enumerate(value):
            yield from _struct_flaws(inner, entry, (*path, position))
        if value:
            return
    elif inner is not None:
        yield from _struct_flaws(inner, value, path)
        return
    try:
        msgspec.convert(value, annotation, builtin_types=TOML_TYPES)
    except msgspec.ValidationError as error:
        yield Flaw(path, _readable(str(error)), _description(annotation))


def _inner_struct(annotation: object) -> type | None:
    """The struct type that ``annotation`` or its list entries hold, if any."""
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
        return annotation
    for part in get_args(annotation):
        found = _inner_struct(part)
        if found is not None:
            return found
    return None


def _readable(message: str) -> str:
    """Msgspec's message without its own path, which the caller knows better."""
    text = message.split(" - at `", maxsplit=1)[0]
    return text[0].lower() + text[1:]


def _description(annotation: object) -> str:
    for part in reversed(getattr(annotation, "__metadata__", ())):
        if isinstance(part, msgspec.Meta) and part.description:
            return part.description
    return ""
