"""A source that nothing rests on is dead weight: cite it, or take it out."""

from collections.abc import Iterable, Iterator

from recoverykb.check.context import Across, Context, Finding, Place
from recoverykb.check.noted import Mention, citations

CODE, SEVERITY, TITLE = "RKB103", "warning", "a source nobody cites"
EXAMPLE = (
    {"sources/our-flyer.toml": 'id = "our-flyer"'},
    {
        "sources/our-flyer.toml": 'id = "our-flyer"',
        "organizations/our-clinic.toml": 'sources = ["our-flyer"]',
    },
)


class Check(Across[list[Mention]]):
    """Knows every source, and which were cited."""

    facts = staticmethod(citations)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.places: dict[str, Place] = {}
        self.cited: set[str] = set()

    def see(self, place: Place, fact: list[Mention]) -> Iterable[Finding]:
        """Keep the place of a source, and what is cited."""
        if place.kind == "source":
            self.places[place.id] = place
        self.cited.update(source for _, source in fact)
        return ()

    def end(self) -> Iterator[Finding]:
        """Yield a finding for each source that no record names."""
        for record_id, place in self.places.items():
            if record_id not in self.cited:
                yield Finding(place, ("id",), "no record rests on this source", "cite it or delete the file")
