"""Tab on an id, without Typer, whose import takes longer than the look-up.

What the shell is told is what Typer tells it (``tests/test_completion.py`` compares), but for long names:
Typer breaks them over lines, which fish and PowerShell take for further words. Anything but an id after plain
words goes through Typer.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from recoverykb.cli.completing import Offer, ids_for
from recoverykb.errors import Exit

VARIABLE = "_RECOVERYKB_COMPLETE"
"""Set by the script that Typer installs into the shell."""
_COMMANDS = ("show", "compare", "sheet", "sources")
"""The commands whose arguments are ids."""
_QUOTES = "'\"\\"


class Answer(NamedTuple):
    """What the shell is told, and the exit code."""

    text: str
    code: Exit = Exit.OK


class _Line(NamedTuple):
    """The words before the one that is completed, without the program's name; and that one."""

    words: Sequence[str]
    incomplete: str


def answer(environment: Mapping[str, str]) -> Answer | None:
    """The answer to a shell that completes an id; ``None`` when Typer must look."""
    shell = environment[VARIABLE].removeprefix("complete_")
    if shell not in _ANSWERS:
        return None
    line = _bash_line(environment) if shell == "bash" else _line(shell, environment)
    if line is None or not line.words or line.words[0] not in _COMMANDS:
        return None
    if any(word.startswith("-") for word in (*line.words, line.incomplete)):
        return None
    found = ids_for(line.words[0], line.incomplete)
    offers = [offer for offer in found if offer[0].startswith(line.incomplete)]
    if environment.get("_TYPER_COMPLETE_FISH_ACTION") == "is-args":
        return Answer("", Exit.OK if offers else Exit.NOTHING)
    return Answer(_ANSWERS[shell](offers))


def _bash_line(environment: Mapping[str, str]) -> _Line | None:
    typed, place = environment.get("COMP_WORDS", ""), environment.get("COMP_CWORD", "")
    if not place.isdecimal() or _is_quoted(typed):
        return None
    words, number = typed.split(), int(place)
    return _Line(words[1:number], words[number] if number < len(words) else "")


def _line(shell: str, environment: Mapping[str, str]) -> _Line | None:
    typed = environment.get("_TYPER_COMPLETE_ARGS", "")
    if _is_quoted(typed):
        return None
    words = typed.split()[1:]
    if shell in ("powershell", "pwsh"):
        incomplete = environment.get("_TYPER_COMPLETE_WORD_TO_COMPLETE", "")
        return _Line(words[:-1] if incomplete else words, incomplete)
    return _Line(words, "") if not words or typed.endswith(" ") else _Line(words[:-1], words[-1])


def _is_quoted(typed: str) -> bool:
    return any(char in typed for char in _QUOTES)


def _bash(offers: Sequence[Offer]) -> str:
    return "\n".join(word for word, _ in offers)


def _zsh(offers: Sequence[Offer]) -> str:
    if not offers:
        return "_files"
    told = "\n".join(f'"{_escaped(word)}":"{_escaped(meaning)}"' for word, meaning in offers)
    return f"_arguments '*: :(({told}))'"


def _escaped(text: str) -> str:
    for char, escaped in (('"', '""'), ("'", "''"), ("$", "\\$"), ("`", "\\`"), (":", "\\\\:")):
        text = text.replace(char, escaped)
    return text


def _fish(offers: Sequence[Offer]) -> str:
    return "\n".join(f"{word}\t{meaning}" for word, meaning in offers)


def _powershell(offers: Sequence[Offer]) -> str:
    return "\n".join(f"{word}:::{meaning}" for word, meaning in offers)


_ANSWERS = {"bash": _bash, "zsh": _zsh, "fish": _fish, "powershell": _powershell, "pwsh": _powershell}
