"""Concepts in text: which things of the thesaurus a record names, by whatever label.

A concept is a term, a strategy or a country. Each has a mark, a token that nobody can type. A record gets
the mark of every concept one of whose labels stands in its text, so that a query that names the
concept by another label meets it.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import pairwise, zip_longest
from typing import NamedTuple
from zlib import crc32

DEFINING = ("term", "strategy", "country")
"""The kinds that are concepts."""

_MARK, _PLACE_MARK = "\ue000", "\ue001"
MARKS = ("\ue000", "\ue002")
"""Every mark sorts from the first of these on, and before the second."""
_AMBIGUOUS = frozenset({"street", "hidden", "local", "id", "code"})
"""Sorts of labels that mean the concept in a query, but not wherever they stand in a text."""
UNLIKE = frozenset({"id", "code", "local", "short", "place"})
"""Sorts of labels that are meant whole or not at all."""
_SHORTEST = 3
_LABELS = 1
"""The column of labels among name, labels, summary and body."""

Definition = tuple[str, str]
"""A label (as in ``label.loose``) and the mark it sets; or an id and the mark that belongs to its record."""


def mark_of(kind: str, record_id: str, country: str | None) -> str:
    """The mark of a concept: of a country by its ISO code, of other records by their id."""
    if kind == "country" and country:
        return place_mark(country)
    return f"{_MARK}{crc32(record_id.encode())}"


def place_mark(country: str) -> str:
    """The mark of a country given by its ISO code. Digits only, which no stemmer changes."""
    return _PLACE_MARK + "".join(str(ord(char)) for char in country.upper())


def without_marks(text: str) -> str:
    """``text`` of the index without the marks at its end."""
    cut = min((place for place in (text.find(_MARK), text.find(_PLACE_MARK)) if place >= 0), default=-1)
    return text if cut < 0 else text[:cut].rstrip()


class Definitions(NamedTuple):
    """Of the labels that set marks, and of the records that terms stand for."""

    labels: set[Definition]
    about: set[Definition]


def definitions(connection: sqlite3.Connection) -> Definitions:
    """What the index knows of marks."""
    labels = _labels(connection, "select loose, type, record from label")
    return Definitions(labels, _about(connection, "true"))


def definitions_by(connection: sqlite3.Connection, record_ids: Collection[str]) -> Definitions:
    """What the records of those ids have a part in: by their labels, or as what a term stands for."""
    wanted = json.dumps(list(record_ids))
    among = "in (select value from json_each(?))"
    labels = _labels(
        connection,
        "select loose, type, record from label where record in (select rowid from record "
        f"where id {among} "
        f"union select term from about where id {among})",
        wanted,
        wanted,
    )
    terms = f"about.term in (select rowid from record where id {among}) or about.id {among}"
    return Definitions(labels, _about(connection, terms, wanted, wanted))


def definitions_for(
    connection: sqlite3.Connection, record_ids: Collection[str], texts: Collection[str]
) -> Definitions:
    """What :class:`Spotter` needs for some records alone: ``texts`` are their tokens, one space between."""
    found: set[str] = set()
    pairs: set[str] = set()
    for text in texts:
        tokens = text.split()
        found.update(tokens)
        pairs.update(map(" ".join, pairwise(tokens)))
    single = connection.execute(
        "select loose, label.type, record from json_each(?) join label on loose = value",
        (json.dumps(sorted(found)),),  # what is sorted is looked up in half the time
    ).fetchall()
    # a space sorts before "!": the two words, whether they are all or others follow
    begun = connection.execute(
        "select loose, label.type, record from json_each(?) "
        "join label on loose >= value and loose < value || '!'",
        (json.dumps(sorted(pairs)),),
    ).fetchall()
    padded = [f" {text} " for text in texts]
    # most that begin so go on otherwise; whose they are need not be read
    whole = {
        label
        for label in {label for label, *_ in begun}
        if found.issuperset(label.split()) and any(f" {label} " in text for text in padded)
    }
    standing = single + [row for row in begun if row[0] in whole]
    parts = ", ".join(
        f"json_extract(value, '$[{place}]') as {name}"
        for place, name in enumerate(("loose", "type", "record"))
    )
    labels = _labels(connection, f"select {parts} from json_each(?)", json.dumps(standing))
    about = _about(connection, "about.id in (select value from json_each(?))", json.dumps(list(record_ids)))
    return Definitions(labels, about)


def _labels(connection: sqlite3.Connection, chosen: str, *values: str) -> set[Definition]:
    """Those of the ``chosen`` labels that set a mark where they stand in a text, with that mark."""
    rows = connection.execute(
        f"with found as ({chosen}) "
        "select loose, type, kind, id, country from found join record on record.rowid = found.record "
        f"where active and kind in ({','.join('?' * len(DEFINING))}) and length(loose) >= {_SHORTEST} "
        "union all select loose, type, place.kind, place.id, place.country from found "
        "join record as term on term.rowid = found.record and term.active "
        "join about on about.term = term.rowid "
        "join record as place on place.id = about.id and place.active and place.kind = 'country'",
        (*values, *DEFINING),
    )
    return {
        (loose, mark_of(kind, record_id, country))
        for loose, sort, kind, record_id, country in rows
        if sort not in _AMBIGUOUS
    }


def _about(connection: sqlite3.Connection, condition: str, *values: str) -> set[Definition]:
    """The record ids that terms stand for, with the mark of the term, where ``condition`` holds."""
    rows = connection.execute(
        "select about.id, term.id from about join record as term on term.rowid = about.term "
        f"where term.active and ({condition})",
        values,
    )
    return {(about, mark_of("term", term, None)) for about, term in rows}


class Spotter:
    """Finds the concepts in texts. ``labels`` and ``about``: see :func:`definitions`."""

    def __init__(self, labels: set[Definition], about: set[Definition]) -> None:
        self._words: dict[str, set[str]] = defaultdict(set)
        self._runs: dict[tuple[str, str], list[Definition]] = defaultdict(list)
        self._about: dict[str, set[str]] = defaultdict(set)
        for label, mark in labels:
            first, *rest = label.split()
            if rest:
                self._runs[first, rest[0]].append((f" {label} ", mark))
            else:
                self._words[first].add(mark)
        self._known = frozenset(self._words)
        self._beginnings = frozenset(self._runs)
        for record_id, mark in about:
            self._about[record_id].add(mark)

    def marks(self, text: str) -> set[str]:
        """The marks of the concepts that ``text``, tokens with one space between, names."""
        found = text.split()
        marks: set[str] = set()
        for word in self._known.intersection(found):
            marks |= self._words[word]
        beginnings = self._beginnings.intersection(pairwise(found))
        if beginnings:
            padded = f" {text} "
            marks.update(mark for pair in beginnings for label, mark in self._runs[pair] if label in padded)
        return marks

    def belonging(self, record_id: str, country: str | None) -> set[str]:
        """The marks that belong to a record whatever it says: of the terms about it, and of its country."""
        own = set(self._about.get(record_id, ()))
        return own | {place_mark(country)} if country else own

    def marked(
        self,
        record_id: str,
        country: str | None,
        texts: Sequence[str],
        standing: Sequence[str | None] = (),
    ) -> list[str]:
        """What the full-text index holds of the tokens of name, labels, summary and body.

        ``standing``: those that are known with their marks. The others are looked through.
        """
        out: list[str] = []
        for column, (text, known) in enumerate(zip_longest(texts, standing)):
            if known is not None:
                out.append(known)
                continue
            marks = self.marks(text)
            if column == _LABELS:
                marks |= self.belonging(record_id, country)
            out.append(" ".join([text, *sorted(marks)]).lstrip() if marks else text)
        return out
