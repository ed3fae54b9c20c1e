"""Where things stand in a TOML file: line and column of a key, and the text of a value.

No TOML reader for Python tells the position of a key, so the file is parsed once more with
tree-sitter's TOML grammar, and only when there is something to report. Of a file with many records
only the tables that are asked for are walked through.
"""

import tomllib
from collections import defaultdict

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

Path = tuple[str | int, ...]

_HEADERS = frozenset({"table", "table_array_element"})
_KEYS = frozenset({"bare_key", "quoted_key", "dotted_key"})


class Positions:
    """The positions of every table, key, value and array entry of one TOML text."""

    def __init__(self, text: str) -> None:
        self.source = text.encode()
        self._found: dict[Path, Node] = {}
        self._implied: dict[Path, Node] = {}
        self._values: dict[Path, Node] = {}
        self._counts: dict[Path, int] = defaultdict(int)
        self._unread: dict[Path, list[Node]] = defaultdict(list)
        self._tree = Parser(Language(tree_sitter_toml.language())).parse(self.source)
        for node in self._tree.root_node.children:
            if node.type == "pair":
                self._unread[()].append(node)
            elif node.type in _HEADERS:
                self._table(node)

    @property
    def doubtful(self) -> bool:
        """Whether the grammar could not make sense of a part of the text."""
        return self._tree.root_node.has_error

    def of(self, path: Path) -> tuple[int, int]:
        """Line and column (from 1) of ``path``, or of its nearest ancestor that stands in the file."""
        self._read_towards(path)
        for length in range(len(path), 0, -1):
            found = self._found.get(path[:length]) or self._implied.get(path[:length])
            if found:
                return self._place(found)
        return (1, 1)

    def value(self, path: Path) -> Node | None:
        """The node of the value at ``path`` in the syntax tree; ``None`` for what is no single value."""
        self._read_towards(path)
        return self._values.get(path)

    def strings(self) -> list[tuple[int, int]]:
        """Start and end (bytes) of every text that runs over several lines."""
        found, pending = [], [self._tree.root_node]
        while pending:
            node = pending.pop()
            if node.start_point[0] == node.end_point[0]:
                continue
            if node.type == "string":
                found.append((node.start_byte, node.end_byte))
            else:
                pending += node.children
        return found

    def _place(self, node: Node) -> tuple[int, int]:
        row, column = node.start_point
        before = self.source[node.start_byte - column : node.start_byte]
        return row + 1, len(before.decode(errors="replace")) + 1

    def _read_towards(self, path: Path) -> None:
        """Walk through the tables in which something of ``path`` may stand."""
        for length in range(len(path) + 1):
            for node in self._unread.pop(path[:length], ()):
                for pair in [node] if node.type == "pair" else node.named_children:
                    if pair.type == "pair":
                        self._pair(pair, path[:length])

    def _table(self, node: Node) -> None:
        header = node.named_child(0)
        if header is not None and header.type in _KEYS:
            keys = self._resolve(self._keys(header), is_array=node.type == "table_array_element")
            self._note(keys, header)
            self._unread[keys].append(node)

    def _resolve(self, keys: Path, *, is_array: bool) -> Path:
        """``keys`` of a header with the positions of the arrays they pass through."""
        path: Path = ()
        for index, name in enumerate(keys):
            path = (*path, name)
            last = index == len(keys) - 1
            if last and is_array:
                path = (*path, self._counts[path])
                self._counts[path[:-1]] += 1
            elif path in self._counts:
                path = (*path, self._counts[path] - 1)
        return path

    def _pair(self, node: Node, prefix: Path) -> None:
        parts = [part for part in node.named_children if part.type != "comment"]
        path = (*prefix, *self._keys(parts[0]))
        self._note(path, parts[0])
        self._value(parts[-1], path)

    def _value(self, node: Node, path: Path) -> None:
        self._values.setdefault(path, node)
        if node.type == "array":
            entries = [child for child in node.named_children if child.type != "comment"]
            for index, child in enumerate(entries):
                self._note((*path, index), child)
                self._value(child, (*path, index))
        elif node.type == "inline_table":
            for child in node.named_children:
                if child.type == "pair":
                    self._pair(child, path)

    def _note(self, path: Path, node: Node) -> None:
        self._found.setdefault(path, node)
        for length in range(1, len(path)):
            self._implied.setdefault(path[:length], node)

    def _keys(self, node: Node) -> Path:
        if node.type == "dotted_key":
            return tuple(part for child in node.named_children for part in self._keys(child))
        text = self.source[node.start_byte : node.end_byte].decode()
        return tuple(tomllib.loads(f"{text} = 0")) if node.type == "quoted_key" else (text,)
