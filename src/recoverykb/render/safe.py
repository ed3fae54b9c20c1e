"""Making text safe to show: no control character of a record ever reaches a terminal or file."""

import re
import unicodedata

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ue000\ufeff]")
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ASCII = str.maketrans(
    {"–": "-", "—": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "…": "...", "·": "-", "•": "*", "×": "x",
     "\u00a0": " ", "\u202f": " ", "\u2011": "-", "→": "->", "≥": ">=", "≤": "<=", "€": "EUR", "£": "GBP",
     "ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ł": "l", "Ł": "L", "đ": "d",
     "Đ": "D", "ð": "d", "þ": "th", "ı": "i"}
)  # fmt: skip


def clean(text: str) -> str:
    """``text`` without control and direction-override characters; tabs become spaces, newlines stay."""
    return _DIRECTION.sub("", _CONTROL.sub("\ufffd", text.replace("\r\n", "\n").replace("\t", " ")))


def one_line(text: str) -> str:
    """``text``, cleaned, with every run of white space as one space."""
    return " ".join(clean(text).split())


def ascii_only(text: str) -> str:
    """``text`` in ASCII: accents dropped, typographic signs replaced, controls and the rest as ``?``.

    Tabs and newlines stay.
    """
    plain = unicodedata.normalize("NFKD", _CONTROL.sub("?", text).translate(_ASCII))
    kept = "".join(char for char in plain if not unicodedata.combining(char))
    return kept.encode("ascii", "replace").decode("ascii")
