"""Whoever is told that something harms or does not work must be told what to offer instead."""

from collections.abc import Iterator

from recoverykb.check.context import Finding, Item
from recoverykb.records.types import Strategy

CODE, SEVERITY, TITLE = "RKB301", "error", "a harmful option without an alternative"
EXAMPLE = (
    {"strategies/our-service.toml": 'category = "avoid-or-caution"'},
    {
        "strategies/our-service.toml": """
        category = "avoid-or-caution"
        alternatives = ["buprenorphine"]
        """
    },
)


def check(item: Item) -> Iterator[Finding]:
    """Yield a finding for a harmful strategy that names no alternatives."""
    record = item.record
    if not isinstance(record, Strategy) or record.alternatives:
        return
    if record.category == "avoid-or-caution" or record.evidence.rating == "harmful":
        yield item.finding(("category",), "no alternatives named", "add alternatives = [...]")
