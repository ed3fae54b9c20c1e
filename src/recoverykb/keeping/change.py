"""Putting a changed record into its file: checked first, then written whole, or not at all."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from recoverykb.errors import UsageError
from recoverykb.keeping.checking import errors, problems_in
from recoverykb.keeping.opened import Opened, open_record
from recoverykb.problem import Problem
from recoverykb.records.types import TYPES
from recoverykb.storage.base import Base
from recoverykb.storage.encode import in_order


class Outcome(NamedTuple):
    """What came of a change: the file that was written, or ``None``, and what was found wrong."""

    file: Path | None
    problems: list[Problem]

    @property
    def refused(self) -> bool:
        """Whether nothing was written because of an error."""
        return bool(errors(self.problems))


def put(base: Base, opened: Opened, table: Mapping[str, Any], *, today: date) -> Outcome:
    """Let the record of ``opened`` say ``table``, unless that is wrong.

    Raises :class:`recoverykb.errors.WriteError` when the file cannot be written or changed meanwhile.
    """
    return put_text(base, opened, opened.saying(in_order(TYPES[opened.kind], table)), today=today)


def put_text(base: Base, opened: Opened, text: str, *, today: date) -> Outcome:
    """As :func:`put`, with the whole text of the file."""
    if text == opened.text and opened.before is not None:
        return Outcome(None, [])
    found = problems_in(base, opened.candidate(text), today=today)
    if errors(found):
        return Outcome(None, found)
    opened.save(text)
    return Outcome(opened.file, found)


def retire(base: Base, record_id: str, reason: str, *, successor: str | None = None, today: date) -> Outcome:
    """Say of a record that it is no longer to be used; it stays, with the reason and its successor.

    Raises :class:`UsageError` for a kind that is not retired, and a successor that makes no sense.
    """
    opened = open_record(base, record_id)
    if opened.kind in ("source", "term"):
        raise UsageError(f"a {opened.kind} is not retired", "take it out of the records that use it")
    if successor is not None:
        row = base.row(successor)
        if row.id == record_id or row.due is None:
            raise UsageError(f"{successor} is no successor", "name a record that is in use")
    told = {"on": today, "reason": reason, **({"successor": successor} if successor else {})}
    return put(base, opened, {**opened.table, "retired": told}, today=today)
