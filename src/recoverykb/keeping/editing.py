"""Changing a record as text: what a person wrote in an editor, looked at before it counts."""

from datetime import date
from typing import Any

import tomli

from recoverykb.keeping.assign import VERIFYING, assigned, shown_path
from recoverykb.keeping.change import Outcome, put, put_text
from recoverykb.keeping.opened import Opened
from recoverykb.keeping.verify import without_outlived
from recoverykb.problem import Problem
from recoverykb.storage.base import Base
from recoverykb.storage.edit import rewritten, same
from recoverykb.storage.encode import new_file
from recoverykb.storage.parsing import parse


def text_to_edit(opened: Opened) -> str:
    """The record as a person edits it: its whole file, or its own table out of a file that holds many."""
    return opened.text if opened.position is None else new_file(opened.kind, opened.table)


def put_edited(base: Base, opened: Opened, content: bytes, *, today: date) -> Outcome:
    """Write what a person made of the record, unless something is wrong with it.

    An id is not changed so, and neither is a check: :mod:`recoverykb.keeping.rename` and
    :mod:`recoverykb.keeping.verify` do that. Raises :class:`WriteError` when the file cannot be written, or
    changed meanwhile.
    """
    try:
        text = content.decode()
        table = parse(text)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return Outcome(None, [Problem(opened.path, line, 1, "RKB001", "error", "not UTF-8 text")])
    except tomli.TOMLDecodeError as error:
        return Outcome(None, [Problem(opened.path, error.lineno, error.colno, "RKB001", "error", error.msg)])
    forbidden = _forbidden(opened, table)
    if forbidden:
        return Outcome(None, forbidden)
    lasting = without_outlived(opened.table, table)
    if opened.position is None:
        return put_text(base, opened, rewritten(text, lasting), today=today)
    return put(base, opened, lasting, today=today)


def put_fields(base: Base, opened: Opened, words: list[str], *, today: date) -> Outcome:
    """Change single fields, each as ``key=value``. Raises :class:`UsageError` where one makes no sense."""
    changed = assigned(opened.kind, opened.table, words)
    return put(base, opened, without_outlived(opened.table, changed), today=today)


def _forbidden(opened: Opened, table: dict[str, Any]) -> list[Problem]:
    """What an edit must not change."""
    found = []
    if table.get("id") != opened.table["id"]:
        hint = f"recoverykb rename {opened.table['id']} {table.get('id', 'NEW')}"
        found.append(Problem(opened.path, 1, 1, "EDIT", "error", "id: an id is not edited", hint))
    known = dict(_checks(opened.table))
    for place, told in _checks(table):
        if not any(same(told, other) for other in known.values()):
            message = f"{place}: a verification is not edited"
            hint = "take it back, then use 'recoverykb verify': a correction is no check"
            found.append(Problem(opened.path, 1, 1, "EDIT", "error", message, hint))
    return found


def _checks(told: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str, Any]]:
    """Every value under a key that only ``verify`` changes, with its place."""
    inner = told.items() if isinstance(told, dict) else enumerate(told) if isinstance(told, list) else ()
    found = []
    for name, entry in inner:
        if name in VERIFYING:
            found.append((shown_path((*path, name)), entry))
        else:
            found += _checks(entry, (*path, name))
    return found
