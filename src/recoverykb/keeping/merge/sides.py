"""The three texts of a merge, read; what only systems differ in is left out, and put back at the end."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec
import tomli

from recoverykb.keeping.merge.three import CLASH, three_way
from recoverykb.records.decode import decode, problems
from recoverykb.storage.files import tables
from recoverykb.storage.parsing import parse

_MARK = "\ufeff"


class UnreadError(Exception):
    """A side that cannot be merged by fields; says why."""


class Side(NamedTuple):
    """A text as one state has it, and what it says."""

    text: str
    table: dict[str, Any]


class Sides(NamedTuple):
    """Base, ours and theirs of one kind of record.

    ``group`` is the list that holds the records, where they are many in a file.
    """

    kind: str
    base: Side
    ours: Side
    theirs: Side
    group: str
    mark: str
    newline: str

    def whole(self, text: str) -> bytes:
        """A merged text with the mark at its beginning and the line ends that the file is to have."""
        return (self.mark + text.replace("\n", self.newline)).encode()


def read_sides(kinds: Sequence[str], contents: tuple[bytes, bytes, bytes]) -> Sides:
    """The contents of base, ours and theirs, records of one of ``kinds``. Raises :class:`UnreadError`."""
    names = ("what both sides started from", "ours", "theirs")
    texts = [_text(name, content) for name, content in zip(names, contents, strict=True)]
    mark = _decided([text[:1] if text[:1] == _MARK else "" for text in texts], empty=not texts[0])
    texts = [text.removeprefix(_MARK) for text in texts]
    ends = [_line_end(text) for text in texts]
    newline = "\n"
    if "" not in ends:  # one side with both sorts keeps every byte as it is
        newline = _decided(ends, empty=not texts[0])
        texts = [text.replace("\r\n", "\n") for text in texts]
    base, ours, theirs = (_side(name, text) for name, text in zip(names, texts, strict=True))
    kind = next((kind for kind in kinds if not flaws(kind, ours.table)), kinds[-1])
    grouped = [_is_grouped(kind, side.table) for side in (base, ours, theirs) if side.table]
    if len(set(grouped)) > 1:
        raise UnreadError("one side holds one record, the other many")
    return Sides(kind, base, ours, theirs, kind if True in grouped else "", mark, newline)


def flaws(kind: str, table: dict[str, Any]) -> list[str]:
    """What keeps the records of a file from being of ``kind``, each on a line."""
    return [
        ": ".join(filter(None, (".".join(map(str, flaw.path)), flaw.message)))
        for _, record in tables(kind, table)
        if not _fits(kind, record)
        for flaw in problems(kind, record)
    ]


def _fits(kind: str, table: dict[str, Any]) -> bool:
    """The same of one record, decided the fast way."""
    try:
        decode(kind, table)
    except msgspec.ValidationError:
        return False
    return True


def _text(name: str, content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise UnreadError(f"{name} is not UTF-8 text") from None


def _side(name: str, text: str) -> Side:
    try:
        return Side(text, parse(text))
    except tomli.TOMLDecodeError as error:
        raise UnreadError(f"{name} is not valid TOML: {error}") from None
    except (RecursionError, ValueError):
        raise UnreadError(f"{name} cannot be read") from None


def _line_end(text: str) -> str:
    """How every line of a text ends; nothing where they differ."""
    both, dos = text.count("\n"), text.count("\r\n")
    return "" if 0 < dos < both else "\r\n" if dos else "\n"


def _decided(told: list[str], *, empty: bool) -> str:
    """What the file is to have, if the sides differ; a side that added the file changed nothing."""
    base, ours, theirs = told
    found = three_way("", theirs if empty else base, ours, theirs)
    return ours if found is CLASH else str(found)


def _is_grouped(kind: str, table: dict[str, Any]) -> bool:
    listed = table.get(kind)
    tables_only = isinstance(listed, list) and all(isinstance(entry, dict) for entry in listed)
    return len(table) == 1 and tables_only
