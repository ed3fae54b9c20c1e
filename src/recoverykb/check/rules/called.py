"""A crisis, overdose or emergency line is never called to test it: somebody in need cannot get through.

``verify`` refuses such a check. Whoever wrote one by hand looks the number up on its own page or in a
document, and verifies it that way.
"""

from collections.abc import Iterator

from recoverykb.check.context import Finding, Item, KeyPath
from recoverykb.records.calls import INSTEAD, may_call_line, may_call_part
from recoverykb.records.types import Organization, Record, Verification

CODE, SEVERITY, TITLE = "RKB404", "warning", "a line for people in need that was called to test it"
EXAMPLE = (
    {
        "organizations/our-clinic.toml": """
        [[contacts]]
        purpose = "crisis"
        number = "+41 44 262 66 66"
        confidence = "low"
        sources = ["sordo-bmj-2017"]
        verified = { on = 2026-11-19, by = "Amina", how = "call" }
        """
    },
    {
        "organizations/our-clinic.toml": """
        [[contacts]]
        purpose = "crisis"
        number = "+41 44 262 66 66"
        confidence = "low"
        sources = ["sordo-bmj-2017"]
        verified = { on = 2026-11-19, by = "Amina", how = "site" }
        """
    },
)


def check(item: Item) -> Iterator[Finding]:
    """Yield a finding for each check by call of what is never called."""
    record = item.record
    for position, contact in enumerate(record.contacts if isinstance(record, Organization) else ()):
        if not may_call_line(contact.purpose):
            what = f"the {contact.purpose} line"
            yield from _by_call(item, ("contacts", position, "verified"), contact.verified, what)
            for number, entry in enumerate(contact.earlier):
                yield from _by_call(item, ("contacts", position, "earlier", number), entry, what)
    for number, done in enumerate(record.checks if isinstance(record, Record) else ()):
        if not may_call_part(item.place.kind, done.part):
            what = done.part or "a country with its emergency numbers"
            yield from _by_call(item, ("checks", number), done, what)


def _by_call(item: Item, path: KeyPath, check: Verification | None, what: str) -> Iterator[Finding]:
    if check and check.how == "call":
        yield item.finding((*path, "how"), f"{what} is said to be verified by a call", INSTEAD)
