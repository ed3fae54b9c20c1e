"""Corrections by the base's own words.

A word is corrected only when no record holds it, not even as the beginning of a word. First the words one
slip away are looked up (``near``, see :mod:`recoverykb.storage.vocabulary`); only when there are
none, rapidfuzz compares the whole vocabulary, by spelling and then by sound.
"""

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from recoverykb.storage.vocabulary import is_spellable, slips
from recoverykb.tokens import STOP_WORDS, tokens_of

_SHORTEST = 4
"""Letters of the shortest beginning of a word that counts as known."""
_LONG = 8
"""From this length on two slips are allowed; in shorter words they make another word."""
_SOUNDS = {
    "ph": "f", "th": "t", "ck": "k", "qu": "k", "c": "k", "q": "k", "x": "ks", "z": "s", "y": "i", "ou": "u",
    "oo": "u", "ee": "i", "ea": "i", "ie": "i", "ei": "i", "ae": "e", "oe": "e", "w": "v",
}  # fmt: skip
"""Spellings that sound alike, and the one that stands for them; in this order."""
_INFLECTED = ("ing", "ed", "er", "ly", "ment", "ness", "ion", "able", "ive", "al", "est")
"""Endings with which a word may be a form of one the base knows; the full text takes them for the same."""
_VOWELS = frozenset("aeiou")


class Correction(NamedTuple):
    """A word of the query (``typed``) and the word used instead."""

    typed: str
    to: str


def correct(connection: sqlite3.Connection, typed: Iterable[str]) -> list[Correction]:
    """The corrections that the folded words ``typed`` need, each once; empty when the base knows them all."""
    found: dict[str, Correction] = {}
    for word in dict.fromkeys(typed):
        if word not in STOP_WORDS and is_spellable(word) and not _known(connection, word):
            nearest = _one_slip(connection, word) or _farther(connection, word)
            if nearest:
                found[word] = Correction(word, nearest)
    return list(found.values())


def _known(connection: sqlite3.Connection, word: str) -> bool:
    """Whether a record or a label holds ``word``, another form of it, or a word that begins with it."""
    token = " ".join(tokens_of([word]))
    upper = "\U0010ffff"
    tests: list[tuple[str, tuple[str, ...]]] = [
        ("spelling where word >= ? and word < ? and records > 0", (word, word + upper)),
        ("spelling where level = ? and records > 0", (token,)),
    ]
    if len(token) >= _SHORTEST:
        tests.append(("label where loose >= ? and loose < ?", (token, token + upper)))
    if word.endswith(_INFLECTED):
        tests.append(("search where search match ?", (f'"{token}"',)))
    return any(
        connection.execute(f"select 1 from {test} limit 1", values).fetchone() for test, values in tests
    )


def _one_slip(connection: sqlite3.Connection, word: str) -> str:
    marks = list(slips(word))
    rows = connection.execute(
        f"select distinct word, records, labels from spelling where id in "
        f"(select near.word from near where hash in ({','.join('?' * len(marks))})) and records > 0",
        marks,
    ).fetchall()
    near = [(found, records, labels) for found, records, labels in rows if _is_one_slip(word, found)]
    return min(near, key=lambda entry: _preference(word, *entry), default=("", 0, 0))[0]


def _preference(word: str, found: str, records: int, labels: int) -> tuple[bool, bool, int, str]:
    """How well ``found`` stands in: same first letter, a word of names, in many records."""
    return (found[0] != word[0], not labels, -records, found)


def _is_one_slip(one: str, other: str) -> bool:
    """Whether a letter missing, added, changed, or two neighbours swapped, makes ``other`` of ``one``."""
    if len(one) > len(other):
        one, other = other, one
    place = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    if len(one) < len(other):
        return len(other) - len(one) == 1 and one[place:] == other[place + 1 :]
    swapped = one[place + 1 : place + 2] + one[place : place + 1] + one[place + 2 :] == other[place:]
    return one[place + 1 :] == other[place + 1 :] or swapped


def _farther(connection: sqlite3.Connection, word: str) -> str:
    """The nearest word two slips away, or one that sounds alike; for long words only."""
    if len(word) < _LONG - 2:
        return ""
    rows = connection.execute(
        "select word, records, labels from spelling where records > 0 and length(word) between ? and ?",
        (len(word) - 3, len(word) + 3),
    ).fetchall()
    counts = {found: (records, labels) for found, records, labels in rows if is_spellable(found)}
    if len(word) >= _LONG:
        best = _nearest(word, {found: found for found in counts}, 2, counts)
        if best:
            return best
    sounds = {found: sound(found) for found, (_, labels) in counts.items() if labels}
    heard = _nearest(sound(word), sounds, len(word) // 6, counts)
    return heard if heard and _nearest(word, {heard: heard}, len(word) // 3, counts) else ""


def _nearest(spelt: str, forms: dict[str, str], allowed: int, counts: dict[str, tuple[int, int]]) -> str:
    """The word whose form (``forms``, by word) is within ``allowed`` slips of ``spelt``, or nothing."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    ranked = process.extract(spelt, forms, scorer=OSA.distance, score_cutoff=allowed, limit=None)
    best = min(
        ((distance, *_preference(spelt, word, *counts[word])) for _, distance, word in ranked), default=None
    )
    return best[-1] if best else ""


def sound(word: str) -> str:
    """``word`` as it sounds, roughly: doubled letters single, and every vowel but the first alike."""
    for spelt, heard in _SOUNDS.items():
        word = word.replace(spelt, heard)
    out = ""
    for char in word:
        heard = "e" if char in _VOWELS and out else char
        if heard != out[-1:]:
            out += heard
    return out
