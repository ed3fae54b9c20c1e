"""The resource sheet: a page to hand over, print or pin up.

Order (see the research note on printed guides): title and place, emergency strip, phone help,
options, contacts, questions to ask, a box for a note, sources, dates and publisher.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from recoverykb.records.types import Country, Guide, Organization, Record, Source, Strategy
from recoverykb.views.citing import Bibliography, day
from recoverykb.views.detail import section_part
from recoverykb.views.detail_country import rows_by_service, service_order
from recoverykb.views.document import Block, Bullets, Document, NoteBox, Paragraph, Part, Text, Tidy
from recoverykb.views.phrases import NOT_CERTAIN, law_text, named, retired_text
from recoverykb.views.sheet_blocks import (
    contact_part,
    help_lines,
    option_part,
    overdose_strip,
    place_part,
    warning_part,
)

PUBLISHER = (
    "Made with recoverykb, a free knowledge base of ways out of opioid dependence. Information, not medical "
    "advice. A listing is not an endorsement. If something is wrong here, tell the "
    "team that gave you this page."
)


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
    """Organizations whose phone lines serve the country, and the named ones."""
    sources: Mapping[str, Source]
    names: dict[str, str]
    title: str = ""
    asked: Sequence[str] = field(default_factory=tuple)
    """The ids that were asked for by name; the other options come with the country."""
    places: Sequence[Organization] = ()
    """Organizations of the country to list when nothing was asked for by name."""
    services: Sequence[str] = ()
    """The services to account for when nothing was asked for by name, in order."""
    retired: Sequence[Record] = ()
    """Records that were asked for and are no longer to be used: only named."""


def sheet_document(parts: SheetParts, *, today: date) -> Document:
    """The sheet. Harmful options never stand among options, and what is no referral is left out, said so."""
    cites = Bibliography(parts.sources)
    warned = [strategy for strategy in parts.strategies if is_harmful(strategy)]
    offered = [strategy for strategy in parts.strategies if not is_harmful(strategy)]
    bodies = [body for body in parts.organizations if body.offered]
    left_out = [body.name for body in parts.organizations if not body.referral]
    gone = [(record, retired_text(record, parts.names)) for record in parts.retired]
    blocks: list[Block] = []
    if left_out:
        text = f"Left out, because no independent source vouches for it: {', '.join(left_out)}."
        blocks.append(Paragraph(Text(text, tone="warning")))
    blocks += [Paragraph(Text(f"Left out: {record.name}. {text}", tone="warning")) for record, text in gone]
    blocks.append(overdose_strip(parts.country, parts.overdose, cites))
    blocks += _asked_guides(parts, cites, overdose=True)
    speakers = {body.id: body for body in (*bodies, *parts.lines)}.values()
    blocks += help_lines(list(speakers), parts.country, cites)
    blocks += [
        option_part(strategy, parts.country, cites, whole=strategy.id in parts.asked) for strategy in offered
    ]
    blocks += _not_here(parts, cites)
    blocks += [warning_part(strategy, parts.names, cites) for strategy in warned]
    if bodies:
        blocks.append(Part("Contacts", [contact_part(body, parts.names, cites) for body in bodies]))
    if parts.places:
        blocks.append(
            Part("Places and groups", [place_part(body, parts.names, cites) for body in parts.places])
        )
    if parts.country:
        blocks.append(_law(parts.country, cites))
    blocks += _asked_guides(parts, cites, overdose=False)
    blocks += _questions(parts, offered)
    blocks.append(NoteBox("Your worker's note"))
    ids = [record.id for record in (*parts.strategies, *bodies, *parts.guides)]
    return Document(
        title=_title(parts),
        subtitle=f"{parts.country.name if parts.country else 'Any country'} · English",
        blocks=blocks,
        data={
            "title": _title(parts),
            "country": parts.country.id if parts.country else None,
            "records": ids,
            "left_out": [*left_out, *(record.name for record in parts.retired)],
            "sources": cites.data(),
        },
        ids=ids,
        tidy=Tidy(("id",), [(record_id,) for record_id in ids]),
        references=cites.references(brief=True),
        footer=[_compiled_line(parts), f"Printed {day(today)}.", PUBLISHER],
    )


def _title(parts: SheetParts) -> str:
    if parts.title:
        return parts.title
    place = f" in {named(parts.country)}" if parts.country else ""
    if len(parts.asked) == 1 and len(parts.strategies) == 1:
        return f"{parts.strategies[0].name}{place}"
    return f"Help with opioids{place}"


def is_harmful(strategy: Strategy) -> bool:
    """Whether a strategy must never stand among options."""
    return strategy.category == "avoid-or-caution" or strategy.evidence.rating == "harmful"


def _asked_guides(parts: SheetParts, cites: Bibliography, *, overdose: bool) -> list[Part]:
    """The guides asked for by name, the overdose guide apart; its card is in the strip already."""
    return [
        section_part(section, parts.names, cites)
        for guide in parts.guides
        if (guide.use == "overdose") is overdose
        for section in guide.sections
        if not section.card
    ]


def _not_here(parts: SheetParts, cites: Bibliography) -> list[Block]:
    """What the country is not known to have: a "no" of a source apart from what nobody recorded."""
    if parts.country is None or not parts.services:
        return []
    known = rows_by_service(parts.country, cites)
    lines = []
    for service in parts.services:
        rows = known.get(service)
        name = parts.names.get(service, service)
        if rows and rows[0].availability in ("no", "unknown"):
            told = {"no": "not available", "unknown": "not known"}[rows[0].availability]
            doubt = NOT_CERTAIN if rows[0].uncertain else ""
            lines.append(cites.cite(told, rows[0].sources, rows[0].year, doubt, lead=f"{name}:"))
        elif not rows:
            lines.append(Text("not recorded. That does not mean “no”.", lead=f"{name}:"))
    return [Part(f"Not found in {named(parts.country)}", [Bullets(lines)])] if lines else []


def _law(country: Country, cites: Bibliography) -> Part:
    blocks: list[Block] = [Paragraph(law_text(country, cites))]
    if country.law is None:
        blocks.append(Paragraph(Text("That does not mean that it is allowed.")))
    return Part("The law on having drugs for yourself", blocks)


def _questions(parts: SheetParts, offered: Sequence[Strategy]) -> list[Block]:
    asked = [
        question for strategy in offered if strategy.id in parts.asked for question in strategy.questions
    ]
    if parts.questions and parts.questions.id not in parts.asked:
        asked += parts.questions.sections[0].questions
    unique = list(dict.fromkeys(asked))
    return [Part("Questions to ask", [Bullets([Text(question) for question in unique])])] if unique else []


def _compiled_line(parts: SheetParts) -> str:
    """The span of days on which the records of the sheet were compiled."""
    records: list[Strategy | Country | Organization | Guide] = [
        *parts.strategies,
        *parts.organizations,
        *parts.lines,
        *parts.places,
        *parts.guides,
    ]
    records += [record for record in (parts.country, parts.overdose, parts.questions) if record]
    if not records:
        return "Nothing on this page was checked."
    days = sorted(record.compiled for record in records)
    span = f"on {day(days[0])}" if days[0] == days[-1] else f"between {day(days[0])} and {day(days[-1])}"
    return f"Compiled from documents {span}."


def default_options(
    country: Country, strategies: Mapping[str, Strategy], cites: Bibliography
) -> list[Strategy]:
    """The services a country has in some form, newest row first decides; in the order of tables."""
    known = rows_by_service(country, cites)
    return [
        strategies[service]
        for service in service_order(strategies.values())
        if service in strategies
        and strategies[service].retired is None
        and service in known
        and known[service][0].availability in ("yes", "limited", "pilot")
    ]
