"""The formats there are, found by the modules in ``formats/``."""

from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from recoverykb.errors import UsageError
from recoverykb.render.screen import Screen
from recoverykb.views.document import Document

ENDINGS = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "plain",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "tsv",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
}
"""The format a file's ending asks for; a format may also be asked for by name."""


class Renderer(Protocol):
    """What a module in ``formats/`` provides."""

    def render(self, document: Document, screen: Screen) -> str | bytes:
        """``document`` as text that ends with a newline, or nothing at all; as bytes where it is no text."""
        ...


def formats() -> list[str]:
    """The names of every format, by alphabet."""
    modules = (Path(__file__).parent / "formats").iterdir()
    names = {module.stem for module in modules if module.suffix in (".py", ".pyc")}
    return sorted(name.removesuffix("_") for name in names if not name.startswith("_"))


def renderer(name: str) -> Renderer:
    """The renderer of a format. Raises :class:`UsageError` for one that does not exist."""
    known = formats()
    if name not in known:
        raise UsageError(f"no format '{name}'", f"formats: {', '.join(known)}")
    return cast("Renderer", import_module(f"recoverykb.render.formats.{name}_"))


def format_of_file(path: str) -> str:
    """The format that the ending of ``path`` asks for. Raises :class:`UsageError` for others."""
    ending = Path(path).suffix.lower()
    if ending in ENDINGS:
        return ENDINGS[ending]
    if ending.removeprefix(".") in formats():
        return ending.removeprefix(".")
    raise UsageError(
        f"no format writes '{ending or path}' files", f"use one of {', '.join(sorted(ENDINGS))}, or --format"
    )
