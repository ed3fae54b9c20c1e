"""Only the ids, one a line, for pipes."""

from recoverykb.render.safe import one_line
from recoverykb.render.screen import Screen
from recoverykb.views.document import Document


def render(document: Document, screen: Screen) -> str:
    """The ids of the document's records."""
    return "".join(f"{one_line(record_id)}\n" for record_id in document.ids)
