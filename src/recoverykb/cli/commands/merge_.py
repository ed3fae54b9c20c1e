"""``recoverykb merge``."""

from pathlib import Path
from typing import Annotated

import typer

EXAMPLES = (
    "recoverykb merge --install",
    "recoverykb merge base.toml ours.toml theirs.toml --path organizations/our-clinic.toml",
)


def run(
    base: Annotated[
        Path | None, typer.Argument(metavar="[BASE]", help="The file that both sides started from.")
    ] = None,
    ours: Annotated[
        Path | None, typer.Argument(metavar="[OURS]", help="As one side has it; the result is written here.")
    ] = None,
    theirs: Annotated[
        Path | None, typer.Argument(metavar="[THEIRS]", help="As the other side has it.")
    ] = None,
    path: Annotated[
        str | None, typer.Option("--path", metavar="P", help="Where the file stands, such as sources/x.toml.")
    ] = None,
    size: Annotated[
        int, typer.Option("--marker-size", min=1, max=1000, metavar="N", help="Length of the marks.")
    ] = 7,
    install: Annotated[
        bool, typer.Option("--install", help="Let git do this in the clone that you are in.")
    ] = False,
) -> None:
    """Merge two people's edits of a record field by field; git runs this once --install was said.

    What one side changed counts, lists take in what both added, and the later of two checks. What contradicts
    stands between marks, for a person to choose: exit code 1.
    """
    from recoverykb.check.targets import base_of
    from recoverykb.cli.environment import current
    from recoverykb.cli.merging import merge, turn_on
    from recoverykb.errors import UsageError

    environment = current()
    if install and base is None:
        turn_on(environment, base_of(Path())[0])
    elif install or base is None or ours is None or theirs is None:
        raise UsageError("name three files: BASE OURS THEIRS", "or say --install, in a clone of your base")
    else:
        merge(environment, (base, ours, theirs), path or str(ours), size)
