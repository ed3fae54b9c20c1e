"""The terminal format: fits the width, loses nothing, keeps phone numbers whole, and is plain where asked."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from recoverykb.records.types import Country, Strategy
from recoverykb.render.formats.table_ import render
from recoverykb.render.safe import one_line
from recoverykb.render.screen import Screen
from recoverykb.storage.base import Base
from recoverykb.views import assemble
from recoverykb.views.compare import fetch
from recoverykb.views.document import (
    Block,
    Bullets,
    Cell,
    Document,
    Fields,
    NoteBox,
    Paragraph,
    Part,
    Reference,
    Strip,
    Table,
    Text,
    Tone,
)
from recoverykb.views.sheet.gather import sheet
from recoverykb.views.sheet.wish import Wish

WIDTHS = (40, 60, 80, 120, 200)
SGR = re.compile("\x1b\\[[0-9;]*m")
LONG = "https://example.org/" + "a-very-long-address/" * 12

widths = st.sampled_from(WIDTHS)
tones: st.SearchStrategy[Tone] = st.sampled_from(["", "strong", "quiet", "warning", "danger", "good"])
ascii_words = st.text("abcdefghijklmnopqrstuvwxyzABCXYZ", min_size=1, max_size=30)
sentences = st.lists(ascii_words, min_size=1, max_size=12).map(" ".join)
any_text = st.text(max_size=60) | st.lists(
    st.sampled_from(["日本語", "สายด่วน", "naïve", "e\u0301", "👩‍👩‍👧", "\x1b[31m", "\u202e", "\x07", "word", "Donaudampfschiff" * 3, " ",
                     "\n", "\t", "[bold]", "[/]", ":smile:", "0800 11 22", "\ue000", "—", "·"]), max_size=12).map("".join)  # fmt: skip


def whole(made: Callable[..., Any], *parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """``made`` of exactly these parts: ``st.builds`` would invent the fields a named tuple has defaults for."""
    return st.tuples(*parts).map(lambda chosen: made(*chosen))


def texts_of(value: st.SearchStrategy[str]) -> st.SearchStrategy[Text]:
    refs = st.lists(st.integers(1, 120), max_size=3).map(tuple)
    return whole(Text, value, refs, tones, value)


def tables_of(value: st.SearchStrategy[str], listing: bool = False) -> st.SearchStrategy[Table]:
    def of_width(number: int) -> st.SearchStrategy[Table]:
        cell = st.lists(texts_of(value), min_size=1, max_size=2).map(Cell)
        row = st.tuples(value, st.lists(cell, min_size=number, max_size=number))
        columns = st.lists(value, min_size=number, max_size=number)
        rows = st.lists(row, min_size=1, max_size=3)
        nothing = st.just("")
        return whole(Table, value, columns, rows, nothing, st.just(()), st.just(listing), st.booleans())

    return st.integers(1, 6).flatmap(of_width)


def documents_of(value: st.SearchStrategy[str]) -> st.SearchStrategy[Document]:
    texts = texts_of(value)
    simple = st.one_of(
        texts.map(Paragraph),
        whole(Bullets, st.lists(texts, max_size=3), st.booleans()),
        st.lists(st.tuples(value, texts), min_size=1, max_size=3).map(Fields),
        tables_of(value),
        value.map(NoteBox),
    )
    inner = st.lists(simple, max_size=2)
    blocks = st.lists(st.one_of(simple, whole(Strip, value, inner), whole(Part, value, inner)), max_size=3)
    references = st.lists(whole(Reference, st.integers(1, 2000), value, st.just(LONG)), max_size=2)
    fields = {
        "title": value,
        "blocks": blocks,
        "data": st.just({}),
        "references": references,
        "subtitle": value,
        "footer": st.lists(value, max_size=2),
    }
    return st.fixed_dictionaries(fields).map(lambda chosen: Document(**chosen))


def show(document: Document, width: int, *, colour: bool = False, unicode: bool = True) -> str:
    return render(document, Screen(width=width, colour=colour, unicode=unicode))


def too_long(shown: str, width: int) -> list[str]:
    """The lines that are longer than the width, but for addresses on a line of their own."""
    lines = (SGR.sub("", line) for line in shown.split("\n"))
    return [line for line in lines if cell_len(line) > width and not re.fullmatch(r"\s*https?://\S+", line)]


def squeezed(text: str) -> str:
    """Text without white space and without what frames are made of."""
    return re.sub(r"[\s│╭╮╰╯─•]+", "", text)


# Nothing is longer than the terminal is wide.


@settings(max_examples=100, deadline=None)
@given(documents_of(any_text), st.sampled_from((30, *WIDTHS)), st.booleans(), st.booleans())
def test_no_line_is_longer_than_the_terminal_whatever_a_record_says(
    document: Document, width: int, colour: bool, unicode: bool
) -> None:
    assert too_long(show(document, width, colour=colour, unicode=unicode), width) == []


def bundled(base: Base) -> Iterator[Document]:
    """Big documents of the real base."""
    countries = [record.id for record in base.every(Country)]
    strategies = [record.id for record in base.every(Strategy)]
    yield fetch.services(base, [], None)
    yield fetch.comparison(base, countries[:4])
    yield fetch.comparison(base, strategies[:3])
    yield sheet(base, [], Wish(country="KE"), today=base.get(countries[0]).compiled)  # type: ignore[union-attr]
    yield assemble.together(
        [assemble.detail(base, record_id) for record_id in (*countries[:2], *strategies[:2])]
    )


def test_no_line_of_the_real_base_is_longer_than_the_terminal(opened: Base) -> None:
    for document in bundled(opened):
        for width in WIDTHS:
            assert too_long(show(document, width), width) == [], (document.title, width)


def test_an_address_is_left_to_the_terminal_to_wrap_so_that_it_can_be_copied() -> None:
    document = Document("T", [Paragraph(Text("x"))], {}, references=[Reference(1, "Source", LONG)])
    for width in WIDTHS:
        assert LONG in [line.strip() for line in show(document, width).splitlines()]


# Nothing is lost.


@settings(max_examples=100, deadline=None)
@given(st.lists(texts_of(sentences), min_size=1, max_size=4), widths, st.booleans())
def test_paragraphs_lists_and_strips_hold_every_character(
    items: list[Text], width: int, ordered: bool
) -> None:
    lists: list[Block] = [
        Paragraph(items[0]),
        Bullets(items, ordered),
        Strip("Head", [Bullets(items)]),
        Part("P", [Bullets(items)]),
    ]
    for block in lists:
        shown = squeezed(show(Document("T", [block], {}), width))
        for item in items if isinstance(block, Bullets) else items[:1]:
            assert squeezed(item.lead + item.value) in shown


def grids(shown: str) -> Iterator[list[list[str]]]:
    """The grids of an ASCII table: rows of cells, what was wrapped put together without spaces."""
    rows: list[list[str]] = []
    cells: list[str] = []
    for line in [*shown.splitlines(), ""]:
        if line.startswith("+-"):
            rows += [cells] if cells else []
            cells = []
        elif line.startswith("|"):
            parts = ["".join(part.split()) for part in line.strip("|").split("|")]
            cells = [old + new for old, new in zip(cells or [""] * len(parts), parts, strict=True)]
        elif rows:
            yield rows
            rows = []


@settings(max_examples=150, deadline=None)
@given(tables_of(sentences), widths)
@example(
    Table("c", ["one", "two"], [("r", [Cell([Text("x" * 40 + " y" * 90)]), Cell([Text("word " * 90)])])]), 80
)
@example(Table("c", ["one"], [("r", [Cell([Text("Donaudampfschifffahrtsgesellschaft")])])]), 40)
def test_comparisons_hold_every_character_of_every_cell_under_its_head(table: Table, width: int) -> None:
    heads: list[str] = []
    columns: list[list[str]] = []
    corner = "".join(table.corner.split())
    for header, *rows in grids(show(Document("T", [table], {}), width, unicode=False)):
        assert header[0] == corner
        assert [row[0] for row in rows] == ["".join(head.split()) for head, _ in table.rows]
        heads += header[1:]
        columns += [list(column) for column in zip(*(row[1:] for row in rows), strict=True)]
    assert heads == ["".join(head.split()) for head in table.columns]
    for number, column in enumerate(columns):
        for shown, (_, cells) in zip(column, table.rows, strict=True):
            wanted = "".join(
                part
                for text in cells[number].lines
                for part in (text.lead, text.value, str(list(text.refs) or ""))
            )
            assert shown.replace("*", "") == "".join(wanted.split())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(ascii_words, texts_of(sentences)), min_size=1, max_size=4), widths)
def test_fields_hold_every_word_of_label_and_text(rows: list[tuple[str, Text]], width: int) -> None:
    shown = show(Document("T", [Fields(rows)], {}), width)
    for label, text in rows:
        for word in (label, *text.lead.split(), *text.value.split()):
            if len(word) <= 8:
                assert word in shown.replace("\n", " ")


def test_a_long_label_of_a_field_is_wrapped_not_cut() -> None:
    label = "a-layer-whose-folder-has-a-name-of-more-than-forty-characters"
    for width in WIDTHS:
        shown = show(Document("T", [Fields([(label, Text("12 records"))])], {}), width)
        assert "…" not in shown
        assert squeezed(label) in squeezed(
            shown.replace("12 records", "").replace("12", "").replace("records", "")
        )


@pytest.mark.parametrize("number", [7, 99, 1000])
def test_numbers_of_sources_and_of_steps_are_whole(number: int) -> None:
    steps = Bullets([Text(f"step-{step}") for step in range(1, number + 1)], ordered=True)
    shown = show(Document("T", [steps], {}, references=[Reference(number, "Source", LONG)]), 60)
    assert re.search(rf"^ *\[{number}\] Source$", shown, re.MULTILINE)
    assert re.search(rf"^ *{number}\. step-{number}$", shown, re.MULTILINE)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(ascii_words, sentences, sentences), min_size=1, max_size=4), widths)
def test_listings_hold_every_record(rows: list[tuple[str, str, str]], width: int) -> None:
    table = Table("id", ("name", "summary"), [(head, [Cell([Text(name)]), Cell([Text(text)])]) for head, name, text in rows],
                  listing=True)  # fmt: skip
    shown = show(Document("T", [table], {}), width)
    assert too_long(shown, width) == []
    words = shown.split()
    for head, name, text in rows:
        assert all(word in words for word in (*name.split(), *text.split()) if len(word) <= 4)
        if len(head) <= 13:
            assert head in words


def test_a_short_id_does_not_squeeze_the_kind_beside_it() -> None:
    table = Table(
        "id",
        ("what", "name"),
        [("who", [Cell([Text("organization KE")]), Cell([Text("WHO")])])],
        listing=True,
    )
    assert "organization KE" in show(Document("T", [table], {}), 80)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_real_base_loses_no_word_of_a_comparison(opened: Base, width: int) -> None:
    countries = [record.id for record in opened.every(Country)][:5]
    document = fetch.comparison(opened, countries)
    (table,) = document.blocks
    assert isinstance(table, Table)
    shown = list(grids(show(document, width, unicode=False)))
    assert sum(len(header) - 1 for header, *_ in shown) == len(countries)
    columns = [column for _, *rows in shown for column in zip(*(row[1:] for row in rows), strict=True)]
    for number, column in enumerate(columns):
        for cell, (head, cells) in zip(column, table.rows, strict=True):
            for text in cells[number].lines:
                for word in re.findall(r"[A-Za-z0-9]+", f"{text.lead} {text.value}"):
                    assert word in cell, (head, number)


# Tables are cut into blocks, not into pieces.


def wide(columns: int, rows: int = 2) -> Table:
    cells = [Cell([Text(f"value{column} " + "filler " * 6)]) for column in range(columns)]
    return Table("Corner", [f"Column{column}" for column in range(columns)], [(f"Row{row}", cells) for row in range(rows)],
                 caption="Caption", notes=["The note"])  # fmt: skip


@pytest.mark.parametrize(("width", "blocks"), [(40, 6), (80, 2), (200, 1)])
def test_columns_go_into_blocks_that_repeat_the_row_heads(width: int, blocks: int) -> None:
    shown = show(Document("T", [wide(6)], {}), width)
    words = shown.split()
    assert words.count("Corner") == words.count("Row0") == words.count("Row1") == blocks
    assert [words.count(f"Column{column}") for column in range(6)] == [1] * 6
    assert [words.count(f"value{column}") for column in range(6)] == [2] * 6
    assert words.count("Caption") == 1
    assert shown.count("The note") == 1


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("abcdefghij", min_size=1, max_size=20), min_size=1, max_size=5), widths)
def test_a_word_that_fits_a_column_is_never_broken(words: list[str], width: int) -> None:
    table = Table("c", [f"k{number}" for number in range(len(words))],
                  [("r", [Cell([Text(f"{word} und so weiter und so fort")]) for word in words])])  # fmt: skip
    shown = show(Document("T", [table], {}), width).split()
    assert all(word in shown for word in words)


def test_columns_share_the_room_evenly() -> None:
    long = Cell([Text("word " * 80)])
    table = Table("c", ["one", "two"], [("r", [Cell([Text("word " * 70)]), long])])
    line = next(
        line
        for line in show(Document("T", [table], {}), 120, unicode=False).splitlines()
        if line.startswith("+-")
    )
    first, second = (len(part) for part in line.strip("+").split("+")[1:])
    assert abs(first - second) <= 2


# A phone number stays on one line.

NUMBERS = [
    "0800 11 22 33 44",
    "+41 (0)44 262 66 66",
    "1-800-662-4357",
    "0800 HELP NOW 4U",
    "116 123",
    "(02) 1234 5678",
    "0 800 - 123 456",
]
numbers = st.sampled_from(NUMBERS) | st.from_regex(r"\A[+0-9(][0-9 ()/.\-]{1,16}[0-9]\Z").map(one_line)


@settings(max_examples=150, deadline=None)
@given(numbers, sentences, widths, st.booleans(), st.booleans())
def test_phone_numbers_are_never_broken(
    number: str, text: str, width: int, colour: bool, unicode: bool
) -> None:
    item = Text(text, (1, 2), "warning", number)
    blocks: list[Any] = [
        Paragraph(item),
        Bullets([item]),
        Strip("Head", [Bullets([item])]),
        Fields([("Phone", item)]),
        Table("c", ["one", "two"], [("r", [Cell([item, Text(text * 3)]), Cell([Text(text)])])]),
        Table("c", ["one", "two"], [("r", [Cell([Text("kind")]), Cell([item])])], listing=True),
    ]
    for block in blocks:
        shown = SGR.sub("", show(Document("T", [block], {}), width, colour=colour, unicode=unicode))
        assert any(number in line for line in shown.split("\n")), block


@pytest.mark.parametrize("number", ["0800 11 22 33 44", "+41 (0)44 262 66 66", "116 123"])
@pytest.mark.parametrize("words", range(1, 14))
def test_phone_numbers_in_running_text_are_not_broken_either(number: str, words: int) -> None:
    text = Text("call " * words + f"{number} in the night")
    assert number in show(Document("T", [Bullets([text])], {}), 40)


def test_emergency_numbers_of_a_sheet_stand_whole_on_a_narrow_screen(opened: Base) -> None:
    document = sheet(opened, [], Wish(country="KE"), today=next(opened.every(Country)).compiled)
    (strip,) = [block for block in document.blocks if isinstance(block, Strip)]
    leads = [
        text.lead for block in strip.blocks if isinstance(block, Bullets) for text in block.items if text.lead
    ]
    assert leads
    shown = show(document, 40).splitlines()
    assert all(any(lead in line for line in shown) for lead in leads)


# Plain where plain is asked for.


@settings(max_examples=100, deadline=None)
@given(documents_of(any_text), widths, st.booleans())
@example(
    Document("T", [Paragraph(Text("\x1b[31mred\x9b1m", lead="\x1b]0;x\x07", tone="danger"))], {}), 80, True
)
def test_without_colour_there_is_no_escape_sequence_and_no_control(
    document: Document, width: int, unicode: bool
) -> None:
    shown = show(document, width, unicode=unicode)
    assert not {chr(code) for code in (*range(10), *range(11, 32), *range(0x7F, 0xA0), 0x202E, 0x2028)} & set(
        shown
    )


@settings(max_examples=100, deadline=None)
@given(documents_of(any_text), widths)
def test_with_colour_there_are_only_styles_and_the_same_text(document: Document, width: int) -> None:
    coloured = show(document, width, colour=True)
    stripped = SGR.sub("", coloured)
    assert "\x1b" not in stripped
    plain = show(document, width)
    assert [line.rstrip() for line in stripped.split("\n")] == [line.rstrip() for line in plain.split("\n")]


def test_colour_is_there_when_asked_for() -> None:
    document = Document("T", [Paragraph(Text("Careful", tone="danger"))], {})
    assert SGR.search(show(document, 80, colour=True))


@settings(max_examples=100, deadline=None)
@given(documents_of(any_text), widths, st.booleans())
def test_without_unicode_everything_is_ascii(document: Document, width: int, colour: bool) -> None:
    assert show(document, width, colour=colour, unicode=False).isascii()


def test_without_unicode_an_address_still_leads_to_the_same_place() -> None:
    document = Document(
        "T", [Paragraph(Text("x"))], {}, references=[Reference(1, "s", "https://example.org/é?a=%20&b=1#c")]
    )
    assert "https://example.org/%C3%A9?a=%20&b=1#c" in show(document, 80, unicode=False).split()


@pytest.mark.parametrize(
    "text",
    ["[bold]not bold[/bold]", "[red]", "[/]", ":warning:", "[link=https://a.example]x[/link]", "\\[x]"],
)
def test_square_brackets_and_colons_of_records_are_no_markup(text: str) -> None:
    blocks: Sequence[Block] = [
        Paragraph(Text(text)),
        Part(text, []),
        Strip(text, []),
        NoteBox(text),
        Fields([(text, Text("v"))]),
    ]
    for block in blocks:
        assert text in show(Document(text, [block], {}), 80).split("\n", 1)[1]


def test_an_empty_list_prints_nothing() -> None:
    assert show(Document("Search: x", [], {}), 80).strip() == ""


@pytest.mark.parametrize("width", WIDTHS)
def test_an_address_in_a_cell_is_never_broken_over_lines(width: int) -> None:
    short = "https://example.org/x"
    cells = [Cell([Text(f"see {LONG} now")]), Cell([Text(f"{short} and {LONG}")])]
    shown = show(Document("T", [Table("", ["one", "two"], [("web", cells)])], {}), width, unicode=False)
    assert [line.strip() for line in shown.splitlines()].count(LONG) == 1
    told = [cell for _, *rows in grids(shown) for row in rows for cell in row[1:]]
    assert told == ["see(address1below)now", f"{short}and(address1below)"]
    assert any(short in line for line in shown.splitlines())
