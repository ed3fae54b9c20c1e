"""Labels that are like a query though no run of its words is one: they share most of what both say.

The nearest neighbours of a query among the English labels, by weighed Jaccard likeness: the weight of the
words that both have (inverse document frequency over labels) by that of the words that either has.
"""

import json
from collections import defaultdict
from math import log
from typing import NamedTuple

from recoverykb import weights
from recoverykb.search.naming import worth
from recoverykb.search.reading import Reading
from recoverykb.search.spans import labelled
from recoverykb.search.tally import Tally
from recoverykb.storage.base import Base
from recoverykb.storage.concepts import UNLIKE
from recoverykb.tokens import stem

_LABELS = 25_000
"""English labels of several words in the bundled base, about: what a word says is reckoned against that."""
_LEAST_WORDS = 2
"""Fewer words that two have in common say nothing."""


class _Near(NamedTuple):
    likeness: float
    bag: str


def score_alike(base: Base, reading: Reading, tally: Tally) -> None:
    """Lift what labels like the query stand for to what those are worth; of an English query only."""
    words = {stem(token) for token, empty in zip(reading.tokens, reading.bare, strict=True) if not empty}
    foreign = reading.area.mostly or reading.area.also or not all(map(str.isascii, words))
    if foreign or len(words) < _LEAST_WORDS:
        return
    near = _nearest(base, words)
    owners = labelled(base, [entry.bag for entry in near], by="bag")
    best: dict[str, tuple[float, str]] = {}
    for likeness, bag in near:
        for owner in owners[bag]:
            points = worth(owner, weights.TEXT_KINDS) * weights.ALIKE * likeness**weights.ALIKE_POWER
            fits = owner.english and owner.sort not in UNLIKE and not owner.is_beside
            if fits and points > best.get(owner.id, (0.0, ""))[0]:
                best[owner.id] = (points, bag)
    for record_id, (points, bag) in best.items():
        room = points - tally.scores[record_id]
        if room > 0:
            tally.add(record_id, room, f"is like '{bag}'")


def _nearest(base: Base, words: set[str]) -> list[_Near]:
    """The labels (as bags of words) that are most like ``words``, the likest first."""
    rows = base.connection.execute(
        "select distinct word, bag from alike where word in (select value from json_each(?))",
        (json.dumps(sorted(words)),),
    ).fetchall()
    shared: dict[str, list[str]] = defaultdict(list)
    held: dict[str, int] = dict.fromkeys(words, 0)
    for word, bag in rows:
        shared[bag].append(word)
        held[word] += 1
    says = {word: log(1 + _LABELS / (1 + number)) for word, number in held.items()}
    whole = sum(says.values())
    found = [
        _Near(sum(says[word] for word in common) / (whole + weights.WORD_SAYS * _others(bag, common)), bag)
        for bag, common in shared.items()
        if len(common) >= _LEAST_WORDS
    ]
    likely = [entry for entry in found if entry.likeness >= weights.LEAST_ALIKE]
    return sorted(likely, key=lambda entry: (-entry.likeness, entry.bag))[: weights.MOST_ALIKE]


def _others(bag: str, common: list[str]) -> int:
    """How many words of a label are not among those in ``common``."""
    return len(set(bag.split())) - len(common)
