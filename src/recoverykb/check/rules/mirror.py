"""A source read in a copy, or known from a quotation, says in ``via`` what was read instead."""

from collections.abc import Iterator

from recoverykb.check.context import Finding, Item
from recoverykb.records.types import Source

CODE, SEVERITY, TITLE = "RKB601", "warning", "a mirror that does not say so"
EXAMPLE = (
    {"sources/our-flyer.toml": 'seen = "mirror"'},
    {
        "sources/our-flyer.toml": """
        seen = "mirror"
        via = "a copy in a web archive"
        """
    },
)


def check(item: Item) -> Iterator[Finding]:
    """Yield a finding for a mirror or quotation without ``via``."""
    source = item.record
    if isinstance(source, Source) and source.seen in ("mirror", "quoted") and not source.via:
        yield item.finding(("seen",), f"seen = '{source.seen}' without via", "say what was read")
