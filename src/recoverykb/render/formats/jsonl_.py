"""JSON lines: one tidy row a line."""

import json

from recoverykb.render.formats.json_ import escape_controls
from recoverykb.render.screen import Screen
from recoverykb.views.document import Document


def render(document: Document, screen: Screen) -> str:
    """One object a row, keyed by the tidy header."""
    header = document.tidy.header
    return "".join(
        escape_controls(
            json.dumps(dict(zip(header, row, strict=True)), ensure_ascii=not screen.unicode, default=str)
        )
        + "\n"
        for row in document.tidy.rows
    )
