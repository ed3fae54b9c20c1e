"""Reading an HTML page as a browser's accessibility tree would: tables, anchors, text."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "br", "input"}


@dataclass
class Found:
    """A table of a page: its caption, column heads, and the texts of its cells by row."""

    caption: str = ""
    heads: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    data_heads: list[list[str]] = field(default_factory=list)


class Page(HTMLParser):
    """Every element, anchor and table of a page. ``open_elements`` is empty where all are closed."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.addresses: list[str] = []
        self.tables: list[Found] = []
        self.text: list[str] = []
        self.open_elements: list[str] = []
        self._cell: list[str] | None = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        if tag not in VOID:
            self.open_elements.append(tag)
        if "id" in given:
            self.ids.append(given["id"])
        address = given.get("href", "")
        (self.targets if address.startswith("#") else self.addresses).append(address.removeprefix("#"))
        if not address:
            self.addresses.pop()
        if tag == "table":
            self.tables.append(Found())
        elif tag == "tr" and self.tables:
            self.tables[-1].rows.append([])
            self.tables[-1].data_heads.append([])
        elif tag in ("th", "td", "caption"):
            self._cell = []
            if tag == "td":
                self.tables[-1].data_heads[-1].append(given["data-head"])
        elif tag == "p" and self._cell:
            self._cell.append("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open_elements.pop() == tag
        if tag in ("th", "td", "caption") and self._cell is not None:
            shown = "".join(self._cell)
            if tag == "caption":
                self.tables[-1].caption = shown
            else:
                self.tables[-1].rows[-1].append(shown)
            self._cell = None
        elif tag == "thead":
            self.tables[-1].heads = self.tables[-1].rows.pop()
            self.tables[-1].data_heads.pop()

    def handle_data(self, data: str) -> None:
        if self.open_elements and self.open_elements[-1] not in ("style", "script"):
            self.text.append(data)
        if self._cell is not None:
            self._cell.append(data)
