"""Recording checks: one from the command line, or those of a filled-in worklist."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

import typer

from recoverykb.cli.changing import report
from recoverykb.cli.environment import Environment
from recoverykb.errors import Exit, UsageError
from recoverykb.keeping.change import put
from recoverykb.keeping.opened import open_record
from recoverykb.keeping.verify import Checked, verified
from recoverykb.storage.base import Base


class Told(NamedTuple):
    """What the command line says of a check: of what, when, by whom, how, and what was found."""

    field: str | None
    on: str | None
    by: str
    how: str
    note: str


def verify_one(environment: Environment, base: Base, record: str, told: Told, *, today: date) -> None:
    """Record one check. Stops with exit code 1 where the record would be wrong."""
    check = Checked(day_of(told.on) if told.on else today, told.by, told.how, told.note)
    opened = open_record(base, record)
    done = verified(opened.kind, opened.table, told.field, check, today)
    report(environment, put(base, opened, done.table, today=today))
    environment.stdout.write(f"verified {record}: {', '.join(done.what)}\n")


def day_of(text: str) -> date:
    """A day as TOML and ISO write it. Raises :class:`UsageError`."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"'{text}' is no day", "write it as 2026-11-20") from None


def verify_from(
    environment: Environment, base: Base, file: Path, usual: tuple[str | None, str | None], *, today: date
) -> None:
    """Record the checks of a worklist: all of them, or none where a row is wrong.

    ``usual`` says by whom and how, where a row does not.

    Stops with exit code 1 where something is to be mended: in the file, or in the base.
    """
    from recoverykb.keeping.worklist import apply_worklist, read_worklist

    rows, problems = read_worklist(file, by=usual[0], how=usual[1], today=today)
    done, found = ([], []) if problems else apply_worklist(base, rows, today=today, shown=str(file))
    for problem in [*problems, *found]:
        environment.warn(str(problem))
    if problems or found:
        environment.warn("nothing was written")
        raise typer.Exit(Exit.NOTHING)
    for record, what in done:
        environment.stdout.write(f"verified {record}: {what}\n")
    wrong = [row for row in rows if row.result == "wrong"]
    for row in wrong:
        note = f" ({row.note})" if row.note else ""
        environment.warn(
            f"{row.record}: {row.field or 'the record'} was found wrong{note}; "
            f"mend it: recoverykb edit {row.record}, or recoverykb retire {row.record} --reason …"
        )
    if not done and not wrong:
        environment.warn(f"no row of {file} has a result: right or wrong")
    if wrong:
        raise typer.Exit(Exit.NOTHING)
