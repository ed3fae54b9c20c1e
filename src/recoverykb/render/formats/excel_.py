"""CSV that Excel opens with a double click: UTF-8 with a mark that says so, lines that end as it expects."""

import csv

from recoverykb.render.formats.csv_ import delimited
from recoverykb.render.screen import Screen
from recoverykb.views.document import Document

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel reads UTF-8 as the code page of the machine, and every accent is wrong."""


def render(document: Document, screen: Screen) -> str:
    """As CSV, with the mark in front and ``CR LF`` at line ends."""
    return BYTE_ORDER_MARK + delimited(document, csv.excel, "\r\n")
