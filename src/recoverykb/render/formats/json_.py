"""JSON: the contract data of a document."""

import json

from recoverykb.render.screen import Screen
from recoverykb.views.document import Document


def render(document: Document, screen: Screen) -> str:
    """Indented JSON; control characters of every kind are escaped."""
    text = json.dumps(document.data, ensure_ascii=not screen.unicode, indent=2, default=str)
    return escape_controls(text) + "\n"


def escape_controls(text: str) -> str:
    """JSON text with the control characters that ``json`` leaves alone written as escapes."""
    return text.translate(_CONTROLS)


_CONTROLS = {
    code: f"\\u{code:04x}"
    for code in (0x7F, *range(0x80, 0xA0), 0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
}
