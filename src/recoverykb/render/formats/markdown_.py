"""Markdown that GitHub and CommonMark readers show alike. Every text of a record is escaped."""

import re
from collections.abc import Iterator, Sequence

from recoverykb.render.marks import bar, key, letters, scale, span, told
from recoverykb.render.safe import one_line
from recoverykb.render.screen import Screen
from recoverykb.render.words import isolated, quoted, refs
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

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&$#])")
_START = re.compile(r"^(\s*)([+\-=]|\d+[.)])")
_AUTOLINK = re.compile(r"(https?|ftp):", re.IGNORECASE)


def escape(text: str) -> str:
    """``text`` so that Markdown shows it letter by letter, on one line."""
    escaped = _SPECIAL.sub(r"\\\1", one_line(text))
    return _AUTOLINK.sub(r"\1&#58;", _escape_start(escaped)).replace("www.", "www&#46;")


def _escape_start(text: str) -> str:
    """Keep the first characters of a line from becoming a heading, list or rule."""
    found = _START.match(text)
    if found is None:
        return text
    marker = found[2]
    safe = f"{marker[:-1]}\\{marker[-1]}" if marker[-1] in ".)" else f"\\{marker}"
    return found[1] + safe + text[found.end() :]


def render(document: Document, screen: Screen) -> str:
    """The whole document; ends with notes, numbered sources, dates and publisher.

    Documents that ask for links (comparisons) get footnotes as GitHub and pandoc read them; the others
    keep to CommonMark.
    """
    return isolated("\n".join(_Writer(page).text() for page in document.each()), document.layout)


class _Writer:
    """Writes one document."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def text(self) -> str:
        document = self._document
        lines = [f"# {escape(document.title)}", ""]
        if document.subtitle:
            lines += [escape(document.subtitle), ""]
        for block in document.blocks:
            lines += [*self._block(block), ""]
        lines += self._endnotes() if document.linked else self._sources()
        for line in document.footer:
            lines += [escape(line), ""]
        return "\n".join(lines).rstrip("\n") + "\n"

    def _sources(self) -> list[str]:
        """The numbered sources as a list."""
        found = [
            f"- \\[{reference.number}\\] {escape(reference.text)}{_link(reference.url)}"
            for reference in self._document.references
        ]
        return [f"## {escape(self._document.layout.sources)}", "", *found, ""] if found else []

    def _endnotes(self) -> list[str]:
        """Notes and sources as footnotes, one a paragraph."""
        notes = [f"[^n{number}]: {escape(note)}" for number, note in enumerate(self._document.notes, 1)]
        sources = [
            f"[^{reference.number}]: {escape(reference.text)}{_link(reference.url)}"
            for reference in self._document.references
        ]
        return [line for entry in (*notes, *sources) for line in (entry, "")]

    def _text(self, text: Text) -> str:
        value = _link(text.value).lstrip() if text.link else escape(text.value)
        parts = (_bold(text.lead), value, escape(quoted(text)), self._numbers(text))
        return " ".join(part for part in parts if part)

    def _numbers(self, text: Text) -> str:
        if not self._document.linked:
            return escape(refs(text))
        labels = [*map(str, text.refs), *(f"n{number}" for number in text.notes)]
        return " ".join(f"[^{label}]" for label in labels)

    def _block(self, block: Block, level: int = 2) -> Iterator[str]:
        match block:
            case Paragraph(text):
                yield self._text(text)
            case Bullets(items, ordered):
                for number, item in enumerate(items, 1):
                    yield f"{number}. {self._text(item)}" if ordered else f"- {self._text(item)}"
            case Fields(rows):
                for label, text in rows:
                    yield f"- **{escape(label)}:** {self._text(text)}"
            case Table() | Chart():
                yield from self._chart(block) if isinstance(block, Chart) else self._table(block)
            case Strip(heading, blocks):
                yield from ("---", "", f"{'#' * level} {escape(heading)}")
                yield from self._inner(blocks, level)
                yield from ("", "---")
            case Part(heading, blocks):
                yield f"{'#' * max(level, block.level)} {escape(heading)}"
                yield from self._inner(blocks, max(level, block.level))
            case NoteBox(label, lines):
                yield _bold(label)
                yield from [f"\n{_RULE}"] * lines

    def _inner(self, blocks: Sequence[Block], level: int) -> Iterator[str]:
        for inner in blocks:
            yield ""
            yield from self._block(inner, level + 1)

    def _table(self, table: Table) -> Iterator[str]:
        columns = [self._text(head) for head in table.heads()]
        rows = [[self._cell(cell) for cell in cells] for _, cells in table.rows]
        yield from self._grid(table, columns, rows, table.definitions)

    def _chart(self, chart: Chart) -> Iterator[str]:
        """A letter for each cell, or a bar for each number."""
        table = chart.table
        columns = [self._text(head) for head in table.heads()]
        if chart.sort == "matrix":
            rows = [
                [*(escape(mark) for mark in letters(cells)), self._text(told(cells))]
                for _, cells in table.rows
            ]
            yield from self._grid(
                table, [*columns, "Notes, sources"], rows, [*key(table), *table.definitions]
            )
            return
        most, unit = scale(table)
        bars = [
            bar(cells[0].facts[0], most, _BAR, unicode=True) if cells[0].facts[0].unit == unit else ""
            for _, cells in table.rows
        ]
        rows = [[drawn, self._cell(cells[0])] for drawn, (_, cells) in zip(bars, table.rows, strict=True)]
        yield from self._grid(table, [escape(span(table)), *columns], rows, table.definitions)

    def _grid(
        self,
        table: Table,
        columns: Sequence[str],
        rows: Sequence[Sequence[str]],
        definitions: Sequence[tuple[str, str]],
    ) -> Iterator[str]:
        if table.caption:
            yield from (escape(table.caption), "")
        if definitions:
            yield from (f"- {_bold(term)}: {escape(meaning)}" for term, meaning in definitions)
            yield ""
        yield "| " + " | ".join([escape(table.corner or " "), *columns]) + " |"
        yield "|" + " --- |" * (len(columns) + 1)
        for head, cells in zip(table.row_heads(), rows, strict=True):
            first = " ".join(part for part in (_bold(head.value), self._numbers(head)) if part)
            yield "| " + " | ".join([first, *cells]) + " |"
        for note in table.notes:
            yield from ("", escape(note))

    def _cell(self, cell: Cell) -> str:
        return "<br>".join(self._text(line) for line in cell.lines)


_RULE = "\\_" * 60
"""A line to write on."""
_BAR = 24
"""The longest bar in a Markdown table, in characters."""


def _link(url: str) -> str:
    """An address that is shown in full, so that it also works on paper."""
    if not url:
        return ""
    target = one_line(url).replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")
    return f" <{target}>"


def _bold(text: str) -> str:
    """``text`` in bold; nothing where nothing is left of it, for ``****`` would be a rule."""
    shown = escape(text)
    return f"**{shown}**" if shown else ""
