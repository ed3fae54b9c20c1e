"""Two source records with one address look like two witnesses where there is one: keep one of them."""

from collections.abc import Iterator

from recoverykb.check.context import Across, Context, Finding, Item
from recoverykb.records.types import Source

CODE, SEVERITY, TITLE = "RKB602", "warning", "two sources that are one"
EXAMPLE = (
    {
        "sources/flyers.toml": """
        [[source]]
        id = "our-flyer"
        url = "https://example.org/flyer"

        [[source]]
        id = "flyer-2026"
        url = "http://www.example.org/flyer/"
        """
    },
    {
        "sources/our-flyer.toml": """
        id = "our-flyer"
        url = "https://example.org/flyer"
        """
    },
)


class Check(Across):
    """Knows the first source at each address."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.first: dict[str, str] = {}

    def see(self, item: Item) -> Iterator[Finding]:
        """Yield a finding where an earlier source has the address."""
        if isinstance(item.record, Source):
            earlier = self.first.setdefault(bare_address(item.record.url), item.place.id)
            if earlier != item.place.id:
                yield item.finding(("url",), f"the same address as '{earlier}'", f"cite {earlier} instead")


def bare_address(url: str) -> str:
    """``url`` without what may differ between two ways to write one address."""
    return url.split("://", 1)[-1].removeprefix("www.").rstrip("/").lower()
