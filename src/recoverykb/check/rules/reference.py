"""A record refers to another one by id. An id that stands for nothing leaves a hole in every page.

Mend the spelling, or write the record that is missing.
"""

from collections.abc import Iterator
from difflib import get_close_matches

from recoverykb.check.context import Context, KeyPath, RuleInfo, walk
from recoverykb.problem import Problem
from recoverykb.records.types import Country, Organization

CODE, SEVERITY, TITLE = "RKB101", "error", "a reference to nothing"

_KEYS = frozenset({"related", "see", "alternatives", "about", "parent"})


def check(context: Context, rule: RuleInfo) -> Iterator[Problem]:
    """Yield a problem for each id that no record has."""
    kinds = context.kinds()
    for item in context.items:
        for path, value in walk(item.table()):
            if isinstance(value, str) and _is_reference(item.record, path) and value not in kinds:
                near = get_close_matches(value, kinds, 1)
                hint = f"did you mean '{near[0]}'?" if near else "write that record, or take the id out"
                yield context.problem(rule, item, path, f"no record '{value}'", hint)


def _is_reference(record: object, path: KeyPath) -> bool:
    if not path:
        return False
    names = [part for part in path if isinstance(part, str)]
    if names[-1] in _KEYS:
        return True
    if isinstance(record, Organization):
        return names == ["services"]
    return isinstance(record, Country) and names == ["services", "service"]
