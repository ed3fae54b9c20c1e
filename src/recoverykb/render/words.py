"""How a :class:`Text` reads in any renderer without markup."""

import re
from collections.abc import Callable

from recoverykb.render.safe import one_line
from recoverykb.views.document import QUOTE_MARK, Layout, Text


def refs(text: Text) -> str:
    """The source and note numbers of ``text``: ``[1, 3, n2]``, or nothing."""
    numbers = [*map(str, text.refs), *(f"n{number}" for number in text.notes)]
    return f"[{', '.join(numbers)}]" if numbers else ""


def sentence(text: Text, escape: Callable[[str], str] = one_line) -> str:
    """Lead, value, quoted words and source numbers of ``text`` on one line, each escaped."""
    parts = (escape(text.lead), escape(text.value), escape(quoted(text)), escape(refs(text)))
    return " ".join(part for part in parts if part)


IN_NUMBER = re.compile(r"(?<=[\d)/.+-]) (?=[\d(/+-])")
"""A space inside a phone number in running text."""


def unbroken(text: str) -> str:
    """``text`` whose phone numbers no line can break."""
    return IN_NUMBER.sub("\u00a0", text)


_GROUPED = re.compile(r"(?:\(\d+\)|\+?\d[\d/-]*)(?: [\d/-]*\d)+")


def isolated(text: str, layout: Layout) -> str:
    """A finished text whose numbers keep the order of their groups where lines run from right to left.

    Without the isolates of Unicode (UAX 9) 300 754 8933 would be shown as 8933 754 300.
    """
    return _GROUPED.sub("\u2066\\g<0>\u2069", text) if layout.rtl else text


def quoted(text: Text) -> str:
    """The English words of a record on a page in another language, marked as such; or nothing."""
    return f"{QUOTE_MARK} {text.quote}" if text.quote else ""
