"""A text in which a person must decide: git's marks round the lines of each conflict, and of nothing else.

Both sides of a block are whole lines of TOML, so that whoever keeps one side and deletes the other has a file
that can be read.
"""

from collections.abc import Callable, Collection
from typing import NamedTuple

import tomli

from recoverykb.storage.edit import same
from recoverykb.storage.git import OURS, THEIRS, lines
from recoverykb.storage.layout import Layout
from recoverykb.storage.parsing import parse


class Block(NamedTuple):
    """Lines ``start`` to ``end`` of the text of ours, and what theirs has in their place."""

    start: int
    end: int
    theirs: list[str]
    numbers: tuple[int, ...]
    """The conflicts that it decides."""


class Marked(NamedTuple):
    """A text with marks, and the line (from 1) on which each conflict begins, by its number."""

    text: str
    places: dict[int, int]


def with_marks(
    ours: str, count: int, variant: Callable[[Collection[int]], str], size: int, side: str
) -> Marked:
    """``ours`` with a block for each of ``count`` conflicts, or one for several on the same lines.

    ``variant`` gives the text in which theirs is taken for the conflicts with these numbers; ``side`` is the
    text of theirs, from which lines come as they stand there.
    """
    groups: list[tuple[int, ...]] = [(number,) for number in range(count)]
    while True:
        blocks = sorted(_block(ours, variant(group), group) for group in groups)
        meeting = next((at for at in range(len(blocks) - 1) if _meet(blocks[at], blocks[at + 1])), None)
        if meeting is not None:
            joined = (*blocks[meeting].numbers, *blocks[meeting + 1].numbers)
            groups = [group for group in groups if not set(group) <= set(joined)] + [joined]
        elif len(groups) > 1 and not same(parse(_all_theirs(ours, blocks)), parse(variant(range(count)))):
            groups = [tuple(range(count))]
        else:
            written = [_as_written(block, side) for block in blocks]
            unchanged = parse(_all_theirs(ours, written)) == parse(_all_theirs(ours, blocks))
            return _assembled(ours, written if unchanged else blocks, size)


def _meet(one: Block, other: Block) -> bool:
    return other.start < one.end or other.start == one.start


def _block(ours: str, theirs: str, numbers: tuple[int, ...]) -> Block:
    """The lines in which two texts differ, down to whole pairs."""
    mine, other = lines(ours), lines(theirs)
    shorter = min(len(mine), len(other))
    first = next((at for at in range(shorter) if mine[at] != other[at]), shorter)
    last = next((at for at in range(shorter - first) if mine[-1 - at] != other[-1 - at]), shorter - first)
    grown = None
    while grown != (first, last):
        grown = (first, last)
        for text, count in ((ours, len(mine)), (theirs, len(other))):
            for start, end in _long_pairs(text):
                if start < first < end:
                    first = start
                if start < count - last < end:
                    last = count - end
    return Block(first, len(mine) - last, other[first : len(other) - last], numbers)


def _long_pairs(text: str) -> list[tuple[int, int]]:
    """First line, and line behind the last, of every pair of several lines."""
    layout = Layout(text.encode())
    return [
        (layout.data.count(b"\n", 0, pair.whole.start), layout.data.count(b"\n", 0, pair.whole.end) + 1)
        for pair in layout.pairs.values()
        if b"\n" in layout.data[pair.whole.start : pair.whole.end]
    ]


def _all_theirs(ours: str, blocks: list[Block]) -> str:
    found = lines(ours)
    for block in reversed(blocks):
        found[block.start : block.end] = block.theirs
    return "".join(found)


def _as_written(block: Block, side: str) -> Block:
    """The block with lines of theirs as they stand in its own text, with its spacing and its remarks."""
    written: dict[str, list[str]] = {}
    for line in lines(side):
        if said := _said(line):
            written.setdefault(said, []).append(line)
    kept = [found[0] if len(found := written.get(_said(line), [])) == 1 else line for line in block.theirs]
    return block._replace(theirs=kept)


def _said(line: str) -> str:
    """What a line says by itself; empty where it says nothing."""
    try:
        table = tomli.loads(line)
    except tomli.TOMLDecodeError:
        return ""
    return repr(table) if table and "=" in line else ""


def _assembled(ours: str, blocks: list[Block], size: int) -> Marked:
    found = lines(ours)
    marked: list[str] = []
    places: dict[int, int] = {}
    at = 0
    for block in blocks:
        marked += found[at : block.start]
        if marked:
            marked[-1] = _ended(marked[-1])
        places |= dict.fromkeys(block.numbers, len(marked) + 1)
        mine = found[block.start : block.end]
        marked += [f"{'<' * size} {OURS}\n", *map(_ended, mine), f"{'=' * size}\n"]
        marked += [*map(_ended, block.theirs), f"{'>' * size} {THEIRS}\n"]
        at = block.end
    return Marked("".join([*marked, *found[at:]]), places)


def _ended(line: str) -> str:
    return line if line.endswith("\n") else f"{line}\n"
