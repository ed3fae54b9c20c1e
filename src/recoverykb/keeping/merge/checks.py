"""Checks by people in a merge: none is lost, the latest counts, none vouches for what it was not made of."""

from collections.abc import Mapping, Sequence
from typing import Any

from recoverykb.errors import UsageError
from recoverykb.keeping.assign import parse_assignment
from recoverykb.keeping.merge.three import ABSENT, CLASH, keys, three_way
from recoverykb.keeping.verify import address, newest_first, one_address, outlived
from recoverykb.records.pairing import CHECK, dialled
from recoverykb.records.vocabulary import KINDS

_Table = Mapping[str, Any]


def merged_checks(base: _Table, ours: _Table, theirs: _Table) -> dict[str, Any] | None:
    """``verified`` and ``earlier`` of a contact that both sides checked: the latest check counts.

    Empty where only one side, or neither, has other checks. ``None`` where the sides contradict: one took a
    check out, or changed it, that the other relies on.
    """
    states = [_Checks(side) for side in (base, ours, theirs)]
    told = [state.told() for state in states]
    if not all(state.sound for state in states) or told[0] in told[1:] or told[1] == told[2]:
        return {}
    found = keys("earlier", *(state.all for state in states))
    sides = [dict(zip(names, state.all, strict=True)) for names, state in zip(found, states, strict=True)]
    counts = [names[0] if state.counts else None for names, state in zip(found, states, strict=True)]
    merged: dict[Any, Any] = {}
    for key in dict.fromkeys(key for names in found for key in names):
        check = three_way("", *(side.get(key, ABSENT) for side in sides))
        if check is CLASH:
            return None
        if check is not ABSENT:
            merged[key] = check
    newest = three_way("", *counts)
    if newest is CLASH:
        newest = max(counts[1:], key=lambda key: [str(merged.get(key, {}).get(name)) for name in CHECK])
        if None in counts[1:] or newest not in merged:
            return None
    earlier = newest_first([check for key, check in merged.items() if key != newest])
    return {"verified": merged.get(newest, ABSENT), "earlier": earlier or ABSENT}


class _Checks:
    """The checks of a contact: the one that counts, if one does, and the earlier ones."""

    def __init__(self, contact: _Table) -> None:
        verified, earlier = contact.get("verified"), contact.get("earlier", [])
        self.counts = verified is not None
        self.all = [*([verified] if self.counts else []), *(earlier if isinstance(earlier, list) else [None])]
        self.sound = all(isinstance(check, Mapping) for check in self.all)

    def told(self) -> tuple[bool, list[Any]]:
        return self.counts, self.all


def with_history(contact: _Table, other: _Table) -> dict[str, Any]:
    """A contact with every check of its ``other`` state among the earlier ones, saying what it was of."""
    mine, theirs = _Checks(contact), _Checks(other)
    if not (mine.sound and theirs.sound):
        return dict(contact)
    known = [_who(check) for check in mine.all]
    missing = [check for check in theirs.all if _who(check) not in known]
    if missing and theirs.counts and missing[0] is theirs.all[0] and not one_address(contact, other):
        missing[0] = outlived(missing[0], other)
    earlier = [*mine.all[mine.counts :], *missing]
    return {**contact, **({"earlier": newest_first(earlier)} if missing else {})}


def _who(check: _Table) -> list[Any]:
    return [check.get(name) for name in CHECK]


def unfounded(merged: _Table, sides: Sequence[_Table]) -> list[str]:
    """The numbers and addresses that a merged record calls verified, and neither side does."""
    known = [pair for side in sides for pair in _vouched(side)]
    return [address(contact) for check, contact in _vouched(merged) if not _is_known(check, contact, known)]


def _vouched(table: _Table) -> list[tuple[Any, _Table]]:
    """Every contact that counts as verified, with its check; of all records, where there are many."""
    records = [table, *(entry for name in KINDS for entry in _listed(table, name))]
    contacts = [contact for record in records for contact in _listed(record, "contacts")]
    return [(contact["verified"], contact) for contact in contacts if contact.get("verified")]


def _is_known(check: Any, contact: _Table, known: Sequence[tuple[Any, _Table]]) -> bool:
    return any(check == other and one_address(contact, entry) for other, entry in known)


def doubtful(base: _Table, ours: _Table, theirs: _Table) -> list[Any]:
    """The new checks of ``ours`` that are of something that ``theirs`` changed meanwhile."""
    known = [*_listed(base, "checks"), *_listed(theirs, "checks")]
    return [
        check
        for check in _listed(ours, "checks")
        if check not in known and _changed(str(check.get("part", "")), base, ours, theirs)
    ]


def _changed(part: str, base: _Table, ours: _Table, theirs: _Table) -> bool:
    was, mine, other = (_part(side, part) for side in (base, ours, theirs))
    return bool(other not in (was, mine))


def _part(table: _Table, part: str) -> Any:
    """What a record says of a part that can be checked; of the whole record its numbers and its address."""
    numbers = [dialled(row.get("number", "")) for row in _listed(table, "emergency")]
    if part.startswith("emergency "):
        return dialled(part.removeprefix("emergency ")) in numbers
    if not part:
        return numbers, table.get("url")
    here: Any = table
    try:
        for step in parse_assignment(f"{part}=").path:
            here = here[step]
    except (UsageError, KeyError, IndexError, TypeError):
        return None
    return here


def _listed(table: _Table, name: str) -> list[_Table]:
    told = table.get(name)
    return [entry for entry in told if isinstance(entry, Mapping)] if isinstance(told, list) else []
