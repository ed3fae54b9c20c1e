"""The parts of a sheet: emergency strip, phone help, options, warnings, contacts, places."""

from collections.abc import Mapping, Sequence

from recoverykb.records.types import Contact, Country, Guide, Organization, Strategy
from recoverykb.records.vocabulary import RATINGS
from recoverykb.views.citing import Bibliography, day
from recoverykb.views.detail_country import rows_by_service
from recoverykb.views.document import Block, Bullets, Paragraph, Part, Strip, Text
from recoverykb.views.phrases import availability_text, contact_text, differing, emergency, named

_HELP_PURPOSES = ("drug-help", "overdose", "crisis", "family")


def overdose_strip(country: Country | None, guide: Guide | None, cites: Bibliography) -> Strip:
    """What to do in an overdose, with the ambulance number of the country or a blank for it."""
    numbers = emergency(country, cites) if country else None
    if numbers is None:
        text = "no number is recorded. Write the local one here: ____________"
        blocks: list[Block] = [Paragraph(Text(text, tone="danger", lead="Ambulance:"))]
    else:
        call = Text("", tone="danger", lead=f"Ambulance: {numbers.spoken}")
        blocks = [Paragraph(call), Bullets(numbers.lines)]
    for section in guide.sections if guide else ():
        if section.card:
            steps = [Text(item.text, cites.refs(item.sources)) for item in section.items]
            blocks.append(Bullets(steps, section.ordered))
    if guide and guide.clinical and not guide.reviews:
        text = "These steps are compiled from published guidance. They were not reviewed by a clinician."
        blocks.append(Paragraph(Text(text, tone="warning")))
    return Strip("If someone may have overdosed", blocks)


def help_lines(bodies: Sequence[Organization], country: Country | None, cites: Bibliography) -> list[Block]:
    """Phone lines, drug help first, under a line that says how they were checked."""
    found = [
        (_HELP_PURPOSES.index(contact.purpose), body, contact)
        for body in bodies
        if body.offered
        for contact in body.contacts
        if is_help_line(contact)
    ]
    found.sort(key=lambda entry: entry[0])
    lines = []
    for _, body, contact in found:
        line = contact_text(contact, body, cites, brief=True)
        lines.append(Text(f"{body.name}. {line.value}.", line.refs, line.tone, line.lead))
    if lines:
        note = _check_note([(body, contact) for _, body, contact in found])
        return [Part("Someone to talk to", [note, Bullets(lines)])]
    if country:
        text = "No phone line for this country is recorded. That does not mean that there is none."
        return [Part("Someone to talk to", [Paragraph(Text(text))])]
    return []


def is_help_line(contact: Contact) -> bool:
    """Whether a contact stands among the phone lines of a sheet."""
    return bool(not contact.private and contact.number and contact.purpose in _HELP_PURPOSES)


def _check_note(contacts: Sequence[tuple[Organization, Contact]]) -> Paragraph:
    """How many of these numbers a person checked; the others come from documents only."""
    verified = sum(1 for _, contact in contacts if contact.verified)
    days = [body.compiled for body, _ in contacts]
    text = (
        f"Checked by a person: {verified} of {len(contacts)} numbers. The others were compiled from "
        f"documents, last on {day(max(days))}; the year of the newest document stands with each."
    )
    return Paragraph(Text(text, tone="warning"))


def option_part(strategy: Strategy, country: Country | None, cites: Bibliography, *, whole: bool) -> Part:
    """An option: what it is, whether it is there, how good the evidence is; ``whole`` with all the rest."""
    refs = cites.refs(strategy.sources)
    blocks: list[Block] = [Paragraph(Text(strategy.summary, refs)), *_availability(strategy, country, cites)]
    for lead, prose in (("For whom:", strategy.suits), ("How to start:", strategy.how_to_start)):
        if prose and whole:
            blocks.append(Paragraph(Text(prose, refs, lead=lead)))
    evidence = strategy.evidence
    rating = f"{evidence.rating} ({RATINGS[evidence.rating]})."
    blocks.append(Paragraph(Text(rating, cites.refs(evidence.sources), lead="Evidence:")))
    if strategy.cautions and whole:
        blocks.append(Part("Take care", [Bullets([cites.claim(claim) for claim in strategy.cautions])], 3))
    return Part(strategy.name, blocks)


def _availability(strategy: Strategy, country: Country | None, cites: Bibliography) -> list[Block]:
    """Whether the country has it, by the newest row, and what other sources say."""
    if country is None:
        return []
    rows = rows_by_service(country, cites).get(strategy.id)
    if not rows:
        text = f"In {named(country)}: not recorded. That does not mean “no”."
        return [Paragraph(Text(text))] if strategy.service else []
    told = availability_text(rows[0], cites)
    lead = f"In {named(country)}: {told.lead}"
    blocks: list[Block] = [Paragraph(Text(told.value, told.refs, told.tone, lead))]
    other = differing(rows, cites)
    return [*blocks, Paragraph(other)] if other else blocks


def warning_part(strategy: Strategy, names: Mapping[str, str], cites: Bibliography) -> Part:
    """A harmful option that was asked for: what the evidence says, and what to ask for instead."""
    evidence = strategy.evidence
    lead = f"Evidence: {evidence.rating}."
    basis = cites.cite(evidence.basis, evidence.sources, evidence.year, lead=lead, tone="danger")
    blocks: list[Block] = [Paragraph(basis), Paragraph(Text(strategy.summary, cites.refs(strategy.sources)))]
    if evidence.findings:
        blocks.append(Bullets([cites.claim(found) for found in evidence.findings]))
    if strategy.alternatives:
        text = "; ".join(names.get(other, other) for other in strategy.alternatives)
        blocks.append(Paragraph(Text(text, lead="Ask for instead:", tone="good")))
    return Part(f"Not recommended: {strategy.name}", blocks)


def contact_part(body: Organization, names: Mapping[str, str], cites: Bibliography) -> Part:
    """An organization that was asked for, with everything but the numbers that stand among the lines."""
    lines = _first_lines(body, cites)
    contacts = [contact for contact in body.contacts if not contact.private]
    lines += [contact_text(contact, body, cites) for contact in contacts if not is_help_line(contact)]
    if any(is_help_line(contact) for contact in contacts):
        lines.append(Text("see “Someone to talk to”.", lead="Phone:"))
    elif not any(contact.number for contact in contacts):
        lines.append(Text("No phone number is recorded: ask your worker."))
    for lead, prose in (
        ("Web:", body.url or ""),
        ("Offers:", ", ".join(names.get(other, other) for other in body.services)),
        ("Who can come:", body.eligibility_description),
        ("How to start:", body.application_process),
        ("Cost:", body.fees_description or "ask"),
    ):
        if prose:
            lines.append(Text(prose, lead=lead, link=lead == "Web:"))
    lines += [cites.claim(claim) for claim in body.cautions]
    return Part(_full_name(body), [Bullets(lines)], 3)


def place_part(body: Organization, names: Mapping[str, str], cites: Bibliography) -> Part:
    """An organization of the country in short: what it is, what it offers, how to reach it."""
    lines = _first_lines(body, cites)
    contacts = [contact for contact in body.contacts if not contact.private and not is_help_line(contact)]
    lines += [contact_text(contact, body, cites) for contact in contacts]
    for lead, prose in (
        ("Offers:", ", ".join(names.get(other, other) for other in body.services)),
        ("How to start:", body.application_process),
        ("Web:", body.url or ""),
    ):
        if prose:
            lines.append(Text(prose, lead=lead, link=lead == "Web:"))
    return Part(_full_name(body), [Bullets(lines)], 3)


def _first_lines(body: Organization, cites: Bibliography) -> list[Text]:
    alert = [Text(body.alert, tone="warning", lead="Note:")] if body.alert else []
    return [*alert, Text(body.summary, cites.refs(body.sources))]


def _full_name(body: Organization) -> str:
    return f"{body.name} ({body.acronym})" if body.acronym else body.name
