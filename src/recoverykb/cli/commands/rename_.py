"""``recoverykb rename``."""

from typing import Annotated

import typer

from recoverykb.cli.completing import record_ids
from recoverykb.cli.options import KbOption

EXAMPLES = ("recoverykb rename clinic-2 kisumu-clinic --kb our-base",)


def run(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The id it has.", autocompletion=record_ids)],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The id it is to have.")],
    kb: KbOption = None,
) -> None:
    """Give a record of your own base another id, and change every reference to it.

    Stopped in between, every reference still leads to a record; the same command goes on.
    """
    from recoverykb.cli.changing import shown
    from recoverykb.cli.environment import current
    from recoverykb.keeping.rename import rename
    from recoverykb.storage.base import Base

    environment = current()
    with Base.open(kb or (), environment.warn) as base:
        done = rename(base, old, new)
    environment.stdout.write(f"{shown(done.file)}\n")
    environment.warn(f"{old} is {new} now; {done.references} references in {done.files} files changed")
