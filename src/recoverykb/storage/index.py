"""The compiled index: one SQLite file in the user's cache folder.

It is derived and disposable. Opening it compares the files of every layer with what was indexed
(size and modification time) and reads again only what changed, inside one transaction, so a
kill leaves the old state or the new one. Where nothing can be written it lives in memory.
"""

import os
import sqlite3
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from recoverykb import __version__
from recoverykb.storage.cached import (
    cached_file,
    connect,
    connect_in_memory,
    has_tables,
    is_current,
    open_cached,
)
from recoverykb.storage.layers import Layer
from recoverykb.storage.remembered import NOTHING, Remembered
from recoverykb.storage.schema import SCHEMA_VERSION, create

_CACHE = 64 * 1024
"""KiB of pages kept in memory while the index is written: with less, a large one is written several times."""


def cache_file(layers: Iterable[Layer]) -> Path:
    """Where the index of these layers is kept."""
    return cached_file("index", (layer.root for layer in layers))


def open_index(layers: list[Layer], warn: Callable[[str], None]) -> sqlite3.Connection:
    """An index that is up to date with the files of ``layers``.

    ``warn`` gets one line when nothing can be kept on disk. The connection is closed by the caller.
    """
    compiled = _only_compiled(layers)
    if compiled is not None:
        return compiled
    try:
        path = cache_file(layers)
        return open_cached(
            path,
            _stamp(layers),
            lambda connection: refresh(connection, layers),
            lambda: _begin_with_lower(path, layers),
        )
    except (OSError, sqlite3.Error) as error:
        warn(f"the index is kept in memory for this run: {error}")
        connection = connect_in_memory()
        create(connection, _stamp(layers))
        refresh(connection, layers)
        return connection


def peek(layers: list[Layer]) -> sqlite3.Connection | None:
    """The index of ``layers`` as it was left, without looking at the files; ``None`` if there is none."""
    compiled = _only_compiled(layers)
    if compiled is not None:
        return compiled
    path = cache_file(layers)
    if not path.is_file():
        return None
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=1)
    return connection if is_current(connection, _stamp(layers)) else None


def _only_compiled(layers: list[Layer]) -> sqlite3.Connection | None:
    """The compiled base, where it is all there is in use."""
    if len(layers) != 1 or layers[0].compiled is None:
        return None
    from recoverykb.storage.compiled import open_compiled

    return open_compiled(layers[0].compiled)


def _lower(layers: list[Layer]) -> sqlite3.Connection | None:
    """The index of as many of the lower layers as there is one of: cached, or compiled."""
    for count in range(len(layers) - 1, 0, -1):
        with suppress(OSError, sqlite3.Error):
            found = peek(layers[:count])
            if found is not None and has_tables(found):
                return found
    return None


def _begin_with_lower(path: Path, layers: list[Layer]) -> None:
    """Let the index at ``path`` begin as a copy of that of the lower layers; without one it begins empty."""
    source = None if path.exists() else _lower(layers)
    if source is None:
        return
    copy = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        target = connect(copy)
        source.backup(target)
        target.execute("update meta set value = ? where name = 'stamp'", (_stamp(layers),))
        target.close()
        with suppress(OSError):  # another process was faster, or no links here: it is then made from files
            os.link(copy, path)
    finally:
        source.close()
        copy.unlink(missing_ok=True)


def _stamp(layers: list[Layer]) -> str:
    """What the index must have been made by and for; anything else is made anew."""
    compiled = [(found.st_size, found.st_mtime_ns) for found in map(os.stat, filter(None, _compiled(layers)))]
    roots = [str(layer.root) for layer in layers]
    return repr((SCHEMA_VERSION, __version__, sys.version_info[:2], roots, compiled))


def _compiled(layers: list[Layer]) -> list[Path | None]:
    return [layer.compiled for layer in layers]


def refresh(connection: sqlite3.Connection, layers: list[Layer]) -> None:
    """Bring the index up to date; reads only files that changed, or nothing."""
    from recoverykb.storage.scan import changes

    version = _version(connection)
    found = list(changes(layers, _remembered(connection)))
    if not found and has_tables(connection):
        return
    connection.execute("pragma synchronous = normal")
    connection.execute(f"pragma cache_size = -{_CACHE}")
    connection.execute("begin immediate")
    try:
        if _version(connection) != version:  # another process wrote meanwhile
            found = list(changes(layers, _remembered(connection)))
        if not has_tables(connection):
            create(connection, _stamp(layers))
        _import_msgspec()
        from recoverykb.storage.build import apply_changes

        apply_changes(connection, layers, found)
        connection.execute("commit")
    except BaseException:
        if connection.in_transaction:
            connection.execute("rollback")
        raise


def _import_msgspec() -> None:
    """Import msgspec without typing_extensions, which it takes where that is installed and can do without.

    That brings in inspect and ast, and with them a fifth of what the first search after a change takes.
    """
    if "msgspec" in sys.modules or "typing_extensions" in sys.modules:
        return
    sys.modules["typing_extensions"] = None  # type: ignore[assignment]  # how Python says: not to be had
    try:
        import msgspec  # noqa: F401
    finally:
        del sys.modules["typing_extensions"]


def _version(connection: sqlite3.Connection) -> int:
    """A number that differs after another connection has written."""
    return int(connection.execute("pragma data_version").fetchone()[0])


def _remembered(connection: sqlite3.Connection) -> Remembered:
    return Remembered(connection) if has_tables(connection) else NOTHING
