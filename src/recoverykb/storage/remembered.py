"""The files of each layer as the index remembers them: one by one, and a folder at a time.

Every run compares some thousands of files with what was indexed, and mostly nothing changed. So the index
keeps for each folder the stamps of all its files in one value, which is read and compared as a whole.
"""

import sqlite3
from collections.abc import Iterable
from typing import Any

IN_FOLDER = "from file where layer = ? and path >= ? and path < ? || '0'"
"""``0`` comes after ``/``. The manifest, which lies in no folder, is one of its own."""


class Remembered:
    """What the index at the other end of ``connection`` remembers; without one, nothing."""

    def __init__(self, connection: sqlite3.Connection | None = None) -> None:
        self._connection = connection

    def has(self, layer: int) -> bool:
        """Whether the layer of that number has been indexed."""
        return bool(self._rows("select 1 from folder where layer = ? limit 1", layer))

    def stamp(self, layer: int, folder: str) -> bytes:
        """The stamps of the files of one folder, as :func:`stamp_of` joins them."""
        rows = self._rows("select stamp from folder where layer = ? and name = ?", layer, folder)
        return rows[0][0] if rows else b""

    def files(self, layer: int, folder: str) -> dict[str, tuple[int, int]]:
        """The files of one folder: size and modification time (ns) by path."""
        rows = self._rows(f"select path, size, mtime_ns {IN_FOLDER}", layer, folder, folder)
        return {path: (size, mtime_ns) for path, size, mtime_ns in rows}

    def _rows(self, statement: str, *values: int | str) -> list[tuple[Any, ...]]:
        return [] if self._connection is None else self._connection.execute(statement, values).fetchall()


NOTHING = Remembered()


def remember(connection: sqlite3.Connection, folders: Iterable[tuple[int, str]]) -> None:
    """Store the stamps of folders (layer and name) anew, after rows of their files changed."""
    for layer, folder in folders:
        files = connection.execute(
            f"select path, size, mtime_ns {IN_FOLDER} order by path", (layer, folder, folder)
        )
        connection.execute("insert or replace into folder values(?, ?, ?)", (layer, folder, stamp_of(files)))


def stamp_of(files: Iterable[tuple[str, int, int]]) -> bytes:
    """Path, size and modification time of files sorted by path; no two lists of files give the same."""
    return "\0".join([f"{path}\0{size}\0{mtime_ns}" for path, size, mtime_ns in files]).encode()
