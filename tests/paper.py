"""Reading a printed page back: its text, its letters with size and place, its structure."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2
from pypdfium2 import raw


class Glyph(NamedTuple):
    """One letter on a page: where its box lies, in points from the lower left corner, and its type."""

    letter: str
    page: int
    left: float
    bottom: float
    right: float
    top: float
    size: float
    font: str


def pdf_pages(content: bytes) -> list[str]:
    """The text of each page, with ordinary spaces."""
    with pypdfium2.PdfDocument(content) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return [text.replace("\u00a0", " ").replace("\u2011", "-").replace("\r\n", "\n") for text in pages]


def pdf_text(content: bytes) -> str:
    """The text of a PDF, each run of white space as one space."""
    return re.sub(r"\s+", " ", " ".join(pdf_pages(content)))


def page_sizes(content: bytes) -> list[tuple[float, float]]:
    """Width and height of each page, in points."""
    with pypdfium2.PdfDocument(content) as document:
        return [page.get_size() for page in document]


def page_colours(content: bytes) -> list[tuple[int, ...]]:
    """The colour of every dot of the first page, at 72 dots an inch."""
    with pypdfium2.PdfDocument(content) as document:
        bitmap = document[0].render(scale=1)
        dots, step = bytes(bitmap.buffer), bitmap.n_channels
        rows = [dots[start : start + bitmap.width * step] for start in range(0, len(dots), bitmap.stride)]
    return [tuple(row[at : at + 3]) for row in rows for at in range(0, len(row), step)]


def glyphs(content: bytes) -> Iterator[Glyph]:
    """Every letter that is no space, in the order of the text layer."""
    with pypdfium2.PdfDocument(content) as document:
        for number, page in enumerate(document):
            layer = page.get_textpage()
            for index in range(layer.count_chars()):
                letter = chr(raw.FPDFText_GetUnicode(layer.raw, index))
                if letter.isspace() or letter in "\x00\ufffe\u00a0\u2011":
                    continue
                box = layer.get_charbox(index)
                size = raw.FPDFText_GetFontSize(layer.raw, index)
                yield Glyph(letter, number, *box, size, _font(layer, index))


def _font(layer: pypdfium2.PdfTextPage, index: int) -> str:
    import ctypes

    buffer = ctypes.create_string_buffer(200)
    raw.FPDFText_GetFontInfo(layer.raw, index, buffer, 200, ctypes.c_int())
    return buffer.value.decode()
