"""A rating rests on a review, a guideline, an official report or a paper in a reviewed journal.

News, encyclopedias, lists and the pages of interested groups tell what people say. They cannot carry a
headline, nor an outcome row graded strong or moderate. ``insufficient`` needs no such basis: it says that
none was found. A ``limited`` row may rest on a report of a study, if it says so.
"""

from collections.abc import Iterator
from typing import NamedTuple

from recoverykb.check.context import Across, Context, Finding, Item, KeyPath, Place
from recoverykb.records.types import Source, Strategy

CODE, SEVERITY, TITLE = "RKB305", "error", "a rating without basis"
EXAMPLE = (
    {
        "sources/a-report.toml": 'tier = "news"',
        "strategies/our-service.toml": """
        [evidence]
        rating = "strong"
        sources = ["a-report"]
        """,
    },
    {
        "sources/a-review.toml": 'tier = "guideline-or-review"',
        "strategies/our-service.toml": """
        [evidence]
        rating = "strong"
        sources = ["a-review"]
        """,
    },
)

_BEARING = frozenset({"guideline-or-review", "official", "peer-reviewed"})
_FIRM = frozenset({"strong", "moderate"})


class _Rating(NamedTuple):
    """A headline or firm row: where its rating stands, what it says, and its sources."""

    path: KeyPath
    rating: str
    sources: list[str]


class Check(Across[str | list[_Rating]]):
    """Knows the tier of every source of the base."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.tiers: dict[str, str] = {}

    @staticmethod
    def facts(item: Item) -> str | list[_Rating] | None:
        """Note the tier of a source, or the ratings of a strategy."""
        record = item.record
        if isinstance(record, Source):
            return record.tier
        return list(_ratings(record)) if isinstance(record, Strategy) else None

    def see(self, place: Place, fact: str | list[_Rating]) -> Iterator[Finding]:
        """Yield a finding for each rating of which every source is known and none can bear it."""
        if isinstance(fact, str):
            self.tiers[place.id] = fact
            return
        for path, rating, sources in fact:
            known = {self.tiers[source] for source in sources if source in self.tiers}
            complete = all(source in self.tiers for source in sources)
            if rating != "insufficient" and complete and not _BEARING & known:
                message = f"'{rating}' rests only on {', '.join(sorted(known))}"
                hint = "cite a review, guideline, official report or paper, or write insufficient"
                yield Finding(place, path, message, hint)


def _ratings(strategy: Strategy) -> Iterator[_Rating]:
    """The headline and every firm row."""
    evidence = strategy.evidence
    yield _Rating(("evidence", "rating"), evidence.rating, evidence.sources)
    for position, row in enumerate(evidence.outcomes):
        if row.rating in _FIRM:
            yield _Rating(("evidence", "outcomes", position, "rating"), row.rating, row.sources)
