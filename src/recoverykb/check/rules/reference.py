"""A record refers to another one by id. An id that stands for nothing leaves a hole in every page.

Mend the spelling, or write the record that is missing.
"""

from collections.abc import Iterator

from recoverykb.check.context import Across, Context, Finding, Place
from recoverykb.check.noted import Mention, references

CODE, SEVERITY, TITLE = "RKB101", "error", "a reference to nothing"
EXAMPLE = (
    {"organizations/our-clinic.toml": 'services = ["methadon"]'},
    {"organizations/our-clinic.toml": 'services = ["methadone"]'},
)

_LIKE_ENOUGH = 70
_MOST_SUGGESTED = 200
"""For so many different ids a near one is looked for; every look goes through all ids of the base."""


class Check(Across[list[Mention]]):
    """Looks up every id that is named."""

    facts = staticmethod(references)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.near: dict[str, str | None] = {}

    def see(self, place: Place, fact: list[Mention]) -> Iterator[Finding]:
        """Yield a finding for each id that no record has."""
        for path, name in fact:
            if name not in self.context.kinds:
                near = self._nearest(name)
                hint = f"did you mean '{near}'?" if near else "write that record, or take the id out"
                yield Finding(place, path, f"no record '{name}'", hint)

    def _nearest(self, value: str) -> str | None:
        if value not in self.near and len(self.near) < _MOST_SUGGESTED:
            from rapidfuzz import fuzz, process

            found = process.extractOne(
                value, self.context.kinds.keys(), scorer=fuzz.ratio, score_cutoff=_LIKE_ENOUGH
            )
            self.near[value] = found[0] if found else None
        return self.near.get(value)
