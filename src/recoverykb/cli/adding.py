"""Adding records: from the words of the command line, from a file, or by asking a person."""

import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import typer

from recoverykb.cli.changing import shown, tell
from recoverykb.cli.environment import Environment
from recoverykb.errors import BaseError, Exit, UsageError
from recoverykb.keeping.add import Plan, completed, from_text, plan
from recoverykb.keeping.assign import assigned
from recoverykb.keeping.checking import errors
from recoverykb.keeping.likeness import likely_duplicates
from recoverykb.keeping.opened import own_layer
from recoverykb.storage import drafts
from recoverykb.storage.base import Base
from recoverykb.storage.encode import new_file

New = tuple[str, dict[str, Any]]
"""The kind of a new record, and what it says."""


class Given(NamedTuple):
    """What the command line says of new records: words ``key=value``, a file, whether to ask a person."""

    kind: str
    words: Sequence[str]
    source: Path | None
    ask: bool


def add_records(environment: Environment, base: Base, given: Given, *, today: date) -> None:
    """Add what is given; a person is asked for the rest.

    All records are written, or none. Stops with exit code 1 where something is wrong with one.
    """
    own_layer(base)
    kind, words, source, ask = given
    tables = from_text(kind, _read(source), str(source)) if source else [{}]
    tables = [assigned(kind, table, tuple(words)) for table in tables]
    records: list[New] = [(kind, table) for table in tables]
    if ask and not (source and len(tables) > 1):
        records = _asked(environment, base, kind, tables[0], least=bool(source or words))
    _write(environment, base, records, today)
    if source:
        drafts.drop(source)


def _read(source: Path) -> str:
    """The text of a file, or of standard input for ``-``. Raises :class:`BaseError`."""
    try:
        content = sys.stdin.buffer.read() if str(source) == "-" else source.read_bytes()
        return content.decode("utf-8-sig")
    except OSError as error:
        raise BaseError(f"{source} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BaseError(f"{source} is not UTF-8 text") from error


def _asked(
    environment: Environment, base: Base, kind: str, table: dict[str, Any], *, least: bool
) -> list[New]:
    """The record and the sources that a person was asked for, the sources first.

    What was typed is kept as a draft when the person stops.
    """
    from recoverykb.cli.asking import Asker

    sources: list[dict[str, Any]] = []
    try:
        asker = Asker(base, environment.warn)
        asker.record(kind, table, least=least)
        asker.missing_sources(kind, table, sources)
    except (KeyboardInterrupt, EOFError, UsageError) as error:
        _keep(environment, [*(("source", entry) for entry in sources), (kind, table)])
        if isinstance(error, UsageError):
            raise
        raise typer.Exit(Exit.INTERRUPTED) from None
    return [*(("source", entry) for entry in sources), (kind, table)]


def _keep(environment: Environment, records: Sequence[New]) -> None:
    """Keep what was typed, and say where and how to go on."""
    for kind, table in records:
        if table:
            path = drafts.keep(f"{kind}-{table.get('id', 'new')}", new_file(kind, table))
            environment.warn(f"what you typed is kept; go on with: recoverykb add {kind} --from {path}")


def _write(environment: Environment, base: Base, records: Sequence[New], today: date) -> None:
    full = [(kind, completed(base, kind, table, today=today)) for kind, table in records]
    also = {str(table.get("id")): kind for kind, table in full}
    if len(also) < len(full):
        raise UsageError("two of the records have one id", "an id stands for one record")
    plans = [plan(base, kind, table, today=today, also=also) for kind, table in full]
    for kind, table in full:
        _tell_duplicates(environment, base, kind, table)
    tell(environment, [problem for made in plans for problem in made.problems])
    if any(errors(made.problems) for made in plans):
        _keep(environment, full)
        environment.warn("nothing was written")
        raise typer.Exit(Exit.NOTHING)
    try:
        _save(environment, plans)
    except BaseError:
        raise
    except Exception:
        _keep(environment, full)
        raise


def _save(environment: Environment, plans: Sequence[Plan]) -> None:
    for made in plans:
        environment.stdout.write(f"{shown(made.save())}\n")


def _tell_duplicates(environment: Environment, base: Base, kind: str, table: Mapping[str, Any]) -> None:
    for record_id, why in list(likely_duplicates(base, kind, table).items())[:3]:
        environment.warn(
            f"{table['id']} may be {record_id}: {why}; if so, delete one and use 'recoverykb edit'"
        )
