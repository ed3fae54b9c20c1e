"""How a comparison fits a terminal: columns side by side, then block after block with the row heads."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.box import Box
from rich.cells import cell_len
from rich.table import Table as Grid
from rich.text import Text as Styled

READABLE = 18
"""The narrowest column in which running text is still comfortable to read, in characters."""
HEAD = 14
"""The least width of row heads, unless the terminal is narrow."""


class Frame(NamedTuple):
    """What a table must fit: a width in characters, its rules, and whether cells are mere words."""

    width: int
    box: Box
    compact: bool
    lines: bool = True
    """Whether rows stand apart."""


def blocks(
    corner: Styled,
    columns: Sequence[Styled],
    heads: Sequence[Styled],
    rows: Sequence[Sequence[Styled]],
    frame: Frame,
) -> Iterator[Grid]:
    """Grids that together hold every column, each no wider than the frame and each with the row heads."""
    longest = max((cell_len(word) for head in heads for word in head.plain.split()), default=0)
    head = min(max(HEAD, longest), max(HEAD, frame.width // 4))
    room = frame.width - head - 4
    texts = [[*(row[number].plain for row in rows), column.plain] for number, column in enumerate(columns)]
    lines = [_longest(text.split("\n") for text in column) for column in texts]
    widths = [
        min(_least(column, line, compact=frame.compact), room)
        for column, line in zip(texts, lines, strict=True)
    ]
    for group in _groups(widths, room):
        most = [lines[column] for column in group]
        shared = _shared([widths[column] for column in group], most, room - 2 * (len(group) - 1))
        grid = Grid(box=frame.box, show_lines=frame.lines, pad_edge=False, expand=False, padding=(0, 1, 0, 0))
        grid.add_column(corner, style="bold", width=head, overflow="fold")
        for column, width in zip(group, shared, strict=True):
            grid.add_column(columns[column], width=width, overflow="fold")
        for name, cells in zip(heads, rows, strict=True):
            grid.add_row(name, *(cells[column] for column in group))
        yield grid


def _longest(parts: Iterator[list[str]]) -> int:
    return max((cell_len(part) for found in parts for part in found), default=1)


def _least(texts: Sequence[str], longest_line: int, *, compact: bool) -> int:
    """The least width for a column: its longest word, and for running text a readable measure."""
    longest_word = _longest(text.split() for text in texts)
    readable = 0 if compact else READABLE
    return max(longest_word, min(longest_line, readable))


def _groups(widths: Sequence[int], room: int) -> list[list[int]]:
    """Column numbers in groups that fit ``room`` characters, at least one column a group."""
    groups: list[list[int]] = []
    used = 0
    for column, width in enumerate(widths):
        if not groups or used + width + 2 > room:
            groups.append([])
            used = 0
        groups[-1].append(column)
        used += width + 2
    return groups


def _shared(least: Sequence[int], most: Sequence[int], room: int) -> list[int]:
    """Column widths from ``least`` on that share ``room``; what is to spare goes to the narrowest.

    Rich is told exact widths: left to itself it lets a table outgrow the screen and cuts it.
    """
    widths = list(least)
    for _ in range(room - sum(least)):
        growing = [number for number, full in enumerate(most) if widths[number] < full]
        if not growing:
            break
        widths[min(growing, key=widths.__getitem__)] += 1
    return widths
