"""A filled-in worklist, read back: every row is looked at before anything is written."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple, get_args

from recoverykb.errors import BaseError, RecoverykbError
from recoverykb.keeping.checking import errors, problems_in
from recoverykb.keeping.opened import Opened, open_record
from recoverykb.keeping.verify import Checked, verified
from recoverykb.problem import Problem
from recoverykb.records.types import TYPES
from recoverykb.records.vocabulary import How
from recoverykb.storage.base import Base
from recoverykb.storage.encode import in_order

_NEEDED = ("record", "field", "result")
_RESULTS = ("right", "wrong")


class Row(NamedTuple):
    """A row with a result: ``right`` or ``wrong``."""

    line: int
    record: str
    field: str
    result: str
    by: str
    how: str
    on: date
    note: str


def read_worklist(
    file: Path, *, by: str | None, how: str | None, today: date
) -> tuple[list[Row], list[Problem]]:
    """The rows that have a result, and everything that is wrong with them.

    ``by`` and ``how`` stand in where a row says none. Raises :class:`BaseError` for a file that is no
    worklist.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BaseError(f"{file} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BaseError(f"{file} is not UTF-8 text", "save it as CSV (UTF-8)") from error
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.DictReader(text.splitlines(), delimiter=delimiter, strict=True)
    missing = [name for name in _NEEDED if name not in (reader.fieldnames or ())]
    if missing:
        raise BaseError(
            f"{file} has no column '{missing[0]}'", "make one with 'recoverykb verify --worklist'"
        )
    rows, problems = [], []
    try:
        for told in reader:
            filled = {
                str(name): (value or "").strip() for name, value in told.items() if isinstance(value, str)
            }
            if not filled.get("result"):
                continue
            row = _row(reader.line_num, filled, by or "", how or "", today)
            if isinstance(row, Row):
                rows.append(row)
            else:
                problems.append(Problem(str(file), reader.line_num, 1, "WORKLIST", "error", *row))
    except csv.Error as error:
        problems.append(Problem(str(file), reader.line_num, 1, "WORKLIST", "error", f"no CSV: {error}"))
    return rows, problems


def _row(line: int, told: Mapping[str, str], by: str, how: str, today: date) -> Row | tuple[str, str]:
    """A row, or what is wrong with it and what to do."""
    result = told["result"].lower()
    if result not in _RESULTS:
        return f"result '{told['result']}'", f"write {' or '.join(_RESULTS)}, or leave it empty"
    who = told.get("by") or by
    way = told.get("how") or how
    if result == "right" and not who:
        return "nobody is named who checked it", "fill in the column 'by', or use --by"
    if result == "right" and way not in get_args(How):
        return f"how '{way}'", f"one of {', '.join(get_args(How))}"
    try:
        on = date.fromisoformat(told["on"]) if told.get("on") else today
    except ValueError:
        return f"'{told['on']}' is no day", "write it as 2026-11-20"
    return Row(
        line, told["record"], told["field"].removeprefix("'"), result, who, way, on, told.get("note", "")
    )


def apply_worklist(
    base: Base, rows: Sequence[Row], *, today: date, shown: str
) -> tuple[list[tuple[str, str]], list[Problem]]:
    """Record every right row; nothing where one of them cannot be recorded.

    Gives what was verified, or the problems, which name the worklist as ``shown``.
    """
    right = [row for row in rows if row.result == "right"]
    plans: list[tuple[Opened, str]] = []
    done: list[tuple[str, str]] = []
    problems: list[Problem] = []
    for record in dict.fromkeys(row.record for row in right):
        opened, table = None, {}
        for row in (row for row in right if row.record == record):
            check = Checked(row.on, row.by, row.how, row.note)
            try:
                if opened is None:
                    opened = open_record(base, record)
                    table = opened.table
                found = verified(opened.kind, table, row.field or None, check, today)
            except RecoverykbError as error:
                problems.append(Problem(shown, row.line, 1, "WORKLIST", "error", error.message, error.hint))
                continue
            table = found.table
            done += [(record, what) for what in found.what]
        if opened is not None:
            text = opened.saying(in_order(TYPES[opened.kind], table))
            problems += errors(problems_in(base, opened.candidate(text), today=today))
            plans.append((opened, text))
    if problems:
        return [], problems
    for opened, text in plans:
        opened.save(text)
    return done, []
