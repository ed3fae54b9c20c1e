"""The text of a merged record: as little as possible is written anew.

Git's own merge by lines is where it starts from, so that comments, order and spacing of both sides stay.
What it could not merge, or merged into something else than the fields say, is changed in place; what comes
out is read again and compared.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import tomli

from recoverykb.errors import UsageError
from recoverykb.keeping.merge.comments import with_comments
from recoverykb.keeping.merge.fields import Conflict, Merged, merge_tables
from recoverykb.keeping.merge.marks import with_marks
from recoverykb.keeping.merge.sides import Sides, flaws
from recoverykb.records.types import TYPES
from recoverykb.storage.edit import EditError, rewritten
from recoverykb.storage.encode import in_order
from recoverykb.storage.git import Hunk, hunks
from recoverykb.storage.parsing import parse


class MergedText(NamedTuple):
    """The text of both sides; each conflict with the line on which its marks begin."""

    text: str
    conflicts: list[tuple[int, Conflict]]
    misfits: list[str]
    """What keeps the record that came out from fitting its type, though both sides fit."""


def merged_text(sides: Sides, size: int) -> MergedText:
    """Merge the records of three texts. ``size`` is the length of git's marks.

    Raises :class:`EditError` where the result cannot be written in place.
    """

    def merged(theirs_for: Collection[int] = ()) -> Merged:
        found = merge_tables(
            sides.base.table, sides.ours.table, sides.theirs.table, group=sides.group, theirs_for=theirs_for
        )
        return found._replace(table=_ordered(sides.kind, found.table))

    wanted = merged()
    text = _text(sides, wanted.table)
    for side, other in ((sides.ours, sides.theirs), (sides.theirs, sides.ours)):
        text = with_comments(text, wanted.table, side, base=sides.base.text, other=other.text)
    if not wanted.conflicts:
        return MergedText(text, [], _misfits(sides, wanted.table))

    def variant(theirs_for: Collection[int]) -> str:
        return rewritten(text, merged(theirs_for).table)

    marked = with_marks(text, len(wanted.conflicts), variant, size, sides.theirs.text)
    placed = [(marked.places[number], conflict) for number, conflict in enumerate(wanted.conflicts)]
    return MergedText(marked.text, placed, [])


def _ordered(kind: str, table: Mapping[str, Any]) -> dict[str, Any]:
    """The records with their fields in order, so that a new one is put in its place."""
    if list(table) == [kind]:
        return {kind: [in_order(TYPES[kind], entry) for entry in table[kind]]}
    return in_order(TYPES[kind], table)


def _text(sides: Sides, wanted: Mapping[str, Any]) -> str:
    """A text that says what is ``wanted``, from the first beginning that can be made to."""
    for start in _beginnings(sides):
        try:
            return rewritten(start, wanted)
        except (EditError, tomli.TOMLDecodeError):
            continue
    raise EditError("the two sides cannot be merged in place")


def _beginnings(sides: Sides) -> Iterator[str]:
    """What git makes of the lines, with as much as can be of what both added; then the text of ours."""
    try:
        found = hunks(sides.base.text, sides.ours.text, sides.theirs.text)
    except UsageError:  # no git here: somebody merges three files by hand
        found = []
    both = [at for at, part in enumerate(found) if isinstance(part, Hunk) and not part.base]
    for chosen in (both, [at for at in both if _is_toml(_joined(found, [at]))], []):
        if found:
            yield _joined(found, chosen)
    yield sides.ours.text


def _joined(found: Sequence[str | Hunk], both: Collection[int]) -> str:
    """The text, with what ours has of the lines that both changed, and at ``both`` what theirs has too."""
    return "".join(
        part if isinstance(part, str) else part.ours + (part.theirs if at in both else "")
        for at, part in enumerate(found)
    )


def _is_toml(text: str) -> bool:
    try:
        parse(text)
    except tomli.TOMLDecodeError:
        return False
    return True


def _misfits(sides: Sides, table: dict[str, Any]) -> list[str]:
    """What is wrong with the types of the result, where nothing was wrong with either side."""
    if any(flaws(sides.kind, side.table) for side in (sides.ours, sides.theirs)):
        return []
    return flaws(sides.kind, table)
