"""A fact names its sources by id. A source that is not in the base cannot be looked up.

The fact then counts as unfounded: add the source record, or take the fact out.
"""

from collections.abc import Iterator

from recoverykb.check.context import Across, Context, Finding, Item

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


class Check(Across):
    """Keeps the names of sources that no record had when they were met."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.unknown: list[tuple[str, Finding]] = []

    def see(self, item: Item) -> Iterator[Finding]:
        """Look at the sources of ``item``."""
        kinds = self.context.kinds
        for path, value in item.values:
            if len(path) > 1 and path[-2] == "sources" and kinds.get(value) != "source":
                finding = item.finding(path, f"no source '{value}'", f"add sources/{value}.toml")
                self.unknown.append((value, finding))
        yield from ()

    def end(self) -> Iterator[Finding]:
        """Yield a finding for each source id without a source record."""
        kinds = self.context.kinds
        yield from (finding for value, finding in self.unknown if kinds.get(value) != "source")
