"""Folding of text, so that what people type meets what records say.

One place decides which spellings count as the same. The index, look-ups and queries all call
:func:`fold`; :func:`words` cuts folded text into the words that are searched.
"""

import re
import unicodedata

_LETTERS = str.maketrans(
    {
        "đ": "d", "ð": "d", "ø": "o", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th",
        "ё": "е", "أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه",
    }
)  # fmt: skip
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*", re.UNICODE)


def fold(text: str) -> str:
    """Lower-case ``text`` without accents, full-width forms and letters that mark no difference.

    Combining marks are dropped only where a Latin, Greek or Cyrillic letter carries them: in
    Thai, Hindi and other scripts they are vowels and change the word.
    """
    composed = unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS)
    out: list[str] = []
    base_is_alphabetic = False
    for char in unicodedata.normalize("NFD", composed):
        if unicodedata.combining(char):
            if not base_is_alphabetic:
                out.append(char)
            continue
        base_is_alphabetic = char < "\u0590"
        out.append(char)
    return unicodedata.normalize("NFC", "".join(out))


def words(text: str) -> list[str]:
    """The words of ``text``, folded, in order; apostrophes inside a word are dropped."""
    return [match.replace("’", "").replace("'", "") for match in _WORD.findall(fold(text))]


def key(text: str) -> str:
    """The form under which a whole label is looked up: its folded words, one space between."""
    return " ".join(words(text))
