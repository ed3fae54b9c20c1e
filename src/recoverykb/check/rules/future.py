"""A fact cannot hold for a year that has not come, and nobody can have checked anything tomorrow."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from recoverykb.check.context import Across, Finding, Item, KeyPath, Place

CODE, SEVERITY, TITLE = "RKB201", "error", "a year or day in the future"
EXAMPLE = (
    {"organizations/our-clinic.toml": "compiled = 2099-01-01"},
    {"organizations/our-clinic.toml": "compiled = 2026-11-20"},
)
_HINT = "mend it: a fact holds for what has come"


class Dated(NamedTuple):
    """A year or day, and where it stands."""

    path: KeyPath
    when: date | int


class Check(Across[list[Dated]]):
    """Compares every year and day with today: what was in the future yesterday may be past."""

    @staticmethod
    def facts(item: Item) -> list[Dated] | None:
        """Note every year and day of ``item``."""
        found = [
            Dated(path, value)
            for path, value in item.values
            if isinstance(value, date) or (isinstance(value, int) and path[-1] == "year")
        ]
        return found or None

    def see(self, place: Place, fact: list[Dated]) -> Iterator[Finding]:
        """Yield a finding for each that has not come."""
        today = self.context.today
        for path, when in fact:
            if isinstance(when, date):
                if when > today:
                    yield Finding(place, path, f"the day {when} is in the future", _HINT)
            elif when > today.year:
                yield Finding(place, path, f"the year {when} is in the future", _HINT)
