"""``recoverykb init``."""

from pathlib import Path
from typing import Annotated

import typer

EXAMPLES = (
    'recoverykb init our-base --title "Riverside Outreach" --owner "Riverside Outreach, Kisumu"',
    "recoverykb init our-base --use",
)


def run(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder; made if it is not there.")],
    title: Annotated[str, typer.Option("--title", metavar="T", help="What the base is called.")] = "",
    owner: Annotated[str, typer.Option("--owner", metavar="O", help="Who keeps it.")] = "",
    licence: Annotated[
        str, typer.Option("--licence", metavar="L", help="On what terms others may use its records.")
    ] = "CC-BY-4.0",
    use: Annotated[
        bool,
        typer.Option("--use", help="Also name it in the configuration file, so that it is always in use."),
    ] = False,
) -> None:
    """Make a base of your own: manifest, folders, an example, and what git needs.

    What is there already is never overwritten.
    """
    from datetime import date

    from recoverykb.cli.environment import current
    from recoverykb.cli.merging import turn_on_if_shared
    from recoverykb.keeping.start import make_base, put_in_use

    environment = current()
    made = make_base(folder, title=title, owner=owner, licence=licence, today=date.today())
    environment.stdout.writelines(f"{folder / path}\n" for path in made.written)
    for path in made.kept:
        environment.warn(f"{folder / path} was there already and stays as it is")
    turn_on_if_shared(environment, folder)
    if use:
        environment.warn(f"in use from now on, named in {put_in_use(folder)}")
    else:
        environment.warn(
            f"put it in use with --kb {folder}, or for good with 'recoverykb init {folder} --use'"
        )
