"""The one place where a document becomes output."""

from pathlib import Path

from recoverykb.cli.environment import Environment
from recoverykb.errors import UsageError
from recoverykb.render.registry import format_of_file, renderer
from recoverykb.render.safe import ascii_only
from recoverykb.render.screen import Screen
from recoverykb.views.document import Document


def chosen_format(
    environment: Environment,
    asked: str | None,
    output: Path | None = None,
    *,
    terminal: str = "table",
    pipe: str = "plain",
) -> str:
    """The format to use: asked for, or by the file's ending, or what a ``terminal`` or a ``pipe`` gets.

    Raises :class:`UsageError` for a file ending that no format has.
    """
    if asked:
        return asked
    if output is not None and str(output) != "-":
        return format_of_file(str(output))
    return terminal if environment.terminal and output is None else pipe


def emit(
    environment: Environment,
    document: Document,
    format_name: str,
    output: Path | None = None,
    *,
    paged: bool = False,
) -> None:
    """Render ``document`` and write it to ``output``, or to stdout.

    ``paged``: what is longer than the terminal goes through the pager.
    """
    render = renderer(format_name)
    if output is None or str(output) == "-":
        text = render.render(document, environment.screen)
        if isinstance(text, bytes):
            _binary(environment, text, format_name)
            return
        text = text if environment.screen.unicode else ascii_only(text)
        if paged and output is None and _too_long(environment, text):
            _page(text)
            return
        environment.stdout.write(text)
        environment.stdout.flush()
        return
    if output.is_dir():
        raise UsageError(f"{output} is a folder", "name a file")
    from recoverykb.storage.write import write_bytes, write_text

    content = render.render(document, Screen(width=100))
    if isinstance(content, bytes):
        write_bytes(output, content)
    else:
        write_text(output, content)
    environment.warn(f"wrote {output}")


def _binary(environment: Environment, content: bytes, format_name: str) -> None:
    """Bytes go into a pipe, never onto a terminal."""
    if environment.terminal:
        raise UsageError(f"{format_name} is no text for a terminal", f"-o FILE.{format_name}")
    stream = getattr(environment.stdout, "buffer", None)
    if stream is None:
        raise UsageError(f"{format_name} needs a file or a pipe", f"-o FILE.{format_name}")
    stream.write(content)
    stream.flush()


def _too_long(environment: Environment, text: str) -> bool:
    import os
    import sys

    if not environment.terminal or not sys.stdin or not sys.stdin.isatty():
        return False
    try:
        lines = os.get_terminal_size(environment.stdout.fileno()).lines
    except (ValueError, OSError):
        return False
    return text.count("\n") >= lines > 0


def _page(text: str) -> None:
    """Show ``text`` in ``PAGER``, or ``less``, which is told to let colours through."""
    import os
    import pydoc

    os.environ.setdefault("LESS", "-R")
    pydoc.pager(text)
