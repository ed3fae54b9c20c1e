"""What people did with a record: checks of it and of its contacts, and that it was retired."""

from collections.abc import Iterator, Mapping

from recoverykb.records.types import Organization, Record, Verification
from recoverykb.views.citing import capital, day
from recoverykb.views.document import Block, Bullets, Paragraph, Part, Text
from recoverykb.views.phrases import contact_address, retired_text


def retired_blocks(record: Record, names: Mapping[str, str]) -> list[Block]:
    """That the record is not to be used any more; nothing for one that is in use."""
    text = retired_text(record, names)
    return [Paragraph(Text(text, tone="danger"))] if text else []


def checks_blocks(record: Record) -> list[Block]:
    """Every check by a person, newest first; nothing where nobody checked."""
    lines = sorted(_checks(record), key=lambda entry: entry[0].on, reverse=True)
    told = [Text(capital(check_text(check, part))) for check, part in lines]
    return [Part("Checked by people", [Bullets(told)])] if told else []


def _checks(record: Record) -> Iterator[tuple[Verification, str]]:
    """Each check with what was checked, in words."""
    for check in record.checks:
        yield check, check.part or "the whole record"
    if isinstance(record, Organization):
        for contact in record.contacts:
            if not contact.private:
                found = [contact.verified, *contact.earlier] if contact.verified else contact.earlier
                yield from ((check, contact_address(contact)) for check in found)


def check_text(check: Verification, part: str) -> str:
    """A check in words: what, when, who, how, and what was found."""
    note = f": {check.note.rstrip('.')}" if check.note else ""
    return f"{part}, {day(check.on)}, by {check.by} ({check.how}){note}"
