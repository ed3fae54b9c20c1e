"""White space at the end of lines, and a last line without an end, make two people's edits look like changes.

``--fix`` takes the blanks away and ends the last line. Blanks inside a text of several lines are part of
what it says, and stay.
"""

import re
from bisect import bisect
from collections.abc import Iterator

from recoverykb.check.context import File, Finding
from recoverykb.check.remedy import Bytes
from recoverykb.storage.splice import Edit

CODE, SEVERITY, TITLE = "RKB006", "warning", "white space that nobody sees"
MENDS = True

_BLANKS = re.compile(rb"[ \t]+(?=\r?\n|\Z)")


def check_file(file: File) -> Iterator[Finding]:
    """Yield one finding for the file, at the first such place."""
    source = file.text.encode()
    edits = _blanks(file.text, source)
    if source and not source.endswith(b"\n"):
        edits.append(Edit(len(source), len(source), "\r\n" if b"\r\n" in source else "\n"))
    if not edits:
        return
    before = source[: edits[0].start].decode()
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    ends = sum(not edit.new for edit in edits)
    lines = "a line" if ends == 1 else f"{ends} lines"
    what = f"blanks at the end of {lines}" if ends else "no line end at the end of the file"
    told = f"took away {what}" if ends else "ended the last line"
    yield file.finding(line, column, what, "take them away" if ends else "end the line", Bytes(edits, told))


def _blanks(text: str, source: bytes) -> list[Edit]:
    """The edits that take away blanks at line ends, those inside texts apart."""
    found = [match.span() for match in _BLANKS.finditer(source)]
    if not found:
        return []
    from recoverykb.storage.positions import Positions

    texts = sorted(Positions(text).strings())
    return [Edit(start, end, "") for start, end in found if not _within(start, texts)]


def _within(place: int, texts: list[tuple[int, int]]) -> bool:
    """Whether ``place`` is inside one of the sorted ``texts``."""
    nearest = bisect(texts, (place, 0)) - 1
    return nearest >= 0 and place < texts[nearest][1]
