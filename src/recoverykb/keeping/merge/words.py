"""A conflict in words: of which record and field, what each side says, and who verified what."""

from collections.abc import Mapping
from typing import Any

from recoverykb.keeping.merge.fields import Conflict
from recoverykb.keeping.merge.three import ABSENT
from recoverykb.storage.edit import same
from recoverykb.views.told import address, short, told


def conflict_text(record: str, conflict: Conflict) -> str:
    """What a person must decide, on one line; the values of a private contact are left out.

    ``record`` is the id of the record, where the conflict itself does not name it.
    """
    where = ", ".join(filter(None, (record, *conflict.where)))
    if conflict.private:
        return f"{where}: ours and theirs differ about a private contact; see the file"
    ours, theirs = (_side(conflict, told) for told in (conflict.ours, conflict.theirs))
    return f"{where}: ours says {ours}; theirs says {theirs}; before: {_side(conflict, conflict.base)}"


def _side(conflict: Conflict, said: Any) -> str:
    """What one side says: of several fields those in which the sides differ, without the earlier checks."""
    sides = (conflict.ours, conflict.theirs)
    if not isinstance(said, Mapping) or not all(isinstance(side, Mapping) for side in sides):
        return _value(conflict.where[-1] if conflict.where else "", said)
    names = [
        name
        for name in dict.fromkeys((*conflict.ours, *conflict.theirs))
        if name != "earlier" and not same(conflict.ours.get(name, ABSENT), conflict.theirs.get(name, ABSENT))
    ]
    return ", ".join(_field(name, said.get(name, ABSENT)) for name in names)


def _field(name: str, said: Any) -> str:
    if name == "verified" and said is ABSENT:
        return "not verified"
    return f"{name} {_value(name, said)}"


def _value(name: str, said: Any) -> str:
    if said is ABSENT:
        return "nothing"
    if name == "verified" and isinstance(said, Mapping):
        return _check(said)
    if name in ("earlier", "checks") and isinstance(said, list):
        return " and ".join(_check(check) for check in said)
    if isinstance(said, Mapping) and "purpose" in said:
        return f"{address(said)} ({short(told(said))})"
    return short(told(said))


def _check(check: Mapping[str, Any]) -> str:
    part = f"{check['part']} " if check.get("part") else ""
    note = f": {check['note']}" if check.get("note") else ""
    return f"{part}on {check.get('on')} by {check.get('by')} ({check.get('how')}{note})"
