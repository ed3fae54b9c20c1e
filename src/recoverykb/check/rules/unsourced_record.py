"""The summary and other prose of a record state facts, so the record names sources of its own.

Exempt: an organization that is never offered (``referral = false``) and says so in ``alert``, and a
guide whose every item has sources.
"""

from collections.abc import Iterator

from recoverykb.check.context import Finding, Item
from recoverykb.records.types import Guide, Organization, Record

CODE, SEVERITY, TITLE = "RKB104", "error", "a record without a source"
EXAMPLE = (
    {
        "organizations/our-clinic.toml": """
        summary = "It gives methadone."
        sources = []
        """
    },
    {
        "organizations/our-clinic.toml": """
        summary = "It gives methadone."
        sources = ["sordo-bmj-2017"]
        """
    },
)


def check(item: Item) -> Iterator[Finding]:
    """Yield a finding for a record whose own prose rests on nothing."""
    record = item.record
    exempt = isinstance(record, Guide) or (
        isinstance(record, Organization) and not record.referral and record.alert
    )
    if isinstance(record, Record) and not record.sources and not exempt:
        yield item.finding(("summary",), "the record names no source", "add sources = [...]")
