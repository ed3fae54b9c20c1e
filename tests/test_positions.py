"""Line and column of everything in a TOML file, in characters from 1."""

import re
import tomllib
from textwrap import dedent
from typing import Any

import pytest
import tomli_w
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recoverykb.storage.positions import Positions

Path = tuple[str | int, ...]

TEXT = dedent("""\
    # a comment
    id = "x"
      name = "indented"

    [model]
    title = "t"
    note.short = "dotted"
    "quoted key" = 1
    'literal key' = 1
    "with \\"escapes\\" \\u00e9" = 1

    [law . text]
    value = 1

    [[services]]
    service = "a"
    sources = ["one", "two",
      # between
      "three"]

    [[services]]
    service = "b"
    [services.place]
    city = "c"
    [[services.rows]]
    n = 1
    [[services.rows]]
    n = 2

    [table]
    inline = { a = 1, b = { c = 2 }, "d e" = 3, f.g = 4 }
    list = [ { a = 1 }, { a = 2 },
             { a = 3 } ]
    multi = \"\"\"
    id = "not a key"
    \"\"\"
    after = [[1, 2], [
      3]]
    """)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("path", "position"),
    [
        (("id",), (2, 1)),
        (("name",), (3, 3)),
        (("model",), (5, 2)),
        (("model", "title"), (6, 1)),
        (("model", "note"), (7, 1)),
        (("model", "note", "short"), (7, 1)),
        (("model", "quoted key"), (8, 1)),
        (("model", "literal key"), (9, 1)),
        (("model", 'with "escapes" é'), (10, 1)),
        (("law",), (12, 2)),
        (("law", "text"), (12, 2)),
        (("law", "text", "value"), (13, 1)),
        (("services",), (15, 3)),
        (("services", 0), (15, 3)),
        (("services", 0, "service"), (16, 1)),
        (("services", 0, "sources"), (17, 1)),
        (("services", 0, "sources", 0), (17, 12)),
        (("services", 0, "sources", 1), (17, 19)),
        (("services", 0, "sources", 2), (19, 3)),
        (("services", 1), (21, 3)),
        (("services", 1, "service"), (22, 1)),
        (("services", 1, "place"), (23, 2)),
        (("services", 1, "place", "city"), (24, 1)),
        (("services", 1, "rows"), (25, 3)),
        (("services", 1, "rows", 0, "n"), (26, 1)),
        (("services", 1, "rows", 1), (27, 3)),
        (("services", 1, "rows", 1, "n"), (28, 1)),
        (("table", "inline", "a"), (31, 12)),
        (("table", "inline", "b"), (31, 19)),
        (("table", "inline", "b", "c"), (31, 25)),
        (("table", "inline", "d e"), (31, 34)),
        (("table", "inline", "f", "g"), (31, 45)),
        (("table", "list", 1), (32, 21)),
        (("table", "list", 1, "a"), (32, 23)),
        (("table", "list", 2, "a"), (33, 12)),
        (("table", "multi"), (34, 1)),
        (("table", "after"), (37, 1)),
        (("table", "after", 0, 1), (37, 14)),
        (("table", "after", 1, 0), (38, 3)),
    ],
)
def test_where_each_thing_stands(path: Path, position: tuple[int, int], newline: str) -> None:
    assert Positions(TEXT.replace("\n", newline)).of(path) == position


@pytest.mark.parametrize(
    ("path", "nearest"),
    [
        (("model", "missing"), ("model",)),
        (("services", 1, "missing", 3, "deep"), ("services", 1)),
        (("services", 7), ("services",)),
        (("table", "inline", "zzz"), ("table", "inline")),
    ],
)
def test_what_is_not_in_the_file_is_placed_at_its_nearest_ancestor(path: Path, nearest: Path) -> None:
    positions = Positions(TEXT)
    assert positions.of(path) == positions.of(nearest) != (1, 1)


@pytest.mark.parametrize("path", [(), ("nowhere",), ("nowhere", 1)])
def test_what_has_no_ancestor_in_the_file_is_placed_at_its_start(path: Path) -> None:
    assert Positions(TEXT).of(path) == (1, 1)


@pytest.mark.parametrize(
    ("text", "path", "column"),
    [
        ('a = { "ü" = 1, b = 2 }', ("a", "b"), 16),
        ('a = { "ชื่อ" = 1, b = 2 }', ("a", "b"), 19),
        ('a = { "𝒳😀" = 1, b = 2 }', ("a", "b"), 17),
        ('a = ["日本", "x"]', ("a", 1), 12),
        ('"é".b = 1', ("é", "b"), 1),
        ('[a."ééé".c]', ("a", "ééé", "c"), 2),
    ],
)
def test_columns_count_characters_not_bytes(text: str, path: Path, column: int) -> None:
    assert Positions(f"# ünï\n{text}\n").of(path) == (2, column)


def test_a_table_is_placed_at_its_own_header_even_when_a_part_of_it_comes_first() -> None:
    positions = Positions("[a.b]\nx = 1\n\n[a]\ny = 2\n")
    assert positions.of(("a",)) == (4, 2)
    assert positions.of(("a", "b")) == (1, 2)


def test_a_text_without_an_end_of_line_and_an_empty_one() -> None:
    assert Positions("a = 1\nb = 2").of(("b",)) == (2, 1)
    assert Positions("").of(("b",)) == (1, 1)


_KEYS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6) | st.sampled_from(
    [
        "",
        "plain",
        "under_score",
        "1",
        "a.b",
        'quo"te',
        "back\\slash",
        "tab\t",
        "new\nline",
        "true",
        "é",
        "#",
        "'",
    ]
)
_SHAPES = st.recursive(
    st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.lists(st.tuples(_KEYS, inner), max_size=4).map(tuple),
    max_leaves=15,
)


@st.composite
def _documents(draw: st.DrawFn) -> dict[str, Any]:
    """Nested data in which every key and every single value holds a number of its own."""
    count = 0

    def fill(shape: Any) -> Any:
        nonlocal count
        if shape is None:
            count += 1
            return f"v{count}v"
        if isinstance(shape, list):
            return [fill(inner) for inner in shape]
        table: dict[str, Any] = {}
        for name, inner in shape:
            count += 1
            key = f"{name}k{count}k"
            table[key] = fill(inner)
        return table

    shape = draw(st.lists(st.tuples(_KEYS, _SHAPES), min_size=1, max_size=4).map(tuple))
    data = fill(shape)
    assert isinstance(data, dict)
    return data


def _walk(value: Any, path: Path = ()) -> list[tuple[Path, Any]]:
    entries: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        entries = list(value.items())
    elif isinstance(value, list):
        entries = list(enumerate(value))
    found = [(path, value)] if path else []
    return [*found, *(pair for name, inner in entries for pair in _walk(inner, (*path, name)))]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_documents(), st.sampled_from(["\n", "\r\n"]))
def test_every_path_is_found_on_the_line_that_holds_it(data: dict[str, Any], newline: str) -> None:
    text = tomli_w.dumps(data).replace("\n", newline)
    assert tomllib.loads(text) == data
    lines = text.split("\n")
    positions = Positions(text)
    for path, value in _walk(data):
        row, column = positions.of(path)
        line = lines[row - 1]
        assert 1 <= column <= len(line)
        if isinstance(value, str):
            assert f'"{value}"' in line  # a value stands on one line, with its key
        last = path[-1]
        if isinstance(last, str):
            number = re.findall(r"k\d+k$", last)[0]
            assert number in line[column - 1 :]
        elif isinstance(value, str):
            assert line[column - 1 :].startswith(f'"{value}"')


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_documents())
def test_the_column_of_a_key_is_where_the_key_begins(data: dict[str, Any]) -> None:
    text = tomli_w.dumps(data)
    lines = text.split("\n")
    positions = Positions(text)
    for path, value in _walk(data):
        if isinstance(path[-1], str) and isinstance(value, str):
            row, column = positions.of(path)
            written, _, _ = lines[row - 1][column - 1 :].partition(f' = "{value}"')
            assert tomllib.loads(f"{written} = 0") == {path[-1]: 0}


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_documents())
def test_entries_of_a_list_stand_in_order_and_before_what_they_hold(data: dict[str, Any]) -> None:
    positions = Positions(tomli_w.dumps(data))
    for path, value in _walk(data):
        if isinstance(value, list):
            places = [positions.of((*path, index)) for index in range(len(value))]
            assert places == sorted(places)
            assert len(set(places)) == len(places)
        if isinstance(value, list | dict) and isinstance(path[-1], int):
            assert all(positions.of(path) <= positions.of((*path, *inner)) for inner, _ in _walk(value))


def test_a_comment_after_a_value_hides_nothing_of_it() -> None:
    positions = Positions('a = ["x", # one\n  "y"] # both\nb = { c = 1 } # c\n')
    assert positions.of(("a", 1)) == (2, 3)
    assert positions.of(("b", "c")) == (3, 7)


def test_the_text_of_a_value_can_be_found() -> None:
    positions = Positions('t = "é"\n[[row]]\nlist = [1, { k = "v" }] # x\n')
    for path, text in (
        (("t",), '"é"'),
        (("row", 0, "list"), '[1, { k = "v" }]'),
        (("row", 0, "list", 1, "k"), '"v"'),
    ):
        node = positions.value(path)
        assert node is not None
        assert positions.source[node.start_byte : node.end_byte].decode() == text
    assert positions.value(("row",)) is None
    assert positions.value(("row", 0, "missing")) is None


def test_only_texts_of_several_lines_are_named_as_such() -> None:
    text = 'a = "one"\nb = """\ntwo"""\nc = [\n  \'\'\'\nthree\'\'\',\n]\n'
    found = sorted(Positions(text).strings())
    assert [text[start:end] for start, end in found] == ['"""\ntwo"""', "'''\nthree'''"]
