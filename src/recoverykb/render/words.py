"""How a :class:`Text` reads in any renderer without markup."""

from collections.abc import Callable

from recoverykb.render.safe import one_line
from recoverykb.views.document import Text


def refs(text: Text) -> str:
    """The source and note numbers of ``text``: ``[1, 3, n2]``, or nothing."""
    numbers = [*map(str, text.refs), *(f"n{number}" for number in text.notes)]
    return f"[{', '.join(numbers)}]" if numbers else ""


def sentence(text: Text, escape: Callable[[str], str] = one_line) -> str:
    """Lead, value and source numbers of ``text`` on one line, each escaped."""
    return " ".join(part for part in (escape(text.lead), escape(text.value), escape(refs(text))) if part)
