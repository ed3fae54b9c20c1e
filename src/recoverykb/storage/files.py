"""The records in a TOML file of a base.

A file holds one record, or many of one kind as ``[[organization]]`` tables. Its folder says
which kind. Whatever is wrong becomes a :class:`Problem`; nothing here raises for bad content.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import tomli

from recoverykb.problem import Problem
from recoverykb.records.decode import TOML_TYPES, Flaw, decode, problems, problems_of
from recoverykb.records.decode import Path as KeyPath
from recoverykb.records.vocabulary import FOLDERS, MANIFEST
from recoverykb.storage import parsing

if TYPE_CHECKING:
    from recoverykb.records.manifest import Manifest
    from recoverykb.records.types import AnyRecord
    from recoverykb.storage.positions import Positions

KIND_OF_FOLDER = {folder: kind for kind, folder in FOLDERS.items()}
_MAX_BYTES = 64 * 1024 * 1024


class Entry(NamedTuple):
    """A record that could be read. ``position`` is its place in a grouped file, else ``None``."""

    kind: str
    record: "AnyRecord"
    position: int | None
    table: dict[str, Any]
    """The record as it stands in the file."""


class Content(NamedTuple):
    """What one file holds: records, and what was wrong with the others."""

    path: str
    entries: list[Entry]
    problems: list[Problem]
    manifest: "list[Manifest]"
    """What the file says of the base, if it is the manifest and can be read."""


def kind_of(path: str) -> str | None:
    """The kind that records in the file at the base-relative ``path`` have."""
    return KIND_OF_FOLDER.get(path.split("/", 1)[0])


class Loaded(NamedTuple):
    """A TOML file as read: its text, and the table it is."""

    text: str
    table: dict[str, Any]


def read(root: Path, path: str) -> Content:
    """Read the records of one file. Never raises for what the file says."""
    content = Content(path, [], [], [])
    kind = kind_of(path)
    if kind is None and path != MANIFEST:
        raise ValueError(f"{path} is in no record folder")
    loaded = load(root, path)
    if isinstance(loaded, Problem):
        content.problems.append(loaded)
        return content
    whole = _Text(loaded.text)
    if kind is None:
        _read_manifest(content, loaded.table, whole)
        return content
    for position, entry_table in tables(kind, loaded.table):
        _read_entry(content, kind, entry_table, position, whole)
    return content


def load(root: Path, path: str) -> Loaded | Problem:
    """The TOML file at the base-relative ``path``, or why it cannot be read."""
    data = load_bytes(root, path)
    return data if isinstance(data, Problem) else parse(path, data)


def load_bytes(root: Path, path: str) -> bytes | Problem:
    """What the file at the base-relative ``path`` holds, or why it cannot be had."""
    try:
        return _bytes(root / path)
    except OSError as error:
        reason = error.strerror or str(error)
        return _unreadable(path, reason, "see that it is a file and that you may read it")


def parse(path: str, data: bytes) -> Loaded | Problem:
    """The TOML file that ``data`` is, or why it is none; ``path`` is only told."""
    try:
        text = data.decode().removeprefix("\ufeff")
        return Loaded(text, parsing.parse(text))
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return Problem(path, line, 1, "RKB001", "error", "not UTF-8 text", "save the file as UTF-8")
    except tomli.TOMLDecodeError as error:
        return _syntax_problem(path, error, text)
    except (RecursionError, ValueError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else "a number is too long"
        return _unreadable(path, reason, "no record needs that: write it plainly")


class _Text:
    """The text of a file, whose positions are worked out once, when the first record needs them."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def positions(self) -> "Positions":
        from recoverykb.storage.positions import Positions

        return Positions(self._text)


def _bytes(file: Path) -> bytes:
    """The content of ``file``. Raises :class:`OSError` for what is no plain file or far too large."""
    status = file.stat()
    if not S_ISREG(status.st_mode):
        raise OSError("not a plain file")
    if status.st_size > _MAX_BYTES:
        raise OSError(f"larger than {_MAX_BYTES // 1024 // 1024} MiB")
    return file.read_bytes()


def tables(kind: str, table: dict[str, Any]) -> Iterator[tuple[int | None, dict[str, Any]]]:
    """The record tables of a file: its ``[[kind]]`` tables, or the whole file."""
    grouped = table.get(kind)
    if len(table) == 1 and isinstance(grouped, list):
        yield from enumerate(grouped)
    else:
        yield None, table


def _read_entry(
    content: Content, kind: str, table: dict[str, Any], position: int | None, text: _Text
) -> None:
    try:
        content.entries.append(Entry(kind, decode(kind, table), position, table))
        return
    except msgspec.ValidationError:
        pass
    prefix: KeyPath = () if position is None else (kind, position)
    _note(content, problems(kind, table), prefix, text)


def _read_manifest(content: Content, table: dict[str, Any], text: _Text) -> None:
    from recoverykb.records.manifest import Manifest

    try:
        content.manifest.append(msgspec.convert(table, Manifest, builtin_types=TOML_TYPES))
    except msgspec.ValidationError:
        _note(content, problems_of(Manifest, table), (), text)


def _note(content: Content, flaws: Iterable[Flaw], prefix: KeyPath, text: _Text) -> None:
    """Put ``flaws`` of the table at ``prefix`` among the problems of the file."""
    for flaw in flaws:
        line, column = text.positions.of((*prefix, *flaw.path))
        where = ".".join(str(part) for part in flaw.path)
        message = f"{where}: {flaw.message}" if where else flaw.message
        content.problems.append(Problem(content.path, line, column, "RKB002", "error", message, flaw.hint))


def _unreadable(path: str, reason: str, hint: str) -> Problem:
    return Problem(path, 0, 0, "RKB001", "error", f"cannot be read: {reason}", hint)


def _syntax_problem(path: str, error: tomli.TOMLDecodeError, text: str) -> Problem:
    message = str(error)
    found = re.search(r"\(at line (\d+), column (\d+)\)", message)
    line, column = (int(found[1]), int(found[2])) if found else (text.count("\n") + 1, 1)
    plain = re.sub(r" \(at .*\)$", "", message)
    if error.msg == parsing.UNDECIDED:
        return Problem(path, line, column, "RKB001", "error", parsing.UNDECIDED, parsing.DECIDE)
    hint = 'a line of TOML reads: key = "text"'
    if plain == "Invalid value":
        hint = "text stands between quotes; the dates of TOML do not"
    return Problem(path, line, column, "RKB001", "error", f"not valid TOML: {plain}", hint)
