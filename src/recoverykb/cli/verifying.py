"""Recording checks: one from the command line, or those of a filled-in worklist."""

from datetime import date
from pathlib import Path

import typer

from recoverykb.cli.changing import report
from recoverykb.cli.environment import Environment
from recoverykb.errors import Exit, UsageError
from recoverykb.keeping.change import put
from recoverykb.keeping.opened import open_record
from recoverykb.keeping.verify import Checked, verified
from recoverykb.storage.base import Base


def verify_one(
    environment: Environment,
    base: Base,
    record: str,
    field: str | None,
    told: tuple[str | None, str, str, str],
    *,
    today: date,
) -> None:
    """Record one check: ``told`` says when, by whom, how, and what was found."""
    on, by, how, note = told
    check = Checked(day_of(on) if on else today, by, how, note)
    opened = open_record(base, record)
    done = verified(opened.kind, opened.table, field, check, today)
    outcome = put(base, opened, done.table, today=today)
    report(environment, outcome)
    environment.stdout.write(f"verified {record}: {', '.join(done.what)}\n")


def day_of(text: str) -> date:
    """A day as TOML and ISO write it. Raises :class:`UsageError`."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"'{text}' is no day", "write it as 2026-11-20") from None


def verify_from(
    environment: Environment, base: Base, file: Path, *, by: str | None, how: str | None, today: date
) -> None:
    """Record the checks of a worklist: all of them, or none where a row is wrong.

    Stops with exit code 1 where something is to be mended: in the file, or in the base.
    """
    from recoverykb.keeping.worklist import apply_worklist, read_worklist

    rows, problems = read_worklist(file, by=by, how=how, today=today)
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
        environment.warn(
            f"{row.record}: {row.field or 'the record'} was found wrong{f' ({row.note})' if row.note else ''}; "
            f"mend it: recoverykb edit {row.record}, or recoverykb retire {row.record} --reason …"
        )
    if not done and not wrong:
        environment.warn(f"no row of {file} has a result: right or wrong")
    if wrong:
        raise typer.Exit(Exit.NOTHING)
