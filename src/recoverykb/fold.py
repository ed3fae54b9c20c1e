"""Folding of text, so that what people type meets what records say.

One place decides which spellings count as the same. The index, look-ups and queries all call
:func:`fold`; :func:`words` cuts folded text into the words that are searched.
"""

import re
import unicodedata
from functools import cache

_LETTERS = str.maketrans(
    {
        "đ": "d", "ð": "d", "ø": "o", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th",
        "ə": "e", "қ": "к", "ғ": "г", "ң": "н", "ө": "о", "ү": "у", "ұ": "у", "ә": "а", "һ": "х",
        "ҳ": "х", "ҷ": "ч",
        "ƙ": "k", "ɗ": "d", "ɓ": "b", "ƴ": "y", "ŋ": "n",
        "ٱ": "ا", "ې": "ي", "ۍ": "ي", "ى": "ي", "ة": "ه", "ی": "ي", "ک": "ك", "ہ": "ه",
        "ھ": "ه", "ँ": "ं", "़": "", "਼": "",
    }
)  # fmt: skip
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʻʼ`´", "'"))
_ETHIOPIC = {"ሐ": "ሀ", "ኀ": "ሀ", "ሠ": "ሰ", "ዐ": "አ", "ፀ": "ጸ"}
"""Series of letters that Amharic sounds alike: the first of one, and the first of that it is taken for."""
_LETTERS.update(
    {ord(first) + order: chr(ord(other) + order) for first, other in _ETHIOPIC.items() for order in range(7)}
)
_CHILLU = {"ണ": "ൺ", "ന": "ൻ", "ര": "ർ", "ല": "ൽ", "ള": "ൾ"}
"""Malayalam consonants, and their letters without a vowel."""
_ELIDED = "l|d|j|m|t|s|n|c|qu|jusqu|lorsqu|puisqu|dell|all|nell|dall|sull|coll|un|quell|quest"
"""French and Italian little words that lose their vowel before another: "l'héroïne", "dell'eroina"."""
_ALEF, _ALEF_MARKS = "\u0627", "\u0653\u0654\u0655"
_ASCII_GAPS = {code: None if chr(code) == "'" else " " for code in range(128) if not chr(code).isalnum()}
"""What stands between words of plain text: :meth:`str.translate` takes half the time of a pattern."""
_MARKS = (0x0300, 0x1D00)
"""Where vowels and tone marks are that belong into words; most text has no character from there."""


def fold(text: str) -> str:
    """Lower-case ``text`` without accents, full-width forms and letters that mark no difference.

    Combining marks are dropped only where a Latin, Greek or Cyrillic letter carries them: in
    Thai, Hindi and other scripts they are vowels and change the word.
    """
    if text.isascii():
        return text.lower()
    if "\u200c" in text or "\u200d" in text:
        text = _unjoined(text)
    lower = unicodedata.normalize("NFKC", text).casefold()
    apart = unicodedata.normalize("NFD", lower).translate(_LETTERS)
    if not any(map(unicodedata.combining, apart)):
        return unicodedata.normalize("NFC", apart)
    out: list[str] = []
    base = "\uffff"
    for char in apart:
        if not unicodedata.combining(char):
            base = char
        elif base < "\u0590" or (base == _ALEF and char in _ALEF_MARKS):
            continue
        out.append(char)
    return unicodedata.normalize("NFC", "".join(out))


def _unjoined(text: str) -> str:
    """``text`` without the invisible joiners inside words of India's and Sri Lanka's scripts.

    A Malayalam letter that was typed as a consonant, a virama and a joiner becomes the one letter it is.
    """
    for typed, letter in _CHILLU.items():
        text = text.replace(typed + "\u0d4d\u200d", letter)
    return _joiner().sub("", text)


@cache
def _joiner() -> re.Pattern[str]:
    return re.compile("(?<=[\u0900-\u0dff])[\u200c\u200d](?=[\u0900-\u0dff])")


def words(text: str) -> list[str]:
    """The words of ``text``, folded, in order.

    Apostrophes inside a word are dropped, and a French or Italian little word that one joins to the next.
    """
    folded = fold(text if text.isascii() else text.translate(_APOSTROPHES))
    if "'" in folded:
        folded = _elision().sub("", folded)
    if folded.isascii() and "''" not in folded:
        return folded.translate(_ASCII_GAPS).split()
    found: list[str] = _pattern(folded).findall(folded)
    return [match.replace("'", "") for match in found] if "'" in folded else found


def _pattern(folded: str) -> re.Pattern[str]:
    marked = not folded.isascii() and _mark().search(folded)
    return _word_with_marks() if marked else _word()


@cache
def _elision() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'])(?:{_ELIDED})'(?=[aeiouyh])")


@cache
def _mark() -> re.Pattern[str]:
    return re.compile(f"[{chr(_MARKS[0])}-{chr(_MARKS[1] - 1)}]")


@cache
def _word() -> re.Pattern[str]:
    """A word of a script that writes vowels as letters."""
    return re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")


@cache
def _word_with_marks() -> re.Pattern[str]:
    """As :func:`_word`, with the vowels and tone marks of Thai, Hindi and others inside the word."""
    codes = range(*_MARKS)
    marks = "".join(chr(code) for code in codes if unicodedata.category(chr(code)).startswith("M"))
    letter = rf"(?:[^\W_][{marks}]*)"
    return re.compile(rf"{letter}+(?:[’']{letter}+)*")


def key(text: str) -> str:
    """The form under which a whole label is looked up: its folded words, one space between."""
    return " ".join(words(text))
