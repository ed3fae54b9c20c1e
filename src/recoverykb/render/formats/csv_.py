"""CSV (RFC 4180) of the tidy rows, safe to open in a spreadsheet."""

import csv
import io
from typing import Any

from recoverykb.render.safe import clean
from recoverykb.render.screen import Screen
from recoverykb.views.document import Document


def render(document: Document, screen: Screen) -> str:
    """Header and rows; a cell that a spreadsheet would run as a formula gets a leading apostrophe."""
    return delimited(document, csv.excel)


def delimited(document: Document, dialect: type[csv.Dialect], end: str = "\n") -> str:
    """The tidy rows in a dialect of :mod:`csv`, each with ``end`` after it."""
    out = io.StringIO()
    writer = csv.writer(out, dialect, lineterminator=end)
    writer.writerow(document.tidy.header)
    for row in document.tidy.rows:
        writer.writerow([_cell(value) for value in row])
    return out.getvalue()


def _cell(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = clean(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
