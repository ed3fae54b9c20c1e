"""``recoverykb add``."""

from pathlib import Path
from typing import Annotated

import typer

from recoverykb.cli.options import KbOption
from recoverykb.records.vocabulary import Kind

EXAMPLES = (
    "recoverykb add organization --kb our-base",
    "recoverykb add source --set title=Hours --set publisher=Clinic --set url=https://example.org …",
    "recoverykb add organization --from clinic.toml --no-input --kb our-base",
)


def run(
    kind: Annotated[Kind, typer.Argument(help="Which kind of record.")],
    words: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="K=V", help="What the record says; may be repeated; contacts[0].number=…"
        ),
    ] = None,
    source: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="What the record says, as TOML; '-' reads stdin."),
    ] = None,
    no_input: Annotated[bool, typer.Option("--no-input", help="Never ask.")] = False,
    kb: KbOption = None,
) -> None:
    """Add a record to your own base: asks field by field, checks each answer, warns of likely duplicates.

    With --set or --from nothing is asked but, on a terminal, what must be there and is not said.
    """
    import sys
    from datetime import date

    from recoverykb.cli.adding import Given, add_records
    from recoverykb.cli.environment import current
    from recoverykb.errors import UsageError
    from recoverykb.storage.base import Base

    environment = current()
    person = bool(not no_input and environment.terminal and sys.stdin and sys.stdin.isatty())
    if not person and not words and source is None:
        raise UsageError(
            "nothing to add", "say it with --set or --from, or run this on a terminal to be asked"
        )
    with Base.open(kb or (), environment.warn) as base:
        add_records(environment, base, Given(kind, words or (), source, person), today=date.today())
