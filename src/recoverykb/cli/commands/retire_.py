"""``recoverykb retire``."""

from typing import Annotated

import typer

from recoverykb.cli.completing import record_ids
from recoverykb.cli.options import KbOption

EXAMPLES = ('recoverykb retire old-clinic --reason "it moved" --successor county-clinic --kb our-base',)


def run(
    record: Annotated[str, typer.Argument(metavar="ID", help="Which record.", autocompletion=record_ids)],
    reason: Annotated[
        str, typer.Option("--reason", metavar="WHY", help="Why, in one line that readers see.")
    ],
    successor: Annotated[
        str | None,
        typer.Option("--successor", metavar="ID", help="What to use instead.", autocompletion=record_ids),
    ] = None,
    kb: KbOption = None,
) -> None:
    """Say that a record is no longer to be used. It stays, with its reason and successor.

    No sheet offers it any more. 'edit ID --set retired=' takes it back.
    """
    from datetime import date

    from recoverykb.cli.changing import report
    from recoverykb.cli.environment import current
    from recoverykb.keeping.change import retire
    from recoverykb.storage.base import Base

    environment = current()
    with Base.open(kb or (), environment.warn) as base:
        instead = base.resolve(successor) if successor else None
        outcome = retire(base, base.resolve(record), reason, successor=instead, today=date.today())
    report(environment, outcome)
