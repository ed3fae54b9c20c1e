"""Two edits of one record, merged field by field: three tables in; one table out, and what contradicts.

What one side changed is taken; what both changed alike counts once; of lists the additions and removals of
both sides count; entries of lists of tables are one by the marks of :mod:`recoverykb.records.pairing`.
A fact and what it rests on belong together: who changes a number contradicts who verifies it meanwhile, or
names a source for it.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from recoverykb.keeping.assign import VERIFYING
from recoverykb.keeping.merge.checks import doubtful, merged_checks, with_history
from recoverykb.keeping.merge.three import ABSENT, CLASH, alike, keys, orders, three_way
from recoverykb.keeping.verify import newest_first
from recoverykb.records.pairing import known_by
from recoverykb.records.vocabulary import KINDS
from recoverykb.storage.edit import same

_Table = Mapping[str, Any]
Where = tuple[str, ...]
"""The keys that lead to a value; an entry of a list of tables by what it is known by."""


class Conflict(NamedTuple):
    """What a person must decide: where, what stood there, and what each side says instead.

    Of fields that must be decided together, each side is a table.
    """

    where: Where
    base: Any
    ours: Any
    theirs: Any
    private: bool = False
    """Whether it is about a contact that is never shown."""


class Merged(NamedTuple):
    """The record of both sides, and what contradicts; there it says what ours says."""

    table: dict[str, Any]
    conflicts: list[Conflict]


class _Tie(NamedTuple):
    """Fields that state a fact, and fields that tell what it rests on."""

    says: tuple[str, ...]
    rests: tuple[str, ...]


_CONTACT = _Tie(
    ("number", "email", "url"), ("verified", "earlier", "sources", "confidence", "year", "conflict")
)
_FACT = _Tie(
    ("text", "number", "availability", "value", "low", "high", "unit", "qualifier", "possession", "rating",
     "direction", "claim", "verdict", "evidence"),
    ("sources", "year", "basis", "note", "uncertain"),
)  # fmt: skip


def merge_tables(
    base: _Table, ours: _Table, theirs: _Table, *, group: str = "", theirs_for: Collection[int] = ()
) -> Merged:
    """The record ``base`` as both sides changed it; of the conflicts in ``theirs_for`` theirs is taken.

    ``group``: the tables hold many records in a list of that name.
    """
    work = _Merge(theirs_for)
    if not group:
        return Merged(work.record((), base, ours, theirs), work.conflicts)
    lists = (table.get(group, []) for table in (base, ours, theirs))
    return Merged({group: work.value((group,), group, *lists)}, work.conflicts)


class _Merge:
    """One merge. The conflicts come in the same order whichever sides are chosen."""

    def __init__(self, theirs_for: Collection[int]) -> None:
        self.conflicts: list[Conflict] = []
        self._theirs_for = theirs_for

    def choose(self, conflict: Conflict) -> Any:
        """Note a conflict; what stands in its place meanwhile."""
        self.conflicts.append(conflict)
        return conflict.theirs if len(self.conflicts) - 1 in self._theirs_for else conflict.ours

    def value(self, where: Where, part: str, base: Any, ours: Any, theirs: Any) -> Any:
        """One value; ``part`` is the key under which it stands, or the list of which it is an entry."""
        plain = three_way(part, base, ours, theirs)
        if plain is not CLASH:
            return plain
        if isinstance(ours, Mapping) and isinstance(theirs, Mapping):
            merge = self.record if part in KINDS else self.table
            return merge(where, base if isinstance(base, Mapping) else {}, ours, theirs)
        lists = [[] if told is ABSENT else told for told in (base, ours, theirs)]
        if all(isinstance(told, list) for told in lists):
            merged = self._listed(where, part, *lists)
            return ABSENT if merged == [] and ABSENT in (ours, theirs) else merged
        return self.choose(Conflict(where, base, ours, theirs))

    def record(self, where: Where, base: _Table, ours: _Table, theirs: _Table) -> dict[str, Any]:
        """A whole record; a new check of what the other side changed is for a person to judge."""
        merged = self._fields(where, base, ours, theirs, {})
        mine, other = doubtful(base, ours, theirs), doubtful(base, theirs, ours)
        if mine or other:
            checks = merged.get("checks", [])
            with_mine, with_other = (
                [check for check in checks if check not in left] or ABSENT for left in (other, mine)
            )
            merged["checks"] = self.choose(
                Conflict((*where, "checks"), _of(base, "checks"), with_mine, with_other)
            )
        return _present(merged)

    def table(self, where: Where, base: _Table, ours: _Table, theirs: _Table) -> dict[str, Any]:
        """A table in a record, field by field, but for those that belong together."""
        return _present(self._fields(where, base, ours, theirs, self._tied(where, base, ours, theirs)))

    def _fields(
        self, where: Where, base: _Table, ours: _Table, theirs: _Table, held: _Table
    ) -> dict[str, Any]:
        """Every field by itself; those in ``held`` are decided already."""
        merged = dict(held)
        for name in dict.fromkeys((*ours, *theirs)):
            if name not in held:
                sides = (side.get(name, ABSENT) for side in (base, ours, theirs))
                merged[name] = self.value((*where, name), name, *sides)
        return merged

    def _tied(self, where: Where, base: _Table, ours: _Table, theirs: _Table) -> dict[str, Any]:
        """The fields that are decided together; of a contact that both sides checked its checks."""
        contact = where[-2:-1] == ("contacts",)
        tie = _CONTACT if contact else _FACT
        sides = (base, ours, theirs)
        says = {name: three_way(name, *(side.get(name, ABSENT) for side in sides)) for name in tie.says}
        checks = merged_checks(*sides) if contact else {}
        if checks is not None and not any(_on_other(tie, says, base, side) for side in (ours, theirs)):
            return checks
        if contact:
            ours, theirs = with_history(ours, theirs), with_history(theirs, ours)
        names = [
            name
            for name in (*tie.says, *tie.rests)
            if name in VERIFYING or not same(_of(ours, name), _of(theirs, name))
        ]
        was, mine, other = ({name: _of(side, name) for name in names} for side in (base, ours, theirs))
        chosen: dict[str, Any] = self.choose(Conflict(where, was, mine, other))
        return chosen

    def _listed(self, where: Where, part: str, base: list[Any], ours: list[Any], theirs: list[Any]) -> Any:
        """A list: of tables, entry by entry; of anything else as a set that keeps its order."""
        entries = (*base, *ours, *theirs)
        if all(isinstance(entry, Mapping) for entry in entries):
            merged = self._tables(where, part, base, ours, theirs)
            return newest_first(merged) if part == "checks" else merged
        if any(isinstance(entry, Mapping | list) for entry in entries):
            return self.choose(Conflict(where, base, ours, theirs))
        known = {repr(entry): entry for entry in entries}
        was, mine, other = ([repr(entry) for entry in side] for side in (base, ours, theirs))
        kept = [key for key in known if key not in was or (key in mine and key in other)]
        if not kept and ours and theirs:
            return self.choose(Conflict(where, base, ours, theirs))
        return [known[key] for key in orders(was, mine, other, kept)[0]]

    def _tables(
        self, where: Where, part: str, base: list[_Table], ours: list[_Table], theirs: list[_Table]
    ) -> Any:
        """A list of tables; an entry that one side took out and the other changed is a conflict."""
        found = keys(part, base, ours, theirs)
        sides = [
            dict(zip(names, side, strict=True))
            for names, side in zip(found, (base, ours, theirs), strict=True)
        ]
        merged = {}
        for key in dict.fromkeys(key for names in found for key in names):
            entry = self._entry(where, part, [side.get(key, ABSENT) for side in sides])
            if entry is not ABSENT:
                merged[key] = entry
        mine, other = ([merged[key] for key in order] for order in orders(*found, merged.keys()))
        return mine if mine == other else self.choose(Conflict(where, base, mine, other))

    def _entry(self, where: Where, part: str, told: Sequence[Any]) -> Any:
        """One entry of a list of tables, known by what it was, or by what a side added."""
        known = next(state for state in told if state is not ABSENT)
        private = _private(*told)
        first = len(self.conflicts)
        entry = self.value((*where, "" if private else known_by(part, known)), part, *told)
        if private:
            self.conflicts[first:] = [conflict._replace(private=True) for conflict in self.conflicts[first:]]
        return entry


def _present(table: dict[str, Any]) -> dict[str, Any]:
    return {name: told for name, told in table.items() if told is not ABSENT}


def _of(table: _Table, name: str) -> Any:
    return table.get(name, ABSENT)


def _private(*states: Any) -> bool:
    return any(state.get("private") for state in states if isinstance(state, Mapping))


def _on_other(tie: _Tie, says: _Table, base: _Table, side: _Table) -> bool:
    """Whether ``side`` changed what a fact rests on, and the fact will not be what it is there."""
    if all(same(_of(side, name), _of(base, name)) for name in tie.rests):
        return False
    return any(name in side and not alike(name, says[name], side[name]) for name in tie.says)
