"""The compiled index: one SQLite file in the user's cache folder.

It is derived and disposable. Opening it compares the files of every layer with what was indexed
(size and modification time) and reads again only what changed, inside one transaction, so a
kill leaves the old state or the new one. Where nothing can be written it lives in memory.
"""

import json
import os
import sqlite3
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from zlib import adler32, crc32

from recoverykb import __version__
from recoverykb.storage.folders import user_cache
from recoverykb.storage.layers import Layer

SCHEMA_VERSION = 5
CACHE_VARIABLE = "RECOVERYKB_CACHE"

_SCHEMA = """
create table meta(name text primary key, value text) without rowid;
create table file(id integer primary key, layer integer, path text, size integer, mtime_ns integer,
                  unique(layer, path));
create table record(rowid integer primary key, file integer, layer integer, position integer,
                    active integer default 0, id text, kind text, name text, aliases text,
                    summary text, country text, tags text, looked_at text, mark text,
                    body blob);
create index record_id on record(id);
create index record_file on record(file);
create table label(folded text, loose text, type text, record integer,
                   primary key(folded, type, record)) without rowid;
create index label_record on label(record);
create index label_loose on label(loose);
create table about(term integer, position integer, id text, primary key(term, position)) without rowid;
create index about_id on about(id);
create table citation(source text, record integer, path text, text text);
create index citation_source on citation(source);
create index citation_record on citation(record);
create table problem(file integer, line integer, "column" integer, code text, severity text,
                     message text, hint text);
create table content(rowid integer primary key, name text, labels text, summary text, body text,
                     said text, spelt text);
create virtual table search using fts5(
  name, labels, summary, body, content='content',
  tokenize="porter unicode61 remove_diacritics 0 categories 'L* N* Co M*'");
create table spelling(id integer primary key, word text unique, level text, records integer,
                      labels integer);
create index spelling_level on spelling(level);
create table near(hash integer, word integer, primary key(hash, word)) without rowid;
"""


def cache_file(layers: Iterable[Layer]) -> Path:
    """Where the index of these layers is kept."""
    override = os.environ.get(CACHE_VARIABLE)
    folder = Path(override) if override else user_cache()
    roots = "\n".join(str(layer.root) for layer in layers)
    name = os.fsencode(roots)
    return folder / f"index-{crc32(name):08x}{adler32(name):08x}.sqlite3"


def open_index(layers: list[Layer], warn: Callable[[str], None]) -> sqlite3.Connection:
    """An index that is up to date with the files of ``layers``.

    ``warn`` gets one line when nothing can be kept on disk. The connection is closed by the caller.
    """
    try:
        path = cache_file(layers)
        path.parent.mkdir(parents=True, exist_ok=True)
        return _open_file(path, layers)
    except (OSError, sqlite3.Error) as error:
        warn(f"the index is kept in memory for this run: {error}")
        connection = _connect(":memory:")
        _create(connection, layers)
        refresh(connection, layers)
        return connection


def peek(layers: list[Layer]) -> sqlite3.Connection | None:
    """The index of ``layers`` as it was left, without looking at the files; ``None`` if there is none."""
    path = cache_file(layers)
    if not path.is_file():
        return None
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=1)
    return connection if _is_current(connection, layers) else None


def _open_file(path: Path, layers: list[Layer]) -> sqlite3.Connection:
    connection = _connect(str(path))
    try:
        if not _is_current(connection, layers):
            connection.close()
            discard(path)
            connection = _connect(str(path))
        refresh(connection, layers)
        return connection
    except sqlite3.DatabaseError as error:
        connection.close()
        if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
            raise
        discard(path)
        connection = _connect(str(path))
        refresh(connection, layers)
        return connection


def _connect(path: str) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=10, isolation_level=None)


def discard(path: Path) -> None:
    """Delete an index file with its journals; nothing is lost, for it is made anew."""
    for suffix in ("", "-journal", "-wal", "-shm"):
        Path(str(path) + suffix).unlink(missing_ok=True)


def _stamp(layers: list[Layer]) -> str:
    """What the index must have been made by and for; anything else is made anew."""
    return json.dumps(
        [SCHEMA_VERSION, __version__, sys.version_info[:2], [str(layer.root) for layer in layers]]
    )


def _is_current(connection: sqlite3.Connection, layers: list[Layer]) -> bool:
    tables = connection.execute("select count(*) from sqlite_master").fetchone()[0]
    if not tables:
        return True
    found = connection.execute("select value from meta where name = 'stamp'").fetchone()
    return found is not None and found[0] == _stamp(layers)


def _create(connection: sqlite3.Connection, layers: list[Layer]) -> None:
    for statement in _SCHEMA.split(";\n"):
        if statement.strip():
            connection.execute(statement)
    connection.execute("insert into meta values('stamp', ?)", (_stamp(layers),))


def refresh(connection: sqlite3.Connection, layers: list[Layer]) -> None:
    """Bring the index up to date; reads only files that changed, or nothing."""
    from recoverykb.storage.scan import changes

    if not connection.execute("select count(*) from sqlite_master").fetchone()[0]:
        known: dict[tuple[int, str], tuple[int, int]] = {}
    else:
        known = _known(connection)
    if known and not any(changes(layers, known)):
        return
    connection.execute("pragma synchronous = normal")
    connection.execute("begin immediate")
    try:
        if not connection.execute("select count(*) from sqlite_master").fetchone()[0]:
            _create(connection, layers)
        from recoverykb.storage.build import apply_changes

        apply_changes(connection, layers, list(changes(layers, _known(connection))))
        connection.execute("commit")
    except BaseException:
        if connection.in_transaction:
            connection.execute("rollback")
        raise


def _known(connection: sqlite3.Connection) -> dict[tuple[int, str], tuple[int, int]]:
    rows = connection.execute("select layer, path, size, mtime_ns from file")
    return {(layer, path): (size, mtime) for layer, path, size, mtime in rows}
