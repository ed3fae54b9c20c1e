"""Control and direction-override characters hide text or steer a terminal. They never belong in a record.

``--fix`` deletes them, whole terminal sequences too, and writes a space for a tab.
"""

import re
from collections.abc import Iterator

from recoverykb.check.context import Finding, Item
from recoverykb.check.remedy import Letters
from recoverykb.storage.splice import Change

CODE, SEVERITY, TITLE = "RKB502", "error", "a control character in text"
EXAMPLE = (
    {"organizations/our-clinic.toml": 'summary = "Open \\u202edaily."'},
    {"organizations/our-clinic.toml": 'summary = "Open daily."'},
)
MENDS = True

_HIDDEN = re.compile("\x1b\\[[0-?]*[ -/]*[@-~]|[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""A whole sequence that steers a terminal, or one character."""


def check(item: Item) -> Iterator[Finding]:
    """Yield a finding for each text with such a character."""
    for path, value in item.values:
        found = _HIDDEN.search(value) if isinstance(value, str) else None
        if found:
            name = f"U+{ord(found[0][0]):04X}"
            yield item.finding(path, f"holds the character {name}", "delete it", _remedy(value, name))


def _remedy(text: str, name: str) -> Letters:
    changes = [Change(*found.span(), " " if found[0] == "\t" else "") for found in _HIDDEN.finditer(text)]
    told = f"deleted {name}" if changes[0].new == "" else "wrote a space for a tab"
    return Letters(changes, told if len(changes) == 1 else f"{told} and {len(changes) - 1} more")
