"""CSV, TSV, JSON, JSON lines and ids: what a spreadsheet or a program reads back is what was written."""

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from recoverykb.render.registry import renderer
from recoverykb.render.safe import clean
from recoverykb.render.screen import Screen
from recoverykb.views.document import Document, Tidy

FORMULA = ("=", "+", "-", "@")
CONTROLS = {chr(code) for code in (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029)}
TURNS = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}

nasty = st.sampled_from(["=", "+", "-", "@", "'", '"', '""', ",", ";", "\t", "\n", "\r", "\r\n", "\x00", "\x1b[31m", "\x85",
                         "\u2028", "\u202e", "|", "\\", " ", "=1+1", "=cmd|'/c calc'!A1", "+41 22", "é", "日本"])  # fmt: skip
words = st.lists(nasty, max_size=8).map("".join) | st.text(max_size=20)
values = words | st.integers() | st.none() | st.booleans()
tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(values, min_size=width, max_size=width), max_size=5)
)


def document(rows: Iterable[list[Any]], header: tuple[str, ...] | None = None) -> Document:
    kept = list(rows)
    names = header or tuple(f"column {number}" for number in range(len(kept[0]) if kept else 1))
    return Document("T", (), [dict(zip(names, row, strict=True)) for row in kept], tidy=Tidy(names, kept))


def read(text: str, dialect: type[csv.Dialect]) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), dialect, strict=True))


@pytest.mark.parametrize(("name", "dialect"), [("csv", csv.excel), ("tsv", csv.excel_tab)])
@settings(max_examples=150, deadline=None)
@given(tables)
@example([[""], [None]])
@example([["\u202e=1+1", "\t=1", "\n=1", "a\r\nb"]])
def test_tables_come_back_cell_by_cell(name: str, dialect: type[csv.Dialect], rows: list[list[Any]]) -> None:
    header, *back = read(renderer(name).render(document(rows), Screen()), dialect)
    assert header == [f"column {number}" for number in range(len(rows[0]) if rows else 1)]
    assert len(back) == len(rows)
    for row, cells in zip(rows, back, strict=True):
        assert len(cells) == len(row)
        for value, cell in zip(row, cells, strict=True):
            if isinstance(value, str):
                assert cell in (clean(value), f"'{clean(value)}")
            else:
                assert cell == ("" if value is None else str(value))


@pytest.mark.parametrize(("name", "dialect"), [("csv", csv.excel), ("tsv", csv.excel_tab)])
@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(words, min_size=2, max_size=2), min_size=1, max_size=5))
@example([["\u202e=1+1", "\x00"]])
def test_no_text_can_run_as_a_formula_or_hide_a_control(
    name: str, dialect: type[csv.Dialect], rows: list[list[str]]
) -> None:
    text = renderer(name).render(document(rows), Screen())
    assert not (CONTROLS | TURNS) - {"\n", "\t"} & set(text)
    assert name == "tsv" or "\t" not in text
    for row in read(text, dialect):
        assert not any(cell.startswith(FORMULA) for cell in row)


@pytest.mark.parametrize("text", ["=1+1", "+41 22 555", "-5 people", "@SUM(A1)"])
def test_a_formula_gets_an_apostrophe_and_loses_nothing(text: str) -> None:
    assert read(renderer("csv").render(document([[text]]), Screen()), csv.excel)[1] == [f"'{text}"]


@pytest.mark.parametrize("text", ["a=1", "1-2", "me@example.org", "0800 1", "'quoted'", ""])
def test_other_texts_are_left_alone(text: str) -> None:
    assert read(renderer("csv").render(document([[text]]), Screen()), csv.excel)[1] == [text]


def test_numbers_stay_numbers_also_negative_ones() -> None:
    assert read(renderer("csv").render(document([[-5, 2.5, 2020]]), Screen()), csv.excel)[1] == [
        "-5",
        "2.5",
        "2020",
    ]


json_values = st.recursive(
    words | st.integers() | st.booleans() | st.none() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(json_values, st.booleans())
@example({"a\x7f": "\u2028\u202e\x85"}, True)
def test_json_is_the_data_with_no_raw_control_character(data: Any, unicode: bool) -> None:
    text = renderer("json").render(Document("T", (), data), Screen(unicode=unicode))
    assert json.loads(text) == data
    assert not (CONTROLS | TURNS) - {"\n"} & set(text)
    assert unicode or text.isascii()
    assert text.endswith("\n")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(values, min_size=2, max_size=2), max_size=5), st.booleans())
@example([["a\nb\u2028c\x85d\x0be\x1cf", "\u202e"]], True)
def test_json_lines_are_one_object_a_row_and_nothing_else(rows: list[list[Any]], unicode: bool) -> None:
    text = renderer("jsonl").render(document(rows, ("a", "b")), Screen(unicode=unicode))
    assert [json.loads(line) for line in text.splitlines()] == [{"a": row[0], "b": row[1]} for row in rows]
    assert not (CONTROLS | TURNS) - {"\n"} & set(text)
    assert unicode or text.isascii()


def test_json_lines_of_nothing_are_nothing() -> None:
    assert renderer("jsonl").render(document([], ("a",)), Screen()) == ""


def test_csv_of_nothing_is_its_header() -> None:
    assert renderer("csv").render(document([], ("a", "b")), Screen()) == "a,b\n"


@settings(max_examples=50, deadline=None)
@given(st.lists(st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True), max_size=8))
def test_ids_are_one_a_line(ids: list[str]) -> None:
    assert renderer("ids").render(Document("T", (), {}, ids=ids), Screen()).split("\n") == [*ids, ""]


def test_a_hostile_id_cannot_make_a_line_of_its_own() -> None:
    assert renderer("ids").render(Document("T", (), {}, ids=["a\nrm -rf\x1b[2J"]), Screen()).count("\n") == 1
    assert "\x1b" not in renderer("ids").render(Document("T", (), {}, ids=["a\x1b[2J"]), Screen())
