"""The document: what every view builds and every renderer shows.

A document holds the same facts in three shapes: blocks for people (:attr:`Document.blocks`), the
JSON contract (:attr:`Document.data`) and tidy rows (:attr:`Document.tidy`). Text is plain: escaping
and markup are the renderers' business.
"""

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

Tone = Literal["", "strong", "quiet", "warning", "danger", "good"]


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


class Cell(NamedTuple):
    """A table cell: what people read, and the fact behind it for spreadsheets."""

    lines: Sequence[Text] = ()
    facts: Sequence[dict[str, Any]] = ()

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


class Strip(NamedTuple):
    """Blocks that must be seen first, e.g. what to do in an overdose."""

    heading: str
    blocks: Sequence["Block"]


class NoteBox(NamedTuple):
    """An empty box for a handwritten note."""

    label: str
    lines: int = 3


class Part(NamedTuple):
    """A heading with blocks under it. ``level`` counts from 2; the document's title is 1."""

    heading: str
    blocks: Sequence["Block"]
    level: int = 2


Block = Paragraph | Bullets | Fields | Table | Strip | NoteBox | Part


class Reference(NamedTuple):
    """A numbered source at the end of a document."""

    number: int
    text: str
    url: str


class Tidy(NamedTuple):
    """One fact or record a row, for CSV, TSV and JSON lines."""

    header: Sequence[str]
    rows: Sequence[Sequence[Any]]


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
    pages: Sequence["Document"] = ()
    """Where several documents come together: each of them, for renderers that people read."""

    def each(self) -> Sequence["Document"]:
        """The documents a reader sees one after the other; most have only themselves."""
        return self.pages or (self,)
