"""The quick way: ``recoverykb search`` with plain arguments, without Typer.

Importing Typer takes longer than a search. So the command that is typed with a person waiting is parsed here
when its arguments are plain and well formed; anything else, help and errors included, goes through
Typer, which stays the one definition: ``tests/test_quick.py`` compares both.
"""

from collections.abc import Sequence
from typing import Any

_TEXT = {
    "--kind": "kind", "-k": "kind", "--country": "country", "-c": "country", "--tag": "tag",
    "--format": "format_name", "-f": "format_name", "--color": "colour",
}  # fmt: skip
_NUMBERS = {"--limit": ("limit", 1), "-n": ("limit", 1), "--width": ("width", 30)}
_FLAGS = {"--explain": "explain", "--exact": "exact"}
_COLOURS = ("auto", "always", "never")


def arguments(argv: Sequence[str]) -> tuple[list[str], dict[str, Any]] | None:
    """The words and options of a plain ``search``; ``None`` when Typer must look at ``argv``."""
    if not argv or argv[0] != "search":
        return None
    words: list[str] = []
    options: dict[str, Any] = {}
    rest = iter(argv[1:])
    for argument in rest:
        if not argument.startswith("-"):
            words.append(argument)
            continue
        name, equals, value = argument.partition("=")
        if name in _FLAGS and not equals:
            options[_FLAGS[name]] = True
            continue
        if not equals:
            value = next(rest, "")
        elif not name.startswith("--"):
            return None
        if not value or value.startswith("-") or not _take(name, value, options):
            return None
    return (words, options) if words else None


def _take(name: str, value: str, options: dict[str, Any]) -> bool:
    """Put one option into ``options``; whether it was plain."""
    if name in _TEXT:
        options[_TEXT[name]] = value
        return _is_plain(_TEXT[name], value)
    if name in _NUMBERS:
        key, least = _NUMBERS[name]
        if not (value.isascii() and value.isdigit() and len(value) < 6 and int(value) >= least):
            return False
        options[key] = int(value)
        return True
    if name == "--kb":
        from pathlib import Path

        options.setdefault("kb", []).append(Path(value))
        return True
    return False


def _is_plain(key: str, value: str) -> bool:
    if key == "kind":
        from recoverykb.records.vocabulary import PUBLIC_KINDS

        return value in PUBLIC_KINDS
    return key != "colour" or value in _COLOURS
