"""The labels that are spelt most like what was typed, for "nearest: …" where nothing was found.

Every label is compared, and an imported directory has millions: they go by in pieces, and only the best stay.
"""

import json
import sqlite3
from collections.abc import Collection, Iterator
from typing import NamedTuple

_MOST = 30
"""So many labels are kept."""
_AT_ONCE = 20_000
"""Labels that are in memory at a time."""


class Owner(NamedTuple):
    """A record that has a label. ``body`` is what is stored of a term, which says what it is about."""

    id: str
    kind: str
    body: bytes | None


def owners_of_nearest(
    connection: sqlite3.Connection, typed: str, kinds: Collection[str], likeness: int
) -> list[Owner]:
    """The records of ``kinds``, and terms for such, with the labels most like ``typed`` (folded) first.

    ``likeness`` is the least share of letters in common, in percent (normalised indel similarity).
    """
    from rapidfuzz import fuzz, process

    best: list[tuple[float, str, int, Owner]] = []
    for labels in _pieces(connection, len(typed), likeness):
        least = -best[-1][0] if len(best) == _MOST else likeness
        ranked = process.extract(typed, labels, scorer=fuzz.ratio, score_cutoff=least, limit=None)
        among = 0
        for label, score, _ in ranked:
            if among >= _MOST:
                break
            owners = _owners(connection, label, kinds)
            among += len(owners)
            best += [(-score, label, place, owner) for place, owner in enumerate(owners)]
        best = sorted(best)[:_MOST]
    return [owner for *_, owner in best]


def _pieces(connection: sqlite3.Connection, length: int, likeness: int) -> Iterator[list[str]]:
    """The different labels whose length lets them be so like one of ``length`` letters, by alphabet.

    SQLite joins them to one text, which takes a fraction of the time that a row for each would.
    """
    bounds = (length * likeness // (200 - likeness), length * (200 - likeness) // likeness)
    last: str | None = ""
    while last is not None:
        joined, last = connection.execute(
            "select group_concat(folded, char(10)), max(folded) from (select distinct folded from label "
            "where folded > ? and length(folded) between ? and ? order by folded limit ?)",
            (last, *bounds, _AT_ONCE),
        ).fetchone()
        if joined:
            yield joined.split("\n")


def _owners(connection: sqlite3.Connection, label: str, kinds: Collection[str]) -> list[Owner]:
    """The records in use that have ``label`` and are of ``kinds``, or terms that stand for such a record."""
    among = "(select value from json_each(:kinds))"
    rows = connection.execute(
        "select record.id, record.kind, case record.kind when 'term' then record.body end "
        "from label join record on record.rowid = label.record "
        "where folded = :label and active and type != 'local' "
        f"and (record.kind in {among} or exists (select 1 from about join record as other "
        "on other.id = about.id and other.active "
        f"where about.term = record.rowid and other.kind in {among})) "
        "order by label.type, label.record",
        {"label": label, "kinds": json.dumps(list(kinds))},
    )
    return [Owner(*row) for row in rows]
