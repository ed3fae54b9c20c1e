"""Markdown that GitHub and CommonMark readers show alike. Every text of a record is escaped."""

import re
from collections.abc import Iterator

from recoverykb.render.safe import one_line
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
    """The whole document; ends with numbered sources, dates and publisher."""
    return "\n".join(_document(page) for page in document.each())


def _document(document: Document) -> str:
    lines = [f"# {escape(document.title)}", ""]
    if document.subtitle:
        lines += [escape(document.subtitle), ""]
    for block in document.blocks:
        lines += [*_block(block), ""]
    if document.references:
        lines += ["## Sources", ""]
        lines += [
            f"- \\[{reference.number}\\] {escape(reference.text)}{_link(reference.url)}"
            for reference in document.references
        ]
        lines.append("")
    for line in document.footer:
        lines += [escape(line), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _link(url: str) -> str:
    """An address that is shown in full, so that it also works on paper."""
    if not url:
        return ""
    target = one_line(url).replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")
    return f" <{target}>"


def _text(text: Text) -> str:
    value = _link(text.value).lstrip() if text.link else escape(text.value)
    parts = (_bold(text.lead), value, escape(refs(text)))
    return " ".join(part for part in parts if part)


def _bold(text: str) -> str:
    """``text`` in bold; nothing where nothing is left of it, for ``****`` would be a rule."""
    shown = escape(text)
    return f"**{shown}**" if shown else ""


def _block(block: Block, level: int = 2) -> Iterator[str]:
    match block:
        case Paragraph(text):
            yield _text(text)
        case Bullets(items, ordered):
            for number, item in enumerate(items, 1):
                yield f"{number}. {_text(item)}" if ordered else f"- {_text(item)}"
        case Fields(rows):
            for label, text in rows:
                yield f"- **{escape(label)}:** {_text(text)}"
        case Table():
            yield from _table(block)
        case Strip(heading, blocks):
            yield "---"
            yield ""
            yield f"{'#' * level} {escape(heading)}"
            yield from _inner(blocks, level)
            yield ""
            yield "---"
        case Part(heading, blocks):
            yield f"{'#' * max(level, block.level)} {escape(heading)}"
            yield from _inner(blocks, max(level, block.level))
        case NoteBox(label, lines):
            yield f"| {escape(label)} |"
            yield "| --- |"
            yield from ["| &nbsp; |"] * lines


def _inner(blocks: object, level: int) -> Iterator[str]:
    for inner in blocks:  # type: ignore[attr-defined]
        yield ""
        yield from _block(inner, level + 1)


def _table(table: Table) -> Iterator[str]:
    if table.caption:
        yield escape(table.caption)
        yield ""
    yield _row([table.corner or " ", *table.columns])
    yield "|" + " --- |" * (len(table.columns) + 1)
    for head, cells in table.rows:
        yield "| " + " | ".join([_bold(head), *(_cell(cell) for cell in cells)]) + " |"
    for note in table.notes:
        yield ""
        yield escape(note)


def _row(texts: list[str]) -> str:
    return "| " + " | ".join(escape(text) for text in texts) + " |"


def _cell(cell: Cell) -> str:
    return "<br>".join(_text(line) for line in cell.lines)
