"""When a record is due to be looked at again.

Contacts and laws change within a year (a year is also the rule of information-and-referral services,
Inform USA); what reviews and guidelines say holds longer.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

REVIEW_MONTHS: Final[dict[str, int]] = {"organization": 12, "country": 12, "strategy": 24, "guide": 24}
"""Months after which a record of each kind is due: contacts 12, law 12, evidence 24."""


def due_on(kind: str, looked_at: date, policy: Mapping[str, int] = REVIEW_MONTHS) -> date | None:
    """The day on which a record last looked at on ``looked_at`` is due; ``None`` for kinds without one.

    ``policy`` gives the months by kind that a base's manifest asks for.
    """
    months = policy.get(kind, REVIEW_MONTHS.get(kind))
    if months is None:
        return None
    return months_after(looked_at, months)


def months_after(start: date, months: int) -> date:
    """The day ``months`` months after ``start``; the last of a month where the month is shorter."""
    years, month = divmod(start.month - 1 + months, 12)
    first = date(start.year + years, month + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(start.day, last.day))
