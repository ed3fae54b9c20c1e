"""Two records of one organization split its contacts and go out of step: keep one, and move the rest there.

Two organizations of one country are taken for one when they share a name, a web address or a phone
number. A body and its parent, or records that name each other in ``related``, may share them.
"""

from collections import defaultdict
from collections.abc import Iterator

from recoverykb.check.context import Context, Item, KeyPath, RuleInfo
from recoverykb.fold import key
from recoverykb.problem import Problem
from recoverykb.records.types import Organization

CODE, SEVERITY, TITLE = "RKB403", "warning", "two organizations that are one"

_Place = tuple[Item, Organization, KeyPath]


def check(context: Context, rule: RuleInfo) -> Iterator[Problem]:
    """Yield a problem for each organization that shares a mark with an unrelated earlier one."""
    owners: dict[tuple[str, str], list[_Place]] = defaultdict(list)
    for item, record in context.of(Organization):
        for mark, path in _marks(record):
            owners[(record.country or "", mark)].append((item, record, path))
    reported: set[tuple[str, str]] = set()
    for (_, mark), places in owners.items():
        _, first, _ = places[0]
        for item, record, path in places[1:]:
            pair = (first.id, record.id)
            if first.id != record.id and not _kin(first, record) and pair not in reported:
                reported.add(pair)
                hint = f"merge the two, or name {first.id} in related or parent"
                yield context.problem(rule, item, path, f"shares '{mark}' with {first.id}", hint)


def _marks(record: Organization) -> Iterator[tuple[str, KeyPath]]:
    """What no two bodies of one country should share, with the place where it stands."""
    yield key(record.name), ("name",)
    if record.url:
        yield record.url.split("://", 1)[-1].removeprefix("www.").rstrip("/").lower(), ("url",)
    for position, contact in enumerate(record.contacts):
        digits = "".join(char for char in contact.number if char.isdigit())
        if digits and not contact.private:
            yield digits, ("contacts", position, "number")


def _kin(first: Organization, second: Organization) -> bool:
    """Whether one of two organizations names the other as its parent or as related."""
    return second.id in (first.parent, *first.related) or first.id in (second.parent, *second.related)
