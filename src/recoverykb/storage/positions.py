"""Where a key stands in a TOML file: line and column.

No TOML reader for Python tells the position of a key, so the file is parsed once more with
tree-sitter's TOML grammar, and only when there is something to report.
"""

import tomllib
from collections import defaultdict

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

Path = tuple[str | int, ...]


class Positions:
    """The positions of every table, key and array entry of one TOML text."""

    def __init__(self, text: str) -> None:
        self._found: dict[Path, tuple[int, int]] = {}
        self._implied: dict[Path, tuple[int, int]] = {}
        self._counts: dict[Path, int] = defaultdict(int)
        self._lines = text.encode().split(b"\n")
        tree = Parser(Language(tree_sitter_toml.language())).parse(text.encode())
        for node in tree.root_node.children:
            if node.type == "pair":
                self._pair(node, ())
            elif node.type in ("table", "table_array_element"):
                self._table(node)

    def of(self, path: Path) -> tuple[int, int]:
        """Line and column (from 1) of ``path``, or of its nearest ancestor that stands in the file."""
        for length in range(len(path), 0, -1):
            found = self._found.get(path[:length]) or self._implied.get(path[:length])
            if found:
                return found
        return (1, 1)

    def _table(self, node: Node) -> None:
        keys: Path = ()
        for child in node.named_children:
            if child.type in ("bare_key", "quoted_key", "dotted_key"):
                keys = self._resolve(_keys(child), is_array=node.type == "table_array_element")
                self._note(keys, child)
            elif child.type == "pair":
                self._pair(child, keys)

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
        key, value = node.named_children[0], node.named_children[-1]
        path = (*prefix, *_keys(key))
        self._note(path, key)
        self._value(value, path)

    def _value(self, node: Node, path: Path) -> None:
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
        row, byte = node.start_point
        column = len(self._lines[row][:byte].decode(errors="replace")) + 1
        self._found.setdefault(path, (row + 1, column))
        for length in range(1, len(path)):
            self._implied.setdefault(path[:length], (row + 1, column))


def _keys(node: Node) -> Path:
    if node.type == "dotted_key":
        return tuple(part for child in node.named_children for part in _keys(child))
    text = (node.text or b"").decode()
    return tuple(tomllib.loads(f"{text} = 0")) if node.type == "quoted_key" else (text,)
