"""SQLite files in the user's cache folder: derived and disposable, each made by one version for some folders.

What was made by or for anything else, or is damaged, is deleted and made anew; nothing is lost by that.
"""

import os
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from zlib import adler32, crc32

from recoverykb.storage.folders import cache_folder

DAMAGE = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What a damaged file raises; the second where what SQLite wants to say of it is no text."""
_PATIENCE = 30
"""Seconds to wait while another process makes the file: making it a second time takes as long."""


def cached_file(name: str, roots: Iterable[Path]) -> Path:
    """Where what is derived from the folders ``roots`` is kept under ``name``."""
    told = os.fsencode("\n".join(map(str, roots)))
    return cache_folder() / f"{name}-{crc32(told):08x}{adler32(told):08x}.sqlite3"


def connect(path: str | Path) -> sqlite3.Connection:
    """A connection that begins no transaction by itself."""
    return sqlite3.connect(str(path), timeout=_PATIENCE, isolation_level=None)


def connect_in_memory() -> sqlite3.Connection:
    """A database that never touches the disk, nor does what SQLite puts aside while it works."""
    connection = connect(":memory:")
    connection.execute("pragma temp_store = memory")
    return connection


def open_cached(
    path: Path,
    stamp: str,
    fill: Callable[[sqlite3.Connection], None],
    begin: Callable[[], None] = lambda: None,
) -> sqlite3.Connection:
    """The file at ``path``, brought up to date by ``fill``, which also makes its tables.

    ``begin`` may put a file there before it is opened. A file whose ``meta`` table holds another ``stamp``
    is made anew. Raises :class:`OSError` and :class:`sqlite3.Error` where nothing can be kept.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    begin()
    connection = connect(path)
    try:
        if not is_current(connection, stamp):
            connection.close()
            discard(path)
            begin()
            connection = connect(path)
        fill(connection)
        return connection
    except DAMAGE as error:
        connection.close()
        if is_locked(error):
            raise
        discard(path)
        connection = connect(path)
        fill(connection)
        return connection


def is_current(connection: sqlite3.Connection, stamp: str) -> bool:
    """Whether the file is empty, or was made by and for what ``stamp`` says."""
    if not has_tables(connection):
        return True
    found = connection.execute("select value from meta where name = 'stamp'").fetchone()
    return found is not None and found[0] == stamp


def has_tables(connection: sqlite3.Connection) -> bool:
    """Whether anything was made yet."""
    return bool(connection.execute("select count(*) from sqlite_master").fetchone()[0])


def is_locked(error: BaseException) -> bool:
    """Whether ``error`` only says that another process took too long; the file is sound."""
    return isinstance(error, sqlite3.OperationalError) and "locked" in str(error)


def discard(path: Path) -> None:
    """Delete the file with its journals; nothing is lost, for it is made anew."""
    for suffix in ("", "-journal", "-wal", "-shm"):
        Path(str(path) + suffix).unlink(missing_ok=True)
