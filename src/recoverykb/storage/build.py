"""Putting changed files into the index."""

import gc
import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from recoverykb.records.vocabulary import MANIFEST
from recoverykb.storage import frequent
from recoverykb.storage.concepts import (
    DEFINING,
    Definitions,
    Spotter,
    definitions,
    definitions_by,
    definitions_for,
    without_marks,
)
from recoverykb.storage.files import kind_of
from recoverykb.storage.layers import Layer
from recoverykb.storage.prepare import Prepared, PreparedFile, prepare, prepare_each
from recoverykb.storage.remembered import remember
from recoverykb.storage.rows import RecordRow
from recoverykb.storage.scan import Change
from recoverykb.storage.schema import add_indexes
from recoverykb.storage.vocabulary import Spelt, Vocabulary

_INSERT_RECORD = (
    f"insert into record(rowid, file, layer, position, active, {', '.join(RecordRow._fields)}) "
    f"values(?, ?, ?, ?, 1, {', '.join('?' * len(RecordRow._fields))})"
)
"""Most records count, and need not be written a second time for that."""
_WORTH = 4 * 1024 * 1024
"""Bytes of TOML from which on processes are started: less is read before they are there."""
_LITTLE = 256 * 1024
"""Letters of text up to which single look-ups take less time than reading every concept."""
_TEXTS = ("name", "labels", "summary", "body")
_INSERT_CONTENT = f"insert into content(rowid, {', '.join(_TEXTS)}, said, spelt) values(?, ?, ?, ?, ?, ?, ?)"
_INSERT_SEARCH = f"insert into search(rowid, {', '.join(_TEXTS)}) values(?, ?, ?, ?, ?)"
_PARTS = {"label": "record", "alike": "record", "about": "term", "joint": "term", "citation": "record"}
"""Tables with rows that belong to one record, and the column that says to which."""
_Defining = tuple[int | None, str, str, str | None, set[tuple[object, ...]], list[str]]
"""Position in its file, id, kind and country of a record; its labels; what it is about."""
_Identity = tuple[str, str | None]
"""Id and country of a record: what decides on its marks besides its texts and the concepts."""


class Builder:
    """Takes the old rows of changed files out of the index and puts the new ones in."""

    def __init__(self, connection: sqlite3.Connection, layers: list[Layer]) -> None:
        self.connection = connection
        self.roots = [layer.root for layer in layers]
        self.vocabulary = Vocabulary(connection)
        self.added: list[int] = []

    def apply(self, changes: list[Change]) -> None:
        """Bring in every change. Runs in a transaction that the caller opened."""
        size = sum(change.stamp.size for change in changes if change.stamp)
        fresh = self.connection.execute("select 1 from record limit 1").fetchone() is None
        if fresh or size >= _WORTH:
            self._apply_many(changes, fresh=fresh)
        else:
            self._apply_few(changes)
            self.vocabulary.store()
        frequent.update(self.connection, self.added)
        remember(self.connection, {(change.layer, change.path.split("/", 1)[0]) for change in changes})

    def _apply_few(self, changes: list[Change]) -> None:
        """As :meth:`_apply_many`; looks only at those concepts that the changes have to do with."""
        files = [prepare(self.roots, change) for change in changes]
        ids = {record.row.id for file in files for record in file.records} | self._ids(changes)
        ids |= {record_id for file in files for record_id, _ in file.hidden}
        before = definitions_by(self.connection, ids) if any(map(self._redefines, files)) else None
        stood = self._texts_of(changes) if before is None else {}
        written = [entry for file in files for entry in self._write_file(file)]
        self._activate(ids)
        if written:
            self._write_texts(self._marked(written, stood))
        if before is None:
            return
        others = self._touched(before, definitions_by(self.connection, ids)) - {rowid for rowid, _ in written}
        if others:
            self._mark_again(others, Spotter(*definitions(self.connection)))

    def _texts_of(self, changes: list[Change]) -> dict[_Identity, list[str]]:
        """The texts, with their marks, that the index has of the records in files that changed."""
        columns = ", ".join(f"content.{text}" for text in _TEXTS)
        statement = (
            f"select record.id, record.country, {columns} from file join record on record.file = file.id "
            "join content on content.rowid = record.rowid where file.layer = ? and file.path = ?"
        )
        rows = (row for change in changes for row in self.connection.execute(statement, change[:2]))
        return {(record_id, country): texts for record_id, country, *texts in rows}

    def _marked(
        self, written: Sequence[tuple[int, Prepared]], stood: Mapping[_Identity, list[str]]
    ) -> list[tuple[int, Prepared]]:
        """These records with their marks; ``stood``: see :meth:`_texts_of`."""
        standing = [_standing(record, stood) for _, record in written]
        anew = [
            text
            for (_, record), marked in zip(written, standing, strict=True)
            for text, same in zip(record.texts, marked, strict=True)
            if same is None
        ]
        if sum(map(len, anew)) > _LITTLE:
            known = definitions(self.connection)
        else:
            known = definitions_for(self.connection, [record.row.id for _, record in written], anew)
        spotter = Spotter(*known)
        return [
            (rowid, record.marked(spotter, marked))
            for (rowid, record), marked in zip(written, standing, strict=True)
        ]

    def _apply_many(self, changes: list[Change], *, fresh: bool) -> None:
        """Concepts come first, because the other records are searched for their labels.

        Where a concept's labels changed, the records that hold them are marked anew.
        """
        defining = [change for change in changes if _comes_first(change.path)]
        others = [change for change in changes if not _comes_first(change.path)]
        before = None if fresh else definitions(self.connection)
        concepts = [entry for change in defining for entry in self._write_file(prepare(self.roots, change))]
        if defining:
            self._activate()
        known = definitions(self.connection)
        spotter = Spotter(*known)
        self._write_texts([(rowid, record.marked(spotter)) for rowid, record in concepts])
        for file in self._prepared(others, known):
            self._write_texts(self._write_file(file))
        self.vocabulary.store()
        add_indexes(self.connection)
        self._activate()
        after = definitions(self.connection)  # a record of another kind may have taken the id of a concept
        stale = self._touched(known, after)
        if before is not None:
            stale |= self._touched(before, after) - {rowid for rowid, _ in concepts}
        if stale:
            self._mark_again(stale, Spotter(*after))

    def _ids(self, changes: list[Change]) -> set[str]:
        """The ids of the records that the index has of the files that changed, or that these hide."""
        statement = (
            "select {0}.id from file join {0} on {0}.file = file.id where file.layer = ? and file.path = ?"
        )
        return {
            found
            for table in ("record", "hidden")
            for change in changes
            for (found,) in self.connection.execute(statement.format(table), change[:2])
        }

    def _redefines(self, file: PreparedFile) -> bool:
        """Whether a file that changed says anew what counts as a concept, or hides something."""
        path = file.change.path
        if path == MANIFEST:
            return True
        if kind_of(path) in DEFINING:
            return self._defining(file.change) != list(map(_defines, file.records))
        # other kinds matter only where they take, or give back, the id of a concept
        return self._ids([file.change]) != {record.row.id for record in file.records}

    def _defining(self, change: Change) -> list[_Defining]:
        """Of each record that the index has of a file, what concepts in other records rest on."""
        rows = self.connection.execute(
            "select record.rowid, position, record.id, kind, country from file join record on file = file.id "
            "where file.layer = ? and path = ? order by record.rowid",
            change[:2],
        ).fetchall()
        labels = "select folded, loose, bag, type, languages, stress from label where record = ?"
        about = "select id from about where term = ? order by position"
        execute = self.connection.execute
        return [
            (*identity, set(execute(labels, (rowid,))), [one for (one,) in execute(about, (rowid,))])
            for rowid, *identity in rows
        ]

    def _prepared(self, changes: list[Change], known: Definitions) -> Iterator[PreparedFile]:
        """Every file that changed, in order; from processes of their own where there is much to read."""
        if sum(change.stamp.size for change in changes if change.stamp) < _WORTH:
            return prepare_each(self.roots, changes, Spotter(*known))
        from recoverykb.storage.worker import side_by_side

        return side_by_side(self.roots, changes, known)

    def _write_file(self, file: PreparedFile) -> list[tuple[int, Prepared]]:
        """Replace the rows of one file, but for the full text; gives the records that it lacks, by row.

        A record whose text is as it was keeps its row, and what the full text has of it.
        """
        change = file.change
        known = self.connection.execute(
            "select id from file where layer = ? and path = ?", change[:2]
        ).fetchone()
        kept: dict[int, int] = {}
        if known is not None:
            kept = self._kept(known[0], file.records)
            self._forget(known[0], set(kept.values()))
        if change.stamp is None:
            return []
        number = self.connection.execute(
            "insert into file(layer, path, size, mtime_ns) values(?, ?, ?, ?)", (change.layer, *change.stamp)
        ).lastrowid
        (last,) = self.connection.execute("select coalesce(max(rowid), 0) from record").fetchone()
        last = max([last, *kept.values()])
        written = [(kept.get(place, last + 1 + place), record) for place, record in enumerate(file.records)]
        lacking = [written[place] for place in range(len(written)) if place not in kept]
        self.added += [rowid for rowid, _ in lacking]
        insert = self.connection.executemany
        insert(
            _INSERT_RECORD,
            [(rowid, number, change.layer, record.position, *record.row) for rowid, record in written],
        )
        insert(
            "insert into label values(?, ?, ?, ?, ?, ?, ?)",
            [(*label, rowid) for rowid, record in written for label in record.labels],
        )
        insert(
            "insert into about values(?, ?, ?)",
            [(rowid, *link) for rowid, record in written for link in enumerate(record.about)],
        )
        insert(
            "insert into joint values(?, ?, ?, ?, ?)",
            [(rowid, *part) for rowid, record in written for part in record.joint],
        )
        insert(
            "insert into alike values(?, ?, ?)",
            [(*entry, rowid) for rowid, record in written for entry in record.alike],
        )
        insert(
            "insert into citation values(?, ?, ?)",
            [(source, rowid, places) for rowid, record in written for source, places in record.cited],
        )
        if file.policy is not None:
            insert("insert into manifest values(?, ?, ?)", [(number, change.layer, file.policy)])
        insert(
            "insert into hidden values(?, ?, ?, ?)",
            [(number, change.layer, *hidden) for hidden in file.hidden],
        )
        insert(
            "insert into problem values(?, ?, ?, ?, ?, ?, ?)",
            [
                (number, found.line, found.column, found.code, found.severity, found.message, found.hint)
                for found in file.problems
            ],
        )
        return lacking

    def _kept(self, number: int, records: Sequence[Prepared]) -> dict[int, int]:
        """The rows of those ``records`` of a file whose text the index has already, by their place."""
        columns = ", ".join(f"content.{text}" for text in _TEXTS)
        rows = self.connection.execute(
            f"select record.rowid, record.id, record.country, {columns}, said, spelt "
            "from record join content on content.rowid = record.rowid where record.file = ?",
            (number,),
        )
        known = {
            (record_id, country, *map(without_marks, texts)): rowid
            for rowid, record_id, country, *texts in rows
        }
        return {place: known.pop(text) for place, text in enumerate(map(_text_of, records)) if text in known}

    def _write_texts(self, written: Sequence[tuple[int, Prepared]]) -> None:
        """Put records into the full text, as they stand in the file or marked since."""
        entries = [(rowid, *record.texts, record.said, str(record.spelt)) for rowid, record in written]
        for _, record in written:
            self.vocabulary.count(record.spelt, 1)
        self._put_in(entries)

    def _put_in(self, entries: Sequence[tuple[Any, ...]]) -> None:
        """Store rows of ``content`` and index their texts."""
        self.connection.executemany(_INSERT_CONTENT, entries)
        self.connection.executemany(_INSERT_SEARCH, [entry[:5] for entry in entries])

    def _forget(self, number: int, kept: Collection[int]) -> None:
        """Delete the rows of a file; of the records ``kept``, all but what belongs to the full text."""
        file = (number,)
        rows = "(select rowid from record where file = ?)"
        for (rowid,) in self.connection.execute("select rowid from record where file = ?", file).fetchall():
            if rowid not in kept:
                self.vocabulary.count(Spelt.parse(self._take_out(rowid)[-1]), -1)
        for table, column in _PARTS.items():
            self.connection.execute(f"delete from {table} where {column} in {rows}", file)
        for table in ("record", "problem", "manifest", "hidden"):
            self.connection.execute(f"delete from {table} where file = ?", file)
        self.connection.execute("delete from file where id = ?", file)

    def _take_out(self, rowid: int) -> list[str]:
        """Take a record out of the full text; the columns of its texts."""
        columns: list[str] = list(
            self.connection.execute(
                f"select {', '.join(_TEXTS)}, said, spelt from content where rowid = ?", (rowid,)
            ).fetchone()
        )
        self.connection.execute(
            f"insert into search(search, rowid, {', '.join(_TEXTS)}) values('delete', ?, ?, ?, ?, ?)",
            (rowid, *columns[:4]),
        )
        self.connection.execute("delete from content where rowid = ?", (rowid,))
        return columns

    def _touched(self, before: Definitions, after: Definitions) -> set[int]:
        """The records that hold a label that came or went, or that a term came to stand for."""
        rowids: set[int] = set()
        for label, _ in before.labels ^ after.labels:
            rowids |= _rowids(self.connection, "select rowid from search where search match ?", f'"{label}"')
        for record_id, _ in before.about ^ after.about:
            rowids |= _rowids(self.connection, "select rowid from record where id = ?", record_id)
        return rowids

    def _mark_again(self, rowids: set[int], spotter: Spotter) -> None:
        """Mark anew the records whose full text stands already."""
        for rowid in sorted(rowids):
            record_id, country = self.connection.execute(
                "select id, country from record where rowid = ?", (rowid,)
            ).fetchone()
            *texts, said, spelt = self._take_out(rowid)
            plain = [without_marks(text) for text in texts]
            self._put_in([(rowid, *spotter.marked(record_id, country, plain), said, spelt)])

    def _activate(self, ids: Collection[str] | None = None) -> None:
        """Mark the one row of each of ``ids`` (or of all) that counts: of the top layer, the first file."""
        among = "" if ids is None else "where record.id in (select value from json_each(?)) "
        self.connection.execute(
            "update record set active = not active where rowid in (select rowid from ("
            "select record.rowid, active, row_number() over (partition by record.id "
            "order by record.layer desc, file.path, record.position) = 1 "
            "and not exists "
            "(select 1 from hidden where hidden.id = record.id and hidden.layer > record.layer) "
            f"as counts from record join file on file.id = record.file {among}) where active != counts)",
            () if ids is None else (json.dumps(list(ids)),),
        )


def _defines(record: Prepared) -> _Defining:
    row = record.row
    labels: set[tuple[object, ...]] = set(record.labels)
    return (record.position, row.id, row.kind, row.country, labels, list(record.about))


def _standing(record: Prepared, stood: Mapping[_Identity, list[str]]) -> list[str | None]:
    """Each text of a record with its marks, where the index has it already; else ``None``."""
    texts = stood.get((record.row.id, record.row.country))
    if texts is None:
        return [None] * len(record.texts)
    return [old if without_marks(old) == new else None for old, new in zip(texts, record.texts, strict=True)]


def _text_of(record: Prepared) -> tuple[str | None, ...]:
    """What the full text and the vocabulary have of a record without its marks, and what decides on those."""
    texts = map(without_marks, record.texts)
    return (record.row.id, record.row.country, *texts, record.said, str(record.spelt))


def _comes_first(path: str) -> bool:
    """Whether a file says what counts as a concept: it holds some, or it hides some."""
    return path == MANIFEST or kind_of(path) in DEFINING


def _rowids(connection: sqlite3.Connection, statement: str, value: str) -> set[int]:
    return {rowid for (rowid,) in connection.execute(statement, (value,))}


def apply_changes(connection: sqlite3.Connection, layers: list[Layer], changes: Iterable[Change]) -> None:
    """Bring ``changes`` into the index; runs in the caller's transaction.

    Meanwhile nobody looks for objects that refer to each other: there are none, and it takes a tenth of it.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        Builder(connection, layers).apply(list(changes))
    finally:
        if collecting:
            gc.enable()
