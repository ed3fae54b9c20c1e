"""Running git: the one place where another program is started for a base."""

import re
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

from recoverykb.errors import UsageError

OURS, THEIRS = "ours", "theirs"
"""What the marks of a conflict call the two sides."""
_LONG = 31
"""Marks of this length are told apart from anything that stands in a record."""
_MARK = re.compile(rf"([<|=>])\1{{{_LONG - 1}}}(?: .*)?\r?\n?")


_NEXT = {">": "<", "<": "|", "|": "=", "=": ">"}
"""Which mark comes after which; after the last, or before any, stands what is merged."""


class Hunk(NamedTuple):
    """Lines that both sides changed: as they were, and as each side has them."""

    base: str
    ours: str
    theirs: str


class LineMerge(NamedTuple):
    """What git makes of three files by their lines: the content, with marks where ``conflicts`` is not 0."""

    content: bytes
    conflicts: int


def git(root: Path, *words: str, given: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    """Run git in the folder ``root``. Raises :class:`UsageError` where there is no git."""
    try:
        return subprocess.run(["git", "-C", str(root), *words], input=given, capture_output=True, check=False)  # noqa: S603, S607
    except OSError as error:
        raise UsageError(
            f"git cannot be run: {error.strerror}", "install git, or compare copies by hand"
        ) from error


def refused(done: "subprocess.CompletedProcess[bytes]") -> UsageError:
    """The error that says what git said when it refused."""
    told = done.stderr.decode(errors="replace").strip().removeprefix("fatal: ")
    hint = "a base is shared through git: git init, git add ., git commit" if "not a git" in told else ""
    return UsageError(f"git: {told or 'it refused'}", hint)


def merge_lines(base: bytes, ours: bytes, theirs: bytes, *options: str) -> LineMerge:
    """Git's merge by lines of three contents. Raises :class:`UsageError` where it has none: binary files."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for side, content in (("base", base), (OURS, ours), (THEIRS, theirs)):
            (folder / side).write_bytes(content)
        labels = [word for side in (OURS, "base", THEIRS) for word in ("-L", side)]
        done = git(folder, "merge-file", "-p", "-q", *labels, *options, OURS, "base", THEIRS)
    if done.returncode > 127:
        raise refused(done)
    return LineMerge(done.stdout, done.returncode)


def hunks(base: str, ours: str, theirs: str) -> list[str | Hunk]:
    """The three texts as git merges them by lines: what is merged, and what both sides changed, in order.

    Raises as :func:`merge_lines`.
    """
    content = merge_lines(
        base.encode(), ours.encode(), theirs.encode(), "--diff3", f"--marker-size={_LONG}"
    ).content.decode()
    found: list[str | Hunk] = []
    pieces, kept = dict.fromkeys(_NEXT, ""), ""
    part = ">"
    for line in lines(content):
        mark = _MARK.fullmatch(line)
        if mark is None or mark[1] != _NEXT[part]:
            pieces[part] += line
            continue
        part = mark[1]
        if part == "<":
            kept = pieces[">"]
        elif part == ">":
            found += [kept, Hunk(pieces["|"], pieces["<"], pieces["="])]
            pieces = dict.fromkeys(_NEXT, "")
    return [*found, pieces[">"]]


def lines(text: str) -> list[str]:
    """The lines of a text as git sees them, each with its end."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)
