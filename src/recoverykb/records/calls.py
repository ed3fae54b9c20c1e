"""Which numbers are never called to test them: while somebody tests, somebody in need waits."""

from typing import Final

NEVER_CALLED: Final = frozenset({"crisis", "overdose"})
"""Purposes of such lines."""

INSTEAD: Final = (
    "a test call keeps the line from somebody who needs it; check it on its own page or in a document"
)


def may_call_line(purpose: str) -> bool:
    """Whether a contact for ``purpose`` may be verified by a call."""
    return purpose not in NEVER_CALLED


def may_call_part(kind: str, part: str) -> bool:
    """Whether ``part`` of a record of ``kind`` (empty: all of it) may be verified by a call.

    All of a country would be its emergency numbers too.
    """
    return kind != "country" or (part != "" and not part.startswith("emergency"))
