"""``recoverykb edit``."""

from typing import Annotated

import typer

from recoverykb.cli.completing import record_ids
from recoverykb.cli.options import KbOption

EXAMPLES = (
    "recoverykb edit our-clinic --kb our-base",
    "recoverykb edit our-clinic --set city=Kisumu --set 'contacts[0].schedule=8 to 16' --kb our-base",
    "recoverykb edit our-clinic --set tags+=youth --set status= --kb our-base",
)


def run(
    record: Annotated[str, typer.Argument(metavar="ID", help="Which record.", autocompletion=record_ids)],
    words: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="K=V", help="Change one field; += and -= for lists; 'K=' takes it out."
        ),
    ] = None,
    kb: KbOption = None,
) -> None:
    """Change a record: in your editor (EDITOR), or one field with --set.

    A bundled record is not changed: your own base gets a copy with the change, which counts in its place.
    """
    from datetime import date

    from recoverykb.cli.changing import report
    from recoverykb.cli.environment import current
    from recoverykb.keeping.editing import put_fields
    from recoverykb.keeping.opened import open_record
    from recoverykb.storage.base import Base

    environment = current()
    with Base.open(kb or (), environment.warn) as base:
        opened = open_record(base, base.resolve(record))
        if opened.before is None:
            environment.warn(
                f"{opened.table['id']} is a bundled record: {opened.layer.name} gets a copy of it"
            )
        if words:
            report(environment, put_fields(base, opened, words, today=date.today()))
        else:
            from recoverykb.cli.editing import edit_in_editor

            edit_in_editor(environment, base, opened, today=date.today())
