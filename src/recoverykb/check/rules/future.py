"""A fact cannot hold for a year that has not come, and nobody can have checked anything tomorrow."""

from collections.abc import Iterator
from datetime import date

from recoverykb.check.context import Context, RuleInfo, walk
from recoverykb.problem import Problem

CODE, SEVERITY, TITLE = "RKB201", "error", "a year or day in the future"
_HINT = "mend it: a fact holds for what has come"


def check(context: Context, rule: RuleInfo) -> Iterator[Problem]:
    """Yield a problem for each year or date after today."""
    for item in context.items:
        for path, value in walk(item.table()):
            if path and path[-1] == "year" and isinstance(value, int) and value > context.today.year:
                yield context.problem(rule, item, path, f"the year {value} is in the future", _HINT)
            elif isinstance(value, date) and value > context.today:
                yield context.problem(rule, item, path, f"the day {value} is in the future", _HINT)
