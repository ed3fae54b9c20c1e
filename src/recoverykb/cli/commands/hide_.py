"""``recoverykb hide``."""

from typing import Annotated

import typer

from recoverykb.cli.completing import record_ids
from recoverykb.cli.options import KbOption

EXAMPLES = (
    'recoverykb hide mewa --reason "closed its doors in 2026" --kb our-base',
    "recoverykb hide mewa --undo --kb our-base",
)


def run(
    record: Annotated[
        str, typer.Argument(metavar="ID", help="A record of a lower layer.", autocompletion=record_ids)
    ],
    reason: Annotated[
        str | None,
        typer.Option("--reason", metavar="WHY", help="Why nobody is to see it; 'layers' shows it."),
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Show it again.")] = False,
    kb: KbOption = None,
) -> None:
    """Keep a record of a lower layer out of sight, in your own base only."""
    from recoverykb.cli.changing import shown
    from recoverykb.cli.environment import current
    from recoverykb.errors import UsageError
    from recoverykb.keeping.hide import hide, show_again
    from recoverykb.storage.base import Base

    if undo == (reason is not None):
        raise UsageError("say why with --reason, or take it back with --undo")
    environment = current()
    with Base.open(kb or (), environment.warn) as base:
        file = show_again(base, record) if reason is None else hide(base, base.resolve(record), reason)
    environment.warn(f"wrote {shown(file)}")
