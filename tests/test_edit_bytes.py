"""Changing a TOML text in place: it says what was intended, and every other byte is as it was."""

import copy
import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import KB
from recoverykb.records.types import TYPES
from recoverykb.records.vocabulary import FOLDERS
from recoverykb.storage.edit import EditError, rewritten, same
from recoverykb.storage.encode import in_order, new_file
from recoverykb.storage.parsing import parse

FILES = sorted(path for folder in FOLDERS.values() for path in (KB / folder).glob("*.toml"))[::7]
CLINIC = """\
# Kept by the night shift.
id = "clinic"   # never change
name = "Clinic"

tags = [ "a", "b" ] # two
aliases = [
  "One",  # the first
  "Two",
  # none after this
]

# The desk.
[[contacts]]
number = "1192"
purpose = "intake"

# The ward.
[[contacts]]
purpose = "crisis"
verified = { on = 2026-01-02, by = "A" }

[evidence]
year = 2020

[[evidence.outcomes]]
outcome = "death"
"""

Path_ = tuple[str | int, ...]


def changed(path: Path_, value: Any, text: str = CLINIC) -> str:
    """``text`` with one value set; the last part of ``path`` may be new."""
    table = parse(text)
    here: Any = table
    for part in path[:-1]:
        here = here[part]
    if isinstance(here, list) and path[-1] == len(here):
        here.append(value)
    else:
        here[path[-1]] = value
    return rewritten(text, table)


def without(path: Path_, text: str = CLINIC) -> str:
    table = parse(text)
    here: Any = table
    for part in path[:-1]:
        here = here[part]
    del here[path[-1]]
    return rewritten(text, table)


@pytest.mark.parametrize(
    ("path", "value", "old", "new"),
    [
        (("name",), "The Clinic", 'name = "Clinic"', 'name = "The Clinic"'),
        (("id",), "ward", 'id = "clinic"   # never change', 'id = "ward"   # never change'),
        (("tags", 1), "c", '[ "a", "b" ] # two', '[ "a", "c" ] # two'),
        (("tags", 2), "c", '[ "a", "b" ] # two', '[ "a", "b", "c" ] # two'),
        (("aliases", 2), "Three", '  "Two",\n', '  "Two",\n  "Three",\n'),
        (("contacts", 1, "verified", "by"), "B", 'by = "A" }', 'by = "B" }'),
        (("contacts", 1, "verified", "how"), "call", 'by = "A" }', 'by = "A", how = "call" }'),
        (("contacts", 0, "year"), 2026, 'purpose = "intake"\n', 'purpose = "intake"\nyear = 2026\n'),
        (("evidence", "rating"), "strong", "year = 2020\n", 'year = 2020\nrating = "strong"\n'),
        (("city",), "Kisumu\nWest", 'Two",\n  # none after this\n]\n',
         'Two",\n  # none after this\n]\ncity = """\nKisumu\nWest"""\n'),
    ],
)  # fmt: skip
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_only_the_bytes_of_the_value_change(
    path: Path_, value: object, old: str, new: str, newline: str
) -> None:
    before = CLINIC.replace("\n", newline)
    assert CLINIC.count(old) == 1
    assert changed(path, value, before) == CLINIC.replace(old, new).replace("\n", newline)


@pytest.mark.parametrize(
    ("path", "gone"),
    [
        (("name",), 'name = "Clinic"\n'),
        (("aliases", 0), '  "One",  # the first\n'),
        (("tags", 0), '"a", '),
        (("tags", 1), ', "b"'),
        (("contacts", 1, "verified"), 'verified = { on = 2026-01-02, by = "A" }\n'),
        (("contacts", 1, "verified", "on"), "on = 2026-01-02, "),
        (("evidence", "outcomes"), '\n[[evidence.outcomes]]\noutcome = "death"\n'),
        (("contacts", 0), '[[contacts]]\nnumber = "1192"\npurpose = "intake"\n'),
    ],
)
def test_what_is_taken_out_leaves_the_rest(path: Path_, gone: str) -> None:
    assert CLINIC.count(gone) == 1
    assert without(path) == CLINIC.replace(gone, "")


def test_new_tables_stand_where_their_kind_stands() -> None:
    text = changed(("contacts", 2), {"purpose": "family"})
    assert text == CLINIC.replace("\n[evidence]\n", '\n[[contacts]]\npurpose = "family"\n\n[evidence]\n')


def test_an_entry_comes_in_also_where_keys_stand_in_another_order() -> None:
    """What is intended may list the keys of a table in the order of the record types."""
    text = "[[a]]\nx = 1\ny = 2\n\n[[a]]\nx = 3\ny = 4\n"
    wanted = {"a": [{"y": 2, "x": 1}, {"y": 5, "x": 6}, {"y": 4, "x": 3}]}
    assert parse(rewritten(text, wanted)) == wanted


def test_a_mark_at_the_beginning_and_a_missing_end_of_line_stay() -> None:
    assert rewritten('\ufeffid = "a"', {"id": "b"}) == '\ufeffid = "b"'
    assert rewritten('id = "a"', {"id": "a", "name": "A"}) == 'id = "a"\nname = "A"\n'


@pytest.mark.parametrize("one", [1, 1.0, True, "1", date(2026, 1, 1), [1], {"a": 1}])
@pytest.mark.parametrize("other", [1, 1.0, True, "1", date(2026, 1, 1), [1], {"a": 1}])
def test_values_of_another_type_are_not_the_same(one: object, other: object) -> None:
    assert same(one, other) == (repr(one) == repr(other))


def test_what_cannot_be_changed_in_place_is_refused() -> None:
    with pytest.raises(EditError):
        rewritten("[[a]]\nb = 1\n", {"a": [{"b": 1}, 2]})


_VALUES: st.SearchStrategy[Any] = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=40),
    st.integers(-(2**31), 2**31),
    st.booleans(),
    st.dates(),
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=9), max_size=3
    ),
)


def _paths(told: Any, path: Path_ = ()) -> list[Path_]:
    inner = told.items() if isinstance(told, dict) else enumerate(told) if isinstance(told, list) else ()
    found = [path] if path else []
    for name, entry in inner:
        found += _paths(entry, (*path, name))
    return found


def _commented(text: str, chance: random.Random) -> str:
    """``text`` with comments on lines of their own, where no text of several lines is open."""
    out, inside = [], False
    for number, line in enumerate(text.split("\n")):
        if not inside and chance.random() < 0.3:
            out.append(f"# remark {number}")
        inside ^= line.count('"""') % 2 == 1
        out.append(line)
    return "\n".join(out)


@settings(max_examples=150)
@given(data=st.data())
def test_any_value_of_any_record_can_be_changed(data: st.DataObject) -> None:
    """Real records, with remarks put in and either line end: every line but those of the value stays."""
    file = data.draw(st.sampled_from(FILES))
    chance = random.Random(data.draw(st.integers(0, 1000)))
    text = _commented(file.read_text(encoding="utf-8"), chance)
    if data.draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    said = parse(text)
    wanted = copy.deepcopy(said)
    path = data.draw(st.sampled_from(_paths(wanted)))
    holder: Any = wanted
    for part in path[:-1]:
        holder = holder[part]
    what = data.draw(st.sampled_from(["set", "remove", "add"]))
    if isinstance(holder[path[-1]], dict | list) and what == "set":
        what = "remove"
    if what == "set":
        holder[path[-1]] = data.draw(_VALUES)
    elif what == "remove":
        del holder[path[-1]]
    elif isinstance(holder, dict):
        holder["new key"] = data.draw(_VALUES)
    else:
        holder.insert(int(path[-1]), copy.deepcopy(holder[path[-1]]))
    result = rewritten(text, wanted)
    assert same(parse(result), wanted)
    assert same(parse(rewritten(result, said)), said)
    if what != "remove":
        remarks = [line for line in text.splitlines() if line.startswith("# remark")]
        assert [line for line in result.splitlines() if line.startswith("# remark")] == remarks


@pytest.mark.parametrize("path", FILES[::20], ids=lambda path: path.stem)
def test_a_file_that_says_it_already_is_not_touched(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert rewritten(text, parse(text)) == text


@pytest.mark.parametrize("path", FILES[::20], ids=lambda path: path.stem)
def test_a_record_written_anew_says_the_same_in_the_order_of_its_fields(path: Path) -> None:
    kind = next(kind for kind, folder in FOLDERS.items() if folder == path.parent.name)
    said = parse(path.read_text(encoding="utf-8"))
    for table in said.get(kind, [said]):
        text = new_file(kind, table)
        assert same(parse(text), table)
        fields = [field for field in TYPES[kind].__struct_fields__ if field in table]
        assert list(in_order(TYPES[kind], table)) == fields
