"""An id stands for one record over all kinds. Of two records with one id, only the first is used."""

from collections.abc import Iterator

from recoverykb.check.context import Context, RuleInfo
from recoverykb.problem import Problem

CODE, SEVERITY, TITLE = "RKB004", "error", "two records with one id"


def check(context: Context, rule: RuleInfo) -> Iterator[Problem]:
    """Yield a problem for every record whose id was taken by an earlier one."""
    first: dict[str, str] = {}
    for item in context.items:
        taken = first.setdefault(item.record.id, item.path)
        if taken is not item.path:
            yield context.problem(rule, item, ("id",), f"the id is taken by {taken}", "choose another id")
