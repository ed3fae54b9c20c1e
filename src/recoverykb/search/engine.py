"""Ranked search over a base: exact labels first, then full text, filters, corrections."""

import json
import sqlite3
from collections import defaultdict
from dataclasses import dataclass, field

from recoverykb.fold import words
from recoverykb.search import weights
from recoverykb.search.spelling import Correction, correct
from recoverykb.storage.base import Base, Row

_LONGEST_LABEL = 6
_MOST_WORDS = 64
"""Words of a query that are looked at: who pastes a page gets an answer to its beginning."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a hit must be. ``country`` (ISO code) keeps what serves everywhere."""

    kind: str | None = None
    country: str | None = None
    tag: str | None = None

    def condition(self) -> tuple[str, list[str]]:
        """What SQL must ask of a row of ``record``, and the values it asks with."""
        tests, values = ["active", "kind != 'term'"], []
        for test, value in (
            ("kind = ?", self.kind),
            ("coalesce(country, ?) = ?", self.country),
            ("exists(select 1 from json_each(tags) where value = ?)", self.tag),
        ):
            if value is not None:
                tests.append(test)
                values += [value] * test.count("?")
        return " and ".join(tests), values


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found, its score, and the reasons for it."""

    row: Row
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer to a query."""

    query: str
    hits: list[Hit]
    corrections: list[Correction] = field(default_factory=list)


@dataclass(slots=True)
class _Tally:
    """Scores and reasons by record id."""

    scores: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    why: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, record_id: str, points: float, reason: str) -> None:
        self.scores[record_id] += points
        self.why[record_id].append(f"{reason} {points:+.1f}")


def search(base: Base, query: str, filters: Filters = Filters(), *, limit: int = 20) -> Outcome:
    """The records that answer ``query``, best first. No query raises; nonsense finds nothing."""
    typed = words(query)[:_MOST_WORDS]
    if not typed:
        return Outcome(query, [])
    corrections = correct(base.connection, query.split()[:_MOST_WORDS])
    replaced = {correction.folded: words(correction.to) for correction in corrections}
    tokens = [token for word in typed for token in replaced.get(word, [word])]
    tally = _Tally()
    countries = _match_labels(base, query, tokens, tally) | {filters.country or ""}
    _match_text(base.connection, tokens, tally, filters)
    hits = _rank(base, tally, countries, filters)
    return Outcome(query, hits[:limit], corrections)


def _match_labels(base: Base, query: str, tokens: list[str], tally: _Tally) -> set[str]:
    """Score records one of whose labels is the query or a run of words in it; the countries it names."""
    countries: set[str] = set()
    best: dict[str, tuple[float, str]] = {}
    spoken = query.split()
    for start in range(len(tokens)):
        for end in range(start + 1, min(start + _LONGEST_LABEL, len(tokens)) + 1):
            whole = start == 0 and end == len(tokens)
            label = " ".join(tokens[start:end])
            if label in weights.STOP_WORDS and not whole:
                continue
            for record_id, kind, sort in _labelled(base, label):
                if sort == "code" and not whole and label.upper() not in spoken:
                    continue
                if kind == "country":
                    countries.add(base.row(record_id).country or "")
                points = weights.LABELS.get(sort, 50.0) * weights.KINDS.get(kind, 1.0)
                if not whole:
                    points *= weights.PART * (end - start) / len(tokens)
                if points > best.get(record_id, (0.0, ""))[0]:
                    best[record_id] = (points, f"{'is' if whole else 'has'} {sort} '{label}'")
    for record_id, (points, reason) in best.items():
        tally.add(record_id, points, reason)
    return countries


def _labelled(base: Base, label: str) -> list[tuple[str, str, str]]:
    """Id, kind and sort of label of each record that ``label`` stands for."""
    rows = base.connection.execute(
        "select record.id, record.kind, label.type, record.body from label "
        "join record on record.rowid = label.record where folded = ? and active",
        (label,),
    ).fetchall()
    found: list[tuple[str, str, str]] = []
    for record_id, kind, sort, body in rows:
        if kind != "term":
            found.append((record_id, kind, sort))
            continue
        sort_about = "synonym" if sort in ("id", "name") else sort
        found += [(about, about_kind, sort_about) for about, about_kind in base.about(body)]
    return found


def _match_text(connection: sqlite3.Connection, tokens: list[str], tally: _Tally, filters: Filters) -> None:
    """Score records by full text; those that hold every word are lifted."""
    subject = [token for token in tokens if token not in weights.STOP_WORDS] or tokens
    phrases = [_phrase(connection, token) for token in dict.fromkeys(subject)]
    for record_id, points in _bm25(connection, " ".join(phrases), filters):
        tally.add(record_id, weights.ALL_WORDS + points, "has every word")
    if len(phrases) > 1:
        for record_id, points in _bm25(connection, " OR ".join(phrases), filters):
            if record_id not in tally.scores:
                tally.add(record_id, points, "has some words")


def _phrase(connection: sqlite3.Connection, token: str) -> str:
    """``token`` as FTS5 reads it: quoted, and open at the end where no record holds it whole."""
    whole = connection.execute("select 1 from spelling where word = ?", (token,)).fetchone()
    return '"' + token.replace('"', '""') + '"' + ("" if whole else "*")


def _bm25(connection: sqlite3.Connection, match: str, filters: Filters) -> list[tuple[str, float]]:
    columns = ", ".join(str(weight) for weight in weights.COLUMNS)
    condition, values = filters.condition()
    rows = connection.execute(
        f"select id, kind, -bm25(search, {columns}) as points from search "
        "join record on record.rowid = search.rowid "
        f"where search match ? and {condition} order by points desc limit 400",
        (match, *values),
    )
    return [(record_id, points * weights.KINDS.get(kind, 1.0)) for record_id, kind, points in rows]


def _rank(base: Base, tally: _Tally, countries: set[str], filters: Filters) -> list[Hit]:
    hits: list[Hit] = []
    condition, values = filters.condition()
    allowed = base.connection.execute(
        f"select id from record where {condition} and id in (select value from json_each(?))",
        (*values, json.dumps(list(tally.scores))),
    )
    for row in base.rows_of([record_id for (record_id,) in allowed]):
        if row.country in countries and row.kind != "country":
            tally.add(row.id, weights.IN_COUNTRY, "is in the country named")
        hits.append(Hit(row, round(tally.scores[row.id], 3), tuple(tally.why[row.id])))
    return sorted(hits, key=lambda hit: (-hit.score, hit.row.name, hit.row.id))
