"""A self-contained HTML page: no network, prints with repeated heads, readable by keyboard and aloud."""

from collections.abc import Iterator, Sequence
from html import escape as escape_html
from pathlib import Path

from recoverykb.render.marks import LETTERS
from recoverykb.render.safe import one_line
from recoverykb.render.screen import Screen
from recoverykb.render.svg import figure
from recoverykb.render.words import quoted, unbroken
from recoverykb.views.document import (
    Block,
    Bullets,
    Cell,
    Chart,
    Document,
    Fields,
    Logo,
    NoteBox,
    Paragraph,
    Part,
    Strip,
    Table,
    Text,
    tables_in,
)

_ASSETS = Path(__file__).parents[1] / "assets"
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
    "img-src data:; base-uri 'none'"
)
_UPRIGHT = 5
"""So many columns still fit a sheet of paper held upright; tables with more print on their side."""
_SIDEWAYS = 10
"""So many columns still fit a sheet on its side; tables with more come in parts."""


def escape(text: str) -> str:
    """``text`` on one line, so that HTML shows it letter by letter, in text and in attributes."""
    return escape_html(one_line(text), quote=True)


def render(document: Document, screen: Screen) -> str:
    """The whole page; several documents stand one after the other, each with its own notes and sources."""
    pages = list(document.each())
    tables = [table for page in pages for table in tables_in(page.blocks)]
    sideways = any(len(table.columns) > _UPRIGHT for table in tables)
    layout = document.layout
    style = _asset("page.css") + ("@page { size: landscape; }\n" if sideways else "")
    if document.sheet:
        style += _asset("sheet.css").replace("PAPER", layout.paper)
        style += f":root {{ --points: {layout.points}pt; }}\n"
    direction = ' dir="rtl"' if layout.rtl else ""
    head = (
        f'<!doctype html>\n<html lang="{escape(layout.language)}"{direction}>\n<head>\n'
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(document.title)}</title>\n<style>\n{style}</style>\n</head>\n"
        f"<body{_class('sheet', bool(document.sheet))}>\n<main>\n"
    )
    many = len(pages) > 1
    writers = [_Writer(page, f"d{number}-" if many else "") for number, page in enumerate(pages)]
    body = "".join(f"{line}\n" for writer in writers for line in writer.body())
    script = _SORTING.format(_asset("sort.js")) if any(table.sortable for table in tables) else ""
    return f"{head}{body}{script}</main>\n</body>\n</html>\n"


_SORTING = '<p id="sorted" class="hidden" aria-live="polite"></p>\n<script>\n{}</script>\n'


def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


class _Writer:
    """Writes one document; ``prefix`` keeps its anchors apart from those of others on the page."""

    def __init__(self, document: Document, prefix: str) -> None:
        self._document = document
        self._prefix = prefix
        self._tables = 0

    def body(self) -> Iterator[str]:
        document = self._document
        if document.layout.logo:
            yield _picture(document.layout.logo)
        yield f"<h1>{escape(document.title)}</h1>"
        if document.subtitle:
            yield f"<p>{escape(document.subtitle)}</p>"
        for block in document.blocks:
            yield from self._block(block, 2)
        notes = [*enumerate(map(escape, document.notes), 1)]
        yield from self._ending(document.layout.notes, "n", notes)
        sources = [
            (reference.number, f"{escape(reference.text)} {_link(reference.url)}".rstrip())
            for reference in document.references
        ]
        yield from self._ending(document.layout.sources, "", sources)
        if document.footer:
            yield "<footer>" + "".join(f"<p>{escape(line)}</p>" for line in document.footer) + "</footer>"

    def _ending(self, heading: str, letter: str, entries: Sequence[tuple[int, str]]) -> Iterator[str]:
        """Numbered notes or sources, each with the anchor that numbers in the text lead to."""
        if not entries:
            return
        yield f'<section><h2>{escape(heading)}</h2>\n<ol class="plain">'
        for number, content in entries:
            anchor = f"{self._prefix}{letter or 's'}{number}"
            yield f'<li id="{anchor}"><span>{letter}{number}</span><span>{content}</span></li>'
        yield "</ol></section>"

    def _text(self, text: Text) -> str:
        lead = f"<strong>{_dial(text)}</strong>" if text.lead else ""
        value = _link(text.value) if text.link else escape(unbroken(text.value))
        quote = f'<span lang="en" dir="ltr">{escape(unbroken(quoted(text)))}</span>' if text.quote else ""
        shown = " ".join(part for part in (lead, value, quote) if part)
        if text.tone and shown:
            shown = f'<span class="{text.tone}">{shown}</span>'
        return " ".join(part for part in (shown, self._numbers(text)) if part)

    def _numbers(self, text: Text) -> str:
        """Links to sources and notes; aloud they are “source 3” and “note n2”."""
        links = [self._anchor(f"s{number}", str(number), f"source {number}") for number in text.refs]
        links += [self._anchor(f"n{number}", f"n{number}", f"note n{number}") for number in text.notes]
        return f'<span class="numbers">[{", ".join(links)}]</span>' if links else ""

    def _anchor(self, target: str, shown: str, aloud: str) -> str:
        return f'<a href="#{self._prefix}{target}" aria-label="{aloud}">{shown}</a>'

    def _block(self, block: Block, level: int) -> Iterator[str]:
        match block:
            case Paragraph(text):
                yield f"<p>{self._text(text)}</p>"
            case Bullets(items, ordered):
                name = "ol" if ordered else "ul"
                yield f"<{name}>" + "".join(f"<li>{self._text(item)}</li>" for item in items) + f"</{name}>"
            case Fields(rows):
                yield from _key([(label, self._text(text)) for label, text in rows])
            case Table() | Chart():
                yield from self._chart(block) if isinstance(block, Chart) else self._table(block)
            case Strip(heading, blocks):
                yield f'<section class="strip"><h{level}>{escape(heading)}</h{level}>'
                yield from self._inner(blocks, level)
                yield "</section>"
            case Part(heading, blocks):
                at = min(max(level, block.level), 6)
                yield f"<section{_class('keep', block.keep)}><h{at}><bdi>{escape(heading)}</bdi></h{at}>"
                yield from self._inner(blocks, at)
                yield "</section>"
            case NoteBox(label):
                yield f'<p class="box">{escape(label)}</p>'

    def _inner(self, blocks: Sequence[Block], level: int) -> Iterator[str]:
        for inner in blocks:
            yield from self._block(inner, level + 1)

    def _chart(self, chart: Chart) -> Iterator[str]:
        """The picture, and under it the table, which says the same in words."""
        yield figure(chart, escape, f"{self._prefix}chart{self._tables + 1}", self._document.title)
        yield from self._table(chart.table)

    def _table(self, table: Table) -> Iterator[str]:
        """The table; a very wide one in parts that each fit a sheet of paper, with the row heads repeated."""
        yield from _key([(term, escape(meaning)) for term, meaning in table.definitions])
        parts = max(-(-len(table.columns) // _SIDEWAYS), 1)
        for number in range(parts):
            shown = slice(number * _SIDEWAYS, (number + 1) * _SIDEWAYS)
            suffix = f" (part {number + 1} of {parts})" if parts > 1 else ""
            yield from self._part(table, shown, suffix)
        yield from (f"<p>{escape(note)}</p>" for note in table.notes)

    def _part(self, table: Table, columns: slice, suffix: str) -> Iterator[str]:
        """Some columns of a table, as a table."""
        self._tables += 1
        caption = f"{self._prefix}table{self._tables}"
        names = "compact " * table.compact + "sortable" * table.sortable
        yield f'<div class="scroll" role="region" tabindex="0" aria-labelledby="{caption}">'
        yield f'<table role="table" class="{names}">'
        yield f'<caption id="{caption}">{escape((table.caption or self._document.title) + suffix)}</caption>'
        yield (
            '<thead role="rowgroup"><tr role="row">' + "".join(self._heads(table, columns)) + "</tr></thead>"
        )
        yield '<tbody role="rowgroup">'
        heads = [escape(head) for head in table.columns[columns]]
        for head, (_, cells) in zip(table.row_heads(), table.rows, strict=True):
            line = f'<tr role="row"><th role="rowheader" scope="row">{self._text(head)}</th>'
            yield line + "".join(map(self._cell, heads, cells[columns])) + "</tr>"
        yield "</tbody></table></div>"

    def _heads(self, table: Table, columns: slice) -> Iterator[str]:
        for head in (Text(table.corner or "Field"), *table.heads()[columns]):
            label = f'<span class="label">{escape(head.value)}</span>'
            numbers = self._numbers(head)
            yield f'<th role="columnheader" scope="col">{label}{" " if numbers else ""}{numbers}</th>'

    def _cell(self, head: str, cell: Cell) -> str:
        lines = [self._text(line) for line in cell.lines]
        content = "".join(f"<p>{line}</p>" for line in lines) if len(lines) > 1 else "".join(lines)
        return f'<td role="cell" data-head="{head}"{_sort_key(cell)}>{content}</td>'


def _key(entries: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Words and what they mean; the meanings are HTML already."""
    if entries:
        yield '<dl class="key">'
        yield from (f"<div><dt>{escape(word)}</dt><dd>{told}</dd></div>" for word, told in entries)
        yield "</dl>"


_LAST = 1e15
"""What is not known sorts after every number and mark."""


def _sort_key(cell: Cell) -> str:
    """By what a column is sorted: a number by itself, marks in the order of legends."""
    if not cell.facts:
        return ""
    fact = cell.facts[0]
    place = float(list(LETTERS).index(fact.status))
    if fact.value is None or fact.status == "unknown":
        place += _LAST
    elif cell.order is not None:
        place = cell.order
    elif isinstance(fact.value, int | float):
        place = float(fact.value)
    elif fact.status == "value":
        return ""
    return f' data-sort="{place:.15g}"'


def _class(name: str, wanted: bool) -> str:
    return f' class="{name}"' if wanted else ""


def _dial(text: Text) -> str:
    """The lead of a text; a number that a phone can dial leads there, and equals what is shown."""
    shown = escape(text.lead)
    return f'<a href="tel:{escape(text.dial)}" dir="ltr">{shown}</a>' if text.dial else shown


def _picture(logo: Logo) -> str:
    """A picture in the page itself, so that the page needs no network."""
    from base64 import b64encode

    kind = "svg+xml" if logo.kind == "svg" else logo.kind
    content = b64encode(logo.content).decode("ascii")
    return f'<img class="logo" alt="{escape(logo.alt)}" src="data:image/{kind};base64,{content}">'


def _link(url: str) -> str:
    """An address that can be followed and is also readable on paper; others than web addresses are text."""
    shown = escape(url)
    if not url.startswith(("https://", "http://")):
        return shown
    return f'<a href="{shown}" rel="noreferrer">{shown}</a>'
