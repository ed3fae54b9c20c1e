"""The base as commands see it: records by id, rows for lists, look-up of names, citations."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from recoverykb.errors import BaseError, UnknownRecordError
from recoverykb.fold import key
from recoverykb.problem import Problem
from recoverykb.records.review import REVIEW_MONTHS, due_on
from recoverykb.records.vocabulary import KINDS, PUBLIC_KINDS
from recoverykb.storage.cached import discard, is_locked
from recoverykb.storage.index import open_index
from recoverykb.storage.layers import Layer, resolve

if TYPE_CHECKING:
    from recoverykb.records.types import AnyRecord, Source

T = TypeVar("T")


class Row(NamedTuple):
    """A record as lists show it."""

    id: str
    kind: str
    name: str
    aliases: list[str]
    summary: str
    country: str | None
    tags: list[str]
    looked_at: str
    mark: str
    layer: str
    due: str | None = None
    """The day (ISO) on which it is to be looked at again; none for kinds without one, and once retired."""
    replaces: str = ""
    """The layers below that have a record with this id too; only on the page of one record."""


class Place(NamedTuple):
    """Where a record stands: the file ``path`` of a layer, and its place there if it holds several."""

    kind: str
    layer: Layer
    path: str
    position: int | None
    active: bool
    """Whether it is the one in use: not hidden, and not replaced by a higher layer."""


class Citation(NamedTuple):
    """A place in a record that rests on a source."""

    record: str
    kind: str
    path: str
    text: str


class LayerCounts(NamedTuple):
    """Of a layer: its records in use, those of them in place of lower ones, ids it hides with the reasons."""

    used: int
    replaced: int
    hidden: Sequence[tuple[str, str]]


_COLUMNS = "id, kind, name, aliases, summary, country, tags, looked_at, mark, layer, retired"
_AMONG = "id in (select value from json_each(?))"


class Base(AbstractContextManager["Base"]):
    """Every layer in use, seen as one set of records."""

    def __init__(self, layers: list[Layer], connection: sqlite3.Connection) -> None:
        self.layers = layers
        self.connection = connection
        self._policies: dict[int, dict[str, int]] | None = None
        self._dues: dict[tuple[int, str, str], str | None] = {}

    @classmethod
    def open(cls, chosen: Iterable[Path] = (), warn: Callable[[str], None] = lambda _: None) -> "Base":
        """Open the layers in use, with ``chosen`` on top; ``warn`` gets a line for each thing that is amiss.

        Raises :class:`recoverykb.errors.BaseError` when a layer cannot be read.
        """
        layers = resolve(chosen)
        base = cls(layers, open_index(layers, warn))
        try:
            skipped = base.skipped()
        except sqlite3.DatabaseError as error:
            base.__exit__(type(error), error, None)
            raise
        for path, problem in skipped:
            warn(f"skipped {path}:{problem.line}:{problem.column}: {problem.message}")
        return base

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        damaged = isinstance(value, sqlite3.DatabaseError) and not is_locked(value)
        file = self.index_file() if damaged else ""
        if file and any(layer.compiled == Path(file) for layer in self.layers):
            self.connection.close()
            raise BaseError(f"the compiled base is damaged: {value}", "install recoverykb again") from value
        self.connection.close()
        if file:
            discard(Path(file))
            message = f"the index was damaged and has been deleted: {value}"
            raise BaseError(message, "run the command again; the index is made anew") from value

    def get(self, record_id: str) -> "AnyRecord":
        """The record with exactly this id. Raises :class:`UnknownRecordError`."""
        found = self.connection.execute(
            "select kind, body from record where id = ? and active", (record_id,)
        ).fetchone()
        if found is None:
            raise UnknownRecordError(f"no record '{record_id}'")
        return _decode(*found)

    def find(self, record_ids: Iterable[str]) -> "dict[str, AnyRecord]":
        """The records among ``record_ids`` that exist, in the order asked for."""
        wanted = list(dict.fromkeys(record_ids))
        rows = self.connection.execute(
            f"select id, kind, body from record where active and {_AMONG}", (json.dumps(wanted),)
        )
        found = {record_id: _decode(kind, body) for record_id, kind, body in rows.fetchall()}
        return {record_id: found[record_id] for record_id in wanted if record_id in found}

    def every(self, record_type: type[T]) -> Iterator[T]:
        """All records of one type, by name."""
        from recoverykb.records.types import TYPES

        kind = next(kind for kind, known in TYPES.items() if known is record_type)
        rows = self.connection.execute(
            "select body from record where kind = ? and active order by name collate nocase, id", (kind,)
        )
        for (body,) in rows.fetchall():
            yield _decode(kind, body)  # type: ignore[misc]

    def rows(
        self,
        kind: str | None = None,
        *,
        country: str | None = None,
        tag: str | None = None,
        not_since: str | None = None,
    ) -> list[Row]:
        """Rows for lists, by kind and name; ``not_since`` (ISO day) keeps what nobody looked at since."""
        tests, values = ["active", "kind != 'term'"], []
        for test, value in (
            ("kind = ?", kind),
            ("country = ?", country),
            ("exists(select 1 from json_each(tags) where value = ?)", tag),
            ("looked_at < ?", not_since),
        ):
            if value is not None:
                tests.append(test)
                values.append(value)
        found = self.connection.execute(
            f"select {_COLUMNS} from record where {' and '.join(tests)} order by name collate nocase, id",
            values,
        ).fetchall()
        rows = [self._row(values) for values in found]
        return sorted(rows, key=lambda row: KINDS.index(row.kind))

    def names(self) -> dict[str, str]:
        """The name people see of every record, by id; of countries by ISO code too."""
        rows = self.connection.execute(
            "select id, name, case kind when 'country' then country end from record "
            "where active and kind != 'term'"
        ).fetchall()
        return {record_id: name for record_id, name, _ in rows} | {
            code: name for _, name, code in rows if code
        }

    def row(self, record_id: str) -> Row:
        """The row of one record. Raises :class:`UnknownRecordError`."""
        found = self.rows_of([record_id])
        if not found:
            raise UnknownRecordError(f"no record '{record_id}'")
        below = [place.layer.name for place in self.places(record_id) if not place.active]
        return found[0]._replace(replaces=", ".join(dict.fromkeys(below)))

    def place(self, record_id: str) -> Place:
        """Where the record with this id stands. Raises :class:`UnknownRecordError`."""
        found = next((place for place in self.places(record_id) if place.active), None)
        if found is None:
            raise UnknownRecordError(f"no record '{record_id}'")
        return found

    def places(self, record_id: str) -> list[Place]:
        """Wherever a record with this id stands, hidden and replaced ones too, the topmost first."""
        rows = self.connection.execute(
            "select record.kind, record.layer, file.path, position, active from record "
            "join file on file.id = record.file where record.id = ? order by record.layer desc",
            (record_id,),
        )
        return [
            Place(kind, self.layers[layer], path, position, bool(active))
            for kind, layer, path, position, active in rows.fetchall()
        ]

    def kinds(self, *, hidden: bool = False) -> dict[str, str]:
        """Kind by id of every record in use, and of those that are ``hidden`` where asked for."""
        which = "true" if hidden else "active"
        return dict(self.connection.execute(f"select id, kind from record where {which}").fetchall())

    def rows_of(self, record_ids: Iterable[str]) -> list[Row]:
        """The rows of the records among ``record_ids`` that exist, in no order."""
        found = self.connection.execute(
            f"select {_COLUMNS} from record where active and {_AMONG}", (json.dumps(list(record_ids)),)
        )
        return [self._row(values) for values in found.fetchall()]

    def _row(self, values: tuple[Any, ...]) -> Row:
        *shown, layer, retired = values
        row = Row(*(*shown, self.layers[layer].name))
        due = None if retired else self._due(layer, row.kind, row.looked_at)
        return row._replace(aliases=json.loads(values[3]), tags=json.loads(values[6]), due=due)

    def _due(self, layer: int, kind: str, looked_at: str) -> str | None:
        """When what was looked at on that day is due; a list of many records has few such days."""
        asked = (layer, kind, looked_at)
        if asked not in self._dues:
            due = due_on(kind, date.fromisoformat(looked_at), self._policy(layer))
            self._dues[asked] = due.isoformat() if due else None
        return self._dues[asked]

    def due_day(self, record_id: str, looked_at: date) -> str | None:
        """The day (ISO) on which something in a record, last looked at on ``looked_at``, is due."""
        due = due_on(self.row(record_id).kind, looked_at, self.policy(record_id))
        return due.isoformat() if due else None

    def policy(self, record_id: str) -> Mapping[str, int]:
        """Months by kind after which a record is due, as the manifest of its base has them."""
        statement = "select layer from record where id = ? and active"
        (layer,) = self.connection.execute(statement, (record_id,)).fetchone()
        return self._policy(layer)

    def _policy(self, layer: int) -> Mapping[str, int]:
        """Months by kind after which the records of a layer are due, as its manifest has them."""
        if self._policies is None:
            rows = self.connection.execute("select layer, policy from manifest")
            self._policies = {number: json.loads(policy) for number, policy in rows}
        return self._policies.get(layer, REVIEW_MONTHS)

    def resolve(self, word: str, kinds: Iterable[str] = PUBLIC_KINDS) -> str:
        """The id that ``word`` stands for: an id, ISO code, acronym, name or any other label.

        Raises :class:`UnknownRecordError` with the nearest three, or with the candidates when the word
        stands for several records.
        """
        allowed = set(kinds)
        by_label = self._by_label(word)
        candidates = [record_id for record_id, kind in by_label if kind in allowed]
        if word in candidates:
            return word
        found = list(dict.fromkeys(candidates))
        if len(found) == 1:
            return found[0]
        if found:
            raise UnknownRecordError(
                f"'{word}' stands for several records", f"choose: {', '.join(sorted(found))}"
            )
        near = self.nearest(word, allowed)
        hint = f"nearest: {', '.join(near)}" if near else "see 'recoverykb list'"
        raise UnknownRecordError(f"no record '{word}'", hint)

    def _by_label(self, word: str) -> list[tuple[str, str]]:
        """Id and kind of each record ``word`` is a label of; a term stands for what it is about."""
        rows = self.connection.execute(
            "select distinct record.id, record.kind, record.body from label "
            "join record on record.rowid = label.record where folded = ? and active "
            "and label.type != 'local'",
            (key(word),),
        ).fetchall()
        found = [(record_id, kind) for record_id, kind, _ in rows if kind != "term"]
        terms = [about for _, kind, body in rows if kind == "term" for about in self.about(body)]
        return found or terms

    def about(self, body: bytes) -> list[tuple[str, str]]:
        """Id and kind of the records a term (``body`` as stored) stands for; what is missing is left out."""
        found: list[tuple[str, str]] = []
        for record_id in json.loads(body).get("about", ()):
            row = self.connection.execute(
                "select id, kind from record where id = ? and active", (record_id,)
            ).fetchone()
            if row is not None:
                found.append(row)
        return found

    def nearest(
        self, word: str, kinds: Iterable[str] = PUBLIC_KINDS, *, limit: int = 3, likeness: int = 50
    ) -> list[str]:
        """The ids whose labels are spelt most like ``word``; sources only when nothing else is allowed.

        ``likeness`` is the least share of letters in common, in percent (normalised indel similarity).
        """
        from recoverykb.storage.nearest import owners_of_nearest

        wanted = set(kinds) - {"source"} or set(kinds)
        found: list[str] = []
        for owner in owners_of_nearest(self.connection, key(word), wanted, likeness):
            stands_for = [owner[:2]] if owner.body is None else self.about(owner.body)
            found += [record_id for record_id, kind in stands_for if kind in wanted]
        return list(dict.fromkeys(found))[:limit]

    def sources(self, source_ids: Iterable[str]) -> "dict[str, Source]":
        """The source records among ``source_ids``."""
        from recoverykb.records.types import Source

        found = self.find(source_ids).items()
        return {source_id: record for source_id, record in found if isinstance(record, Source)}

    def citations(self, source_id: str) -> list[Citation]:
        """Every place in a record in use that rests on ``source_id``."""
        from recoverykb.storage.rows import cited_places

        rows = self.connection.execute(
            "select record.id, record.kind, cast(record.body as text) from citation "
            "join record on record.rowid = citation.record "
            "where source = ? and active order by record.kind, record.id",
            (source_id,),
        )
        return [
            Citation(record_id, kind, path, text)
            for record_id, kind, body in rows
            for path, text in sorted(cited_places(json.loads(body), source_id))
        ]

    def citation_counts(self) -> dict[str, int]:
        """How many places rest on each source."""
        rows = self.connection.execute(
            "select source, sum(places) from citation join record on record.rowid = citation.record "
            "where active group by source"
        )
        return dict(rows.fetchall())

    def counts(self) -> dict[str, int]:
        """How many records of each kind are in use."""
        rows = self.connection.execute("select kind, count(*) from record where active group by kind")
        found = dict(rows.fetchall())
        return {kind: found.get(kind, 0) for kind in KINDS}

    def counts_by_layer(self) -> list[int]:
        """How many of the records in use come from each layer, lowest first."""
        rows = self.connection.execute("select layer, count(*) from record where active group by layer")
        found = dict(rows.fetchall())
        return [found.get(number, 0) for number in range(len(self.layers))]

    def layer_counts(self) -> list[LayerCounts]:
        """Of each layer, lowest first: what of it is in use, and what it does to the layers below it."""
        used = self.counts_by_layer()
        replaced = dict(
            self.connection.execute(
                "select layer, count(*) from record as upper where active and exists (select 1 from record "
                "where id = upper.id and layer < upper.layer) group by layer"
            ).fetchall()
        )
        hidden = self.connection.execute("select layer, id, reason from hidden order by id").fetchall()
        return [
            LayerCounts(
                used[number],
                replaced.get(number, 0),
                [(record_id, reason) for layer, record_id, reason in hidden if layer == number],
            )
            for number in range(len(self.layers))
        ]

    def index_file(self) -> str:
        """Where the index is kept; empty when it lives in memory."""
        return str(self.connection.execute("pragma database_list").fetchone()[2])

    def skipped(self) -> list[tuple[Path, Problem]]:
        """The first problem of every file of which something could not be read."""
        rows = self.connection.execute(
            'select layer, path, min(line), "column", code, severity, message, hint from problem '
            "join file on file.id = problem.file group by file.id order by layer, path"
        )
        return [
            (self.layers[layer].root / path, Problem(path, line, column, code, severity, message, hint))
            for layer, path, line, column, code, severity, message, hint in rows
        ]


def _decode(kind: str, body: bytes) -> "AnyRecord":
    import msgspec

    from recoverykb.records.types import TYPES

    return msgspec.json.decode(body, type=TYPES[kind])
