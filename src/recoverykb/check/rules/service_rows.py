"""The service rows of a country name a strategy that is a service (``service = true``).

Rows of one service that differ for the same year say in ``note`` why, or readers cannot know which
to believe.
"""

from collections.abc import Iterator

from recoverykb.check.context import Context, RuleInfo
from recoverykb.problem import Problem
from recoverykb.records.types import Country, Strategy

CODE, SEVERITY, TITLE = "RKB302", "error", "service rows that do not fit"


def check(context: Context, rule: RuleInfo) -> Iterator[Problem]:
    """Yield a problem for rows of what is no service, and for unexplained contradictions."""
    services = {
        record.id for _, record in context.of(Strategy) if record.service
    } | context.services_elsewhere
    for item, country in context.of(Country):
        for position, row in enumerate(country.services):
            path = ("services", position, "service")
            if row.service not in services:
                yield context.problem(
                    rule,
                    item,
                    path,
                    f"'{row.service}' is not a service",
                    "set service = true in the strategy",
                )
            rivals = [
                other
                for other in country.services
                if other.service == row.service
                and other.year == row.year
                and other.availability != row.availability
            ]
            if rivals and not row.note:
                yield context.problem(
                    rule,
                    item,
                    path,
                    f"other rows of {row.year or 'no year'} say something else",
                    "tell why in note",
                )
