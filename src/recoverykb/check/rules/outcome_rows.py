"""Evidence is stated per outcome: a rating without ``[[evidence.outcomes]]`` rows cannot be followed."""

from collections.abc import Iterator

from recoverykb.check.context import Finding, Item
from recoverykb.records.types import Strategy

CODE, SEVERITY, TITLE = "RKB306", "warning", "a rating without outcome rows"
EXAMPLE = (
    {
        "strategies/our-service.toml": """
        [evidence]
        rating = "moderate"
        direction = "benefit"
        outcomes = []
        """
    },
    {
        "strategies/our-service.toml": """
        [evidence]
        rating = "moderate"
        direction = "benefit"

        [[evidence.outcomes]]
        outcome = "retention"
        direction = "benefit"
        rating = "moderate"
        basis = "Review A (2020)"
        sources = ["sordo-bmj-2017"]
        critical = true
        """
    },
)


def check(item: Item) -> Iterator[Finding]:
    """Yield a finding for a strategy that rates itself and names no outcome."""
    if isinstance(item.record, Strategy) and not item.record.evidence.outcomes:
        hint = "add [[evidence.outcomes]] rows: outcome, direction, rating, basis, sources"
        yield item.finding(("evidence",), "no outcome row", hint)
