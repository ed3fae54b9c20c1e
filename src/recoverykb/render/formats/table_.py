"""The terminal format: wrapped, styled where the terminal can, tables that fit the width."""

import re
from collections.abc import Iterable, Sequence
from io import StringIO
from urllib.parse import quote

from rich import box
from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table as Grid
from rich.text import Text as Styled

from recoverykb.render.marks import SHADES, bar, key, letters, scale, span, told
from recoverykb.render.safe import ascii_only, one_line
from recoverykb.render.screen import Screen
from recoverykb.render.table_layout import HEAD, READABLE, Frame, blocks
from recoverykb.render.words import IN_NUMBER, quoted, refs
from recoverykb.views.document import (
    Block,
    Bullets,
    Cell,
    Chart,
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
_ADDRESS = re.compile(r"https?://\S+")
_SHORT = 6
"""Rows whose cells are all so short, in characters, need no empty line between them."""


class _Unwrapped(Styled):
    """A line that is left to the terminal to wrap, so that an address can be copied whole."""


class _Writer:
    """Turns blocks into Rich renderables for one screen."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._box = box.SIMPLE_HEAD if screen.unicode else box.ASCII2
        self._frame = box.ROUNDED if screen.unicode else box.ASCII
        self._bullet = "•" if screen.unicode else "*"
        self._addresses: list[str] = []

    def document(self, document: Document) -> list[RenderableType]:
        if all(isinstance(block, Table) and block.listing for block in document.blocks):
            return [self._block(block) for block in document.blocks]
        head = [self._styled(document.title, "bold")]
        if document.subtitle:
            head.append(self._styled(document.subtitle, "dim"))
        parts: list[RenderableType] = [Group(*head)]
        for block in document.blocks:
            parts += ["", self._block(block)]
        if self._addresses:
            entries = [(f"({number})", "address", url) for number, url in enumerate(self._addresses, 1)]
            parts += ["", self._styled("Addresses", "bold"), self._numbered(entries)]
            self._addresses = []
        if document.notes:
            parts += ["", self._styled(document.layout.notes, "bold")]
            parts.append(
                self._numbered([(f"n{number}", note, "") for number, note in enumerate(document.notes, 1)])
            )
        if document.references:
            parts += ["", self._styled(document.layout.sources, "bold")]
            parts.append(
                self._numbered(
                    [
                        (f"[{entry.number}]", entry.text, self._address(entry.url))
                        for entry in document.references
                    ]
                )
            )
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

    def _text(self, text: Text, base: str = "") -> Styled:
        whole = Styled()
        style = f"{base} {_STYLES[text.tone]}".strip()
        lead = self._styled(text.lead, f"bold {style}".strip())
        if _NUMBER.fullmatch(lead.plain):
            lead.plain = lead.plain.replace(" ", _JOINT)
        told = (self._styled(text.value, style), self._styled(quoted(text)))
        for part in (lead, *told, self._styled(refs(text), "dim")):
            if part:
                part.plain = IN_NUMBER.sub(_JOINT, part.plain)
                whole.append_text(Styled(" ") if whole else Styled())
                whole.append_text(part)
        return whole

    def _numbered(self, entries: Sequence[tuple[str, str, str]]) -> "_Unwrapped":
        """Numbered notes or sources, wrapped here, each with its address on a line that is not."""
        lines: list[Styled] = []
        measure = Console(width=self._screen.width, file=StringIO(), _environ={})
        for mark, text, address in entries:
            indent = max(len(mark), 5) + 1
            wrapped = self._styled(text, "dim").wrap(
                measure, max(self._screen.width - indent, 10), overflow="fold"
            )
            for number, line in enumerate(wrapped):
                first = f"{mark:>{indent - 1}} " if number == 0 else " " * indent
                lines.append(Styled(first).append_text(line))
            if address:
                lines.append(Styled(" " * indent + address))
        whole = _Unwrapped()
        for number, line in enumerate(lines):
            whole.append_text(Styled("\n") + line if number else line)
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
            case Chart():
                return self._chart(block)
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
        if bullets and len(texts) > 1 and max(len(text.plain) for text in texts) > READABLE * 2:
            texts = [Styled(f"{self._bullet} ").append_text(text) for text in texts]
        return Styled("\n").join(texts)

    def _listing(self, table: Table) -> RenderableType:
        """Two columns at any width: the id with its kind, and everything else stacked."""
        grid = Grid(box=None, show_header=False, padding=(0, 2, 1, 0), pad_edge=False)
        stacked = [f"{head}\n{self._cell(first).plain}" for head, (first, *_) in table.rows]
        longest = max((cell_len(line) for text in stacked for line in text.split("\n")), default=0)
        grid.add_column(width=min(longest, max(HEAD, self._screen.width * 2 // 5)), overflow="fold")
        grid.add_column(overflow="fold")
        for head, (first, *rest) in table.rows:
            left = Styled("\n").join([self._styled(head, "bold cyan"), self._cell(first)])
            grid.add_row(left, Styled("\n").join(self._cell(cell) for cell in rest if not cell.empty))
        return grid

    def _comparison(self, table: Table) -> RenderableType:
        """The table in blocks of columns that fit, then its notes and what its words mean."""
        caption = [self._styled(table.caption, "dim")] if table.caption else []
        cells = [[self._moved(self._cell(cell, not table.compact)) for cell in row] for _, row in table.rows]
        heads = [self._text(head, "bold") for head in table.row_heads()]
        columns = [self._text(head, "bold") for head in table.heads()]
        numbers = all(len(cell.plain) <= _SHORT for row in cells for cell in row)
        frame = self._frame_of(compact=table.compact)._replace(lines=not numbers)
        grids = blocks(self._styled(table.corner), columns, heads, cells, frame)
        return Group(*caption, *_spaced(grids), *self._explained(table, table.definitions))

    def _moved(self, cell: Styled) -> Styled:
        """``cell`` without web addresses that no column has room for; they stand below the tables."""
        room = self._screen.width - max(HEAD, self._screen.width // 4) - 4
        for found in reversed([*_ADDRESS.finditer(cell.plain)]):
            if cell_len(found[0]) > room:
                if found[0] not in self._addresses:
                    self._addresses.append(found[0])
                mark = Styled(f"(address {self._addresses.index(found[0]) + 1} below)")
                cell = cell[: found.start()] + mark + cell[found.end() :]
        return cell

    def _frame_of(self, *, compact: bool) -> Frame:
        return Frame(self._screen.width, self._box, compact)

    def _explained(self, table: Table, definitions: Sequence[tuple[str, str]]) -> list[RenderableType]:
        lines: list[RenderableType] = [self._styled(note, "dim") for note in table.notes]
        if definitions:
            width = min(max(cell_len(one_line(term)) for term, _ in definitions), self._screen.width // 3)
            grid = Grid.grid(padding=(0, 2, 0, 0))
            grid.add_column(style="dim bold", width=width, overflow="fold")
            grid.add_column(style="dim", overflow="fold")
            for term, meaning in definitions:
                grid.add_row(self._styled(term), self._styled(meaning))
            lines.append(grid)
        return lines

    def _chart(self, chart: Chart) -> RenderableType:
        """A letter for each cell, and after the picture its notes and sources; or a bar for each number."""
        table = chart.table
        caption = [self._styled(table.caption, "dim")] if table.caption else []
        corner = self._styled(table.corner)
        columns = [self._text(head, "bold") for head in table.heads()]
        heads = [self._text(head, "bold") for head in table.row_heads()]
        rows = [cells for _, cells in table.rows]
        frame = self._frame_of(compact=True)._replace(lines=False)
        below: list[RenderableType] = []
        if chart.sort == "matrix":
            drawn = [self._letters(cells) for cells in rows]
            behind = [[self._text(told(cells), "dim")] for cells in rows]
            below += blocks(corner, [self._styled("Notes, sources", "bold")], heads, behind, frame)
            explained = [*key(table), *table.definitions]
        else:
            most, unit = scale(table)
            columns.insert(0, self._styled(span(table), "bold"))
            drawn = [[self._bar(cells[0], most, unit), self._cell(cells[0])] for cells in rows]
            explained = list(table.definitions)
        grids = [*blocks(corner, columns, heads, drawn, frame), *below]
        return Group(*caption, *_spaced(grids), *self._explained(table, explained))

    def _letters(self, cells: Sequence[Cell]) -> list[Styled]:
        """The marks of a row, each with a shade that says how much is there."""
        shown = []
        for mark, cell in zip(letters(cells), cells, strict=True):
            shade = SHADES.get(cell.facts[0].status, "") if self._screen.unicode and cell.facts else ""
            shown.append(Styled(f"{mark} {shade * 2}".rstrip(), style=_STYLES[cell.lines[0].tone]))
        return shown

    def _bar(self, cell: Cell, most: float, unit: str) -> Styled:
        fact = cell.facts[0]
        width = max(self._screen.width // 3, 10)
        drawn = bar(fact, most, width, unicode=self._screen.unicode) if fact.unit == unit else ""
        return Styled(drawn)


def _spaced(grids: Iterable[RenderableType]) -> list[RenderableType]:
    """An empty line after each grid."""
    return [part for grid in grids for part in (grid, "")]
