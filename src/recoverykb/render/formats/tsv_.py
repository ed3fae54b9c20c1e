"""Tab-separated values of the tidy rows."""

import csv

from recoverykb.render.formats.csv_ import delimited
from recoverykb.render.screen import Screen
from recoverykb.views.document import Document


def render(document: Document, screen: Screen) -> str:
    """Header and rows, tabs between."""
    return delimited(document, csv.excel_tab)
