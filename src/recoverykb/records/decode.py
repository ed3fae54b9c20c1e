"""From a TOML table to a record, or to every problem in it.

msgspec stops at the first error, which is right for reading and wrong for a person who mends a
file. :func:`decode` is the fast way; :func:`problems` walks the same types field by field and
reports all of them, each with the path of keys that leads there.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from importlib import import_module
from math import isfinite
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args, get_origin

import msgspec

from recoverykb.records.common import NOT_FINITE

if TYPE_CHECKING:
    from recoverykb.records.types import AnyRecord

Path = tuple[str | int, ...]
"""Keys and list positions from the record's table down to a value."""

TOML_TYPES = (datetime, date, time)
"""TOML has dates of its own, so a quoted date is an error."""


class Flaw(NamedTuple):
    """One thing wrong with a table: where in it, and why."""

    path: Path
    message: str
    hint: str = ""


def type_of(kind: str) -> "type[AnyRecord]":
    """The record type of ``kind``. Mostly one file has changed: then the other types are not made."""
    found: type[AnyRecord] = getattr(import_module(f"recoverykb.records.{kind}"), kind.title())
    return found


def decode(kind: str, table: Mapping[str, Any]) -> "AnyRecord":
    """Turn one TOML table into a record of ``kind``.

    Raises :class:`msgspec.ValidationError` at the first thing that is wrong.
    """
    return msgspec.convert(table, type_of(kind), builtin_types=TOML_TYPES)


def problems(kind: str, table: Mapping[str, Any]) -> list[Flaw]:
    """Everything that keeps ``table`` from being a record of ``kind``; empty when it is one."""
    return problems_of(type_of(kind), table)


def problems_of(struct: type, table: object) -> list[Flaw]:
    """Everything that keeps ``table`` from being a ``struct``."""
    return list(_struct_flaws(struct, table, ()))


def _struct_flaws(struct: type, table: object, path: Path) -> Iterator[Flaw]:
    if not isinstance(table, Mapping):
        yield Flaw(path, "expected a table")
        return
    fields = {field.encode_name: field for field in msgspec.structs.fields(struct)}
    for key in (key for key in table if key not in fields):
        from difflib import get_close_matches

        near = get_close_matches(key, fields, 1)
        hint = f"did you mean '{near[0]}'?" if near else f"keys here: {', '.join(fields)}"
        yield Flaw((*path, key), f"unknown key '{key}'", hint)
    for name, field in fields.items():
        if name in table:
            yield from _value_flaws(field.type, table[name], (*path, name))
        elif field.required:
            yield Flaw(path, f"key '{name}' is missing", description_of(field.type))


def _value_flaws(annotation: object, value: object, path: Path) -> Iterator[Flaw]:
    struct, listed = _inner_struct(annotation)
    if struct is not None and not listed:
        yield from _struct_flaws(struct, value, path)
        return
    if struct is not None and isinstance(value, list) and value:
        for position, entry in enumerate(value):
            yield from _struct_flaws(struct, entry, (*path, position))
        return
    try:
        msgspec.convert(value, annotation, builtin_types=TOML_TYPES)
    except msgspec.ValidationError as error:
        inside = _place_in_lists(str(error))
        yield Flaw((*path, *inside), _readable(str(error), annotation), description_of(annotation))
        return
    if isinstance(value, float) and not isfinite(value):
        yield Flaw(path, NOT_FINITE, description_of(annotation))


def _inner_struct(annotation: object) -> tuple[type | None, bool]:
    """The struct type that ``annotation`` or its list entries hold, if any, and whether in a list."""
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
        return annotation, False
    for part in get_args(annotation):
        struct, listed = _inner_struct(part)
        if struct is not None:
            return struct, listed or get_origin(annotation) is list
    return None, False


def _place_in_lists(message: str) -> Path:
    """Where in nested lists msgspec says that something is wrong: ``$[0][1]``."""
    _, _, place = message.partition(" - at `$")
    return tuple(map(int, re.findall(r"\[(\d+)\]", place)))


def _readable(message: str, annotation: object) -> str:
    """Msgspec's message without its own path, patterns and jargon."""
    text = message.split(" - at `", maxsplit=1)[0]
    text = text[0].lower() + text[1:]
    if " matching regex " in text:
        return "not of the right form"
    if text.startswith("invalid enum value"):
        allowed = ", ".join(str(value) for value in _allowed(annotation))
        return f"{text.replace('enum ', '')}, not one of {allowed}"
    return (
        text.replace("`str`", "text")
        .replace("`array`", "a list")
        .replace("`object`", "a table")
        .replace("`date`", "a date")
    )


def _allowed(annotation: object) -> tuple[object, ...]:
    """The values of the first ``Literal`` inside ``annotation``."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    return next((found for part in get_args(annotation) if (found := _allowed(part))), ())


def description_of(annotation: object) -> str:
    """What the field is for, then what its values look like."""
    return "; ".join(dict.fromkeys(_descriptions(annotation))) or "see 'recoverykb schema'"


def _descriptions(annotation: object) -> Iterator[str]:
    """The descriptions on ``annotation``, outermost first, and on the types it is made of."""
    for meta in reversed(getattr(annotation, "__metadata__", ())):
        if isinstance(meta, msgspec.Meta) and meta.description:
            yield meta.description
    if get_origin(annotation) is not list:
        for part in get_args(annotation):
            yield from _descriptions(part)
