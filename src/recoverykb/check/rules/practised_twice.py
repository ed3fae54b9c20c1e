"""Whether a country has a service is said once, in the rows of the country's own record.

A ``practised`` row of a service (``service = true``) for such a country says it a second time, and
the two drift apart: move what it says into the country's ``[[services]]`` rows.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from recoverykb.check.context import Across, Context, Finding, Item, Place
from recoverykb.records.types import Country, Strategy

CODE, SEVERITY, TITLE = "RKB303", "error", "availability that is said twice"
EXAMPLE = (
    {
        "countries/zedland.toml": 'iso2 = "ZZ"',
        "strategies/our-service.toml": """
        service = true

        [[practised]]
        country = "ZZ"
        sources = ["sordo-bmj-2017"]
        """,
    },
    {
        "countries/zedland.toml": """
        iso2 = "ZZ"

        [[services]]
        service = "our-service"
        availability = "yes"
        sources = ["sordo-bmj-2017"]
        """,
        "strategies/our-service.toml": "service = true",
    },
)


class _Said(NamedTuple):
    """The code of a country, or the countries in the rows of a service."""

    iso2: str = ""
    rows: tuple[str, ...] = ()


class Check(Across[_Said]):
    """Knows the countries that have records, and the rows of services."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.countries: dict[str, str] = {}
        self.rows: list[tuple[Place, int, str]] = []

    @staticmethod
    def facts(item: Item) -> _Said | None:
        """Note a country, or the rows of a service."""
        record = item.record
        if isinstance(record, Country):
            return _Said(iso2=record.iso2)
        if isinstance(record, Strategy) and record.service:
            return _Said(rows=tuple(row.country for row in record.practised))
        return None

    def see(self, place: Place, fact: _Said) -> Iterable[Finding]:
        """Keep both."""
        if fact.iso2:
            self.countries[fact.iso2] = place.id
        self.rows += [(place, position, country) for position, country in enumerate(fact.rows)]
        return ()

    def end(self) -> Iterator[Finding]:
        """Yield a finding for each row of a service whose country has a record."""
        for place, position, country in self.rows:
            home = self.countries.get(country)
            if home:
                path = ("practised", position, "country")
                yield Finding(place, path, f"{home} has a record", f"say it in {home}.toml")
