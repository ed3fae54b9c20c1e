"""Changing pieces of a TOML text and leaving every other byte as it is.

An edit says which bytes go and what stands there instead. The functions here find the bytes: of some
letters of a text value, of a whole value, of an entry of a list. Whoever edits reads the result once more and
compares it with what was meant.
"""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tree_sitter import Node

_TOKEN = re.compile(r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}|\\[ \t]*\r?\n[ \t\r\n]*|\\.|\r\n|.", re.DOTALL)


class Edit(NamedTuple):
    """Bytes ``start`` to ``end`` of a text give way to ``new``."""

    start: int
    end: int
    new: str


class Change(NamedTuple):
    """Letters ``start`` to ``end`` of a text value give way to ``new``, which needs no escapes."""

    start: int
    end: int
    new: str


def splice(source: bytes, edits: Iterable[Edit]) -> bytes:
    """``source`` with ``edits`` made. Raises :class:`ValueError` where two of them meet."""
    pieces, at = [], 0
    for edit in sorted(edits):
        if edit.start < at:
            raise ValueError("two edits of the same bytes")
        pieces += [source[at : edit.start], edit.new.encode()]
        at = edit.end
    return b"".join([*pieces, source[at:]])


def in_text(source: bytes, node: "Node", changes: Sequence[Change]) -> list[Edit] | None:
    """The edits that make ``changes`` to the text value at ``node``; ``None`` where it is no text.

    However the text is quoted, and whether a letter stands there itself or as an escape, the rest of
    it stays as it was written.
    """
    if node.type != "string":
        return None
    places = _letters(source[node.start_byte : node.end_byte].decode(), node.start_byte)
    if any(change.end > len(places) for change in changes):
        return None
    return [
        Edit(places[change.start][0], places[change.end - 1][1], change.new)
        for change in changes
        if change.end > change.start
    ]


def unquoted(source: bytes, node: "Node") -> list[Edit] | None:
    """The edit that takes the quotes off the value at ``node``; ``None`` where it is no text on one line."""
    literal = source[node.start_byte : node.end_byte].decode()
    if node.type != "string" or literal[:3] in {'"""', "'''"} or "\\" in literal:
        return None
    return [Edit(node.start_byte, node.end_byte, literal[1:-1])]


def without_entry(source: bytes, array: "Node", position: int) -> list[Edit] | None:
    """The edits that take an entry out of the list at ``array``, with its comma; comments stay.

    ``None`` where there is no such entry.
    """
    parts = array.children
    values = [index for index, part in enumerate(parts) if part.is_named and part.type != "comment"]
    if array.type != "array" or not position < len(values):
        return None
    index = values[position]  # the brackets are parts too, so there is one before it and one after
    start, end = parts[index].start_byte, parts[index].end_byte
    after = next(part for part in parts[index + 1 :] if part.type != "comment")
    told = parts[index + 1] if parts[index + 1].type == "comment" else None
    if after.type == ",":
        if not told:
            return [_with_blanks(source, start, after.end_byte)]
        return [_with_blanks(source, *span) for span in ((start, end), (after.start_byte, after.end_byte))]
    if parts[index - 1].type == "," and not (told and told.start_point[0] == parts[index].end_point[0]):
        return [Edit(parts[index - 1].start_byte, end, "")]
    return [_with_blanks(source, start, end)]


def _with_blanks(source: bytes, start: int, end: int) -> Edit:
    """The edit that deletes these bytes and the blanks after them, or the line if nothing else is on it."""
    while source[end : end + 1] in {b" ", b"\t"}:
        end += 1
    line = start
    while source[line - 1 : line] in {b" ", b"\t"}:
        line -= 1
    newline = re.compile(rb"\r?\n").match(source, end)
    if newline and source[line - 1 : line] == b"\n":
        return Edit(line, newline.end(), "")
    return Edit(start, end, "")


def _letters(literal: str, offset: int) -> list[tuple[int, int]]:
    """Start and end (bytes of the file) of what stands for each letter of the text that ``literal`` is."""
    quotes = literal[:3] if literal[:3] in {'"""', "'''"} else literal[:1]
    at = offset + len(quotes)
    body = literal[len(quotes) : -len(quotes)]
    first = re.match(r"\r?\n", body) if len(quotes) == 3 else None
    if first:
        at += first.end()
        body = body[first.end() :]
    found = []
    for token in _TOKEN.findall(body) if quotes[0] == '"' else re.findall(r"\r\n|.", body, re.DOTALL):
        size = len(token.encode())
        if not (quotes[0] == '"' and token[0] == "\\" and "\n" in token):  # a line that goes on
            found.append((at, at + size))
        at += size
    return found
