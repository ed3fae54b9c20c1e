"""The service rows of a country name a strategy that is a service (``service = true``).

Rows of one service that differ for the same year say in ``note`` why, or readers cannot know which
to believe.
"""

from collections.abc import Iterator

from recoverykb.check.context import Across, Context, Finding, Item
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


class Check(Across):
    """Knows which strategies are services."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.services = set(context.services_elsewhere)

    def see(self, item: Item) -> Iterator[Finding]:
        """Yield a finding for rows of what is no service, and for unexplained contradictions."""
        record = item.record
        if isinstance(record, Strategy) and record.service:
            self.services.add(record.id)
        elif isinstance(record, Country):
            yield from self._rows(item, record)

    def _rows(self, item: Item, country: Country) -> Iterator[Finding]:
        for position, row in enumerate(country.services):
            path = ("services", position, "service")
            if row.service not in self.services:
                message = f"'{row.service}' is not a service"
                yield item.finding(path, message, "set service = true in the strategy")
            rivals = [
                other
                for other in country.services
                if other.service == row.service
                and other.year == row.year
                and other.availability != row.availability
            ]
            if rivals and not row.note:
                message = f"other rows of {row.year or 'no year'} say something else"
                yield item.finding(path, message, "tell why in note")
