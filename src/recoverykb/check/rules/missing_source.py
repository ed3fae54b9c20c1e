"""A fact names its sources by id. A source that is not in the base cannot be looked up.

The fact then counts as unfounded: add the source record, or take the fact out.
"""

from collections.abc import Iterator

from recoverykb.check.context import Across, Finding, Place
from recoverykb.check.noted import Mention, citations

CODE, SEVERITY, TITLE = "RKB102", "error", "a source that does not exist"
EXAMPLE = (
    {"organizations/our-clinic.toml": 'sources = ["a-flyer-nobody-added"]'},
    {
        "organizations/our-clinic.toml": 'sources = ["our-flyer"]',
        "sources/our-flyer.toml": """
        id = "our-flyer"
        title = "Flyer of our clinic"
        """,
    },
)


class Check(Across[list[Mention]]):
    """Looks up every source that is named."""

    facts = staticmethod(citations)

    def see(self, place: Place, fact: list[Mention]) -> Iterator[Finding]:
        """Yield a finding for each source id without a source record."""
        for path, source in fact:
            if self.context.kinds.get(source) != "source":
                yield Finding(place, path, f"no source '{source}'", f"add sources/{source}.toml")
