"""A tagged PDF (PDF/UA-1) by Typst, from the extra ``pdf``. Words reach Typst as data, never as its language.

What no font can show is never printed as an empty box: other fonts of the machine are tried, then
the letters are replaced, and the page says which they were.
"""

import json
import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from recoverykb.errors import UsageError
from recoverykb.render.fonts import FAMILY, font_folder, missing_extra
from recoverykb.render.safe import one_line
from recoverykb.render.screen import Screen
from recoverykb.render.words import quoted, refs
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
    Text,
    tables_in,
)

_TEMPLATE = Path(__file__).parents[1] / "assets" / "sheet.typ"
_PAPER = {"a4": "a4", "letter": "us-letter"}
_UPRIGHT = 4
"""So many columns of a table fit a sheet held upright."""
REPLACEMENT = "(?)"
"""Stands for letters that no font of the machine can show."""
_UNSHOWN = re.compile(r'the text `"(.*?)"` could not be displayed')
_ESCAPED = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))")
_PICTURE = re.compile(r"\b(?:image|SVG)\b")
_PAGE = re.compile(rb"/Type\s*/Page\b")
_LOGO = {"png": "png", "jpeg": "jpg", "svg": "svg"}


def render(document: Document, screen: Screen) -> bytes:
    """The whole document as a PDF. Raises :class:`UsageError` where the extra is not installed."""
    pages = document.each()
    return _compiled(_data(pages[0], pages[1:]), document.layout.printed)


def count_pages(document: Document) -> int:
    """On how many pages the document stands. Raises as :func:`render`."""
    return len(_PAGE.findall(render(document, Screen())))


def _compiled(data: dict[str, Any], printed: date | None) -> bytes:
    """What Typst makes of the data; letters that nothing can show are replaced, and named at the end."""
    try:
        import typst
    except ImportError:
        raise missing_extra() from None
    folder = str(font_folder())
    timestamp = datetime.combine(printed, time(), UTC) if printed else None
    unshown = ""
    for system in (False, True, True):
        fonts = typst.Fonts(include_system_fonts=system, include_embedded_fonts=False, font_paths=[folder])
        try:
            made = typst.compile(
                _TEMPLATE.read_bytes(),
                format="pdf",
                font_paths=fonts,
                pdf_standards=["ua-1"],
                sys_inputs={"document": json.dumps(_without(data, unshown))},
                timestamp=timestamp,
            )
        except typst.TypstError as error:
            found = _letters_unshown(str(error.diagnostic))
            if not found:
                what = "the logo" if data["logo"] and _PICTURE.search(error.message) else "the PDF"
                raise UsageError(f"{what} cannot be drawn: {one_line(error.message)[:300]}") from error
            unshown = found if system else ""
        else:
            return bytes(made)
    raise UsageError("the PDF cannot be made: no font shows its letters")


def _letters_unshown(diagnostic: str) -> str:
    """The letters that Typst says no font can show, each once."""
    found = "".join(_UNSHOWN.findall(diagnostic))
    plain = _ESCAPED.sub(lambda code: chr(int(code[1], 16)) if code[1] else code[2], found)
    return "".join(dict.fromkeys(plain))


def _without(data: dict[str, Any], letters: str) -> dict[str, Any]:
    """The data with every run of ``letters`` replaced, and a line at the end that names them."""
    if not letters:
        return data
    run = re.compile(f"[{re.escape(letters)}]+")

    def replaced(value: Any) -> Any:
        if isinstance(value, str):
            return run.sub(REPLACEMENT, value)
        if isinstance(value, dict):
            return {key: replaced(inner) for key, inner in value.items()}
        return [replaced(inner) for inner in value] if isinstance(value, list) else value

    scripts = sorted({_script(letter) for letter in letters})
    line = f"{REPLACEMENT}: letters that no font on this machine can show ({', '.join(scripts)})."
    return {
        **replaced({**data, "logo": None}),
        "logo": data["logo"],
        "footer": [*replaced(data["footer"]), line],
    }


def _script(letter: str) -> str:
    """What a letter is called, by the first word of its name in Unicode: ``BENGALI``, ``CJK``."""
    return unicodedata.name(letter, "unnamed").split()[0].title()


def _data(document: Document, more: Sequence[Document]) -> dict[str, Any]:
    """The document as the template reads it; ``more`` documents follow the first one's blocks."""
    layout = document.layout
    tables = [table for page in (document, *more) for table in tables_in(page.blocks)]
    blocks = [_block(block, 1) for block in document.blocks]
    for page in more:
        inner = [*page.blocks, *_endnotes(page)]
        blocks.append(_block(Part(page.title, inner), 1))
    logo = layout.logo
    return {
        "title": one_line(document.title),
        "subtitle": one_line(document.subtitle),
        "author": one_line(layout.author),
        "date": [layout.printed.year, layout.printed.month, layout.printed.day] if layout.printed else None,
        "language": layout.language,
        "rtl": layout.rtl,
        "paper": _PAPER[layout.paper],
        "large": layout.large,
        "run-in": layout.run_in,
        "size": layout.points,
        "sideways": any(len(table.columns) > _UPRIGHT for table in tables),
        "fonts": [FAMILY],
        "logo": logo and {"content": list(logo.content), "kind": _LOGO[logo.kind], "alt": one_line(logo.alt)},
        "running": _shortened(one_line(layout.running or document.title), 34 if layout.large else 52),
        "paged": layout.paged,
        "words": {"notes": layout.notes, "sources": layout.sources},
        "blocks": blocks,
        "notes": [
            {"number": number, "text": one_line(note)} for number, note in enumerate(document.notes, 1)
        ],
        "references": [
            {"number": entry.number, "text": one_line(entry.text), "url": one_line(entry.url)}
            for entry in document.references
        ],
        "footer": [one_line(line) for line in document.footer],
    }


def _shortened(text: str, most: int) -> str:
    """``text`` in at most so many letters, so that the foot of a page stays one line."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _endnotes(document: Document) -> list[Block]:
    """Notes and sources of a further document, as blocks under its own heading."""
    notes = [Text(note, lead=f"n{number}") for number, note in enumerate(document.notes, 1)]
    sources = [Text(f"{entry.text} {entry.url}", lead=f"[{entry.number}]") for entry in document.references]
    return [Bullets(lines) for lines in (notes, sources) if lines]


def _text(text: Text, space: str = "\u00a0") -> dict[str, Any]:
    """A text as the template reads it; ``space`` stands between numbers of sources."""
    return {
        "lead": one_line(text.lead),
        "value": one_line(text.value),
        "quote": one_line(quoted(text)),
        "refs": refs(text).replace(" ", space),
        "dial": text.dial,
        "tone": text.tone,
        "link": text.link and text.value.startswith(("https://", "http://")),
    }


def _block(block: Block, level: int) -> dict[str, Any]:
    match block:
        case Paragraph(text):
            return {"kind": "paragraph", "text": _text(text)}
        case Bullets(items, ordered):
            return {"kind": "list", "ordered": ordered, "items": [_text(item) for item in items]}
        case Fields(rows):
            told = [{"label": one_line(label), "text": _text(text)} for label, text in rows]
            return {"kind": "fields", "rows": told}
        case Table() | Chart():
            return _table(block.table if isinstance(block, Chart) else block)
        case Strip(heading, blocks):
            inner = [_block(one, level + 1) for one in blocks]
            return {"kind": "strip", "heading": one_line(heading), "blocks": inner}
        case Part(heading, blocks, keep=keep):
            inner = [_block(one, level + 1) for one in blocks]
            head = {"heading": one_line(heading), "level": level, "keep": keep}
            return {"kind": "part", **head, "blocks": inner}
        case NoteBox(label, lines):
            return {"kind": "box", "label": one_line(label), "lines": lines}


def _table(table: Table) -> dict[str, Any]:
    notes = [*table.notes, *(f"{term}: {meaning}" for term, meaning in table.definitions)]
    return {
        "kind": "table",
        "caption": one_line(table.caption),
        "corner": one_line(table.corner),
        "columns": [_text(head) for head in table.heads()],
        "rows": [
            {"head": _text(head), "cells": [[_text(line, " ") for line in cell.lines] for cell in cells]}
            for head, (_, cells) in zip(table.row_heads(), table.rows, strict=True)
        ],
        "notes": [one_line(note) for note in notes],
    }
