"""White space at the end of lines, and a last line without an end, make two people's edits look like changes.

``--fix`` takes the blanks away and ends the last line. Blanks inside a text of several lines are part of
what it says, and stay.
"""

import re
from collections.abc import Iterator

from recoverykb.check.context import Context, File, Finding
from recoverykb.check.remedy import Bytes
from recoverykb.storage.splice import Edit

CODE, SEVERITY, TITLE = "RKB006", "warning", "white space that nobody sees"
MENDS = True

_BLANKS = re.compile(r"[ \t]+(?=\r?\n|\Z)")


def check_file(file: File, context: Context) -> Iterator[Finding]:
    """Yield one finding for the file, at the first such place."""
    edits = _blanks(file.text)
    if not file.text.endswith("\n") and file.text:
        end = len(file.text.encode())
        edits.append(Edit(end, end, "\r\n" if "\r\n" in file.text else "\n"))
    if not edits:
        return
    before = file.text.encode()[: edits[0].start].decode()
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    ends = sum(not edit.new for edit in edits)
    lines = "a line" if ends == 1 else f"{ends} lines"
    what = f"blanks at the end of {lines}" if ends else "no line end at the end of the file"
    told = f"took away {what}" if ends else "ended the last line"
    yield file.finding(line, column, what, "take them away" if ends else "end the line", Bytes(edits, told))


def _blanks(text: str) -> list[Edit]:
    """The edits that take away blanks at line ends, those inside texts apart."""
    found = [match.span() for match in _BLANKS.finditer(text)]
    if not found:
        return []
    from recoverykb.storage.positions import Positions

    texts = Positions(text).strings()
    edits = [Edit(len(text[:start].encode()), len(text[:end].encode()), "") for start, end in found]
    return [edit for edit in edits if not any(start < edit.start < end for start, end in texts)]
