"""Pieces of a TOML text change, and nothing else does."""

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverykb.storage.positions import Positions
from recoverykb.storage.splice import Change, Edit, in_text, splice, unquoted, without_entry


def spliced(text: str, edits: list[Edit] | None) -> str:
    assert edits is not None
    return splice(text.encode(), edits).decode()


def dropped(text: str, position: int) -> str:
    """``text`` without an entry of its list ``a``."""
    positions = Positions(text)
    array = positions.value(("a",))
    assert array is not None
    return spliced(text, without_entry(positions.source, array, position))


def test_edits_are_made_from_the_front_to_the_back_whatever_their_order() -> None:
    assert splice("aébc".encode(), [Edit(3, 4, "B"), Edit(0, 1, ""), Edit(5, 5, "!")]) == "éBc!".encode()


def test_two_edits_of_one_place_are_refused() -> None:
    with pytest.raises(ValueError, match="two edits"):
        splice(b"abc", [Edit(0, 2, ""), Edit(1, 3, "")])


@pytest.mark.parametrize(
    ("text", "position", "left"),
    [
        ('a = ["x", "y", "x"] # all', 2, 'a = ["x", "y"] # all'),
        ('a = ["x", "x", "y"]', 1, 'a = ["x", "y"]'),
        ('a = ["x","x","y"]', 1, 'a = ["x","y"]'),
        ('a = ["x" , "x" ]', 1, 'a = ["x"  ]'),
        ('a = ["x"]', 0, "a = []"),
        ('a = [\n  "x",\n  "x",\n]\n', 1, 'a = [\n  "x",\n]\n'),
        ('a = [\n  "x",\n  "x"\n]\n', 1, 'a = [\n  "x"\n]\n'),
        ('a = [\r\n  "x",\r\n  "x",\r\n  "y",\r\n]\r\n', 1, 'a = [\r\n  "x",\r\n  "y",\r\n]\r\n'),
        (
            'a = [\n  "x", # why x\n  # about the next\n  "x", # why again\n]',
            1,
            'a = [\n  "x", # why x\n  # about the next\n  # why again\n]',
        ),
        ('a = [\n  "x", # why x\n  "x" # why again\n]', 1, 'a = [\n  "x", # why x\n  # why again\n]'),
        ('a = [\n  "x", # why x\n  "x"\n]', 1, 'a = [\n  "x", # why x\n]'),
        ('a = ["é, x", "ß", "é, x"]', 2, 'a = ["é, x", "ß"]'),
        ("a = [[1, 2], [3], [1, 2]]", 2, "a = [[1, 2], [3]]"),
    ],
)
def test_an_entry_goes_with_its_comma_and_comments_stay(text: str, position: int, left: str) -> None:
    assert dropped(text, position) == left
    kept = tomllib.loads(text)["a"]
    del kept[position]
    assert tomllib.loads(left)["a"] == kept


def test_what_is_no_entry_of_a_list_is_not_taken_out() -> None:
    positions = Positions('a = ["x"]\nb = "x"')
    for key, position in (("a", 1), ("b", 0)):
        node = positions.value((key,))
        assert node is not None
        assert without_entry(positions.source, node, position) is None


entries = st.one_of(
    st.text('a"\\é#,]\n', max_size=4).map(lambda text: tomllib_string(text)),
    st.integers(0, 9).map(str),
    st.lists(st.integers(0, 9), max_size=2).map(str),
)
between = st.sampled_from(["", " ", "\n  ", " # one, two\n", "\n# ] no end\n"])


def tomllib_string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


@given(st.lists(st.tuples(between, entries, between), min_size=1, max_size=5), st.booleans(), st.data())
def test_any_entry_of_any_list_can_go(parts: list[Any], trailing: bool, data: st.DataObject) -> None:
    body = ",".join("".join(part) for part in parts) + ("," if trailing else "")
    text = f'before = 1 # é\na = [{body}\n]\nafter = "x"\n'
    position = data.draw(st.integers(0, len(parts) - 1))
    left = dropped(text, position)
    wanted = tomllib.loads(text)
    del wanted["a"][position]
    assert tomllib.loads(left) == wanted
    assert left.count("#") == text.count("#") - parts[position][1].count("#")
    assert left.startswith("before = 1 # é\na = [")
    assert left.endswith(']\nafter = "x"\n')


@pytest.mark.parametrize(
    ("literal", "changes", "left"),
    [
        ('"a\\u001bb"', [Change(1, 2, "")], '"ab"'),
        ('"\\U0000001bé\\t\\"x"', [Change(0, 1, ""), Change(2, 3, " ")], '"é \\"x"'),
        ("'a\tb'", [Change(1, 2, " ")], "'a b'"),
        ('"""\na\\\n   b\u202ec"""', [Change(2, 3, "")], '"""\na\\\n   bc"""'),
        ('"""\r\na\r\nb\u202e"""', [Change(3, 4, "")], '"""\r\na\r\nb"""'),
        ("'''\na\n\u202eb'''", [Change(2, 3, "")], "'''\na\nb'''"),
        ('" a  "', [Change(0, 1, ""), Change(2, 4, "")], '"a"'),
    ],
)
def test_letters_of_a_text_change_and_its_other_escapes_stay(
    literal: str, changes: list[Change], left: str
) -> None:
    text = f"# é\nk = {literal} # x\n"
    positions = Positions(text)
    node = positions.value(("k",))
    assert node is not None
    assert spliced(text, in_text(positions.source, node, changes)) == f"# é\nk = {left} # x\n"


letters = st.text(st.sampled_from('ab"\\é\n\t\u202e\U0001f600 '), max_size=8)
literals = st.sampled_from(
    [
        lambda text: '"' + "".join(f"\\U{ord(char):08x}" for char in text) + '"',
        tomllib_string,
        lambda text: '"""\n' + tomllib_string(text)[1:-1].replace("\\n", "\n") + '"""',
    ]
)


@given(letters, literals, st.data())
def test_any_letters_can_go(text: str, quoted: Any, data: st.DataObject) -> None:
    whole = f"x = 1\nk = {quoted(text)}\ny = 2\n"
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    positions = Positions(whole)
    node = positions.value(("k",))
    assert node is not None
    left = spliced(whole, in_text(positions.source, node, [Change(start, end, "")]))
    assert tomllib.loads(left) == {"x": 1, "k": text[:start] + text[end:], "y": 2}


def test_what_is_no_text_or_too_short_has_no_letters() -> None:
    positions = Positions('n = 12\nk = "ab"')
    for key in ("n", "k"):
        node = positions.value((key,))
        assert node is not None
        assert in_text(positions.source, node, [Change(1, 9, "")]) is None


@pytest.mark.parametrize(
    ("literal", "left"),
    [
        ('"2026-11-20"', "2026-11-20"),
        ("'2026-11-20'", "2026-11-20"),
        ('"""2026-11-20"""', None),
        ('"2026\\u002d11-20"', None),
        ("2026-11-20", None),
    ],
)
def test_quotes_come_off_a_plain_text_only(literal: str, left: str | None) -> None:
    text = f"k = {literal}\n"
    positions = Positions(text)
    node = positions.value(("k",))
    assert node is not None
    edits = unquoted(positions.source, node)
    assert (edits and spliced(text, edits)) == (left and f"k = {left}\n")
