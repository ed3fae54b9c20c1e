"""An id stands for one record over all kinds. Of two records with one id, only the first is used."""

from collections.abc import Iterator

from recoverykb.check.context import Context, Item, RuleInfo
from recoverykb.problem import Problem

CODE, SEVERITY, TITLE = "RKB004", "error", "two records with one id"


def check(context: Context, rule: RuleInfo) -> Iterator[Problem]:
    """Yield a problem for every record whose id was taken by an earlier one."""
    first: dict[str, Item] = {}
    for item in context.items:
        taken = first.setdefault(item.record.id, item)
        if taken is not item:
            where = taken.path if taken.path != item.path else "an earlier record of this file"
            yield context.problem(rule, item, ("id",), f"the id is taken by {where}", "choose another id")
