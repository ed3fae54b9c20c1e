"""Phone lines, asked-for organizations and places: one entry each, its fields in a fixed order."""

import re
from collections.abc import Sequence

from recoverykb.records.types import Contact, Organization
from recoverykb.records.vocabulary import LANGUAGES, PURPOSES
from recoverykb.views.citing import Bibliography
from recoverykb.views.document import Block, Fields, Paragraph, Part, Text, Tone
from recoverykb.views.phrases import contact_address, uncertain
from recoverykb.views.sheet.freshness import Clock
from recoverykb.views.sheet.wish import Making, SheetParts

_HELP_PURPOSES = ("drug-help", "overdose", "crisis", "family")

Row = tuple[str, Text]


def is_help_line(contact: Contact) -> bool:
    """Whether a contact stands among the phone lines of a sheet."""
    return bool(not contact.private and contact.number and contact.purpose in _HELP_PURPOSES)


def help_part(bodies: Sequence[Organization], making: Making) -> list[Block]:
    """Phone lines, drug help first, under a line that says how they were checked."""
    cites = making.cites
    say = cites.language.say
    found = [(body, [contact for contact in body.contacts if is_help_line(contact)]) for body in bodies]
    speaking = sorted(
        ((body, contacts) for body, contacts in found if contacts),
        key=lambda entry: min(_HELP_PURPOSES.index(contact.purpose) for contact in entry[1]),
    )
    heading = say("Someone to talk to")
    if speaking:
        entries = [_line_entry(body, contacts, making) for body, contacts in speaking]
        return [Part(heading, [_check_note(speaking, cites), *entries])]
    if making.parts.country:
        text = say("No phone line for this country is recorded. That does not mean that there is none.")
        return [Part(heading, [Paragraph(Text(text))])]
    return []


def _line_entry(body: Organization, contacts: Sequence[Contact], making: Making) -> Part:
    numbers = [Fields(contact_rows(body, contact, making)) for contact in contacts]
    return Part(full_name(body), [*_alert(body, making.cites), *numbers], 3, keep=True)


def _check_note(speaking: Sequence[tuple[Organization, Sequence[Contact]]], cites: Bibliography) -> Paragraph:
    """How many of these numbers a person checked; the others come from documents only."""
    language = cites.language
    contacts = [contact for _, found in speaking for contact in found]
    text = language.say(
        "Numbers checked by a person: {checked} of {all}. What was not checked comes from documents, last "
        "read on {day}.",
        checked=sum(1 for contact in contacts if contact.verified),
        all=len(contacts),
        day=language.day(max(body.compiled for body, _ in speaking)),
    )
    return Paragraph(Text(text, tone="warning"))


def contact_rows(body: Organization, contact: Contact, making: Making) -> list[Row]:
    """A contact: number, hours, cost, languages, doubts, and when it was checked."""
    cites = making.cites
    say = cites.language.say
    tone: Tone = "warning" if uncertain(contact) else ""
    refs = cites.refs(contact.sources)
    address = contact_address(contact)
    purpose = _purpose(contact, cites)
    beside = "; ".join(part for part in (*_doubts(contact, cites), purpose.value) if part)
    told = purpose._replace(value=beside, refs=refs, tone=tone, lead=address, dial=dial(contact))
    rows: list[Row] = [(_label(contact, cites), told)]
    if contact.number:
        hours = (
            cites.words("", contact.schedule) if contact.schedule else Text(say("not recorded; call first"))
        )
        cost = (
            cites.words("", contact.fees_description)
            if contact.fees_description
            else Text(say("not recorded; ask about cost"))
        )
        rows += [(say("Hours"), hours), (say("Cost"), cost)]
    if contact.languages:
        spoken = [cites.language.word(LANGUAGES.get(tag.split("-", 1)[0], tag)) for tag in contact.languages]
        rows.append((say("Languages"), Text(", ".join(spoken))))
    if contact.conflict:
        rows.append((say("Sources differ"), cites.words("", contact.conflict, tone="warning")))
    if contact.note:
        rows.append((say("Note"), cites.words("", contact.note)))
    rows.append((say("Checked"), checked(body, contact, cites, making.clock)))
    return rows


def _label(contact: Contact, cites: Bibliography) -> str:
    say = cites.language.say
    if not contact.number:
        return say("Mail") if contact.email else say("Web")
    return {
        "voice": say("Phone"),
        "text": say("Text message"),
        "textphone": say("Textphone"),
        "chat": say("Chat"),
        "fax": say("Fax"),
    }[contact.type]


def _purpose(contact: Contact, cites: Bibliography) -> Text:
    """What a contact is for: in the source's words, and in ours where those are in another language."""
    ours = cites.language.word(PURPOSES[contact.purpose])
    if contact.description and cites.language.english:
        return Text(contact.description)
    return cites.words(ours, contact.description)


def _doubts(contact: Contact, cites: Bibliography) -> list[str]:
    """What speaks against a number, in a few words that stand beside it."""
    say = cites.language.say
    doubts = {"low": say("TO BE CONFIRMED before use"), "medium": say("no official source seen")}
    found = [doubts[contact.confidence]] if contact.confidence in doubts else []
    return [*found, say("SOURCES DIFFER, see below")] if contact.conflict else found


def checked(body: Organization, contact: Contact, cites: Bibliography, clock: Clock) -> Text:
    """When and how a contact was last checked; from papers only, where no person checked it."""
    language = cites.language
    due = clock.due_mark(body, language, contact)
    if contact.verified:
        done = contact.verified
        text = language.say(
            "{day} by {name} ({how})", day=language.day(done.on), name=done.by, how=language.word(done.how)
        )
    else:
        when = cites.when(contact.sources, contact.year)
        day = language.day(body.compiled)
        text = language.say("by nobody; from documents ({when}), read {day}", when=when, day=day)
    return Text(f"{text}. {due}" if due else text, tone="warning" if due else "")


def dial(contact: Contact) -> str:
    """The number as a phone takes it; empty where it has letters or cannot be dialled by voice or text."""
    if contact.type not in ("voice", "text", "textphone") or not re.fullmatch(
        r"[+0-9() .\-/]+", contact.number
    ):
        return ""
    return re.sub(r"[^+0-9]", "", contact.number)


def contact_part(body: Organization, making: Making) -> Part:
    """An organization with everything but the numbers that stand among the phone lines."""
    cites = making.cites
    say = cites.language.say
    contacts = [contact for contact in body.contacts if not contact.private]
    blocks: list[Block] = [
        *_alert(body, cites),
        Paragraph(cites.words("", body.summary, cites.refs(body.sources))),
    ]
    rows: list[Row] = []
    for contact in contacts:
        if not is_help_line(contact):
            rows += contact_rows(body, contact, making)
    if any(is_help_line(contact) for contact in contacts):
        rows.append((say("Phone"), Text(say("see “Someone to talk to”"))))
    elif not any(contact.number for contact in contacts):
        rows.append((say("Phone"), Text(say("no number is recorded; ask your worker"))))
    rows += _about(body, cites, making.parts)
    if not contacts:
        rows.append((say("Checked"), _body_checked(body, cites, making.clock)))
    blocks.append(Fields(rows))
    return Part(full_name(body), blocks, 3, keep=True)


def _about(body: Organization, cites: Bibliography, parts: SheetParts) -> list[Row]:
    """What an organization offers, to whom, how to start and what it costs."""
    say = cites.language.say
    rows: list[Row] = []
    if body.city:
        rows.append((say("Place"), Text(body.city)))
    names = {service: cites.language.word(parts.names.get(service, service)) for service in body.services}
    for label, offers in (
        (say("Offers"), [name for service, name in names.items() if service not in parts.harmful]),
        (
            say("Offers too, not recommended"),
            [name for service, name in names.items() if service in parts.harmful],
        ),
    ):
        if offers:
            rows.append((label, Text(", ".join(offers))))
    for label, words in (
        (say("Who can come"), body.eligibility_description),
        (say("How to start"), body.application_process),
    ):
        if words:
            rows.append((label, cites.words("", words)))
    if body.fees_description:
        rows.append((say("Cost"), cites.words("", body.fees_description)))
    elif not any(contact.number for contact in body.contacts):
        rows.append((say("Cost"), Text(say("not recorded; ask about cost"))))
    if body.url:
        rows.append((say("Web"), Text(body.url, link=True)))
    care = say("Take care")
    return [
        *rows,
        *((care, cites.dated(claim.text, claim)._replace(tone="warning")) for claim in body.cautions),
    ]


def _body_checked(body: Organization, cites: Bibliography, clock: Clock) -> Text:
    language = cites.language
    text = language.say("by nobody; from documents, read {day}", day=language.day(body.compiled))
    due = clock.due_mark(body, language)
    return Text(f"{text}. {due}" if due else text, tone="warning" if due else "")


def _alert(body: Organization, cites: Bibliography) -> list[Block]:
    if not body.alert:
        return []
    lead = cites.language.say("Know first:")
    return [Paragraph(cites.words("", body.alert, tone="warning", lead=lead))]


def full_name(body: Organization) -> str:
    """The name of an organization with its short form."""
    return f"{body.name} ({body.acronym})" if body.acronym else body.name
