"""Full text: which records hold the parts of a query, and how well (bm25).

Where more records match than bm25 can weigh in no noticeable time, only those are weighed that the index
knows as the best for the words (:mod:`recoverykb.storage.frequent`).
"""

import json
from collections.abc import Mapping, Sequence
from itertools import combinations
from math import log
from typing import NamedTuple

from recoverykb import weights
from recoverykb.search.filters import NO_FILTERS, Filters
from recoverykb.search.reading import Reading, Unit
from recoverykb.storage.base import Base
from recoverykb.storage.concepts import place_mark
from recoverykb.storage.frequent import candidates, is_kept

Ranked = list[tuple[str, float]]
"""Id and score of records, best first."""


_OPEN = "*"
"""At the end of a phrase of FTS5: the beginning of a word is enough."""

_LINES = ("drug line", "crisis line")
"""In the labels of every organization with a contact for it (:func:`recoverykb.storage.rows.searchable`)."""


_COUNTED = 5000
"""Records that hold a word are counted up to so many."""


class _Match(NamedTuple):
    """What FTS5 is asked, and the only rowids that are weighed (``None``: all that match)."""

    expression: str
    among: Sequence[int] | None = None
    without: str = ""
    """A kind of record that does not count."""


class Matches(NamedTuple):
    """The records that hold every part of the query."""

    with_all: Ranked
    with_some: Ranked
    """Those that hold some parts, where those with all are few."""
    in_names: Sequence[str]
    """The ids of those that hold all of several parts in their names."""


def matches(base: Base, reading: Reading, filters: Filters) -> Matches:
    """What the full text finds."""
    units = reading.units
    if not units:
        return Matches([], [], [])
    parts = [_expression(base, unit) for unit in units]
    if reading.open_end:
        parts[-1] = f"({parts[-1]} OR {quoted(' '.join(units[-1].tokens))}{_OPEN})"
    every = " AND ".join(parts)
    bonus = 0.0 if reading.spans else weights.ALL_WORDS
    with_all = _best(base, _bounded(base, every, units), filters, bonus=bonus)
    if len(parts) == 1:
        return Matches(with_all, [], [])
    in_names = _in_names(base, every) if with_all else []
    if len(with_all) >= weights.ENOUGH:
        return Matches(with_all, [], in_names)
    some = _of_labels(base, reading, parts) if reading.spans else _of_words(base, reading, parts)
    if some is None:
        return Matches(with_all, [], in_names)
    known = {record_id for record_id, _ in with_all}
    with_some = [entry for entry in _best(base, some, filters) if entry[0] not in known]
    return Matches(with_all, with_some, in_names)


def _of_labels(base: Base, reading: Reading, parts: Sequence[str]) -> _Match:
    """What a record must hold of a query with labels in it: any part, but rare ones where there are some."""
    rare = [part for part, unit in zip(parts, reading.units, strict=True) if _is_rare(base, unit)]
    return _Match(" OR ".join(rare)) if rare else _bounded(base, " OR ".join(parts), reading.units)


def _of_words(base: Base, reading: Reading, parts: Sequence[str]) -> _Match | None:
    """What a record must hold of a query without labels: words that carry half of what it says together.

    A rare word says more than a frequent one. One word alone does only in a name, and while the last word is
    being typed not its beginning. Nothing does where a part stands in no record, and few others do.
    """
    alive = sum(_is_said(base, part) for part in parts)
    if alive < min(len(parts), weights.MANY_PARTS):
        return None
    told = dict(zip(parts, _told(base, parts), strict=True))
    chosen: list[str] = []
    for group in _enough(told):
        if len(group) > 1:
            chosen.append(f"({' AND '.join(group)})")
        elif not group[0].endswith(_OPEN):
            chosen.append(f"({{name labels}} : {group[0]})")
    return _bounded(base, " OR ".join(chosen), reading.units)._replace(without="source") if chosen else None


def _told(base: Base, parts: Sequence[str]) -> list[float]:
    """How much each part says of a record that holds it (inverse document frequency)."""
    held = [
        base.connection.execute(
            "select count(*) from (select 1 from search where search match ? limit ?)",
            (part, _COUNTED),
        ).fetchone()[0]
        for part in parts
    ]
    return [log(1 + _COUNTED / (1 + number)) for number in held]


def _enough(told: Mapping[str, float]) -> list[tuple[str, ...]]:
    """The smallest groups of parts that say about half of it all; of many parts only the best count."""
    half = sum(told.values()) * weights.HALF_TOLD
    best = sorted(told, key=lambda part: -told[part])[: weights.MOST_PARTS]
    found: list[tuple[str, ...]] = []
    for size in range(1, len(best) + 1):
        for group in combinations(best, size):
            if sum(told[part] for part in group) >= half and not any(set(one) <= set(group) for one in found):
                found.append(group)
    return found


def _is_said(base: Base, expression: str) -> bool:
    """Whether any record matches that is no source."""
    found = base.connection.execute(
        "select 1 from search join record on record.rowid = search.rowid "
        "where search match ? and active and kind != 'source' limit 1",
        (expression,),
    )
    return found.fetchone() is not None


def _in_names(base: Base, expression: str) -> list[str]:
    """The ids of the records whose name or labels match; none where so many do that it says nothing."""
    rows = base.connection.execute(
        "select id from (select rowid from search where search match ? limit ?) as search "
        "join record on record.rowid = search.rowid where active",
        (f"{{name labels}} : ({expression})", weights.ENOUGH + 1),
    )
    found = [record_id for (record_id,) in rows]
    return found if len(found) <= weights.ENOUGH else []


def lines_in(base: Base, country: str) -> list[str]:
    """The ids of a few organizations in the country of that ISO code that can be rung, drug lines first.

    None that is retired, closed or no place to refer to. Of very many only some are weighed.
    """
    found: dict[str, None] = {}
    for line in _LINES:
        rows = base.connection.execute(
            f"select id from (select rowid, {weights.bm25('search')} as points from search "
            "where search match ? limit ?) as search join record on record.rowid = search.rowid "
            "where active and kind = 'organization' and not retired and mark = '' order by points limit ?",
            (
                f"{{labels}} : ({quoted(place_mark(country))} AND {quoted(line)})",
                weights.RARE,
                weights.LINES,
            ),
        )
        found |= dict.fromkeys(record_id for (record_id,) in rows)
    return list(found)[: weights.LINES]


def quoted(text: str) -> str:
    """``text`` as a phrase of FTS5."""
    return '"' + text.replace('"', '""') + '"'


def _expression(base: Base, unit: Unit) -> str:
    """``unit`` as FTS5 reads it: its words as a phrase, or any mark that means the same.

    A single word that no record holds whole is open at its end.
    """
    phrase = quoted(" ".join(unit.tokens))
    if unit.marks:
        return "(" + " OR ".join([phrase, *map(quoted, unit.marks)]) + ")"
    if len(unit.tokens) == 1 and len(unit.tokens[0]) >= weights.SHORTEST_BEGINNING:
        whole = base.connection.execute("select 1 from search where search match ? limit 1", (phrase,))
        return phrase if whole.fetchone() else phrase + _OPEN
    return phrase


def _bounded(base: Base, expression: str, units: Sequence[Unit]) -> _Match:
    """``expression`` with the records worth weighing, where too many match to weigh them all."""
    if not is_kept(base.connection):
        return _Match(expression)
    (many,) = base.connection.execute(
        "select count(*) from (select 1 from search where search match ? limit ?)",
        (expression, weights.RARE + 1),
    ).fetchone()
    if many <= weights.RARE:
        return _Match(expression)
    tokens = {token for unit in units for token in (unit.marks or unit.tokens)}
    return _Match(expression, candidates(base.connection, tokens))


def _is_rare(base: Base, unit: Unit) -> bool:
    """Whether so few records hold ``unit`` that ranking all of them takes no noticeable time."""
    if unit.marks:
        counts = base.connection.execute(
            "select sum(doc) from indexed where term in (select value from json_each(?))",
            (json.dumps(unit.marks),),
        )
    else:
        counts = base.connection.execute(
            "select min(held) from (select sum(records) as held from json_each(?) "
            "left join spelling on level = value group by value)",
            (json.dumps(unit.tokens),),
        )
    return (counts.fetchone()[0] or 0) <= weights.RARE


def _best(base: Base, match: _Match, filters: Filters, *, bonus: float = 0.0) -> Ranked:
    """The records that match, at most so many as ``weights.DEPTH`` says.

    ``bonus`` is added to each score before the kind of record weighs in.

    Without filters FTS5 orders by itself, which spares a look at the record of every match.
    """
    condition, values = filters.condition()
    if match.among is not None:
        # bm25() is reckoned for what passes the tests, "rank" for every match; "+" keeps FTS5 from starting
        # anew for each rowid.
        statement = (
            f"select id, kind, -{weights.bm25('search')} as points from search "
            "join record on record.rowid = search.rowid where search match ? "
            f"and +search.rowid in (select value from json_each(?)) and {condition} "
            "order by points desc limit ?"
        )
        asked = [match.expression, json.dumps(match.among), *values, weights.DEPTH]
    elif filters == NO_FILTERS:
        statement = (
            "select id, kind, -rank from ("
            "select rowid, rank from search where search match ? and rank match ? order by rank limit ?"
            ") as search "
            f"join record on record.rowid = search.rowid where {condition}"
        )
        asked = [match.expression, weights.bm25(), weights.DEPTH, *values]
    else:
        statement = (
            "select id, kind, -rank from search join record on record.rowid = search.rowid "
            f"where search match ? and rank match ? and {condition} order by rank limit ?"
        )
        asked = [match.expression, weights.bm25(), *values, weights.DEPTH]
    rows = base.connection.execute(statement, asked)
    return [
        (record_id, (points + bonus) * weights.TEXT_KINDS.get(kind, 1.0))
        for record_id, kind, points in rows
        if kind != match.without
    ]
