"""What was found in each file of a base, kept from one check to the next in the user's cache folder.

A file counts as unchanged as it does for the index: by size and modification time. In doubt its bytes decide:
where it was touched, or changed within the last two seconds, which the clock of a file system may not tell
from a change a moment later. What another version found, of the program or of a package it judges by, is not
used. Every row carries a checksum, so that a damaged file is made anew and never believed.
"""

import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, suppress
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, TypeVar
from zlib import crc32

import msgspec

import recoverykb
from recoverykb.check.context import KeyPath
from recoverykb.check.examined import ENCODER, Examined, Seen, examine_file, read
from recoverykb.problem import Problem
from recoverykb.records.vocabulary import FOLDERS, MANIFEST
from recoverykb.storage.cached import (
    DAMAGE,
    cached_file,
    connect_in_memory,
    discard,
    has_tables,
    is_locked,
    open_cached,
)
from recoverykb.storage.files import load_bytes, parse
from recoverykb.storage.layers import Layer
from recoverykb.storage.remembered import IN_FOLDER, Remembered, remember, stamp_of
from recoverykb.storage.scan import Change, FileStamp, changes
from recoverykb.storage.schemas import FOLDER as SCHEMAS

T = TypeVar("T")

_VERSION = 1
"""Counts changes of the tables or of what stands in them."""
_SCHEMA = """
create table meta(name text primary key, value text) without rowid;
create table file(id integer primary key, layer integer, path text, size integer, mtime_ns integer,
                  digest blob, seen blob, examined blob, places blob, unique(layer, path));
create table folder(layer integer, name text, stamp blob, primary key(layer, name)) without rowid
"""
"""``file`` and ``folder`` as the index has them, with what was found; there is one layer, the base itself."""
_ORDER = (FOLDERS["source"], MANIFEST, *(folder for kind, folder in FOLDERS.items() if kind != "source"))
_PARTS = ("", "check", "check/rules", "records", "storage")
_JUDGED_BY = ("msgspec", "tomli", "phonenumbers", "readability", "tree_sitter", "tree_sitter_toml")
"""The parts of the program, and the packages, by which a file is judged."""
_DOUBT = 2 * 10**9
"""Nanoseconds: the coarsest clock of a file system in use (FAT) counts two seconds."""
_UNSURE = -1
"""Stands for the modification time of a file that is too young to be told by it."""
_BATCH = 4 * 1024 * 1024
"""Bytes that are gathered before they are written: so much memory is taken, and so much lost by a kill."""

_SEEN = msgspec.msgpack.Decoder(list[Seen])
Places = dict[KeyPath, tuple[int, int]]
"""Line and column by the keys that lead there."""
_PLACES = msgspec.msgpack.Decoder(list[tuple[KeyPath, tuple[int, int]]])


class KeptFile(NamedTuple):
    """A file as it was examined: its path in the base, the digest of its bytes, and the records in it."""

    path: str
    digest: bytes
    seen: list[Seen]


class Kept(AbstractContextManager["Kept"]):
    """What was found in each file of one base, up to date when it was opened.

    Reading raises one of :data:`recoverykb.storage.cached.DAMAGE` where rows are damaged or missing.
    """

    def __init__(self, connection: sqlite3.Connection, unreadable: list[Problem], remark: str = "") -> None:
        self._connection = connection
        self.remark = remark
        """Why nothing is kept for the next check, if nothing is."""
        self._places: dict[str, memoryview] = {}
        self.unreadable = unreadable
        """Why some files could not be read; of those nothing is kept."""
        connection.execute("begin")  # what another process writes meanwhile is not seen

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def files(self) -> Iterator[KeptFile]:
        """Every file, those of sources first."""
        for folder in _ORDER:
            stamps = []
            for size, mtime_ns, path, digest, seen in self._rows(
                folder, "size, mtime_ns, path, digest, seen"
            ):
                stamps.append((path, size, mtime_ns))
                yield KeptFile(path, digest, _SEEN.decode(_opened(path, digest, seen)))
            if stamp_of(stamps) != Remembered(self._connection).stamp(0, folder):
                raise sqlite3.DatabaseError("rows are missing")

    def examined(self) -> Iterator[tuple[str, Examined]]:
        """What was found in every file, by path, in the same order."""
        for folder in _ORDER:
            for path, digest, examined, places in self._rows(folder, "path, digest, examined, places"):
                if places is not None:
                    self._places[path] = _opened(path, digest, places)
                yield path, read(_opened(path, digest, examined))

    def _rows(self, folder: str, columns: str) -> Iterator[tuple[Any, ...]]:
        return self._connection.execute(f"select {columns} {IN_FOLDER} order by path", (0, folder, folder))

    def places(self, path: str) -> Places:
        """What was looked up before in a file; known once :meth:`examined` went past it."""
        return dict(_PLACES.decode(self._places[path])) if path in self._places else {}

    def keep_places(self, found: Iterable[tuple[str, bytes, Places]]) -> None:
        """Keep what was looked up in files (path and digest). Ends reading; nothing is kept if that fails."""
        rows = [
            (_sealed(path, digest, ENCODER.encode(list(places.items()))), path, digest)
            for path, digest, places in found
        ]
        if not rows:
            return
        with suppress(sqlite3.Error):
            self._connection.execute("commit")
            self._connection.execute("begin immediate")
            self._connection.executemany(
                "update file set places = ? where layer = 0 and path = ? and digest = ?", rows
            )
            self._connection.execute("commit")


def with_kept(root: Path, use: Callable[[Kept], T]) -> T:
    """What ``use`` makes of what was found in each file of the base at ``root``.

    Files that changed are examined first. Where nothing can be kept, or what was kept is damaged, every file
    is examined, and ``use`` begins again.
    """
    schemas = (root / SCHEMAS).is_dir()
    real = root.resolve()
    path = cached_file("check", [real])
    stamp = repr((_VERSION, recoverykb.__version__, sys.version, str(real), schemas, list(_program())))
    unreadable: list[Problem] = []
    remark = ""

    def fill(connection: sqlite3.Connection) -> None:
        unreadable[:] = _refresh(connection, root, stamp, schemas=schemas)

    try:
        connection = open_cached(path, stamp, fill)
    except (OSError, sqlite3.Error) as error:
        remark = f"what was found is not kept for the next check: {error}"
    else:
        try:
            with Kept(connection, unreadable) as kept:
                return use(kept)
        except DAMAGE as error:
            if not is_locked(error):
                with suppress(OSError):
                    discard(path)
    connection = connect_in_memory()
    fill(connection)
    with Kept(connection, unreadable, remark) as kept:
        return use(kept)


def digest_of(data: bytes) -> bytes:
    """What stands for the bytes of a file: those of no other file give the same."""
    return blake2b(data, digest_size=16).digest()


def _refresh(connection: sqlite3.Connection, root: Path, stamp: str, *, schemas: bool) -> list[Problem]:
    """Examine every file that changed; why some of them cannot be read."""
    batch = _Batch(connection, stamp)
    unreadable = []
    for change in batch.changes(root):
        if change.stamp is None:
            batch.forget(change.path)
            continue
        data = load_bytes(root, change.path)
        digest = digest_of(data) if isinstance(data, bytes) else b""
        if batch.knows(change.stamp, digest):
            continue
        loaded = parse(change.path, data) if isinstance(data, bytes) else data
        if isinstance(loaded, Problem):
            batch.forget(change.path)
            unreadable.append(loaded)
        else:
            batch.put(change.stamp, digest, *examine_file(change.path, loaded, schemas=schemas))
    batch.write()
    return unreadable


class _Batch:
    """Changes of the tables that are written together, so that rows and stamps of folders always agree."""

    def __init__(self, connection: sqlite3.Connection, stamp: str) -> None:
        self._connection = connection
        self._sure = time.time_ns() - _DOUBT
        self._rows: list[tuple[object, ...]] = []
        self._stamps: list[tuple[int, int, str, bytes]] = []
        self._gone: list[tuple[str]] = []
        self._size = 0
        connection.execute("pragma synchronous = off")  # what a power cut damages is made anew
        self._fresh = not has_tables(connection)
        """Whether nothing was kept before, so that there is nothing to look up."""
        if self._fresh:
            connection.execute("begin immediate")
            if not has_tables(connection):  # unless another process made them meanwhile
                for statement in _SCHEMA.split(";\n"):
                    connection.execute(statement)
                connection.execute("insert into meta values('stamp', ?)", (stamp,))
            connection.execute("commit")

    def changes(self, root: Path) -> list[Change]:
        """The files in which the base differs from what is kept."""
        return list(changes([Layer("", root)], Remembered(self._connection)))

    def knows(self, stamp: FileStamp, digest: bytes) -> bool:
        """Whether what is kept of the file still holds, by its digest; then only its stamp is new."""
        if self._fresh:
            return False
        row = self._connection.execute(
            "select digest, mtime_ns from file where layer = 0 and path = ?", (stamp.path,)
        ).fetchone()
        if row is None or row[0] != digest:
            return False
        if row[1] != self._time(stamp):
            self._stamps.append((stamp.size, self._time(stamp), stamp.path, digest))
        return True

    def put(self, stamp: FileStamp, digest: bytes, seen: list[Seen], examined: Examined) -> None:
        """Keep what was found in a file."""
        sealed = [_sealed(stamp.path, digest, ENCODER.encode(found)) for found in (seen, examined)]
        self._rows.append((0, stamp.path, stamp.size, self._time(stamp), digest, *sealed))
        self._size += sum(map(len, sealed))
        if self._size > _BATCH:
            self.write()

    def forget(self, path: str) -> None:
        """Keep nothing of the file at ``path``."""
        self._gone.append((path,))

    def write(self) -> None:
        """Write what was gathered."""
        paths = [str(row[1]) for row in self._rows] + [row[2] for row in self._stamps]
        paths += [path for (path,) in self._gone]
        if not paths:
            return
        self._connection.execute("begin immediate")
        try:
            self._connection.executemany("delete from file where layer = 0 and path = ?", self._gone)
            self._connection.executemany(
                "update file set size = ?, mtime_ns = ? where layer = 0 and path = ? and digest = ?",
                self._stamps,
            )
            self._connection.executemany(
                "insert or replace into file(layer, path, size, mtime_ns, digest, seen, examined) "
                "values(?, ?, ?, ?, ?, ?, ?)", self._rows,
            )  # fmt: skip
            remember(self._connection, {(0, path.split("/", 1)[0]) for path in paths})
            self._connection.execute("commit")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("rollback")
            raise
        self._rows, self._stamps, self._gone, self._size = [], [], [], 0

    def _time(self, stamp: FileStamp) -> int:
        return stamp.mtime_ns if stamp.mtime_ns < self._sure else _UNSURE


def _sealed(path: str, digest: bytes, found: bytes) -> bytes:
    """What was found in a file, with a checksum of it and of whose it is."""
    return _checksum(path, digest, found) + found


def _opened(path: str, digest: bytes, sealed: bytes) -> memoryview:
    """What was sealed. Raises :class:`sqlite3.DatabaseError` where it is not as it was."""
    found = memoryview(sealed)[4:]
    if sealed[:4] != _checksum(path, digest, found):
        raise sqlite3.DatabaseError("a row is damaged")
    return found


def _checksum(path: str, digest: bytes, found: bytes | memoryview) -> bytes:
    return crc32(found, crc32(digest, crc32(path.encode()))).to_bytes(4)


def _program() -> Iterator[tuple[str, int, int]]:
    """Name, size and time of every module by which a file is judged."""
    package = Path(recoverykb.__file__).parent
    files = [file for part in _PARTS for file in sorted((package / part).glob("*.py"))]
    origins = [spec.origin for name in _JUDGED_BY if (spec := find_spec(name)) and spec.origin]
    for file in (*files, *map(Path, origins)):
        with suppress(OSError):
            found = file.stat()
            yield str(file), found.st_size, found.st_mtime_ns
