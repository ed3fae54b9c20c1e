"""``recoverykb verify``."""

from pathlib import Path
from typing import Annotated

import typer

from recoverykb.cli.completing import record_ids
from recoverykb.cli.options import FormatOption, KbOption, OutputOption
from recoverykb.records.vocabulary import How

EXAMPLES = (
    "recoverykb verify our-clinic --by Amina --how call --note 'a nurse answered' --kb our-base",
    "recoverykb verify our-clinic --field 0201234567 --by Amina --how call --on 2026-11-20 --kb our-base",
    "recoverykb verify --worklist -o round.csv --kb our-base",
    "recoverykb verify --from round.csv --by Amina --kb our-base",
)


def run(
    record: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="Which record.", autocompletion=record_ids)
    ] = None,
    field: Annotated[
        str | None,
        typer.Option(
            "--field", metavar="F", help="What of it: a number, an address, a purpose such as intake, law …"
        ),
    ] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who checked.")] = None,
    how: Annotated[How | None, typer.Option("--how", help="How it was checked.")] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="When; today unless said.")] = None,
    note: Annotated[str, typer.Option("--note", metavar="N", help="What was found.")] = "",
    worklist: Annotated[
        bool, typer.Option("--worklist", help="List what is due, to tick off on paper or in a spreadsheet.")
    ] = False,
    due: Annotated[
        int,
        typer.Option(
            "--due", min=0, max=36500, metavar="DAYS", help="With --worklist: due within so many days."
        ),
    ] = 30,
    source: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="Record the checks in a filled-in worklist (CSV)."),
    ] = None,
    format_name: FormatOption = None,
    output: OutputOption = None,
    kb: KbOption = None,
) -> None:
    """Record that a person checked a record or a contact: the only way a verification date changes.

    Earlier checks are kept. Crisis lines are never verified by a test call.
    """
    from datetime import date

    from recoverykb.cli.environment import current
    from recoverykb.errors import UsageError
    from recoverykb.storage.base import Base

    ways = [bool(record), worklist, source is not None]
    if sum(ways) != 1:
        raise UsageError("verify one record, or make a --worklist, or read one with --from")
    environment = current()
    with Base.open(kb or (), environment.warn) as base:
        if worklist:
            from recoverykb.cli.output import chosen_format, emit
            from recoverykb.views.worklist import worklist_document

            chosen = chosen_format(environment, format_name, output, terminal="table", pipe="csv")
            emit(environment, worklist_document(base, days=due, today=date.today()), chosen, output)
        elif source is not None:
            from recoverykb.cli.verifying import verify_from

            verify_from(environment, base, source, (by, how), today=date.today())
        else:
            from recoverykb.cli.verifying import Told, verify_one

            if by is None or how is None:
                raise UsageError(
                    "say who checked and how", "--by NAME --how call, visit, site, email or document"
                )
            told = Told(field, on, by, how, note)
            verify_one(environment, base, base.resolve(record or ""), told, today=date.today())
