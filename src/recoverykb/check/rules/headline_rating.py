"""The headline rating of a strategy follows from its critical outcome rows by a written rule.

The rule stands in ``recoverykb.records.headline``: critical rows that settle something decide; all one
way: the best grade among them; only harm: harmful; different ways: mixed; none: insufficient.
"""

from collections.abc import Iterator

from recoverykb.check.context import Finding, Item
from recoverykb.records.headline import headline
from recoverykb.records.types import Strategy

CODE, SEVERITY, TITLE = "RKB304", "error", "a headline rating that its rows do not support"
EXAMPLE = (
    {
        "strategies/our-service.toml": """
        [evidence]
        rating = "strong"
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
    """Yield a finding for a strategy whose rows lead to another headline."""
    evidence = item.record.evidence if isinstance(item.record, Strategy) else None
    if evidence is None or not evidence.outcomes:
        return
    derived = headline(evidence.outcomes)
    if derived != (evidence.rating, evidence.direction):
        said = f"says {evidence.rating}, {evidence.direction}"
        hint = f"write rating = '{derived.rating}', direction = '{derived.direction}', or mend the rows"
        yield item.finding(("evidence", "rating"), f"{said}; its rows do not", hint)
