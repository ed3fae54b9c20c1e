"""Two records of one organization split its contacts and go out of step: keep one, and move the rest there.

Two organizations of one country are taken for one when they share a name, a web address or a phone
number. A body and its parent, or records that name each other in ``related``, may share them.
"""

from collections.abc import Iterator
from typing import NamedTuple

from recoverykb.check.context import Across, Context, Finding, Item, KeyPath
from recoverykb.check.rules.same_address import bare_address
from recoverykb.fold import key
from recoverykb.records.types import Organization

CODE, SEVERITY, TITLE = "RKB403", "warning", "two organizations that are one"
EXAMPLE = (
    {
        "organizations/clinics.toml": """
        [[organization]]
        id = "our-clinic"
        name = "Our Clinic"

        [[organization]]
        id = "night-clinic"
        name = "Our Clinic"
        """
    },
    {
        "organizations/clinics.toml": """
        [[organization]]
        id = "our-clinic"
        name = "Our Clinic"

        [[organization]]
        id = "night-clinic"
        name = "Our Clinic"
        parent = "our-clinic"
        """
    },
)


class _Body(NamedTuple):
    """What is kept of an organization: its id, and the ids of its kin."""

    id: str
    kin: tuple[str | None, ...]


class Check(Across):
    """Knows the first organization with each mark."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.first: dict[str, _Body] = {}

    def see(self, item: Item) -> Iterator[Finding]:
        """Yield a finding for each unrelated earlier organization that shares a mark."""
        record = item.record
        if not isinstance(record, Organization):
            return
        body = _Body(record.id, (record.parent, *record.related))
        reported = {record.id}
        for mark, path in _marks(record):
            first = self.first.setdefault(f"{record.country or ''} {mark}", body)
            if first.id in reported or first.id in body.kin or body.id in first.kin:
                continue
            reported.add(first.id)
            hint = f"merge the two, or name {first.id} in related or parent"
            yield item.finding(path, f"shares '{mark}' with {first.id}", hint)


def _marks(record: Organization) -> Iterator[tuple[str, KeyPath]]:
    """What no two bodies of one country should share, with the place where it stands."""
    yield key(record.name), ("name",)
    if record.url:
        yield bare_address(record.url), ("url",)
    for position, contact in enumerate(record.contacts):
        digits = "".join(char for char in contact.number if char.isdigit())
        if digits and not contact.private:
            yield digits, ("contacts", position, "number")
