"""A source read in a copy, or known from a quotation, says in ``via`` what was read instead."""

from collections.abc import Iterator

from recoverykb.check.context import Context, RuleInfo
from recoverykb.problem import Problem
from recoverykb.records.types import Source

CODE, SEVERITY, TITLE = "RKB601", "warning", "a mirror that does not say so"


def check(context: Context, rule: RuleInfo) -> Iterator[Problem]:
    """Yield a problem for each mirror or quotation without ``via``."""
    for item, source in context.of(Source):
        if source.seen in ("mirror", "quoted") and not source.via:
            yield context.problem(
                rule, item, ("seen",), f"seen = '{source.seen}' without via", "say what was read"
            )
