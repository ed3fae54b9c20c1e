"""The document: what every view builds and every renderer shows.

A document holds the same facts in three shapes: blocks for people (:attr:`Document.blocks`), the
JSON contract (:attr:`Document.data`) and tidy rows (:attr:`Document.tidy`). Text is plain: escaping
and markup are the renderers' business.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Tone = Literal["", "strong", "quiet", "warning", "danger", "good"]


@dataclass(frozen=True, slots=True)
class Text:
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


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph."""

    text: Text


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of short texts; ``ordered`` where the order matters."""

    items: Sequence[Text]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Fields:
    """Label and text pairs."""

    rows: Sequence[tuple[str, Text]]


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: what people read, and the fact behind it for spreadsheets."""

    lines: Sequence[Text] = ()
    facts: Sequence[dict[str, Any]] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing stands in the cell."""
        return not self.lines


@dataclass(frozen=True, slots=True)
class Table:
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


@dataclass(frozen=True, slots=True)
class Strip:
    """Blocks that must be seen first, e.g. what to do in an overdose."""

    heading: str
    blocks: Sequence["Block"]


@dataclass(frozen=True, slots=True)
class NoteBox:
    """An empty box for a handwritten note."""

    label: str
    lines: int = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with blocks under it. ``level`` counts from 2; the document's title is 1."""

    heading: str
    blocks: Sequence["Block"]
    level: int = 2


Block = Paragraph | Bullets | Fields | Table | Strip | NoteBox | Part


@dataclass(frozen=True, slots=True)
class Reference:
    """A numbered source at the end of a document."""

    number: int
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Tidy:
    """One fact or record a row, for CSV, TSV and JSON lines."""

    header: Sequence[str]
    rows: Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Document:
    """Everything a renderer needs; see the module's docstring."""

    title: str
    blocks: Sequence[Block]
    data: Any
    ids: Sequence[str] = ()
    tidy: Tidy = field(default_factory=lambda: Tidy((), ()))
    references: Sequence[Reference] = ()
    subtitle: str = ""
    footer: Sequence[str] = ()
    pages: Sequence["Document"] = ()
    """Where several documents come together: each of them, for renderers that people read."""

    def each(self) -> Sequence["Document"]:
        """The documents a reader sees one after the other; most have only themselves."""
        return self.pages or (self,)
