"""Plain text for pipes: no colour, nothing wrapped, nothing cut."""

from collections.abc import Iterator

from recoverykb.render.safe import ascii_only, one_line
from recoverykb.render.screen import Screen
from recoverykb.render.words import isolated, sentence
from recoverykb.views.document import (
    Block,
    Bullets,
    Chart,
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
    text = isolated("\n".join(_document(page) for page in document.each()), document.layout)
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
    if document.notes:
        yield ""
        yield one_line(document.layout.notes)
        for number, note in enumerate(document.notes, 1):
            yield f"[n{number}] {one_line(note)}"
    if document.references:
        yield ""
        yield one_line(document.layout.sources)
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
        case Table() | Chart():
            yield from _table(block)
        case Strip(heading, blocks) | Part(heading, blocks):
            yield one_line(heading).upper() if isinstance(block, Strip) else one_line(heading)
            for inner in blocks:
                yield from _block(inner)
        case NoteBox(label, lines):
            yield f"{one_line(label)}:"
            yield from ["_" * 60] * lines


def _table(block: Table | Chart) -> Iterator[str]:
    """A table, or the table behind a picture: whoever asked for plain text cannot use the picture."""
    table = block.table if isinstance(block, Chart) else block
    return _listing(table) if table.listing else _comparison(table)


def _listing(table: Table) -> Iterator[str]:
    for head, cells in table.rows:
        texts = [" ".join(sentence(line) for line in cell.lines) for cell in cells]
        yield "\t".join([one_line(head), *texts])


def _comparison(table: Table) -> Iterator[str]:
    """One fact a line, under the head of its row, so that it can be read aloud and searched."""
    if table.caption:
        yield one_line(table.caption)
    for head, (_, cells) in zip(table.row_heads(), table.rows, strict=True):
        yield sentence(head)
        for column, cell in zip(table.heads(), cells, strict=True):
            for line in cell.lines:
                yield f"  {sentence(column)}: {sentence(line)}"
    for note in table.notes:
        yield f"Note: {one_line(note)}"
    for term, meaning in table.definitions:
        yield f"{one_line(term)}: {one_line(meaning)}"
