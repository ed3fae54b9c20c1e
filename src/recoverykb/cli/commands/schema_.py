"""``recoverykb schema``."""

from pathlib import Path
from typing import Annotated

import typer

from recoverykb.cli.options import ColourOption, FormatOption, OutputOption, WidthOption
from recoverykb.records.vocabulary import Written

EXAMPLES = (
    "recoverykb schema organization",
    "recoverykb schema strategy -o strategy.schema.json",
    "recoverykb schema --all team-kb/schemas",
)


def run(
    name: Annotated[
        Written | None,
        typer.Argument(metavar="KIND", help="Which kind of record, or 'exceptions'."),
    ] = None,
    folder: Annotated[
        Path | None,
        typer.Option("--all", metavar="FOLDER", help="Write the JSON Schemas of everything into FOLDER."),
    ] = None,
    format_name: FormatOption = None,
    output: OutputOption = None,
    colour: ColourOption = "auto",
    width: WidthOption = None,
) -> None:
    """Show the fields of a record; with --format json its JSON Schema, for editors."""
    from recoverykb.cli.environment import current
    from recoverykb.cli.output import chosen_format, emit
    from recoverykb.errors import UsageError
    from recoverykb.views.fields import schema_document

    environment = current(colour, width)
    if folder is not None:
        if name or output or format_name:
            raise UsageError("--all writes every schema", "leave out the kind, --format and --output")
        _write_all(folder)
        environment.warn(f"wrote the schemas to {folder}")
    elif name is None:
        raise UsageError("which kind of record?", f"one of {', '.join(_names())}; or --all FOLDER")
    else:
        emit(environment, schema_document(name), chosen_format(environment, format_name, output), output)


def _names() -> tuple[str, ...]:
    from recoverykb.records.jsonschema import STRUCTS

    return tuple(STRUCTS)


def _write_all(folder: Path) -> None:
    """Write every schema into ``folder``, which is made if it is not there. Raises :class:`WriteError`."""
    from recoverykb.errors import WriteError
    from recoverykb.storage.schemas import schema_files
    from recoverykb.storage.write import write_text

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(f"cannot make the folder {folder}: {error.strerror}") from error
    for file_name, text in schema_files().items():
        write_text(folder / file_name, text)
