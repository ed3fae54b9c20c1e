"""How old what a sheet prints may be: past its review date it is marked, past 18 months left out."""

from datetime import date

from recoverykb.records.review import due_on, months_after
from recoverykb.records.types import Contact, Country, Guide, Organization, Strategy
from recoverykb.views.language import Language

STALE_MONTHS = 18
"""A contact that nobody looked at for longer is not handed out unless somebody asks for it."""

Reviewed = Strategy | Country | Guide | Organization


def looked_at(record: Reviewed, contact: Contact | None = None) -> date:
    """The last day on which a record, or one contact of it, was compiled, reviewed or verified."""
    days = [record.compiled, *(review.on for review in record.reviews)]
    if contact is not None and contact.verified:
        days.append(contact.verified.on)
    return max(days)


def is_stale(body: Organization, contact: Contact | None, today: date) -> bool:
    """Whether a contact, or a body without any, is too old to be handed out."""
    return months_after(looked_at(body, contact), STALE_MONTHS) < today


def due_mark(record: Reviewed, today: date, language: Language, contact: Contact | None = None) -> str:
    """That a record or contact is past its review date; empty where it is not."""
    due = due_on(type(record).__name__.lower(), looked_at(record, contact))
    if due is None or due >= today:
        return ""
    return language.say("REVIEW DUE since {day}", day=language.day(due))
