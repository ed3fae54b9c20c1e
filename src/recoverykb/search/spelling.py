"""Corrections by the base's own words.

A word is corrected only when no record holds it, not even as the beginning of a word. First every form of
it that is one slip away is looked up (P. Norvig, How to Write a Spelling Corrector, 2007); only when the base
knows none, rapidfuzz compares the whole vocabulary, piece by piece, by spelling and then by sound.
"""

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from recoverykb.search.english import is_english
from recoverykb.stop_words import ALL_STOP_WORDS, STOP_WORDS
from recoverykb.storage.vocabulary import is_spellable
from recoverykb.tokens import tokens_of

_SHORTEST = 4
"""Letters of the shortest beginning of a word that counts as known."""
_MANY_TIMES = 10
"""A word that is in so many times the records is rather meant than one that begins as what is typed."""
_MOST_LONGER = 20
"""Words that begin with a word: so many are looked at."""
_LONG = 8
"""From this length on two slips are allowed; in shorter words they make another word."""
_SOUNDS = {
    "ph": "f", "th": "t", "ck": "k", "qu": "k", "c": "k", "q": "k", "x": "ks", "z": "s", "y": "i", "ou": "u",
    "oo": "u", "ee": "i", "ea": "i", "ie": "i", "ei": "i", "ae": "e", "oe": "e", "w": "v",
}  # fmt: skip
"""Spellings that sound alike, and the one that stands for them; in this order."""
_INFLECTED = ("ing", "ed", "er", "ly", "ment", "ness", "ion", "able", "ive", "al", "est")
"""Endings with which a word may be a form of one the base knows; the full text takes them for the same."""
_VOWELS = str.maketrans("aiou", "eeee")
_MODIFIERS, _AFTER_LATIN, _EAST_ASIAN = 0x02B0, 0x0370, 0x2E80
"""Where letters begin that stand among those of any script (the apostrophe of Ukrainian), those that are not
Latin, and the scripts of East Asia, which are mixed in one text."""
_EVERY = -1
_MOST_LETTERS = 3
"""Words that differ more in length are not compared."""
_AT_ONCE = 20_000
"""Words of the vocabulary that are in memory at a time."""


class Correction(NamedTuple):
    """A word of the query (``typed``) and the word used instead; nothing where no word is near."""

    typed: str
    to: str


def correct(connection: sqlite3.Connection, typed: Iterable[str]) -> list[Correction]:
    """What becomes of those of the folded words ``typed`` that the base does not know, each once."""
    said = list(dict.fromkeys(typed))
    words = [word for word in said if word not in ALL_STOP_WORDS and is_spellable(word)]
    others = [] if any(word in ALL_STOP_WORDS and word not in STOP_WORDS for word in said) else words
    found: list[Correction] = []
    for word in words:
        if _known(connection, word):
            continue
        whole = _completed(connection, word)
        if whole:
            found += [Correction(word, whole)] if whole != word else []
            continue
        if is_english(word):
            found.append(Correction(word, _beside_others(connection, word, words)))
            continue
        begins = _begins_a_label(connection, word)
        nearest = _unless_foreign(connection, word, _one_slip(connection, word, shown=begins), others)
        if not nearest and not begins:
            nearest = _unless_foreign(connection, word, _farther(connection, word), others)
        if nearest or not begins:
            found.append(Correction(word, nearest))
    return found


def _unless_foreign(connection: sqlite3.Connection, word: str, nearest: str, words: Sequence[str]) -> str:
    """``nearest``, but for a word of another language where most of the other ``words`` stand in a record."""
    if not nearest or not _is_foreign(connection, nearest):
        return nearest
    others = [_is_in_a_record(connection, other) for other in words if other != word]
    return "" if sum(others) * 2 > len(others) else nearest


def _beside_others(connection: sqlite3.Connection, word: str, words: Sequence[str]) -> str:
    """The word one slip away that makes a label with its neighbours ("duel diagnosis"), or nothing."""
    near = _one_slip(connection, word, shown=False)
    place = words.index(word)
    pairs = [(*words[place - 1 : place], near), (near, *words[place + 1 : place + 2])]
    labels = [" ".join(tokens_of(pair)) for pair in pairs if len(pair) > 1]
    known = "select 1 from label where loose in (select value from json_each(?)) limit 1"
    return near if near and connection.execute(known, (json.dumps(labels),)).fetchone() else ""


def _known(connection: sqlite3.Connection, word: str) -> bool:
    """Whether ``word`` is known, in another form too."""
    token = " ".join(tokens_of([word]))
    whole = "select 1 from spelling where (word = ? or level = ?) and records > 0 limit 1"
    if connection.execute(whole, (word, token)).fetchone():
        return True
    return _is_inflected(connection, word)


def _is_inflected(connection: sqlite3.Connection, word: str) -> bool:
    """Whether ``word`` is a form of a word that a record has: "tapered" of "taper", "quitting" of "quit"."""
    stems = [word.removesuffix(ending) for ending in _INFLECTED if word.endswith(ending)]
    forms = {form for short in stems for form in (short, f"{short}e", re.sub(r"(.)\1$", r"\1", short))}
    known = connection.execute(
        "select word from spelling where word in (select value from json_each(?)) and records > 0",
        (json.dumps(sorted(form for form in forms if len(form) >= _SHORTEST - 1)),),
    ).fetchall()
    return any(_is_in_a_record(connection, form) for (form,) in known) and _is_in_a_record(connection, word)


def _completed(connection: sqlite3.Connection, word: str) -> str:
    """The word whose last letter was left out ("jonesin"), ``word`` if it begins others, or nothing.

    Where those are few and a word one slip away is in many times the records, it is that: "bayb", with which
    the name of a town begins, is "baby".
    """
    longer = connection.execute(
        "select word, records, labels from spelling where word > ? and word < ? and records > 0 "
        "order by labels = 0 limit ?",
        (word, word + "\U0010ffff", _MOST_LONGER),
    ).fetchall()
    shown = [row for row in longer if _is_in_a_record(connection, row[0])]
    if is_english(word):
        return word if shown else ""
    near = _one_slip(connection, word, shown=True) if shown else ""
    found = connection.execute("select records from spelling where word = ?", (near,)).fetchone()
    if found and found[0] >= _MANY_TIMES * sum(row[1] for row in longer):
        return near
    nearly = [(row[1], str(row[0])) for row in shown if len(row[0]) == len(word) + 1 and row[2]]
    if nearly:
        return max(nearly)[1]
    return word if shown else ""


def _begins_a_label(connection: sqlite3.Connection, word: str) -> bool:
    """Whether a label, but for those of places, begins with ``word``: half typed, or mistyped by chance."""
    token = " ".join(tokens_of([word]))
    begun = "select 1 from label where loose >= ? and loose < ? and type not in ('place', 'local') limit 1"
    return (
        len(token) >= _SHORTEST
        and token == word
        and connection.execute(begun, (token, token + "\U0010ffff")).fetchone() is not None
    )


def _one_slip(connection: sqlite3.Connection, word: str, *, shown: bool) -> str:
    """The best word one slip away; with ``shown`` only one that a record has which people can open."""
    rows = connection.execute(
        "select word, records, labels from spelling where word in (select value from json_each(?)) "
        "and records > 0",
        (json.dumps(list(_slips(word, _letters(connection, word)))),),
    )
    near: list[_Candidate] = [(0, *row) for row in rows if is_spellable(row[0])]
    if shown:
        near = [entry for entry in near if entry[1].startswith(word) or not _is_foreign(connection, entry[1])]
    return _first(connection, word, near)


def _letters(connection: sqlite3.Connection, word: str) -> list[str]:
    """The letters of the base's words that are of a script of ``word``, or of every script."""
    scripts = {_EVERY, *map(_script, word)}
    known = connection.execute("select letter from letter").fetchall()
    return [letter for (letter,) in known if _script(letter) in scripts]


def _script(letter: str) -> int:
    """A number for the script of ``letter``, as far as Unicode keeps scripts in blocks of their own."""
    code = ord(letter)
    if code < _AFTER_LATIN:
        return _EVERY if code >= _MODIFIERS else 0
    return min(code, _EAST_ASIAN) >> 8


def _slips(word: str, letters: Iterable[str]) -> set[str]:
    """Every form of ``word`` with a letter missing, added or changed, or two neighbours swapped."""
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    forms = {before + after[1:] for before, after in cuts}
    forms.update(before + after[1:2] + after[:1] + after[2:] for before, after in cuts)
    for letter in letters:
        forms.update(before + letter + after for before, after in cuts)
        forms.update(before + letter + after[1:] for before, after in cuts)
    return forms


_Candidate = tuple[int, str, int, int]
"""How far a word is, the word, how many records hold it, and how many in their labels."""


def _first(connection: sqlite3.Connection, word: str, candidates: Sequence[_Candidate]) -> str:
    """The candidate that stands in best for ``word``: near, same first letter, of names, in many records.

    A word that only the thesaurus holds counts as one slip farther: mostly it is of another language.
    """
    if len(candidates) < 2:
        return candidates[0][1] if candidates else ""
    ranked = []
    for distance, found, records, labels in candidates:
        hidden = _is_foreign(connection, found)
        ranked.append((distance + hidden, found[0] != word[0], hidden, not labels, -records, found))
    return min(ranked)[-1]


def _is_foreign(connection: sqlite3.Connection, word: str) -> bool:
    """Whether ``word`` stands in nothing but labels of other languages: in an English query it is no slip."""
    if _is_in_a_record(connection, word):
        return False
    own = (
        "select 1 from label where loose = ? "
        "and (type = 'place' or ' ' || languages || ' ' like '% en %') limit 1"
    )
    return connection.execute(own, (" ".join(tokens_of([word])),)).fetchone() is None


def _is_in_a_record(connection: sqlite3.Connection, word: str) -> bool:
    """Whether a record that people can open holds ``word``; the full text has no others."""
    token = " ".join(tokens_of([word]))
    found = connection.execute("select 1 from search where search match ? limit 1", (f'"{token}"',))
    return found.fetchone() is not None


def _farther(connection: sqlite3.Connection, word: str) -> str:
    """The nearest word two slips away, or one that sounds alike; for long words only.

    What sounds alike must be spelt alike too, and a word that sounds nearer but is not rules out the others.
    It comes before a word that only the thesaurus holds: mostly that is of another language.
    """
    if len(word) < _LONG - 2:
        return ""
    spelt = ""
    if len(word) >= _LONG:
        spelt = _best(connection, word, _within(word, 2, _known_words(connection, len(word))))
        if spelt and _is_in_a_record(connection, spelt):
            return spelt
    return _alike(connection, word) or spelt


def _alike(connection: sqlite3.Connection, word: str) -> str:
    """The word of a label that sounds like ``word`` and is spelt alike, or nothing."""
    heard, allowed = sound(word), len(word) // 6
    alike = _within(word, len(word) // 3, _known_words(connection, len(word), labelled=True))
    if not _within(heard, allowed, [list(alike)], sounds):
        return ""
    nearest = _within(heard, allowed, _known_words(connection, len(word), labelled=True), sounds)
    best = _best(connection, heard, nearest)
    return best if best in alike else ""


def _known_words(
    connection: sqlite3.Connection, length: int, *, labelled: bool = False
) -> Iterator[list[str]]:
    """The words of about that length, in pieces that are in memory one at a time; or only those of labels.

    SQLite joins them to one text, which takes a fraction of the time that a row for each would.
    """
    (last,) = connection.execute("select max(id) from spelling").fetchone()
    for first in range(1, (last or 0) + 1, _AT_ONCE):
        (joined,) = connection.execute(
            "select group_concat(word, ' ') from spelling where id >= ? and id < ? and records > 0 "
            "and labels >= ? and length(word) between ? and ?",
            (first, first + _AT_ONCE, int(labelled), length - _MOST_LETTERS, length + _MOST_LETTERS),
        ).fetchone()
        yield joined.split(" ") if joined else []


def _within(
    spelt: str, allowed: int, pieces: Iterable[list[str]], form: Callable[[list[str]], list[str]] = list
) -> dict[str, int]:
    """The words of ``pieces`` within ``allowed`` slips of ``spelt``, and how many; their ``form`` counts."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    near: dict[str, int] = {}
    for words in pieces:
        found = process.extract(spelt, form(words), scorer=OSA.distance, score_cutoff=allowed, limit=None)
        near.update((words[place], distance) for _, distance, place in found if is_spellable(words[place]))
    return near


def _best(connection: sqlite3.Connection, word: str, near: dict[str, int]) -> str:
    """The nearest of the words in ``near`` (by distance), or nothing."""
    rows = connection.execute(
        "select word, records, labels from spelling where word in (select value from json_each(?))",
        (json.dumps(list(near)),),
    )
    return _first(connection, word, [(near[row[0]], *row) for row in rows])


def sound(word: str) -> str:
    """``word`` as it sounds, roughly: doubled letters single, and every vowel but the first alike."""
    return sounds([word])[0]


def sounds(words: Sequence[str]) -> list[str]:
    """How each of ``words`` sounds (see :func:`sound`); of all at once, which takes a tenth of the time."""
    if not words:
        return []
    text = " ".join(words)
    for spelt, heard in _SOUNDS.items():
        text = text.replace(spelt, heard)
    levelled = text.translate(_VOWELS).split(" ")
    text = " ".join(word[:1] + level[1:] for word, level in zip(text.split(" "), levelled, strict=True))
    return re.sub(r"(.)\1+", r"\1", text).split(" ")
