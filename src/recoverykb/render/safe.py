"""Making text safe to show: no control character of a record ever reaches a terminal or file."""

import unicodedata

_CONTROL = [*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, 0xE000, 0xFEFF]
_DIRECTION = [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]
_SAFE: dict[int, str | None] = {
    **dict.fromkeys(_CONTROL, "\ufffd"),
    **dict.fromkeys(_DIRECTION),
    ord("\t"): " ",
}
"""What is shown instead of a character; a table and no expression, because every run would compile it."""
_ASCII = str.maketrans(
    {"–": "-", "—": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "…": "...", "·": "-", "•": "*", "×": "x",
     "\u00a0": " ", "\u202f": " ", "\u2011": "-", "→": "->", "≥": ">=", "≤": "<=", "€": "EUR", "£": "GBP",
     "ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ł": "l", "Ł": "L", "đ": "d",
     "Đ": "D", "ð": "d", "þ": "th", "ı": "i"}
) | dict.fromkeys(_CONTROL, "?")  # fmt: skip


def clean(text: str) -> str:
    """``text`` without control and direction-override characters; tabs become spaces, newlines stay."""
    return text.replace("\r\n", "\n").translate(_SAFE)


def one_line(text: str) -> str:
    """``text``, cleaned, with every run of white space as one space."""
    return " ".join(clean(text).split())


def ascii_only(text: str) -> str:
    """``text`` in ASCII: accents dropped, typographic signs replaced, controls and the rest as ``?``.

    Tabs and newlines stay.
    """
    plain = unicodedata.normalize("NFKD", text.translate(_ASCII))
    kept = "".join(char for char in plain if not unicodedata.combining(char))
    return kept.encode("ascii", "replace").decode("ascii")
