"""A record that names a retired one sends people to what is no longer to be used.

Name its successor, or take the id out. What a retired record itself names is history and may stay; only its
own successor must be in use.
"""

from collections.abc import Iterator

from recoverykb.check.context import Across, Finding, Place
from recoverykb.check.noted import Mention, references

CODE, SEVERITY, TITLE = "RKB107", "warning", "a reference to a retired record"
EXAMPLE = (
    {
        "organizations/old-clinic.toml": """
        acronym = "OLC"
        retired = { on = 2026-11-19, reason = "It moved.", successor = "new-clinic" }
        """,
        "organizations/new-clinic.toml": 'acronym = "NWC"',
        "organizations/our-clinic.toml": 'related = ["old-clinic"]',
    },
    {
        "organizations/old-clinic.toml": """
        acronym = "OLC"
        retired = { on = 2026-11-19, reason = "It moved.", successor = "new-clinic" }
        """,
        "organizations/new-clinic.toml": 'acronym = "NWC"',
        "organizations/our-clinic.toml": 'related = ["new-clinic"]',
    },
)

_SUCCESSOR = ("retired", "successor")


class Check(Across[list[Mention]]):
    """Knows which records are retired."""

    facts = staticmethod(references)

    def see(self, place: Place, fact: list[Mention]) -> Iterator[Finding]:
        """Yield a finding for each retired record that is named where one in use is wanted."""
        retired = self.context.retired
        for path, name in fact:
            if name not in retired or (place.id in retired and path != _SUCCESSOR):
                continue
            said = (
                f"the successor '{name}' is itself retired" if path == _SUCCESSOR else f"'{name}' is retired"
            )
            successor = self._in_use(name)
            hint = f"name '{successor}' instead" if successor else "take it out, or name a record in use"
            if successor == place.id:
                hint = "take it out: this record has taken its place"
            yield Finding(place, path, said, hint)

    def _in_use(self, name: str) -> str | None:
        """What to use instead of a retired record; ``None`` where its successors lead to nothing in use."""
        retired, passed = self.context.retired, {name}
        following = retired[name]
        while following is not None and following in retired and following not in passed:
            passed.add(following)
            following = retired[following]
        return following if following in self.context.kinds and following not in retired else None
