"""The ambient state of a run, read once: streams, terminal, colour, encoding, width."""

import os
import sys
from io import StringIO
from typing import NamedTuple, TextIO

from recoverykb.render.screen import Screen

_ASCII_LOCALES = frozenset({"C", "POSIX"})


class Environment(NamedTuple):
    """Where a command reads and writes. Tests build their own."""

    stdout: TextIO
    stderr: TextIO
    terminal: bool
    screen: Screen

    def warn(self, message: str) -> None:
        """One line on stderr, without control characters."""
        from recoverykb.render.safe import one_line

        print(f"recoverykb: {one_line(message)}", file=self.stderr)


def current(colour: str = "auto", width: int | None = None) -> Environment:
    """The environment of this process. ``colour`` is ``auto``, ``always`` or ``never``."""
    stdout = sys.stdout or StringIO()
    terminal = stdout.isatty()
    unicode = "utf" in (stdout.encoding or "").lower() and not (terminal and _ascii_locale())
    if hasattr(stdout, "reconfigure"):
        stdout.reconfigure(errors="replace")
    styled = unicode and (colour == "always" or (colour == "auto" and terminal and _wants_colour()))
    columns = width or _columns()
    return Environment(stdout, sys.stderr, terminal, Screen(max(columns, 30), styled, unicode))


def _columns() -> int:
    """The width of the terminal, as :func:`shutil.get_terminal_size` finds it (whose import takes longer)."""
    asked = os.environ.get("COLUMNS", "")
    if asked.isascii() and asked.isdigit() and int(asked):
        return int(asked)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or 80  # type: ignore[union-attr]
    except (AttributeError, ValueError, OSError):
        return 80


def _wants_colour() -> bool:
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _ascii_locale() -> bool:
    """Whether the user asked for the C locale; Python itself speaks UTF-8 there, the terminal may not."""
    names = ("LC_ALL", "LC_CTYPE", "LANG")
    return next(filter(None, map(os.environ.get, names)), "") in _ASCII_LOCALES
