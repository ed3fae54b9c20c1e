"""A record refers to another one by id. An id that stands for nothing leaves a hole in every page.

Mend the spelling, or write the record that is missing.
"""

from collections.abc import Iterator

from recoverykb.check.context import Across, Context, Finding, Item
from recoverykb.records.references import is_reference

CODE, SEVERITY, TITLE = "RKB101", "error", "a reference to nothing"
EXAMPLE = (
    {"organizations/our-clinic.toml": 'services = ["methadon"]'},
    {"organizations/our-clinic.toml": 'services = ["methadone"]'},
)

_LIKE_ENOUGH = 70
_MOST_SUGGESTED = 200
"""For so many different ids a near one is looked for; every look goes through all ids of the base."""


class Check(Across):
    """Keeps the references that led nowhere when they were met."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.unknown: list[tuple[str, Finding]] = []
        self.near: dict[str, str | None] = {}

    def see(self, item: Item) -> Iterator[Finding]:
        """Look at the references of ``item``."""
        kinds = self.context.kinds
        for path, value in item.values:
            if is_reference(item.place.kind, path) and "sources" not in path and value not in kinds:
                self.unknown.append((value, item.finding(path, f"no record '{value}'", "")))
        yield from ()

    def end(self) -> Iterator[Finding]:
        """Yield a finding for each id that no record has."""
        for value, finding in self.unknown:
            if value not in self.context.kinds:
                near = self._nearest(value)
                hint = f"did you mean '{near}'?" if near else "write that record, or take the id out"
                yield finding._replace(hint=hint)

    def _nearest(self, value: str) -> str | None:
        if value not in self.near and len(self.near) < _MOST_SUGGESTED:
            from rapidfuzz import fuzz, process

            found = process.extractOne(
                value, self.context.kinds.keys(), scorer=fuzz.ratio, score_cutoff=_LIKE_ENOUGH
            )
            self.near[value] = found[0] if found else None
        return self.near.get(value)
