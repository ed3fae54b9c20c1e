"""Whether a country has a service is said once, in the rows of the country's own record.

A ``practised`` row of a service (``service = true``) for such a country says it a second time, and
the two drift apart: move what it says into the country's ``[[services]]`` rows.
"""

from collections.abc import Iterator

from recoverykb.check.context import Context, RuleInfo
from recoverykb.problem import Problem
from recoverykb.records.types import Country, Strategy

CODE, SEVERITY, TITLE = "RKB303", "error", "availability that is said twice"


def check(context: Context, rule: RuleInfo) -> Iterator[Problem]:
    """Yield a problem for each ``practised`` row of a service whose country has a record."""
    countries = {country.iso2: country.id for _, country in context.of(Country)}
    for item, strategy in context.of(Strategy):
        for position, row in enumerate(strategy.practised if strategy.service else ()):
            if row.country in countries:
                path = ("practised", position, "country")
                home = countries[row.country]
                yield context.problem(rule, item, path, f"{home} has a record", f"say it in {home}.toml")
