"""Evidence is stated per outcome: a rating without ``[[evidence.outcomes]]`` rows cannot be followed."""

from collections.abc import Iterator

from recoverykb.check.context import Context, RuleInfo
from recoverykb.problem import Problem
from recoverykb.records.types import Strategy

CODE, SEVERITY, TITLE = "RKB306", "warning", "a rating without outcome rows"


def check(context: Context, rule: RuleInfo) -> Iterator[Problem]:
    """Yield a problem for each strategy that rates itself and names no outcome."""
    for item, strategy in context.of(Strategy):
        if not strategy.evidence.outcomes:
            hint = "add [[evidence.outcomes]] rows: outcome, direction, rating, basis, sources"
            yield context.problem(rule, item, ("evidence",), "no outcome row", hint)
