"""Ranked search over a base: exact labels first, then full text, filters, corrections."""

import json
from collections.abc import Sequence
from itertools import combinations
from typing import Literal, NamedTuple

from recoverykb import weights
from recoverykb.search.alike import score_alike
from recoverykb.search.around import score_area, score_around
from recoverykb.search.beside import is_beside_the_point
from recoverykb.search.filters import NO_FILTERS, Filters
from recoverykb.search.fulltext import matches, quoted
from recoverykb.search.naming import meant_by, score_labels
from recoverykb.search.passage import passages
from recoverykb.search.query import Query, parse
from recoverykb.search.reading import Reading
from recoverykb.search.spelling import Correction, correct
from recoverykb.search.tally import Tally
from recoverykb.search.units import read
from recoverykb.stop_words import ALL_STOP_WORDS
from recoverykb.storage.base import Base, Row
from recoverykb.tokens import tokens_of

Spelling = Literal["corrected", "exact", "unfinished"]


class Hit(NamedTuple):
    """One record found, its score, the reasons for it, and the passage that matched (or nothing)."""

    row: Row
    score: float
    why: tuple[str, ...]
    passage: str = ""


class Outcome(NamedTuple):
    """The answer to a query. ``filters`` are those given and those typed, ``words`` the rest of the query."""

    query: str
    hits: list[Hit]
    corrections: Sequence[Correction] = ()
    filters: Filters = NO_FILTERS
    words: str = ""


def search(
    base: Base,
    text: str,
    filters: Filters = NO_FILTERS,
    *,
    limit: int = 20,
    spelling: Spelling = "corrected",
) -> Outcome:
    """The records that answer ``text``, best first. No query raises; nonsense finds nothing.

    ``spelling`` says how words are taken: ``corrected`` where the base does not know them, ``exact`` as they
    stand, or ``unfinished``: still being typed, so that the last one is the beginning of a word.
    """
    query = parse(text)
    filters = _with_typed(base, query, filters)
    if not query.spoken:
        return Outcome(text, _all_that_meet(base, filters, limit), filters=filters)
    open_end = spelling == "unfinished" and not text[-1:].isspace()
    spelt = query.words[:-1] if open_end else query.words
    unknown = [] if spelling == "exact" or _is_a_label(base, query.words) else correct(base.connection, spelt)
    corrections = _likely(base, unknown, spelt)
    reading = read(base, query, {entry.typed: [entry.to] for entry in corrections}, open_end=open_end)
    if not open_end and is_beside_the_point(base, query, reading, unknown):
        return Outcome(text, [], filters=filters, words=" ".join(query.words))
    tally = Tally()
    score_labels(reading, tally)
    if not open_end:
        score_alike(base, reading, tally)
    meant = [] if open_end else meant_by(reading, tally)
    _score_text(base, reading, tally, filters)
    score_around(base, meant, tally)
    if tally.scores and filters.country is None:
        score_area(base, reading.area, tally)
    _filter(base, query, reading, tally, filters)
    ranked = _best(base, tally, limit)
    found = passages(base.connection, [hit.row.id for hit in ranked], reading)
    hits = [hit._replace(passage=found.get(hit.row.id, "")) for hit in ranked]
    return Outcome(text, hits, corrections if hits else (), filters, " ".join(query.words))


def _with_typed(base: Base, query: Query, filters: Filters) -> Filters:
    """``filters`` with the query's own where none was given; an unknown country filters all away."""
    country = filters.country
    if country is None and query.country is not None:
        owners = base.connection.execute(
            "select record.country from label join record on record.rowid = label.record "
            "where active and kind = 'country' and loose = ? order by type != 'code'",
            (" ".join(tokens_of([query.country.casefold()])),),
        ).fetchone()
        country = owners[0] if owners else query.country.upper()
    return Filters(filters.kind or query.kind, country, filters.tag or query.tag)


def _likely(base: Base, corrections: list[Correction], words: Sequence[str]) -> list[Correction]:
    """The corrections that lead somewhere; none where the query is about something else, not mistyped.

    That is so where most of several words need one and make no label so ("coginitive behavoral terapy" does),
    or where half of them and more have none near.
    """
    subject = [word for word in dict.fromkeys(words) if word not in ALL_STOP_WORDS]
    near = [entry for entry in corrections if entry.to]
    lost = len(corrections) - len(near)
    many = len(near) >= weights.MANY_SLIPS and len(near) * 2 > len(subject)
    many = many and not _make_a_label(base, near, subject)
    strange = lost >= weights.MANY_LOST and lost * 2 >= len(subject)
    return [] if many or strange else near


def _is_a_label(base: Base, words: Sequence[str]) -> bool:
    """Whether the ``words`` are a label as they stand: an id has parts that are no words of the base."""
    statement = "select 1 from label where folded = ? limit 1"
    return base.connection.execute(statement, (" ".join(words),)).fetchone() is not None


def _make_a_label(base: Base, corrections: Sequence[Correction], words: Sequence[str]) -> bool:
    """Whether two neighbours and more of the ``words``, corrected, are a label."""
    to = {entry.typed: entry.to for entry in corrections}
    runs = {
        " ".join(tokens_of(to.get(word, word) for word in words[start:end]))
        for start, end in combinations(range(len(words) + 1), 2)
        if sum(word in to for word in words[start:end]) > 1
    }
    known = "select 1 from label where loose in (select value from json_each(?)) limit 1"
    return base.connection.execute(known, (json.dumps(list(runs)),)).fetchone() is not None


def _all_that_meet(base: Base, filters: Filters, limit: int) -> list[Hit]:
    """Where a query is nothing but qualifiers: what meets them, those of a country before what is of none."""
    if filters == NO_FILTERS:
        return []
    condition, values = filters.condition()
    found = base.connection.execute(
        f"select id from record where {condition} and (kind != 'source' or ?) "
        "order by country is null, kind != 'country', name collate nocase, id limit ?",
        (*values, filters.kind == "source", limit),
    ).fetchall()
    rows = {row.id: row for row in base.rows_of([record_id for (record_id,) in found])}
    return [Hit(rows[record_id], 0.0, ("meets the qualifiers",)) for (record_id,) in found]


def _score_text(base: Base, reading: Reading, tally: Tally, filters: Filters) -> None:
    """Score records by full text; those that hold every part of the query are lifted."""
    with_all, with_some, in_names = matches(base, reading, filters)
    for record_id in in_names:
        tally.add(record_id, weights.ALL_IN_NAMES, "has every word in its names")
    for record_id, points in with_all:
        tally.add(record_id, points, "has every word")
    for record_id, points in with_some:
        tally.add(record_id, points * weights.SOME_WORDS, "has some words")


def _filter(base: Base, query: Query, reading: Reading, tally: Tally, filters: Filters) -> None:
    """Drop what the filters, quotes and ``-words`` rule out; weigh the rest by where it is."""
    places = reading.places | ({filters.country} if filters.country else set())
    condition, values = filters.condition()
    demands, demanded = _demands(query)
    allowed = base.connection.execute(
        "select id, kind, country from record "
        f"where {condition} and id in (select value from json_each(?)){demands}",
        (*values, json.dumps(list(tally.scores)), *demanded),
    ).fetchall()
    tally.keep({record_id for record_id, _, _ in allowed})
    for record_id, kind, country in allowed:
        if kind == "country" and filters.country:
            tally.add(record_id, weights.COUNTRY_ASKED, "is the country asked for")
        elif country in places and kind != "country":
            tally.add(record_id, weights.IN_COUNTRY, "is in the country named")
        elif filters.country and country is None:
            tally.scale(record_id, weights.EVERYWHERE, "is of no country")
        elif reading.places and country is not None and country not in places:
            tally.scale(record_id, weights.ELSEWHERE, "is in another country")


def _best(base: Base, tally: Tally, limit: int) -> list[Hit]:
    """The ``limit`` records with most points; by id where points are equal."""
    order = sorted((-round(points, 3), record_id) for record_id, points in tally.scores.items())[:limit]
    rows = {row.id: row for row in base.rows_of([record_id for _, record_id in order])}
    return [Hit(rows[record_id], -points, tuple(tally.why[record_id])) for points, record_id in order]


def _demands(query: Query) -> tuple[str, list[str]]:
    """SQL for what was quoted (must be there as a phrase) and for ``-word`` (must not)."""
    tests, values = "", []
    for negation, phrases in (("", query.phrases), ("not ", query.without)):
        for phrase in phrases:
            tests += f" and rowid {negation}in (select rowid from search where search match ?)"
            values.append(quoted(" ".join(tokens_of(phrase))))
    return tests, values
