"""A contact has a number, an address or a page, and a grade of confidence that its sources carry.

``high`` needs two sources. The grades stand in ``recoverykb schema organization``.
"""

from collections.abc import Iterator

from recoverykb.check.context import Finding, Item
from recoverykb.records.types import Organization

CODE, SEVERITY, TITLE = "RKB401", "error", "a contact that leads nowhere or claims too much"
EXAMPLE = (
    {
        "organizations/our-clinic.toml": """
        [[contacts]]
        purpose = "intake"
        confidence = "low"
        sources = ["sordo-bmj-2017"]
        """
    },
    {
        "organizations/our-clinic.toml": """
        [[contacts]]
        purpose = "intake"
        number = "020 123 4567"
        confidence = "low"
        sources = ["sordo-bmj-2017"]
        """
    },
)


def check(item: Item) -> Iterator[Finding]:
    """Yield a finding for each empty contact and each grade its sources do not carry."""
    if not isinstance(item.record, Organization):
        return
    for position, contact in enumerate(item.record.contacts):
        path = ("contacts", position)
        if not (contact.number or contact.email or contact.url):
            yield item.finding(path, "no number, email or url", "add one or delete the contact")
        if contact.number and contact.confidence == "high" and len(set(contact.sources)) < 2:
            yield item.finding((*path, "confidence"), "one source does not make a number 'high'", "use low")
