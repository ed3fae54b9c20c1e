"""Putting changed files into the index."""

import sqlite3
from collections.abc import Iterable, Iterator

from recoverykb.fold import words
from recoverykb.storage.concepts import (
    DEFINING,
    Spotter,
    about_definitions,
    label_definitions,
    without_marks,
)
from recoverykb.storage.files import Entry, kind_of, read
from recoverykb.storage.layers import Layer
from recoverykb.storage.rows import RecordRow, about, citations, labels, record_row, searchable
from recoverykb.storage.scan import Change
from recoverykb.storage.vocabulary import Spelt, Vocabulary
from recoverykb.tokens import tokens_of

_INSERT_RECORD = (
    f"insert into record(file, layer, position, {', '.join(RecordRow._fields)}) "
    f"values({', '.join('?' * (3 + len(RecordRow._fields)))})"
)
_TEXTS = "name, labels, summary, body"


class Builder:
    """Takes the old rows of changed files out of the index and puts the new ones in."""

    def __init__(self, connection: sqlite3.Connection, layers: list[Layer]) -> None:
        self.connection = connection
        self.layers = layers
        self.vocabulary = Vocabulary(connection)

    def apply(self, changes: list[Change]) -> None:
        """Bring in every change. Runs in a transaction that the caller opened.

        Concepts come first, because the other records are searched for their labels; where a
        concept's labels changed, the records that hold them are marked anew.
        """
        defining = [change for change in changes if kind_of(change.path) in DEFINING]
        fresh = self.connection.execute("select 1 from record limit 1").fetchone() is None
        before = self._definitions() if defining and not fresh else (set(), set())
        concepts = [entry for change in defining for entry in self._records(change)]
        self._activate()
        spotter = Spotter(self.connection)
        for rowid, entry in concepts:
            self._write_texts(rowid, entry, spotter)
        for change in changes:
            if kind_of(change.path) not in DEFINING:
                for rowid, entry in self._records(change):
                    self._write_texts(rowid, entry, spotter)
        self._activate()
        if defining and not fresh:
            after = self._definitions()
            self._mark_again(before[0] ^ after[0], before[1] ^ after[1], {rowid for rowid, _ in concepts})
        self.vocabulary.store()

    def _definitions(self) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
        return label_definitions(self.connection), about_definitions(self.connection)

    def _records(self, change: Change) -> Iterator[tuple[int, Entry]]:
        """Replace the rows of one file, but for the full text; gives each new row and its record."""
        self._forget(change.layer, change.path)
        if change.stamp is None:
            return
        file = self.connection.execute(
            "insert into file(layer, path, size, mtime_ns) values(?, ?, ?, ?)", (change.layer, *change.stamp)
        ).lastrowid
        content = read(self.layers[change.layer].root, change.path)
        for entry in content.entries:
            row = record_row(entry.kind, entry.record)
            place = (file, change.layer, entry.position)
            rowid = self.connection.execute(_INSERT_RECORD, (*place, *row)).lastrowid or 0
            self._write_links(rowid, entry)
            yield rowid, entry
        self.connection.executemany(
            "insert into problem values(?, ?, ?, ?, ?, ?, ?)",
            [
                (file, found.line, found.column, found.code, found.severity, found.message, found.hint)
                for found in content.problems
            ],
        )

    def _write_links(self, rowid: int, entry: Entry) -> None:
        insert = self.connection.executemany
        insert(
            "insert or ignore into label values(?, ?, ?, ?, ?)",
            [(*label, rowid) for label in labels(entry.record)],
        )
        insert(
            "insert into about values(?, ?, ?)", [(rowid, *link) for link in enumerate(about(entry.record))]
        )
        insert(
            "insert into citation values(?, ?, ?, ?)",
            [(cited.source, rowid, cited.path, cited.text) for cited in citations(entry.table)],
        )

    def _write_texts(self, rowid: int, entry: Entry, spotter: Spotter) -> None:
        said = searchable(entry.record, entry.table)
        texts = [words(text) for text in said]
        spelt = Spelt.of(texts)
        self.vocabulary.count(spelt, 1)
        country = getattr(entry.record, "country", None) or getattr(entry.record, "iso2", None)
        indexed = spotter.marked(entry.record.id, country, [tokens_of(found) for found in texts])
        self._put_in(rowid, indexed, said[3], str(spelt))

    def _put_in(self, rowid: int, indexed: list[str], said: str, spelt: str) -> None:
        self.connection.execute(
            f"insert into content(rowid, {_TEXTS}, said, spelt) values(?, ?, ?, ?, ?, ?, ?)",
            (rowid, *indexed, said, spelt),
        )
        self.connection.execute(
            f"insert into search(rowid, {_TEXTS}) values(?, ?, ?, ?, ?)", (rowid, *indexed)
        )

    def _forget(self, layer: int, path: str) -> None:
        file = self.connection.execute(
            "select id from file where layer = ? and path = ?", (layer, path)
        ).fetchone()
        if file is None:
            return
        rows = "(select rowid from record where file = ?)"
        for (rowid,) in self.connection.execute("select rowid from record where file = ?", file).fetchall():
            self.vocabulary.count(Spelt.parse(self._take_out(rowid)[-1]), -1)
        for table, column in (("label", "record"), ("about", "term"), ("citation", "record")):
            self.connection.execute(f"delete from {table} where {column} in {rows}", file)
        self.connection.execute("delete from record where file = ?", file)
        self.connection.execute("delete from problem where file = ?", file)
        self.connection.execute("delete from file where id = ?", file)

    def _take_out(self, rowid: int) -> list[str]:
        """Take a record out of the full text; the columns of its texts."""
        columns: list[str] = list(
            self.connection.execute(
                f"select {_TEXTS}, said, spelt from content where rowid = ?", (rowid,)
            ).fetchone()
        )
        self.connection.execute(
            f"insert into search(search, rowid, {_TEXTS}) values('delete', ?, ?, ?, ?, ?)",
            (rowid, *columns[:4]),
        )
        self.connection.execute("delete from content where rowid = ?", (rowid,))
        return columns

    def _mark_again(
        self, changed_labels: set[tuple[str, str]], changed_about: set[tuple[str, str]], done: set[int]
    ) -> None:
        """Mark anew the records that hold a label that came or went, or that a term came to stand for."""
        rowids: set[int] = set()
        for label, _ in changed_labels:
            rowids |= _rowids(self.connection, "select rowid from search where search match ?", f'"{label}"')
        for record_id, _ in changed_about:
            rowids |= _rowids(self.connection, "select rowid from record where id = ?", record_id)
        spotter = Spotter(self.connection)
        for rowid in sorted(rowids - done):
            record_id, country = self.connection.execute(
                "select id, country from record where rowid = ?", (rowid,)
            ).fetchone()
            *texts, said, spelt = self._take_out(rowid)
            found = [without_marks(text).split() for text in texts]
            self._put_in(rowid, spotter.marked(record_id, country, found), said, spelt)

    def _activate(self) -> None:
        """Mark the one row of each id that counts: the highest layer, then the first file."""
        self.connection.execute(
            """update record set active = rowid in (
                 select rowid from (
                   select record.rowid, row_number() over (
                     partition by record.id order by record.layer desc, file.path, record.position) as rank
                   from record join file on file.id = record.file)
                 where rank = 1)"""
        )


def _rowids(connection: sqlite3.Connection, statement: str, value: str) -> set[int]:
    return {rowid for (rowid,) in connection.execute(statement, (value,))}


def apply_changes(connection: sqlite3.Connection, layers: list[Layer], changes: Iterable[Change]) -> None:
    """Bring ``changes`` into the index; runs in the caller's transaction."""
    Builder(connection, layers).apply(list(changes))
