"""Two source records with one address look like two witnesses where there is one: keep one of them."""

from collections.abc import Iterable

from recoverykb.check.context import Across, Context, Finding, Item, Place
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


class Check(Across[str]):
    """Knows the first source at each address."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.first: dict[str, str] = {}

    @staticmethod
    def facts(item: Item) -> str | None:
        """Note the address of a source."""
        return bare_address(item.record.url) if isinstance(item.record, Source) else None

    def see(self, place: Place, fact: str) -> Iterable[Finding]:
        """A finding where an earlier source has the address."""
        earlier = self.first.setdefault(fact, place.id)
        if earlier == place.id:
            return ()
        return [Finding(place, ("url",), f"the same address as '{earlier}'", f"cite {earlier} instead")]


def bare_address(url: str) -> str:
    """``url`` without what may differ between two ways to write one address."""
    return url.split("://", 1)[-1].removeprefix("www.").rstrip("/").lower()
