"""Plain text for pipes: no colour, nothing wrapped, nothing cut."""

from collections.abc import Iterator

from recoverykb.render.safe import ascii_only, one_line
from recoverykb.render.screen import Screen
from recoverykb.render.words import sentence
from recoverykb.views.document import (
    Block,
    Bullets,
    Document,
    Fields,
    NoteBox,
    Paragraph,
    Part,
    Strip,
    Table,
)


def render(document: Document, screen: Screen) -> str:
    """Lists as one tab-separated line a record; pages as headed paragraphs, one a line."""
    text = "\n".join(_document(page) for page in document.each())
    return text if screen.unicode else ascii_only(text)


def _document(document: Document) -> str:
    blocks = document.blocks
    if all(isinstance(block, Table) and block.listing for block in blocks):
        lines = [line for block in blocks for line in _block(block)]
    else:
        lines = list(_page(document))
    return "".join(f"{line}\n" for line in lines)


def _page(document: Document) -> Iterator[str]:
    yield one_line(document.title)
    if document.subtitle:
        yield one_line(document.subtitle)
    for block in document.blocks:
        yield ""
        yield from _block(block)
    if document.references:
        yield ""
        yield "Sources"
        for reference in document.references:
            yield f"[{reference.number}] {one_line(reference.text)} {one_line(reference.url)}".rstrip()
    if document.footer:
        yield ""
        yield from (one_line(line) for line in document.footer)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text):
            yield sentence(text)
        case Bullets(items, ordered):
            for number, item in enumerate(items, 1):
                yield f"{number}. {sentence(item)}" if ordered else f"- {sentence(item)}"
        case Fields(rows):
            for label, text in rows:
                yield f"{one_line(label)}: {sentence(text)}"
        case Table():
            yield from _listing(block) if block.listing else _comparison(block)
        case Strip(heading, blocks) | Part(heading, blocks):
            yield one_line(heading).upper() if isinstance(block, Strip) else one_line(heading)
            for inner in blocks:
                yield from _block(inner)
        case NoteBox(label, lines):
            yield f"{one_line(label)}:"
            yield from [""] * lines


def _listing(table: Table) -> Iterator[str]:
    for head, cells in table.rows:
        texts = [" ".join(sentence(line) for line in cell.lines) for cell in cells]
        yield "\t".join([one_line(head), *texts])


def _comparison(table: Table) -> Iterator[str]:
    """One fact a line, under the head of its row, so that it can be read aloud and searched."""
    if table.caption:
        yield one_line(table.caption)
    for head, cells in table.rows:
        yield one_line(head)
        for column, cell in zip(table.columns, cells, strict=True):
            for line in cell.lines:
                yield f"  {one_line(column)}: {sentence(line)}"
    for note in table.notes:
        yield f"Note: {one_line(note)}"
