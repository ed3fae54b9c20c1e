"""Putting changed files into the index."""

import sqlite3
from collections.abc import Iterable

from recoverykb.fold import words as text_words
from recoverykb.storage.files import Content, read
from recoverykb.storage.layers import Layer
from recoverykb.storage.rows import RecordRow, citations, labels, record_row, searchable
from recoverykb.storage.scan import Change

_INSERT_RECORD = (
    f"insert into record(file, layer, position, {', '.join(RecordRow._fields)}) "
    f"values({', '.join('?' * (3 + len(RecordRow._fields)))})"
)


def apply_changes(connection: sqlite3.Connection, layers: list[Layer], changes: list[Change]) -> None:
    """Take the old rows of every changed file out and put the new ones in. Runs in a transaction."""
    for change in changes:
        _forget(connection, change.layer, change.path)
        if change.stamp is not None:
            cursor = connection.execute(
                "insert into file(layer, path, size, mtime_ns) values(?, ?, ?, ?)",
                (change.layer, *change.stamp),
            )
            content = read(layers[change.layer].root, change.path)
            _add(connection, cursor.lastrowid or 0, change.layer, content)
    _activate(connection)


def _forget(connection: sqlite3.Connection, layer: int, path: str) -> None:
    file = connection.execute("select id from file where layer = ? and path = ?", (layer, path)).fetchone()
    if file is None:
        return
    rows = "(select rowid from record where file = ?)"
    old = connection.execute(
        f"select rowid, name, labels, summary, body from content where rowid in {rows}", file
    ).fetchall()
    connection.executemany(
        "insert into search(search, rowid, name, labels, summary, body) values('delete', ?, ?, ?, ?, ?)", old
    )
    for _, *texts in old:
        _count_words(connection, texts, -1)
    connection.execute(f"delete from content where rowid in {rows}", file)
    connection.execute(f"delete from label where record in {rows}", file)
    connection.execute(f"delete from citation where record in {rows}", file)
    connection.execute("delete from record where file = ?", file)
    connection.execute("delete from problem where file = ?", file)
    connection.execute("delete from file where id = ?", file)


def _add(connection: sqlite3.Connection, file: int, layer: int, content: Content) -> None:
    for entry in content.entries:
        row = record_row(entry.kind, entry.record)
        rowid = connection.execute(_INSERT_RECORD, (file, layer, entry.position, *row)).lastrowid
        texts = (rowid, *searchable(entry.record))
        connection.execute("insert into content values(?, ?, ?, ?, ?)", texts)
        connection.execute(
            "insert into search(rowid, name, labels, summary, body) values(?, ?, ?, ?, ?)", texts
        )
        _count_words(connection, texts[1:], 1)
        connection.executemany(
            "insert or ignore into label values(?, ?, ?)",
            [(*label, rowid) for label in labels(entry.record)],
        )
        connection.executemany(
            "insert into citation values(?, ?, ?, ?)",
            [(cited.source, rowid, cited.path, cited.text) for cited in citations(entry.record)],
        )
    connection.executemany(
        "insert into problem values(?, ?, ?, ?, ?, ?, ?)",
        [
            (file, found.line, found.column, found.code, found.severity, found.message, found.hint)
            for found in content.problems
        ],
    )


def _count_words(connection: sqlite3.Connection, texts: Iterable[str], change: int) -> None:
    """Add to (or take from) the number of records each word stands in."""
    found = {word for text in texts for word in text_words(text)}
    connection.executemany(
        "insert into spelling values(?, ?) "
        "on conflict(word) do update set records = records + excluded.records",
        [(word, change) for word in found],
    )
    if change < 0:
        connection.execute("delete from spelling where records <= 0")


def _activate(connection: sqlite3.Connection) -> None:
    """Mark the one row of each id that counts: the highest layer, then the first file."""
    connection.execute(
        """update record set active = rowid in (
             select rowid from (
               select record.rowid, row_number() over (
                 partition by record.id order by record.layer desc, file.path, record.position) as rank
               from record join file on file.id = record.file)
             where rank = 1)"""
    )
