"""The same table in every form: no form may add, lose or change a fact, a year, a source or a note."""

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from pages import Page
from recoverykb.render.registry import renderer
from recoverykb.render.safe import ascii_only, one_line
from recoverykb.render.screen import Screen
from recoverykb.render.words import sentence
from recoverykb.storage.base import Base
from recoverykb.views.compare import fetch
from recoverykb.views.compare.matrix import Layout
from recoverykb.views.document import Chart, Document, Table
from test_table_format import grids

MARKDOWN = MarkdownIt("commonmark").enable("table").use(footnote_plugin)
TABLES = ("countries", "strategies", "organizations", "services", "turned", "evidence", "figure", "chart")


def build(base: Base, name: str) -> Document:
    """One comparison of each sort, of real records."""
    found = {
        "countries": lambda: fetch.comparison(base, ["portugal", "switzerland", "kenya"]),
        "strategies": lambda: fetch.comparison(base, ["methadone", "buprenorphine"]),
        "organizations": lambda: fetch.comparison(base, ["narcotics-anonymous", "nacada"]),
        "services": lambda: fetch.services(base, [], "africa"),
        "turned": lambda: fetch.services(base, ["kenya", "norway"], layout=Layout(transpose=True)),
        "evidence": lambda: fetch.evidence(base, outcomes=["overdose-death", "retention"]),
        "figure": lambda: fetch.figures(base, "oat-clients", region="europe"),
        "chart": lambda: fetch.services(base, [], "europe", Layout(chart=True)),
    }[name]()
    assert found is not None
    return found


def table_of(document: Document) -> Table:
    first = document.blocks[0]
    return first.table if isinstance(first, Chart) else first  # type: ignore[return-value]


def squeezed(text: str) -> str:
    """Text without white space, and with numbers of sources and notes each in brackets of its own."""
    return re.sub(r"\s+", "", re.sub(r"\[([\dn, ]+)\]", lambda found: re.sub(r",\s*", "][", found[0]), text))


def expected(document: Document) -> list[list[str]]:
    """What each cell must say, by row; the row heads come first."""
    table = table_of(document)
    return [
        [
            squeezed(sentence(head)),
            *("".join(squeezed(sentence(line)) for line in cell.lines) for cell in cells),
        ]
        for head, (_, cells) in zip(table.row_heads(), table.rows, strict=True)
    ]


def heads_of(document: Document) -> list[str]:
    return [squeezed(sentence(head)) for head in table_of(document).heads()]


@pytest.fixture(params=TABLES)
def document(request: pytest.FixtureRequest, opened: Base) -> Document:
    return build(opened, request.param)


def test_every_fact_of_the_table_stands_in_json_once(document: Document) -> None:
    cells = json.loads(renderer("json").render(document, Screen()))["cells"]
    told = [fact for _, row in table_of(document).rows for cell in row for fact in cell.facts]

    def key(fact: dict[str, Any]) -> str:
        return str([fact[name] for name in ("value", "status", "year", "item", "note", "sources")])

    wanted = sorted(key({**fact._asdict(), "sources": list(fact.sources)}) for fact in told)
    assert sorted(map(key, cells)) == wanted


@pytest.mark.parametrize("name", ["csv", "tsv", "excel", "jsonl"])
def test_files_for_spreadsheets_and_programs_hold_the_facts_of_json(document: Document, name: str) -> None:
    cells = json.loads(renderer("json").render(document, Screen()))["cells"]
    text = renderer(name).render(document, Screen())
    assert [row_of(cell) for cell in cells] == [row_of(row) for row in rows_in(name, text)]


def rows_in(name: str, text: str) -> list[dict[str, Any]]:
    if name == "jsonl":
        return [json.loads(line) for line in text.splitlines()]
    dialect = csv.excel_tab if name == "tsv" else csv.excel
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), dialect=dialect))


def row_of(fact: dict[str, Any]) -> dict[str, str]:
    """A fact as text; an apostrophe in front of what a spreadsheet would run is taken off."""
    texts = {
        name: " ".join(value) if isinstance(value, list) else "" if value is None else str(value)
        for name, value in fact.items()
    }
    return {name: re.sub(r"^'(?=[=+\-@])", "", value.replace("\r\n", "\n")) for name, value in texts.items()}


def test_plain_text_says_what_every_cell_says(document: Document) -> None:
    lines = renderer("plain").render(document, Screen()).splitlines()
    found: list[list[str]] = []
    for line in lines:
        if line.startswith("  "):
            head, _, told = line.strip().partition(": ")
            found[-1].append(f"{squeezed(head)}|{squeezed(told)}")
        else:
            found.append([])
    said = [row for row in found if row]
    table = table_of(document)
    wanted = [
        [
            f"{squeezed(sentence(head))}|{squeezed(sentence(line))}"
            for head, cell in zip(table.heads(), cells, strict=True)
            for line in cell.lines
        ]
        for _, cells in table.rows
    ]
    assert said[: len(wanted)] == wanted


@pytest.mark.parametrize("width", [60, 120])
def test_the_terminal_says_what_every_cell_says(document: Document, width: int) -> None:
    if isinstance(document.blocks[0], Chart):
        document = document._replace(blocks=[document.blocks[0].table])
    document = document._replace(blocks=document.blocks[:1])
    shown = renderer("table").render(document, Screen(width=width, unicode=False))
    columns: list[list[str]] = []
    heads: list[str] = []
    for header, *rows in grids(shown):
        heads += [squeezed(head) for head in header[1:]]
        columns += [list(column) for column in zip(*(row[1:] for row in rows), strict=True)]
    assert heads == [squeezed(ascii_only(head)) for head in heads_of(document)]
    wanted = [list(column) for column in zip(*(row[1:] for row in expected(document)), strict=True)]
    for column, right in zip(columns, wanted, strict=True):
        for cell, cell_wanted in zip(column, right, strict=True):
            assert squeezed(cell).replace("*", "") == squeezed(ascii_only(cell_wanted)).replace("*", "")


def markdown_rows(tokens: Sequence[Token]) -> Iterator[list[str]]:
    """The rows of the first table, each cell as text with footnote labels in brackets."""
    cells: list[str] | None = None
    for token in tokens:
        if token.type == "tr_open":
            cells = []
        elif token.type == "inline" and cells is not None:
            cells.append("".join(map(inline, token.children or ())))
        elif token.type == "tr_close" and cells is not None:
            yield cells
            cells = None
        elif token.type == "table_close":
            return


def inline(token: Token) -> str:
    if token.type == "footnote_ref":
        return f"[{token.meta['label']}]"
    return "" if token.type == "html_inline" else token.content


def test_markdown_says_what_every_cell_says_and_its_footnotes_resolve(document: Document) -> None:
    if isinstance(document.blocks[0], Chart):
        document = document._replace(blocks=[document.blocks[0].table, *document.blocks[1:]])
    text = renderer("markdown").render(document, Screen())
    header, *rows = markdown_rows(MARKDOWN.parse(text))
    assert [squeezed(head) for head in header[1:]] == heads_of(document)
    assert [[squeezed(cell) for cell in row] for row in rows] == expected(document)
    used = set(re.findall(r"(?<!\\)\[\^(n?\d+)\](?!:)", text))
    defined = re.findall(r"^\[\^(n?\d+)\]: ", text, re.MULTILINE)
    assert sorted(used) == sorted(defined)
    notes = [f"n{number}" for number in range(1, len(document.notes) + 1)]
    assert set(defined) == {*notes, *(str(reference.number) for reference in document.references)}


def test_html_says_what_every_cell_says_and_its_numbers_lead_somewhere(document: Document) -> None:
    page = Page(renderer("html").render(document, Screen()))
    found = page.tables[0]
    assert [squeezed(head) for head in found.heads[1:]] == heads_of(document)
    assert [[squeezed(cell) for cell in row] for row in found.rows] == expected(document)
    plain_heads = [one_line(head) for head in table_of(document).columns]
    assert found.data_heads == [plain_heads] * len(found.rows)
    assert page.open_elements == []
    assert len(page.ids) == len(set(page.ids))
    anchors = {anchor for anchor in page.ids if re.fullmatch(r"[sn]\d+", anchor)}
    assert set(page.targets) == anchors
    text = "".join(page.text)
    for reference in document.references:
        assert one_line(reference.text) in text
        assert reference.url in page.addresses
    assert all(one_line(note) in text for note in document.notes)


def test_a_picture_in_html_has_the_mark_of_every_cell(opened: Base) -> None:
    document = build(opened, "chart")
    text = renderer("html").render(document, Screen())
    drawing = text[text.index("<svg") : text.index("</svg>")]
    table = table_of(document)
    assert drawing.count("<rect") == len(table.rows) * len(table.columns)
    for status in ("yes", "limited", "pilot", "no"):
        cells = [cell for _, row in table.rows for cell in row if cell.facts[0].status == status]
        assert drawing.count(f'class="m-{status}"') == len(cells)


def test_notes_that_limit_a_value_reach_every_form(opened: Base) -> None:
    document = build(opened, "services")
    notes = {
        fact.note
        for _, row in table_of(document).rows
        for cell in row
        for fact in cell.facts[:1]
        if fact.note
    }
    assert len(notes) > 10
    for name in ("json", "csv", "plain", "markdown", "html"):
        shown = renderer(name).render(document, Screen())
        shown = "".join(Page(shown).text) if name == "html" else shown.replace("\\", "").replace('""', '"')
        assert [note for note in notes if one_line(note) not in " ".join(shown.split())] == [], name
