"""A contact has a number, an address or a page, and a grade of confidence that its sources carry.

``high`` needs two sources. The grades stand in ``recoverykb schema organization``.
"""

from collections.abc import Iterator

from recoverykb.check.context import Context, RuleInfo
from recoverykb.problem import Problem
from recoverykb.records.types import Organization

CODE, SEVERITY, TITLE = "RKB401", "error", "a contact that leads nowhere or claims too much"


def check(context: Context, rule: RuleInfo) -> Iterator[Problem]:
    """Yield a problem for each empty contact and each grade its sources do not carry."""
    for item, record in context.of(Organization):
        for position, contact in enumerate(record.contacts):
            path = ("contacts", position)
            if not (contact.number or contact.email or contact.url):
                yield context.problem(
                    rule, item, path, "no number, email or url", "add one or delete the contact"
                )
            if contact.number and contact.confidence == "high" and len(set(contact.sources)) < 2:
                yield context.problem(
                    rule, item, (*path, "confidence"), "one source does not make a number 'high'", "use low"
                )
