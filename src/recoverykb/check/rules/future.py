"""A fact cannot hold for a year that has not come, and nobody can have checked anything tomorrow."""

from collections.abc import Iterator
from datetime import date

from recoverykb.check.context import Context, Finding, Item

CODE, SEVERITY, TITLE = "RKB201", "error", "a year or day in the future"
EXAMPLE = (
    {"organizations/our-clinic.toml": "compiled = 2099-01-01"},
    {"organizations/our-clinic.toml": "compiled = 2026-11-20"},
)
_HINT = "mend it: a fact holds for what has come"


def check(item: Item, context: Context) -> Iterator[Finding]:
    """Yield a finding for each year or date after today."""
    for path, value in item.values:
        if isinstance(value, int) and path[-1] == "year" and value > context.today.year:
            yield item.finding(path, f"the year {value} is in the future", _HINT)
        elif isinstance(value, date) and value > context.today:
            yield item.finding(path, f"the day {value} is in the future", _HINT)
