"""The terminal format: wrapped, styled where the terminal can, tables that fit the width."""

import re
from collections.abc import Sequence
from io import StringIO
from urllib.parse import quote

from rich import box
from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table as Grid
from rich.text import Text as Styled

from recoverykb.render.safe import ascii_only, one_line
from recoverykb.render.screen import Screen
from recoverykb.render.words import refs
from recoverykb.views.document import (
    Block,
    Bullets,
    Cell,
    Document,
    Fields,
    NoteBox,
    Paragraph,
    Part,
    Strip,
    Table,
    Text,
)

_STYLES = {
    "": "",
    "strong": "bold",
    "quiet": "dim",
    "warning": "yellow",
    "danger": "bold red",
    "good": "green",
}
_READABLE = 18
"""The narrowest column in which running text is still comfortable to read, in characters."""
_HEAD = 14


def render(document: Document, screen: Screen) -> str:
    """The document, wrapped to ``screen.width``; ASCII where the terminal shows nothing else."""
    out = StringIO()
    console = Console(
        file=out,
        width=screen.width,
        height=1000,
        force_terminal=screen.colour,
        color_system="standard" if screen.colour else None,
        no_color=not screen.colour,
        legacy_windows=False,
        markup=False,
        highlight=False,
        emoji=False,
        soft_wrap=False,
        _environ={},
    )
    writer = _Writer(screen)
    for page in document.each():
        for renderable in writer.document(page):
            console.print(renderable, soft_wrap=isinstance(renderable, _Unwrapped))
    lines = (line.rstrip() for line in out.getvalue().split("\n"))
    return "\n".join(lines).replace(_JOINT, " ")


_JOINT = "\ue000"
"""Stands for a space at which a line must not end, until everything is wrapped."""
_NUMBER = re.compile(r"[+\d(][\dA-Za-z() ./-]*")
"""A phone number, which must stay on one line; it may have letters, as in 0800 HELP."""
_IN_NUMBER = re.compile(r"(?<=[\d)/.+-]) (?=[\d(/+-])")
"""A space inside a phone number in running text."""


class _Unwrapped(Styled):
    """A line that is left to the terminal to wrap, so that an address can be copied whole."""


class _Writer:
    """Turns blocks into Rich renderables for one screen."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._box = box.SIMPLE_HEAD if screen.unicode else box.ASCII2
        self._frame = box.ROUNDED if screen.unicode else box.ASCII
        self._bullet = "•" if screen.unicode else "*"

    def document(self, document: Document) -> list[RenderableType]:
        if all(isinstance(block, Table) and block.listing for block in document.blocks):
            return [self._block(block) for block in document.blocks]
        head = [self._styled(document.title, "bold")]
        if document.subtitle:
            head.append(self._styled(document.subtitle, "dim"))
        parts: list[RenderableType] = [Group(*head)]
        for block in document.blocks:
            parts += ["", self._block(block)]
        if document.references:
            parts += ["", self._styled("Sources", "bold")]
            for reference in document.references:
                parts.append(self._hanging(f"[{reference.number}]", self._styled(reference.text, "dim"), 5))
                parts.append(_Unwrapped(" " * 6 + self._address(reference.url)))
        if document.footer:
            parts += ["", *(self._styled(line, "dim") for line in document.footer)]
        return parts

    def _styled(self, text: str, style: str = "") -> Styled:
        shown = one_line(text)
        return Styled(shown if self._screen.unicode else ascii_only(shown), style=style)

    def _address(self, url: str) -> str:
        """An address that leads to the same place where only ASCII can be shown."""
        if self._screen.unicode or url.isascii():
            return one_line(url)
        return quote(one_line(url), safe="".join(map(chr, range(0x21, 0x7F))))

    def _text(self, text: Text) -> Styled:
        whole = Styled()
        style = _STYLES[text.tone]
        lead = self._styled(text.lead, f"bold {style}".strip())
        if _NUMBER.fullmatch(lead.plain):
            lead.plain = lead.plain.replace(" ", _JOINT)
        for part in (lead, self._styled(text.value, style), self._styled(refs(text), "dim")):
            if part:
                part.plain = _IN_NUMBER.sub(_JOINT, part.plain)
                whole.append_text(Styled(" ") if whole else Styled())
                whole.append_text(part)
        return whole

    def _hanging(self, mark: str, text: Styled, width: int) -> Grid:
        grid = Grid.grid(padding=(0, 1, 0, 0))
        grid.add_column(width=max(width, len(mark)), justify="right", no_wrap=True)
        grid.add_column(overflow="fold")
        grid.add_row(self._styled(mark), text)
        return grid

    def _block(self, block: Block) -> RenderableType:
        match block:
            case Paragraph(text):
                return self._text(text)
            case Bullets(items, ordered):
                marks = [f"{number}." if ordered else self._bullet for number in range(1, len(items) + 1)]
                return Group(
                    *(
                        self._hanging(mark, self._text(item), 3)
                        for mark, item in zip(marks, items, strict=True)
                    )
                )
            case Fields(rows):
                grid = Grid.grid(padding=(0, 2, 0, 0))
                grid.add_column(style="bold", overflow="fold")
                grid.add_column(overflow="fold")
                for label, text in rows:
                    grid.add_row(self._styled(label), self._text(text))
                return grid
            case Table():
                return self._listing(block) if block.listing else self._comparison(block)
            case Strip(heading, blocks):
                inner = Group(*(self._block(inner) for inner in blocks))
                return Panel(inner, title=self._styled(heading, "bold"), box=self._frame, border_style="red")
            case Part(heading, blocks):
                style = "bold underline" if block.level == 2 else "bold"
                return Group(self._styled(heading, style), *(self._block(inner) for inner in blocks))
            case NoteBox(label, lines):
                return Panel("\n" * lines, title=self._styled(label), title_align="left", box=self._frame)

    def _cell(self, cell: Cell, bullets: bool = False) -> Styled:
        """The lines of a cell; several running texts get bullets, so that one sees where each begins."""
        texts = [self._text(line) for line in cell.lines]
        if bullets and len(texts) > 1 and max(len(text.plain) for text in texts) > _READABLE * 2:
            texts = [Styled(f"{self._bullet} ").append_text(text) for text in texts]
        return Styled("\n").join(texts)

    def _listing(self, table: Table) -> RenderableType:
        """Two columns at any width: the id with its kind, and everything else stacked."""
        grid = Grid(box=None, show_header=False, padding=(0, 2, 1, 0), pad_edge=False)
        stacked = [f"{head}\n{self._cell(first).plain}" for head, (first, *_) in table.rows]
        longest = max((cell_len(line) for text in stacked for line in text.split("\n")), default=0)
        grid.add_column(width=min(longest, max(_HEAD, self._screen.width * 2 // 5)), overflow="fold")
        grid.add_column(overflow="fold")
        for head, (first, *rest) in table.rows:
            left = Styled("\n").join([self._styled(head, "bold cyan"), self._cell(first)])
            grid.add_row(left, Styled("\n").join(self._cell(cell) for cell in rest if not cell.empty))
        return grid

    def _comparison(self, table: Table) -> RenderableType:
        """Columns side by side where they fit, else block after block, each with the row heads."""
        parts: list[RenderableType] = [self._styled(table.caption, "dim")] if table.caption else []
        longest = max((cell_len(word) for head, _ in table.rows for word in head.split()), default=0)
        head = min(max(_HEAD, longest), max(_HEAD, self._screen.width // 4))
        room = self._screen.width - head - 4
        widths = [min(self._wanted(table, column), room) for column in range(len(table.columns))]
        for group in _groups(widths, room):
            most = [self._longest_line(table, column) for column in group]
            shared = _shared([widths[column] for column in group], most, room - 2 * (len(group) - 1))
            parts += [self._grid(table, head, group, shared), ""]
        parts += [self._styled(note, "dim") for note in table.notes]
        return Group(*parts)

    def _wanted(self, table: Table, column: int) -> int:
        """The least width for a column: its longest word, and for running text a readable measure."""
        words = (word for text in self._texts(table, column) for word in text.split())
        longest_word = max((cell_len(word) for word in words), default=1)
        readable = 0 if table.compact else _READABLE
        return min(max(longest_word, min(self._longest_line(table, column), readable)), 44)

    def _longest_line(self, table: Table, column: int) -> int:
        lines = (line for text in self._texts(table, column) for line in text.split("\n"))
        return max(map(cell_len, lines), default=1)

    def _texts(self, table: Table, column: int) -> list[str]:
        """Every text of a column as it is shown, its head last."""
        cells = [self._cell(cells[column], not table.compact) for _, cells in table.rows]
        return [text.plain for text in (*cells, self._styled(table.columns[column]))]

    def _grid(self, table: Table, head: int, columns: Sequence[int], widths: Sequence[int]) -> Grid:
        grid = Grid(box=self._box, show_lines=True, pad_edge=False, expand=False, padding=(0, 1, 0, 0))
        grid.add_column(self._styled(table.corner), style="bold", width=head, overflow="fold")
        for column, width in zip(columns, widths, strict=True):
            grid.add_column(self._styled(table.columns[column]), width=width, overflow="fold")
        for name, cells in table.rows:
            grid.add_row(
                self._styled(name), *(self._cell(cells[column], not table.compact) for column in columns)
            )
        return grid


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
