"""The resource sheet: a page to hand over, print or pin up.

Order (see the research note on printed guides): title and place, emergency strip, phone help,
options, contacts, questions to ask, a box for a note, sources, dates and publisher.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from recoverykb.records.types import Contact, Country, Guide, Organization, Source, Strategy
from recoverykb.records.vocabulary import RATINGS
from recoverykb.views.citing import Bibliography, day
from recoverykb.views.detail import section_part
from recoverykb.views.detail_country import rows_by_service, service_order
from recoverykb.views.document import Block, Bullets, Document, NoteBox, Paragraph, Part, Strip, Text, Tidy
from recoverykb.views.phrases import availability_text, contact_text, differing, emergency, law_text

PUBLISHER = (
    "Made with recoverykb, a free knowledge base of ways out of opioid dependence. Information, not medical "
    "advice. A listing is not an endorsement. If something is wrong here, tell the "
    "team that gave you this page."
)
_HELP_PURPOSES = ("drug-help", "overdose", "crisis", "family")


@dataclass(frozen=True, slots=True)
class SheetParts:
    """What a sheet is made of, in the order it was asked for."""

    country: Country | None
    strategies: Sequence[Strategy]
    organizations: Sequence[Organization]
    guides: Sequence[Guide]
    overdose: Guide | None
    questions: Guide | None
    lines: Sequence[Organization]
    """Organizations whose phone lines serve the country."""
    sources: Mapping[str, Source]
    names: dict[str, str]
    title: str = ""
    asked: Sequence[str] = field(default_factory=tuple)
    """The ids that were asked for by name; the other options come with the country."""


def sheet_document(parts: SheetParts, *, today: date) -> Document:
    """The sheet. Harmful options never stand among options, and what is no referral is left out, said so."""
    cites = Bibliography(parts.sources)
    warned = [strategy for strategy in parts.strategies if _is_harmful(strategy)]
    offered = [strategy for strategy in parts.strategies if not _is_harmful(strategy)]
    named = [body for body in parts.organizations if body.referral]
    left_out = [body.name for body in parts.organizations if not body.referral]
    blocks: list[Block] = [_strip(parts, cites)]
    blocks += _phone_help(parts, cites)
    blocks += [_option(strategy, parts, cites) for strategy in offered]
    blocks += [_warning(strategy, parts, cites) for strategy in warned]
    if named:
        blocks.append(Part("Contacts", [block for body in named for block in _contact_blocks(body, cites)]))
    blocks += _country_part(parts, cites)
    blocks += _guide_parts(parts, cites)
    blocks += _questions(parts, offered)
    blocks.append(NoteBox("Your worker's note"))
    footer = [_checked_line(parts), f"Printed {day(today)}.", PUBLISHER]
    if left_out:
        footer.insert(0, f"Left out, because no independent source vouches for it: {', '.join(left_out)}.")
    ids = [record.id for record in (*parts.strategies, *parts.organizations, *parts.guides)]
    return Document(
        title=_title(parts),
        subtitle=f"{parts.country.name if parts.country else 'Any country'} · English",
        blocks=blocks,
        data={
            "title": _title(parts),
            "country": parts.country.id if parts.country else None,
            "records": ids,
            "left_out": left_out,
            "sources": cites.data(),
        },
        ids=ids,
        tidy=Tidy(("id",), [(record_id,) for record_id in ids]),
        references=cites.references(),
        footer=footer,
    )


def _title(parts: SheetParts) -> str:
    if parts.title:
        return parts.title
    place = f" in {parts.country.name}" if parts.country else ""
    if len(parts.asked) == 1 and len(parts.strategies) == 1:
        return f"{parts.strategies[0].name}{place}"
    return f"Help with opioids{place}"


def _is_harmful(strategy: Strategy) -> bool:
    return strategy.category == "avoid-or-caution" or strategy.evidence.rating == "harmful"


def _strip(parts: SheetParts, cites: Bibliography) -> Strip:
    numbers = emergency(parts.country, cites) if parts.country else None
    if numbers is None:
        blank = Text(
            "no number is recorded. Write the local one here: ____________", tone="danger", lead="Ambulance:"
        )
        blocks: list[Block] = [Paragraph(blank)]
    else:
        blocks = [
            Paragraph(Text("", tone="danger", lead=f"Ambulance: {numbers.spoken}")),
            Bullets(numbers.lines),
        ]
    guide = parts.overdose
    if guide:
        for section in guide.sections:
            if section.card:
                steps = [Text(item.text, cites.refs(item.sources)) for item in section.items]
                blocks.append(Bullets(steps, section.ordered))
        if guide.clinical and not guide.reviews:
            text = "These steps are compiled from published guidance. They were not reviewed by a clinician."
            blocks.append(Paragraph(Text(text, tone="warning")))
    return Strip("If someone may have overdosed", blocks)


def _phone_help(parts: SheetParts, cites: Bibliography) -> list[Block]:
    found = [
        (_HELP_PURPOSES.index(contact.purpose), body, contact)
        for body in parts.lines
        if body.referral
        for contact in body.contacts
        if not contact.private and contact.number and contact.purpose in _HELP_PURPOSES
    ]
    found.sort(key=lambda entry: entry[0])
    lines = [_line(body, contact, cites) for _, body, contact in found]
    if not lines and parts.country:
        lines = [Text("No phone line for this country is recorded. That does not mean that there is none.")]
    return [Part("Someone to talk to", [Bullets(lines)])] if lines else []


def _line(body: Organization, contact: Contact, cites: Bibliography) -> Text:
    text = contact_text(contact, body, cites)
    return Text(f"{body.name}. {text.value}.", text.refs, text.tone, text.lead)


def _option(strategy: Strategy, parts: SheetParts, cites: Bibliography) -> Part:
    refs = cites.refs(strategy.sources)
    blocks: list[Block] = [Paragraph(Text(strategy.summary, refs))]
    here = rows_by_service(parts.country, cites).get(strategy.id) if parts.country else None
    if parts.country and here:
        told = availability_text(here[0], cites)
        blocks.append(
            Paragraph(Text(told.value, told.refs, told.tone, f"In {parts.country.name}: {told.lead}"))
        )
        other = differing(here, cites)
        if other:
            blocks.append(Paragraph(other))
    elif parts.country and strategy.service:
        blocks.append(Paragraph(Text(f"In {parts.country.name}: not recorded. That does not mean “no”.")))
    for lead, prose in (("For whom:", strategy.suits), ("How to start:", strategy.how_to_start)):
        if prose and strategy.id in parts.asked:
            blocks.append(Paragraph(Text(prose, refs, lead=lead)))
    evidence = strategy.evidence
    blocks.append(
        Paragraph(
            Text(
                f"{evidence.rating} ({RATINGS[evidence.rating]}).",
                cites.refs(evidence.sources),
                lead="Evidence:",
            )
        )
    )
    if strategy.cautions and strategy.id in parts.asked:
        blocks.append(Part("Take care", [Bullets([cites.claim(claim) for claim in strategy.cautions])], 3))
    return Part(strategy.name, blocks)


def _warning(strategy: Strategy, parts: SheetParts, cites: Bibliography) -> Part:
    evidence = strategy.evidence
    blocks: list[Block] = [
        Paragraph(
            cites.cite(
                evidence.basis,
                evidence.sources,
                evidence.year,
                lead=f"Evidence: {evidence.rating}.",
                tone="danger",
            )
        ),
        Paragraph(Text(strategy.summary, cites.refs(strategy.sources))),
    ]
    if evidence.findings:
        blocks.append(Bullets([cites.claim(found) for found in evidence.findings]))
    if strategy.alternatives:
        names = "; ".join(parts.names.get(other, other) for other in strategy.alternatives)
        blocks.append(Paragraph(Text(names, lead="Ask for instead:", tone="good")))
    return Part(f"Not recommended: {strategy.name}", blocks)


def _contact_blocks(body: Organization, cites: Bibliography) -> list[Block]:
    lines: list[Text] = []
    if body.alert:
        lines.append(Text(body.alert, tone="warning", lead="Note:"))
    lines.append(Text(body.summary, cites.refs(body.sources)))
    contacts = [contact for contact in body.contacts if not contact.private]
    lines += [contact_text(contact, body, cites) for contact in contacts]
    if not any(contact.number for contact in contacts):
        lines.append(Text("No phone number is recorded: ask your worker."))
    if body.url:
        lines.append(Text(body.url, lead="Web:"))
    lines.append(Text(body.fees_description or "ask", lead="Cost:"))
    lines += [cites.claim(claim) for claim in body.cautions]
    return [Part(body.name + (f" ({body.acronym})" if body.acronym else ""), [Bullets(lines)], 3)]


def _country_part(parts: SheetParts, cites: Bibliography) -> list[Block]:
    country = parts.country
    if country is None:
        return []
    blocks: list[Block] = [Paragraph(law_text(country, cites))]
    if country.law is None:
        blocks.append(Paragraph(Text("That does not mean that it is allowed.")))
    return [Part("The law on having drugs for yourself", blocks)]


def _guide_parts(parts: SheetParts, cites: Bibliography) -> list[Block]:
    """The guides that were asked for, without the sections that the strip already shows."""
    on_strip = parts.overdose.id if parts.overdose else None
    return [
        section_part(section, parts.names, cites)
        for guide in parts.guides
        for section in guide.sections
        if not (section.card and guide.id == on_strip)
    ]


def _questions(parts: SheetParts, offered: Sequence[Strategy]) -> list[Block]:
    asked = [
        question for strategy in offered if strategy.id in parts.asked for question in strategy.questions
    ]
    if parts.questions and parts.questions.id not in parts.asked:
        asked += parts.questions.sections[0].questions
    unique = list(dict.fromkeys(asked))
    return [Part("Questions to ask", [Bullets([Text(question) for question in unique])])] if unique else []


def _checked_line(parts: SheetParts) -> str:
    """The span of days on which the records of the sheet were looked at, and by whom."""
    records: list[Strategy | Country | Organization | Guide] = [
        *parts.strategies,
        *parts.organizations,
        *parts.lines,
    ]
    records += parts.guides
    records += [record for record in (parts.country, parts.overdose, parts.questions) if record]
    if not records:
        return "Nothing on this page was checked."
    days = sorted(record.compiled for record in records)
    span = f"on {day(days[0])}" if days[0] == days[-1] else f"between {day(days[0])} and {day(days[-1])}"
    bodies = {body.id: body for body in (*parts.organizations, *parts.lines)}.values()
    contacts = [contact for body in bodies for contact in body.contacts if not contact.private]
    verified = sum(1 for contact in contacts if contact.verified)
    return f"Compiled from documents {span}. Contacts checked by a person: {verified} of {len(contacts)}."


def default_options(
    country: Country, strategies: Mapping[str, Strategy], cites: Bibliography
) -> list[Strategy]:
    """The services a country has in some form, newest row first decides; in the order of tables."""
    known = rows_by_service(country, cites)
    return [
        strategies[service]
        for service in service_order(strategies.values())
        if service in strategies
        and service in known
        and known[service][0].availability in ("yes", "limited", "pilot")
    ]
