"""The summary and other prose of a record state facts, so the record names sources of its own.

Exempt: an organization that is never offered (``referral = false``) and says so in ``alert``, and a
guide whose every item has sources.
"""

from collections.abc import Iterator

from recoverykb.check.context import Context, RuleInfo
from recoverykb.problem import Problem
from recoverykb.records.types import Guide, Organization, Record

CODE, SEVERITY, TITLE = "RKB104", "error", "a record without a source"


def check(context: Context, rule: RuleInfo) -> Iterator[Problem]:
    """Yield a problem for each record whose own prose rests on nothing."""
    for item, record in context.of(Record):
        exempt = isinstance(record, Guide) or (
            isinstance(record, Organization) and not record.referral and record.alert
        )
        if not record.sources and not exempt:
            yield context.problem(
                rule, item, ("summary",), "the record names no source", "add sources = [...]"
            )
