"""What git runs to merge one file of a base: three files in, the second of which becomes the result."""

from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from recoverykb.errors import BaseError, RecoverykbError
from recoverykb.keeping.merge.checks import unfounded
from recoverykb.keeping.merge.record import MergedText, merged_text
from recoverykb.keeping.merge.sides import Sides, UnreadError, read_sides
from recoverykb.keeping.merge.words import conflict_text
from recoverykb.storage.files import KIND_OF_FOLDER
from recoverykb.storage.git import merge_lines
from recoverykb.storage.parsing import parse
from recoverykb.storage.write import write_bytes

_HINT = "see that the folder can be written to and the disk has room; nothing was changed"


class Outcome(NamedTuple):
    """Whether everything could be merged, and what a person should know."""

    clean: bool
    told: list[str]


def merge_files(base: Path, ours: Path, theirs: Path, path: str, size: int) -> Outcome:
    """Merge the record file that stands at ``path`` in its repository; the result is written to ``ours``.

    ``size`` is the length of the marks round what a person must decide. What is no record, or cannot be read
    as one, is merged by lines. Raises :class:`BaseError` for a file that cannot be read,
    :class:`recoverykb.errors.WriteError` where the result cannot be written, and
    :class:`recoverykb.errors.UsageError` where git is needed and is not there: ``ours`` is as it was then.
    """
    contents = (_read(base), _read(ours), _read(theirs))
    content, outcome = merge_contents(contents, path, size)
    if content != contents[1]:
        write_bytes(ours, content, _HINT)
    return outcome


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise BaseError(f"{file} cannot be read: {error.strerror}") from error


def merge_contents(contents: tuple[bytes, bytes, bytes], path: str, size: int) -> tuple[bytes, Outcome]:
    """The merge of base, ours and theirs as :func:`merge_files` writes it."""
    base, ours, theirs = contents
    if theirs in (base, ours):
        return ours, Outcome(clean=True, told=[])
    if ours == base:
        return theirs, Outcome(clean=True, told=[])
    kinds = [KIND_OF_FOLDER[part] for part in PurePosixPath(path).parts[:-1] if part in KIND_OF_FOLDER]
    if not kinds:
        return _by_lines(contents, size, [])
    try:
        sides = read_sides(kinds, contents)
        found = merged_text(sides, size)
    except UnreadError as error:
        return _record_by_lines(contents, path, size, str(error))
    except RecoverykbError as error:
        return _record_by_lines(contents, path, size, error.message)
    clean = not found.conflicts and not found.misfits
    return sides.whole(found.text), Outcome(clean, _told(path, sides, found))


def _told(path: str, sides: Sides, found: MergedText) -> list[str]:
    record = "" if sides.group else str(sides.ours.table.get("id", ""))
    told = [f"{path}:{line}:1: {conflict_text(record, conflict)}" for line, conflict in found.conflicts]
    return told + [
        f"{path}: what both sides made of it together fits no record: {misfit}" for misfit in found.misfits
    ]


def _record_by_lines(
    contents: tuple[bytes, bytes, bytes], path: str, size: int, why: str
) -> tuple[bytes, Outcome]:
    """A record that cannot be merged by fields; no number comes out as verified that nobody verified."""
    content, outcome = _by_lines(contents, size, [f"{path}: merged by lines: {why}"])
    tables = [table for table in map(_table, (content, *contents[1:])) if table is not None]
    wrong = unfounded(tables[0], tables[1:]) if outcome.clean and len(tables) == 3 else []
    told = [
        f"{path}: {number} would count as verified, and nobody verified it: look at it" for number in wrong
    ]
    return content, Outcome(outcome.clean and not wrong, outcome.told + told)


def _table(content: bytes) -> dict[str, Any] | None:
    try:
        return parse(content.decode())
    except (ValueError, RecursionError):
        return None


def _by_lines(contents: tuple[bytes, bytes, bytes], size: int, told: list[str]) -> tuple[bytes, Outcome]:
    found = merge_lines(*contents, f"--marker-size={size}")
    return found.content, Outcome(not found.conflicts, told)
