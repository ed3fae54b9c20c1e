"""Where the parts of a TOML text stand, byte for byte: pairs, entries of arrays, headers.

Read with tree-sitter's TOML grammar, because no TOML reader for Python tells spans.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import tomli
import tree_sitter_toml
from tree_sitter import Language, Node, Parser

Path = tuple[str | int, ...]
"""Keys and list positions that lead to a value."""


class Span(NamedTuple):
    """Bytes from ``start`` up to, not including, ``end``."""

    start: int
    end: int


class Pair(NamedTuple):
    """A ``key = value``: its own span, that of the value, and the table its key counts from."""

    whole: Span
    value: Span
    table: Path
    inline: bool
    """Whether it stands in an inline table."""


class Group(NamedTuple):
    """A bracketed list of things: an array, or an inline table."""

    whole: Span
    items: list[Span]
    commas: list[int]
    """Where its commas stand."""
    comments: list[Span]


class Section(NamedTuple):
    """A header with the pairs under it. The first section, without a header, is the root's."""

    path: Path
    header: Span
    end: int
    """The end of its last pair, or of its header."""


class Layout:
    """The spans of one TOML text, by the paths of its values."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.pairs: dict[Path, Pair] = {}
        self.groups: dict[Path, Group] = {}
        """The arrays and inline tables."""
        self.sections: list[Section] = []
        self._counts: dict[Path, int] = defaultdict(int)
        root = Parser(Language(tree_sitter_toml.language())).parse(data).root_node
        self._root = root
        top = [self._pair(node, (), inline=False) for node in root.children if node.type == "pair"]
        self.sections.append(Section((), Span(0, 0), max((found.end for found in top), default=0)))
        for node in root.children:
            if node.type in ("table", "table_array_element"):
                self._section(node)

    def comments(self) -> list[Span]:
        """Where the comments stand, in order."""
        found, pending = [], [self._root]
        while pending:
            node = pending.pop()
            if node.type == "comment":
                found.append(_span(node))
            pending += node.children
        return sorted(found)

    def line_start(self, place: int) -> int:
        """The beginning of the line on which ``place`` stands."""
        return self.data.rfind(b"\n", 0, place) + 1

    def line_end(self, place: int) -> int:
        """The beginning of the line after that on which ``place`` stands, or the end of the text."""
        found = self.data.find(b"\n", place)
        return len(self.data) if found < 0 else found + 1

    def indent(self, place: int) -> bytes:
        """The white space before ``place``, if nothing else stands before it on its line."""
        before = self.data[self.line_start(place) : place]
        return before if not before.strip() else b""

    def alone(self, span: Span) -> bool:
        """Whether nothing but white space stands before ``span`` on its line."""
        return not self.data[self.line_start(span.start) : span.start].strip()

    def below(self, path: Path) -> list[Section]:
        """The sections of ``path`` and of everything in it, in order."""
        return [section for section in self.sections[1:] if section.path[: len(path)] == path]

    def _section(self, node: Node) -> None:
        keys = next(child for child in node.named_children if child.type in _KEYS)
        path = self._resolve(keys_of(keys), is_array=node.type == "table_array_element")
        found = [self._pair(child, path, inline=False) for child in node.children if child.type == "pair"]
        bracket = next(child for child in node.children if child.type in ("]", "]]"))
        header = Span(node.start_byte, bracket.end_byte)
        self.sections.append(Section(path, header, max((pair.end for pair in found), default=header.end)))

    def _resolve(self, keys: Path, *, is_array: bool) -> Path:
        """``keys`` of a header with the positions in the arrays they pass through."""
        path: Path = ()
        for number, name in enumerate(keys, 1):
            path = (*path, name)
            if is_array and number == len(keys):
                path = (*path, self._counts[path])
                self._counts[path[:-1]] += 1
            elif path in self._counts:
                path = (*path, self._counts[path] - 1)
        return path

    def _pair(self, node: Node, table: Path, *, inline: bool) -> Span:
        key, value = [child for child in node.named_children if child.type != "comment"][:2]
        path = (*table, *keys_of(key))
        span = Span(node.start_byte, value.end_byte)
        self.pairs[path] = Pair(span, Span(value.start_byte, value.end_byte), table, inline)
        self._value(value, path)
        return span

    def _value(self, node: Node, path: Path) -> None:
        if node.type not in ("array", "inline_table"):
            return
        items = [child for child in node.named_children if child.type != "comment"]
        self.groups[path] = Group(
            _span(node),
            [_span(child) for child in items],
            [child.start_byte for child in node.children if child.type == ","],
            [_span(child) for child in node.named_children if child.type == "comment"],
        )
        for position, child in enumerate(items):
            if node.type == "array":
                self._value(child, (*path, position))
            else:
                self._pair(child, path, inline=True)


_KEYS = ("bare_key", "quoted_key", "dotted_key")


def _span(node: Node) -> Span:
    return Span(node.start_byte, node.end_byte)


def keys_of(node: Node) -> Path:
    """The keys that a bare, quoted or dotted key stands for."""
    return tuple(_parts(node))


def _parts(node: Node) -> Iterator[str]:
    if node.type == "dotted_key":
        for child in node.named_children:
            yield from _parts(child)
        return
    text = (node.text or b"").decode()
    yield from tomli.loads(f"{text} = 0") if node.type == "quoted_key" else (text,)
