"""Control and direction-override characters hide text or steer a terminal. They never belong in a record."""

import unicodedata
from collections.abc import Iterator

from recoverykb.check.context import Context, RuleInfo, walk
from recoverykb.problem import Problem

CODE, SEVERITY, TITLE = "RKB502", "error", "a control character in text"

_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def check(context: Context, rule: RuleInfo) -> Iterator[Problem]:
    """Yield a problem for each text with such a character."""
    for item in context.items:
        for path, value in walk(item.table()):
            if not isinstance(value, str):
                continue
            for char in value:
                if char in _DIRECTION or (unicodedata.category(char) == "Cc" and char != "\n"):
                    yield context.problem(
                        rule, item, path, f"holds the character U+{ord(char):04X}", "delete it"
                    )
                    break
