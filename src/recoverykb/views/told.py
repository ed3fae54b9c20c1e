"""Values of records in words, for whoever reviews a change or decides between two."""

from collections.abc import Mapping
from typing import Any

ADDRESSES = ("number", "email", "url")
"""The keys of a contact that lead to somebody."""
_LONGEST = 160


def address(contact: Mapping[str, Any]) -> str:
    """The number, mail address or page of a contact; of a private one nothing but that."""
    if contact.get("private"):
        return "a private contact"
    return next((str(contact[name]) for name in ADDRESSES if contact.get(name)), "a contact")


def told(value: object) -> str:
    """A value in words."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        if value.get("private"):
            return "a private contact"
        return ", ".join(f"{name} {told(inner)}" for name, inner in value.items() if name != "sources")
    if isinstance(value, list):
        return ", ".join(told(inner) for inner in value)
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def short(text: str) -> str:
    """A text on one line, in quotes where it has blanks; cut where it is long."""
    line = " ".join(text.split())
    return f"“{line[:_LONGEST]}…”" if len(line) > _LONGEST else f"“{line}”" if " " in line else line
