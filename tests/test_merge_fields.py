"""Merging by fields: whatever two people do to a real record, nothing of either is lost unless it is said."""

import copy
import random
import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import KB
from recoverykb.keeping.merge.driver import merge_contents
from recoverykb.keeping.merge.fields import merge_tables
from recoverykb.records.vocabulary import FOLDERS
from recoverykb.storage.edit import rewritten, same
from recoverykb.storage.parsing import parse

FILES = sorted(path for folder in FOLDERS.values() for path in (KB / folder).glob("*.toml"))[::11]
_BLOCK = re.compile(r"<<<<<<< ours\n(.*?)=======\n(.*?)>>>>>>> theirs\n", re.DOTALL)


def resolved(text: str, side: int) -> str:
    """A text with marks, as it is once a person has kept one side everywhere: 1 is ours, 2 is theirs."""
    return _BLOCK.sub(lambda found: found[side], text)


def merged(base: str, ours: str, theirs: str, path: str = "organizations/x.toml") -> tuple[str, bool]:
    content, outcome = merge_contents((base.encode(), ours.encode(), theirs.encode()), path, 7)
    return content.decode(), outcome.clean


def leaves(told: Any) -> list[str]:
    if isinstance(told, dict):
        return [leaf for inner in told.values() for leaf in leaves(inner)]
    if isinstance(told, list):
        return [leaf for inner in told for leaf in leaves(inner)]
    return [repr(told)]


def unordered(told: Any) -> Any:
    """What a table says, whatever the order of its lists."""
    if isinstance(told, dict):
        return sorted((name, unordered(inner)) for name, inner in told.items())
    if isinstance(told, list):
        return sorted((unordered(inner) for inner in told), key=repr)
    return repr(told)


def _lists(told: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = told.items() if isinstance(told, dict) else enumerate(told) if isinstance(told, list) else ()
    found = [path] if isinstance(told, list) else []
    for name, entry in inner:
        found += _lists(entry, (*path, name))
    return found


def _tables(told: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = told.items() if isinstance(told, dict) else enumerate(told) if isinstance(told, list) else ()
    found = [path] if isinstance(told, dict) else []
    for name, entry in inner:
        found += _tables(entry, (*path, name))
    return found


def at(table: Any, path: tuple[Any, ...]) -> Any:
    for part in path:
        table = table[part]
    return table


def edited(text: str, who: str, chance: random.Random) -> str:
    """``text`` after some edits by one person, each of one field; every new value names the person."""
    table = parse(text)
    for number in range(chance.randint(1, 3)):
        change = chance.choice([_say, _say, _add_field, _add_entry, _add_entry, _less, _remove, _check])
        change(table, f"{who} {number}", chance)
    changed = rewritten(text, table)
    if chance.random() < 0.5:
        lines = changed.split("\n")
        lines.insert(chance.choice([0, len(lines) - 1]), f"# remark of {who}")
        changed = "\n".join(lines)
    return changed


def _say(table: Any, value: str, chance: random.Random) -> None:
    holder = at(table, chance.choice(_tables(table)))
    texts = [name for name, told in holder.items() if isinstance(told, str) and name != "id"]
    if texts:
        holder[chance.choice(texts)] = value


def _add_field(table: Any, value: str, chance: random.Random) -> None:
    at(table, chance.choice(_tables(table)))[chance.choice(["note", "alert", "city"])] = value


def _add_entry(table: Any, value: str, chance: random.Random) -> None:
    paths = _lists(table)
    if not paths:
        return
    found = at(table, chance.choice(paths))
    new: Any = value
    if isinstance(found[0], dict):
        new = copy.deepcopy(chance.choice(found))
        new |= {name: value for name in new if isinstance(new[name], str)}
    found.insert(chance.randrange(len(found) + 1), new)


def _less(table: Any, value: str, chance: random.Random) -> None:
    longer = [path for path in _lists(table) if len(at(table, path)) > 1]
    if longer:
        found = at(table, chance.choice(longer))
        del found[chance.randrange(len(found))]


def _remove(table: Any, value: str, chance: random.Random) -> None:
    holder = at(table, chance.choice(_tables(table)))
    optional = [name for name in holder if name not in ("id", "name")]
    if optional and len(holder) > 1:
        del holder[chance.choice(optional)]


def _check(table: Any, value: str, chance: random.Random) -> None:
    for contact in table.get("contacts", [])[:1]:
        known = [*([contact.pop("verified")] if "verified" in contact else []), *contact.get("earlier", [])]
        contact["verified"] = {"on": date(2026, 11, chance.randint(20, 28)), "by": value, "how": "call"}
        if known:
            contact["earlier"] = known


def vouched(told: Any) -> list[tuple[str, str]]:
    """Every check that counts, with the number it is of."""
    contacts = [entry for entry in told.get("contacts", []) if "verified" in entry]
    return [(repr(entry["verified"]), str(entry.get("number"))) for entry in contacts]


@settings(max_examples=200)
@given(file=st.sampled_from(FILES), first=st.integers(0, 10**6), second=st.integers(0, 10**6))
def test_nothing_of_either_side_is_lost_unless_a_conflict_is_said(file: Any, first: int, second: int) -> None:
    base = file.read_text(encoding="utf-8")
    ours, theirs = (
        edited(base, who, random.Random(seed)) for who, seed in (("Amina", first), ("Joseph", second))
    )
    path = f"{file.parent.name}/{file.name}"
    text, clean = merged(base, ours, theirs, path)
    was = leaves(parse(base))
    if clean:
        said = leaves(parse(text))
        assert [
            leaf for side in (ours, theirs) for leaf in leaves(parse(side)) if leaf not in (*was, *said)
        ] == []
        known = [pair for side in (base, ours, theirs) for pair in vouched(parse(side))]
        assert set(vouched(parse(text))) <= set(known)
    else:
        with pytest.raises(ValueError, match="two versions"):
            parse(text)
        mine, other = (leaves(parse(resolved(text, side))) for side in (1, 2))
        for side in (ours, theirs):
            assert [leaf for leaf in leaves(parse(side)) if leaf not in (*was, *mine, *other)] == []
    for side in (ours, theirs):
        assert all(line in text for line in side.split("\n") if line.startswith("# remark"))
    back, clean_back = merged(base, theirs, ours, path)
    assert clean_back == clean
    if clean:
        assert unordered(parse(back)) == unordered(parse(text))
    else:
        assert unordered(parse(resolved(back, 2))) == unordered(parse(resolved(text, 1)))
        assert unordered(parse(resolved(back, 1))) == unordered(parse(resolved(text, 2)))


@settings(max_examples=100)
@given(file=st.sampled_from(FILES), seed=st.integers(0, 10**6))
def test_what_only_one_side_changed_is_as_that_side_has_it(file: Any, seed: int) -> None:
    base = file.read_text(encoding="utf-8")
    changed = edited(base, "Amina", random.Random(seed))
    path = f"{file.parent.name}/{file.name}"
    for sides in ((base, changed, base), (base, base, changed), (base, changed, changed)):
        assert merged(*sides, path) == (changed, True)
        found = merge_tables(*map(parse, sides))
        assert same(found.table, parse(changed))
        assert found.conflicts == []
