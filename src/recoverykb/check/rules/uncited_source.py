"""A source that nothing rests on is dead weight: cite it, or take it out."""

from collections.abc import Iterator

from recoverykb.check.context import Across, Context, Finding, Item, Place
from recoverykb.records.types import Source

CODE, SEVERITY, TITLE = "RKB103", "warning", "a source nobody cites"
EXAMPLE = (
    {"sources/our-flyer.toml": 'id = "our-flyer"'},
    {
        "sources/our-flyer.toml": 'id = "our-flyer"',
        "organizations/our-clinic.toml": 'sources = ["our-flyer"]',
    },
)


class Check(Across):
    """Knows every source, and which were cited."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.places: dict[str, Place] = {}
        self.cited: set[str] = set()

    def see(self, item: Item) -> Iterator[Finding]:
        """Keep the place of a source, and what is cited."""
        if isinstance(item.record, Source):
            self.places[item.place.id] = item.place
        self.cited.update(value for path, value in item.values if len(path) > 1 and path[-2] == "sources")
        yield from ()

    def end(self) -> Iterator[Finding]:
        """Yield a finding for each source that no record names."""
        for record_id, place in self.places.items():
            if record_id not in self.cited:
                yield Finding(place, ("id",), "no record rests on this source", "cite it or delete the file")
