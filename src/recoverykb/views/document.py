"""The document: what every view builds and every renderer shows.

A document holds the same facts in three shapes: blocks for people (:attr:`Document.blocks`), the
JSON contract (:attr:`Document.data`) and tidy rows (:attr:`Document.tidy`). Text is plain: escaping
and markup are the renderers' business.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple

Tone = Literal["", "strong", "quiet", "warning", "danger", "good"]

Status = Literal["value", "yes", "limited", "pilot", "no", "not-applicable", "unknown", "not-recorded"]
"""What a table cell says: a value or an availability, or why there is none. No two look or read alike."""


class Text(NamedTuple):
    """A run of plain text with the numbers of the sources behind it.

    ``tone`` is meaning, not colour; whatever it means also stands in the words.
    """

    value: str
    refs: tuple[int, ...] = ()
    tone: Tone = ""
    lead: str = ""
    """Words that come first and stand out, e.g. a phone number."""
    link: bool = False
    """Whether ``value`` is a web address that may be followed."""
    notes: tuple[int, ...] = ()
    """The numbers of the document's notes that belong to it."""
    quote: str = ""
    """Words of a record that are in English where the page is not; they follow ``value``, marked."""
    dial: str = ""
    """The phone number that ``lead`` shows, as a phone takes it; empty where it cannot be dialled."""


class Paragraph(NamedTuple):
    """One paragraph."""

    text: Text


class Bullets(NamedTuple):
    """A list of short texts; ``ordered`` where the order matters."""

    items: Sequence[Text]
    ordered: bool = False


class Fields(NamedTuple):
    """Label and text pairs."""

    rows: Sequence[tuple[str, Text]]


class Fact(NamedTuple):
    """One fact of a table, for spreadsheets, programs and pictures.

    ``value`` is ``None`` where the base holds none; ``status`` then says why. ``low`` and ``high`` are
    the ends of a range, in ``unit``.
    """

    value: str | float | None
    status: Status = "value"
    sources: tuple[str, ...] = ()
    year: int | None = None
    year_of: Literal["fact", "source", ""] = ""
    """Whether ``year`` is the year the fact holds for, or only that of its source."""
    item: str = ""
    """What within the field it is about: a measure, the name of a line, the role of a number."""
    low: float | None = None
    high: float | None = None
    unit: str = ""
    qualifier: str = ""
    """What limits the value: ``>``, ``<``, ``~``, or the direction of evidence."""
    method: str = ""
    """How it was found out: the review or guideline, or who checked a contact."""
    certainty: str = ""
    """Empty where nothing speaks against the fact."""
    note: str = ""


class Cell(NamedTuple):
    """A table cell: what people read, and the facts behind it, the one to go by first."""

    lines: Sequence[Text] = ()
    facts: Sequence[Fact] = ()
    order: float | None = None
    """By what the cell sorts among others; numbers and marks need none."""

    @property
    def empty(self) -> bool:
        """Whether nothing stands in the cell."""
        return not self.lines


class Table(NamedTuple):
    """A table with heads for columns, and row heads in the first column.

    ``listing`` tables hold one record a row; the others compare, and may be split into blocks of
    columns that repeat the row heads.
    """

    corner: str
    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Cell]]]
    caption: str = ""
    notes: Sequence[str] = ()
    listing: bool = False
    compact: bool = False
    """Whether cells are words, not running text, so that narrow columns will do."""
    definitions: Sequence[tuple[str, str]] = ()
    """What column heads and marks mean; they stand above the table."""
    sortable: bool = False
    """Whether each row is a record, so that rows may be put in another order."""
    row_notes: Sequence[tuple[int, ...]] = ()
    """The numbers of the notes on each row head; empty where no row has any."""
    column_notes: Sequence[tuple[int, ...]] = ()

    def heads(self) -> list[Text]:
        """The column heads with their notes, the corner not among them."""
        return _noted(self.columns, self.column_notes)

    def row_heads(self) -> list[Text]:
        """The row heads with their notes."""
        return _noted([head for head, _ in self.rows], self.row_notes)


class Chart(NamedTuple):
    """The facts of a table as a picture: a matrix of marks, or bars of numbers."""

    table: Table
    sort: Literal["matrix", "bars"]


class Strip(NamedTuple):
    """Blocks that must be seen first, e.g. what to do in an overdose."""

    heading: str
    blocks: Sequence["Block"]


class NoteBox(NamedTuple):
    """An empty box for a handwritten note."""

    label: str
    lines: int = 3


class Part(NamedTuple):
    """A heading with blocks under it. ``level`` counts from 2; the document's title is 1.

    ``keep``: it is one entry, which stays on one page.
    """

    heading: str
    blocks: Sequence["Block"]
    level: int = 2
    keep: bool = False


Block = Paragraph | Bullets | Fields | Table | Chart | Strip | NoteBox | Part


class Reference(NamedTuple):
    """A numbered source at the end of a document."""

    number: int
    text: str
    url: str


class Tidy(NamedTuple):
    """One fact or record a row, for CSV, TSV and JSON lines."""

    header: Sequence[str]
    rows: Sequence[Sequence[Any]]


class Logo(NamedTuple):
    """A picture for the head of a page; ``alt`` says in words what it shows."""

    content: bytes
    kind: Literal["png", "jpeg", "svg"]
    alt: str


class Layout(NamedTuple):
    """How a document wants to stand on paper, and the few words that renderers add to it."""

    language: str = "en"
    rtl: bool = False
    paper: Literal["a4", "letter"] = "a4"
    large: bool = False
    """Whether it is for people who see badly."""
    logo: Logo | None = None
    author: str = ""
    """Who hands it out."""
    run_in: bool = False
    """Whether the sources follow one another in one paragraph, to save paper."""
    printed: date | None = None
    """The day it is made for; with the same data and day, the same bytes come out."""
    sources: str = "Sources"
    notes: str = "Notes"
    running: str = ""
    """What stands at the foot of each page, before its number."""
    paged: str = "page {page} of {pages}"

    @property
    def points(self) -> int:
        """The size of type: at least 12 points and ideally 14, in large print 18 (UKAAF)."""
        return 18 if self.large else 13


QUOTE_MARK = "[EN]"
"""Stands before words that are in English where the page is not."""


class Document(NamedTuple):
    """Everything a renderer needs; see the module's docstring."""

    title: str
    blocks: Sequence[Block]
    data: Any
    ids: Sequence[str] = ()
    tidy: Tidy = Tidy((), ())
    references: Sequence[Reference] = ()
    subtitle: str = ""
    footer: Sequence[str] = ()
    notes: Sequence[str] = ()
    """Numbered notes, from 1; shown before the sources."""
    wide: Tidy = Tidy((), ())
    """One record a row, for people with a spreadsheet; only comparisons have it."""
    linked: bool = False
    """Whether numbers in the text should lead to notes and sources where a format can do that."""
    sheet: Layout | None = None
    """How it stands on paper, where it is a sheet to print; others are laid out as pages of a screen."""
    pages: Sequence["Document"] = ()
    """Where several documents come together: each of them, for renderers that people read."""

    @property
    def layout(self) -> Layout:
        """How it stands on paper; the ordinary layout where it has no own."""
        return self.sheet or Layout()

    def each(self) -> Sequence["Document"]:
        """The documents a reader sees one after the other; most have only themselves."""
        return self.pages or (self,)


def tables_in(blocks: Sequence[Block]) -> Iterator[Table]:
    """Every table of ``blocks``, those behind pictures and inside parts too."""
    for block in blocks:
        if isinstance(block, Table | Chart):
            yield block.table if isinstance(block, Chart) else block
        elif isinstance(block, Part | Strip):
            yield from tables_in(block.blocks)


def _noted(heads: Sequence[str], notes: Sequence[tuple[int, ...]]) -> list[Text]:
    if not notes:
        return [Text(head) for head in heads]
    return [Text(head, notes=numbers) for head, numbers in zip(heads, notes, strict=True)]
