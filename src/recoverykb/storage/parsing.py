"""From the text of a TOML file to what it says: the one place that every reading of a record goes through.

A file in which git left two versions is told apart from one with a slip in it, also where the marks stand
inside a text of several lines and the rest would still parse.
"""

import re
from typing import Any

import tomli

_MARKED = r"^<{7,}(?: .*)?$[\s\S]*?^={7,}$[\s\S]*?^>{7,}(?: .*)?$"


UNDECIDED = (
    "two versions of this record wait for a decision (git conflict); keep one, then 'git add' the file"
)
"""What the error says of such a file. tomli's error is compiled and cannot have kinds of its own."""
DECIDE = (
    "both stand between the marks <<<<<<< and >>>>>>>: delete one of them, and the marks; "
    "'recoverykb diff HEAD MERGE_HEAD' tells in words what differs"
)
"""What to do about it."""


def parse(text: str) -> dict[str, Any]:
    """What a TOML text says.

    Raises :class:`tomli.TOMLDecodeError`, with the message :data:`UNDECIDED` where a person must choose
    between two versions.
    """
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if "<<<<<<<" in plain and (found := re.search(_MARKED, plain, re.MULTILINE)):
        raise tomli.TOMLDecodeError(UNDECIDED, plain, found.start())
    return tomli.loads(plain)
