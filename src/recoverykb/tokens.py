"""Words as the index and queries compare them: folded, with spellings and forms levelled.

:func:`recoverykb.fold.words` says where words are; :func:`tokens` goes one step further, so that
"programmes" meets "program", "المساعدة" meets "مساعدة" and a word inside a run of Thai or Chinese is
found. What is shown to people is never made from tokens.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache

from recoverykb.fold import words
from recoverykb.stop_words import SHORT_NEGATIONS

_UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Burmese
    (0x1780, 0x17FF),  # Khmer
    (0x3040, 0x30FF),  # Hiragana, Katakana
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),  # Chinese characters
)
"""Scripts written without spaces between words (first and last code point)."""

_AMERICAN = {
    "programme": "program", "centre": "center", "fibre": "fiber", "litre": "liter", "metre": "meter",
    "theatre": "theater", "dialogue": "dialog", "catalogue": "catalog", "practise": "practice",
    "practising": "practicing", "practised": "practiced", "licence": "license", "defence": "defense",
    "offence": "offense", "cheque": "check", "grey": "gray", "tonne": "ton", "ageing": "aging",
    "enrol": "enroll", "fulfil": "fulfill", "instalment": "installment", "sulphate": "sulfate",
    "diarrhoea": "diarrhea", "oedema": "edema", "storey": "story", "tyre": "tire", "pyjama": "pajama",
    "judgement": "judgment", "acknowledgement": "acknowledgment", "artefact": "artifact",
}  # fmt: skip
"""British words whose American form follows no rule below."""

_ENDINGS = {
    **{f"is{end}": f"iz{end}" for end in ("e", "ed", "er", "ing", "ation", "ational")},  # decriminalisation
    **{f"ys{end}": f"yz{end}" for end in ("e", "ed", "er", "ing")},  # analyse
    **{
        f"our{end}": f"or{end}"
        for end in ("", "al", "ally", "ed", "ing", "ite", "able", "ful", "ist", "less", "hood")
    },  # behaviour, colour
}
_DOUBLED = frozenset({"counsel", "label", "travel", "cancel", "model", "signal", "channel"})
"""Stems whose last letter is doubled in British spelling: counselling, labelled."""
_BEGINNINGS = {
    "paed": "ped", "haem": "hem", "anaesth": "anesth", "gynaec": "gynec", "foet": "fet", "oestr": "estr",
    "manoeuv": "maneuv",
}  # fmt: skip
_ALL_ENDINGS = tuple(sorted(_ENDINGS, key=len, reverse=True))
_ALL_BEGINNINGS = tuple(_BEGINNINGS)
_LEAST_STEM = 3
_ARABIC_PREFIXES = tuple(
    first + article for first in ("و", "") for article in ("ال", "بال", "كال", "فال", "لل")
)
_ARABIC_SUFFIXES = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
"""Article, conjunctions and common endings: the light10 stemmer of Larkey, Ballesteros and Connell (2007)."""
_ENGLISH = ("ing", "ed", "es", "e")
_SLAVIC = """
иями ями ами ого его ому ему ыми ими ает яет ают яют уют ует ить ать ять еть ите ете ишь ешь ала ила али или
ую юю ая яя ое ее ые ие ыи ии ои еи ым им ом ем ах ях ам ям ов ев ею ою ию ия ье ья ил ал ит ут ют ат ят а я
о е ы и у ю ь і є
"""
_CYRILLIC = tuple(_SLAVIC.split())
"""The longer ones first."""


def tokens(text: str) -> list[str]:
    """The tokens of ``text`` in order; runs without spaces become overlapping pairs of characters."""
    return tokens_of(words(text))


def tokens_of(folded: Iterable[str]) -> list[str]:
    """The tokens of words that are folded already (see :func:`tokens`)."""
    return joined_tokens(folded).split()


def joined_tokens(folded: Iterable[str]) -> str:
    """The tokens of words that are folded already, one space between: how the index holds a text."""
    return " ".join(map(_TOKENS.__getitem__, folded))


class _Tokens(dict[str, str]):
    """The tokens of every word met so far, one space between; begun anew when there are too many."""

    _MOST = 200_000

    def __missing__(self, word: str) -> str:
        if len(self) >= self._MOST:
            self.clear()
        plain = word.isascii() or not any(map(_is_unspaced, word))
        self[word] = found = level(word) if plain else " ".join(_pieces(word))
        return found


_TOKENS = _Tokens()


def loose(text: str) -> str:
    """The tokens of ``text``, one space between: how labels are compared."""
    return " ".join(tokens(text))


def level(word: str) -> str:
    """One folded ``word`` without the differences of spelling and form that searching ignores."""
    if word.isascii():
        return _singular(_american(word))
    return _arabic(word) if "\u0600" <= word[0] <= "\u06ff" else word


def _arabic(word: str) -> str:
    for prefix in _ARABIC_PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) > _LEAST_STEM - 1:
            word = word[len(prefix) :]
            break
    for suffix in _ARABIC_SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) > _LEAST_STEM - 1:
            return word[: -len(suffix)]
    return word


def _american(word: str) -> str:
    plural = word.endswith("s") and not word.endswith("ss")
    stem = word[:-1] if plural else word
    stem = _AMERICAN.get(stem, stem)
    if stem.startswith(_ALL_BEGINNINGS):
        beginning = next(filter(stem.startswith, _ALL_BEGINNINGS))
        stem = _BEGINNINGS[beginning] + stem[len(beginning) :]
    if stem.endswith(_ALL_ENDINGS):
        ending = next(filter(stem.endswith, _ALL_ENDINGS))
        if len(stem) - len(ending) >= _LEAST_STEM:
            stem = stem[: -len(ending)] + _ENDINGS[ending]
    elif stem.endswith(("ed", "er", "or", "ing")):
        cut = 3 if stem.endswith("ing") else 2
        doubled = stem[:-cut]
        if doubled.endswith("l") and doubled[:-1] in _DOUBLED:
            stem = doubled[:-1] + stem[-cut:]
    return stem + "s" if plural else stem


def _singular(word: str) -> str:
    """``word`` without a plural's ending. Harman's s-stemmer (1991), for words of four letters and more."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and not word.endswith(("eies", "aies")):
        return word[:-3] + "y" if len(word) > 4 else word[:-1]
    return word[:-1]


def _is_unspaced(char: str) -> bool:
    code = ord(char)
    return code >= 0x0E00 and any(first <= code <= last for first, last in _UNSPACED)


def _pieces(word: str) -> Iterator[str]:
    """``word`` cut where the script changes; unspaced runs as pairs, one character alone as itself."""
    start = 0
    for end in range(1, len(word) + 1):
        if end < len(word) and _is_unspaced(word[end]) == _is_unspaced(word[start]):
            continue
        run = word[start:end]
        if not _is_unspaced(run[0]):
            yield level(run)
        elif len(run) == 1:
            yield run
        else:
            yield from (run[place : place + 2] for place in range(len(run) - 1))
        start = end


@lru_cache(maxsize=100_000)
def stem(token: str) -> str:
    """``token`` without the ending of a form of it, where labels are compared whatever their order.

    English -ing, -ed, -es and -e, and the endings of Slavic words that are written in Cyrillic (after the
    Snowball stemmer for Russian, M. F. Porter 2001, with those of Ukrainian, and without its regions).
    "don't" and its like are forms of "not".
    """
    if token in SHORT_NEGATIONS:
        return "not"
    endings = _ENGLISH if token.isascii() else _CYRILLIC if "\u0400" <= token[0] <= "\u052f" else ()
    for ending in endings:
        if token.endswith(ending) and len(token) - len(ending) >= _LEAST_STEM:
            return token[: -len(ending)]
    return token


def bag(folded: Sequence[str], empty: Collection[str]) -> str:
    """The stems of the folded words that carry a subject, by alphabet: how labels are compared in any order.

    Words in ``empty`` are left out; words that are all little ones stand for themselves.
    """
    return " ".join(sorted(map(stem, tokens_of([word for word in folded if word not in empty] or folded))))
