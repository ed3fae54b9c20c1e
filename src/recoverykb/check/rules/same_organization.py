"""Two records of one organization split its contacts and go out of step: keep one, and move the rest there.

Two organizations of one country are taken for one when they share a name, a web address or a phone
number. A body and its parent, or records that name each other in ``related``, may share them.
"""

from collections.abc import Iterator
from typing import NamedTuple

from recoverykb.check.context import Across, Context, Finding, Item, KeyPath, Place
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


class _Mark(NamedTuple):
    """What no two bodies of one country should share, and where it stands."""

    text: str
    path: KeyPath


class _Body(NamedTuple):
    """What an organization is known by: its country, its kin, and its marks."""

    country: str
    kin: list[str]
    marks: list[_Mark]


class Check(Across[_Body]):
    """Knows the first organization with each mark, and its kin."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.first: dict[str, tuple[str, tuple[str, ...]]] = {}

    @staticmethod
    def facts(item: Item) -> _Body | None:
        """Note what an organization is known by."""
        record = item.record
        if not isinstance(record, Organization):
            return None
        kin = [*([record.parent] if record.parent else []), *record.related]
        return _Body(record.country or "", kin, list(_marks(record)))

    def see(self, place: Place, fact: _Body) -> Iterator[Finding]:
        """Yield a finding for each unrelated earlier organization that shares a mark."""
        own = (place.id, tuple(fact.kin))
        reported = {place.id}
        for mark, path in fact.marks:
            first, kin = self.first.setdefault(f"{fact.country} {mark}", own)
            if first in reported or first in fact.kin or place.id in kin:
                continue
            reported.add(first)
            hint = f"merge the two, or name {first} in related or parent"
            yield Finding(place, path, f"shares '{mark}' with {first}", hint)


def _marks(record: Organization) -> Iterator[_Mark]:
    yield _Mark(key(record.name), ("name",))
    if record.url:
        yield _Mark(bare_address(record.url), ("url",))
    for position, contact in enumerate(record.contacts):
        digits = "".join(char for char in contact.number if char.isdigit())
        if digits and not contact.private:
            yield _Mark(digits, ("contacts", position, "number"))
