"""Concepts that mean another one together, in whatever words, order and language.

"rehab", "methadone" and "not allowed" ask about abstinence-only treatment.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from recoverykb.search.reading import Joint, Owner, Span
from recoverykb.storage.base import Base

_MOST_RUNS = 8
"""So many places of a query are tried for each part of a combination."""


def joints_of(base: Base, spans: Sequence[Span]) -> list[Joint]:
    """What the ``spans`` of a query mean together, each combination by the most tokens that it can have."""
    named: dict[str, list[Span]] = defaultdict(list)
    for span in sorted(spans, key=lambda span: (span.start - span.end, span.start)):
        for concept in _concepts(span):
            named[concept].append(span)
    found: dict[str, frozenset[int]] = {}
    for term, parts in _combinations(base, named):
        places = _places([[span for concept in part for span in named[concept]] for part in parts])
        if len(places) > len(found.get(term, ())) and not _is_label(places, spans):
            found[term] = places
    owners = _owners(base, found)
    return [Joint(term, owners[term], places) for term, places in found.items()]


def _is_label(places: Collection[int], spans: Iterable[Span]) -> bool:
    """Whether one label says it all: "opiate substitution therapy" is not about therapy."""
    return any(
        span.start <= min(places) and max(places) < span.end
        for span in spans
        if not all(owner.is_beside for owner in span.owners)
    )


def _concepts(span: Span) -> set[str]:
    """The ids that a part of a combination may give for ``span``: of the term, or of what it chiefly is."""
    return {owner.holder for owner in span.owners} | {
        owner.id for owner in span.owners if owner.position == 0 and not owner.is_beside
    }


def _combinations(base: Base, named: Mapping[str, object]) -> list[tuple[str, list[list[str]]]]:
    """The terms of which every part of a combination is among the concepts ``named``, with those by part."""
    rows = base.connection.execute(
        "select record.id, number, slot, slots, concept from joint "
        "join record on record.rowid = term and active "
        "where concept in (select value from json_each(?)) order by record.id, number, slot, concept",
        (json.dumps(list(named)),),
    )
    found: dict[tuple[str, int, int], dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for term, number, slot, slots, concept in rows:
        found[term, number, slots][slot].append(concept)
    return [(term, list(parts.values())) for (term, _, slots), parts in found.items() if len(parts) == slots]


def _places(parts: Sequence[Sequence[Span]], taken: frozenset[int] = frozenset()) -> frozenset[int]:
    """The tokens of one span for each part, none of them twice; none at all where that cannot be."""
    if not parts:
        return taken
    for span in parts[0][:_MOST_RUNS]:
        inside = frozenset(range(span.start, span.end))
        found = frozenset() if inside & taken else _places(parts[1:], taken | inside)
        if found:
            return found
    return frozenset()


def _owners(base: Base, terms: Collection[str]) -> dict[str, list[Owner]]:
    """What each of the ``terms`` stands for."""
    rows = base.connection.execute(
        "select term.id, about.position, record.id, record.kind, record.country, "
        "(select max(stress, 0) from label where label.record = term.rowid limit 1) from about "
        "join record as term on term.rowid = about.term and term.active "
        "join record on record.id = about.id and record.active "
        "where term.id in (select value from json_each(?)) order by term.id, about.position",
        (json.dumps(list(terms)),),
    )
    found: dict[str, list[Owner]] = {term: [] for term in terms}
    for term, position, record_id, kind, country, stress in rows:
        owner = Owner(term, "", record_id, kind, country, "together", position, "en", stress, "")
        found[term].append(owner)
    return found
