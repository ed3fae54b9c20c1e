"""The service rows of a country name a strategy that is a service (``service = true``).

Rows of one service that differ for the same year say in ``note`` why, or readers cannot know which
to believe.
"""

from collections.abc import Iterator

from recoverykb.check.context import Across, Context, Finding, Item, Place
from recoverykb.records.types import Country, Strategy

CODE, SEVERITY, TITLE = "RKB302", "error", "service rows that do not fit"
EXAMPLE = (
    {
        "countries/zedland.toml": """
        [[services]]
        service = "methadone"
        availability = "yes"
        sources = ["sordo-bmj-2017"]
        """
    },
    {
        "countries/zedland.toml": """
        [[services]]
        service = "opioid-agonist-treatment"
        availability = "yes"
        sources = ["sordo-bmj-2017"]
        """
    },
)


class Check(Across[list[str]]):
    """Knows which strategies are services."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.services = set(context.services_below)

    @staticmethod
    def facts(item: Item) -> list[str] | None:
        """Note the services of the rows of a country; of a service itself, that it is one."""
        record = item.record
        if isinstance(record, Country):
            return [row.service for row in record.services]
        return [record.id] if isinstance(record, Strategy) and record.service else None

    def see(self, place: Place, fact: list[str]) -> Iterator[Finding]:
        """Yield a finding for rows of what is no service."""
        if place.kind == "strategy":
            self.services.update(fact)
            return
        for position, service in enumerate(fact):
            if service not in self.services:
                path = ("services", position, "service")
                hint = "set service = true in the strategy"
                yield Finding(place, path, f"'{service}' is not a service", hint)


def check(item: Item) -> Iterator[Finding]:
    """Yield a finding for each row that contradicts another without saying why."""
    rows = item.record.services if isinstance(item.record, Country) else []
    for position, row in enumerate(rows):
        differs = any(
            other.service == row.service and other.year == row.year and other.availability != row.availability
            for other in rows
        )
        if differs and not row.note:
            message = f"other rows of {row.year or 'no year'} say something else"
            yield item.finding(("services", position, "service"), message, "tell why in note")
