"""Values, and whole new records, as TOML text.

Scalars are tomli-w's. What it has no say in is here: which tables stand on one line, and the order of
fields, which is that of the record types.
"""

import re
from collections.abc import Mapping
from typing import Any, get_args

import msgspec
import tomli_w

from recoverykb.records.types import TYPES

ON_ONE_LINE = frozenset({"verified", "earlier", "checks", "retired", "labels", "hidden"})
"""Keys whose tables are short and come in numbers: each is written on one line."""
_BARE = re.compile(r"[A-Za-z0-9_-]+")


def key(name: str) -> str:
    """A key as it stands before ``=``."""
    return name if _BARE.fullmatch(name) else tomli_w.dumps({name: 0}).rpartition(" = ")[0]


def value(told: object, *, lines: bool = True) -> str:
    """A value as it stands behind ``=``; texts of several lines only where ``lines`` are allowed."""
    if isinstance(told, Mapping):
        inner = ", ".join(f"{key(name)} = {value(entry, lines=False)}" for name, entry in told.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(told, list):
        return f"[{', '.join(value(entry, lines=False) for entry in told)}]"
    several = lines and isinstance(told, str) and "\n" in told and "\r" not in told
    return tomli_w.dumps({"k": told}, multiline_strings=several).removeprefix("k = ").removesuffix("\n")


def is_tables(told: object) -> bool:
    """Whether ``told`` is a table, or a list that holds tables only."""
    return isinstance(told, Mapping) or (
        isinstance(told, list) and bool(told) and all(isinstance(entry, Mapping) for entry in told)
    )


def pair(name: str, told: object) -> str:
    """A whole ``key = value`` line; lists of tables and long lists have one entry a line."""
    if isinstance(told, list) and told and (is_tables(told) or len(value(told)) > _LONG):
        entries = "".join(f"    {value(entry, lines=False)},\n" for entry in told)
        return f"{key(name)} = [\n{entries}]\n"
    return f"{key(name)} = {value(told)}\n"


_LONG = 80


def sections(path: tuple[str, ...], told: object) -> str:
    """``told``, a table or a list of tables, under headers of their own; each after an empty line."""
    name = ".".join(key(part) for part in path)
    if isinstance(told, Mapping):
        return f"\n[{name}]\n{body(path, told)}"
    assert isinstance(told, list)  # noqa: S101 - the callers asked is_tables
    return "".join(f"\n[[{name}]]\n{body(path, entry)}" for entry in told)


def body(path: tuple[str, ...], table: Mapping[str, Any]) -> str:
    """The pairs of ``table``, which stands at ``path``, then the sections in it."""
    below = {name for name, told in table.items() if is_tables(told) and name not in ON_ONE_LINE}
    text = "".join(pair(name, told) for name, told in table.items() if name not in below)
    return text + "".join(sections((*path, name), told) for name, told in table.items() if name in below)


def new_file(kind: str, table: Mapping[str, Any], *, schema: str = "") -> str:
    """A new record of ``kind`` as the text of its file; ``schema`` is where editors find its JSON Schema."""
    first = f"#:schema {schema}\n" if schema else ""
    return first + body((), in_order(TYPES[kind], table))


def in_order(struct: type, table: Mapping[str, Any]) -> dict[str, Any]:
    """``table`` with its keys in the order of the fields of ``struct``, in the tables inside it too."""
    fields = {field.encode_name: field.type for field in msgspec.structs.fields(struct)}
    known = {name: _ordered(fields[name], table[name]) for name in fields if name in table}
    return known | {name: told for name, told in table.items() if name not in fields}


def _ordered(annotation: object, told: object) -> object:
    inner = struct_in(annotation)
    if inner is None:
        return told
    if isinstance(told, list):
        return [in_order(inner, entry) if isinstance(entry, Mapping) else entry for entry in told]
    return in_order(inner, told) if isinstance(told, Mapping) else told


def struct_in(annotation: object) -> type[msgspec.Struct] | None:
    """The struct that ``annotation`` is, or may hold, or lists."""
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
        return annotation
    return next((found for part in get_args(annotation) if (found := struct_in(part))), None)
