"""How old what a sheet prints may be: past its review date it is marked, past 18 months left out."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from recoverykb.records.review import REVIEW_MONTHS, due_on, months_after
from recoverykb.records.types import Contact, Country, Guide, Organization, Strategy
from recoverykb.storage.rows import last_look, whole_look
from recoverykb.views.language import Language

STALE_MONTHS = 18
"""A contact that nobody looked at for longer is not handed out unless somebody asks for it."""

Reviewed = Strategy | Country | Guide | Organization


def looked_at(record: Reviewed, contact: Contact | None = None) -> date:
    """The last day on which a record, or one contact of it, was compiled, reviewed or checked."""
    whole = whole_look(record)
    return last_look(contact, whole) if contact else whole


def is_stale(body: Organization, contact: Contact | None, today: date) -> bool:
    """Whether a contact, or a body without any, is too old to be handed out."""
    return months_after(looked_at(body, contact), STALE_MONTHS) < today


class Clock(NamedTuple):
    """The day of a sheet, and after how many months the records of each base are due, by record id."""

    today: date
    policies: Mapping[str, Mapping[str, int]]

    def due_mark(self, record: Reviewed, language: Language, contact: Contact | None = None) -> str:
        """That a record or contact is past its review date; empty where it is not."""
        policy = self.policies.get(record.id, REVIEW_MONTHS)
        due = due_on(type(record).__name__.lower(), looked_at(record, contact), policy)
        if due is None or due >= self.today:
            return ""
        return language.say("REVIEW DUE since {day}", day=language.day(due))
