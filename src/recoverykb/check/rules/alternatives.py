"""Whoever is told that something harms or does not work must be told what to offer instead."""

from collections.abc import Iterator

from recoverykb.check.context import Context, RuleInfo
from recoverykb.problem import Problem
from recoverykb.records.types import Strategy

CODE, SEVERITY, TITLE = "RKB301", "error", "a harmful option without an alternative"


def check(context: Context, rule: RuleInfo) -> Iterator[Problem]:
    """Yield a problem for each harmful strategy that names no alternatives."""
    for item, record in context.of(Strategy):
        harmful = record.category == "avoid-or-caution" or record.evidence.rating == "harmful"
        if harmful and not record.alternatives:
            yield context.problem(
                rule, item, ("category",), "no alternatives named", "add alternatives = [...]"
            )
