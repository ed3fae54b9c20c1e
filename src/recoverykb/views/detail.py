"""One record as a page written for a person."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import msgspec

from recoverykb.records.types import (
    AnyRecord,
    Claim,
    Country,
    Guide,
    Organization,
    Practice,
    Record,
    Section,
    Source,
    Strategy,
    Term,
)
from recoverykb.records.vocabulary import (
    CATEGORIES,
    DIRECTIONS,
    ORGANIZATION_TYPES,
    RATINGS,
    region_name,
)
from recoverykb.storage.base import Citation, Row
from recoverykb.views.citing import Bibliography, capital, day, kind_in_words
from recoverykb.views.detail_checks import checks_blocks, retired_blocks
from recoverykb.views.detail_country import country_blocks
from recoverykb.views.document import Block, Bullets, Document, Fields, Paragraph, Part, Text, Tidy
from recoverykb.views.outcomes import outcomes_table
from recoverykb.views.phrases import (
    NO_REFERRAL,
    NOT_CERTAIN,
    availability_text,
    contact_text,
    differing,
    out_of_service,
    place,
)

NOT_ADVICE = "Information, not medical advice. In an emergency call the local emergency number."


_CITATION = ("record", "record_kind", "path", "text")
"""The columns of a :class:`Citation` beside those of the source."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a page needs from outside the record.

    ``names`` maps ids the record refers to, to the names people see; ``where`` holds the
    availability rows other records have for a strategy; ``who`` the organizations of a country or
    behind a strategy; ``citations`` what rests on a source.
    """

    row: Row
    sources: dict[str, Source]
    names: dict[str, str]
    where: Sequence[tuple[Country, Sequence[Any]]] = ()
    who: Sequence[Organization] = ()
    citations: Sequence[Citation] = ()


def detail_document(record: AnyRecord, around: Surroundings) -> Document:
    """The page of ``record``. JSON: the whole record, with its sources resolved.

    For a source, JSON and tidy rows tell what rests on it.
    """
    cites = Bibliography(around.sources)
    build = cast("Callable[[AnyRecord, Surroundings, Bibliography], list[Block]]", _BLOCKS[type(record)])
    blocks = build(record, around, cites)
    if isinstance(record, Record):
        blocks = retired_blocks(record, around.names) + blocks + _common_blocks(record, around, cites)
    data = {"kind": around.row.kind, "layer": around.row.layer, **_public(record)}
    data["sources_resolved"] = cites.data()
    header, told = ("id", "kind", "name"), (record.id, around.row.kind, record.name)
    tidy = Tidy(header, [told])
    if isinstance(record, Source):
        data["cited_by"] = [cited._asdict() for cited in around.citations]
        places = [(*told, *cited) for cited in around.citations]
        tidy = Tidy((*header, *_CITATION), places or [(*told, *[""] * len(_CITATION))])
    return Document(
        title=_title(record, around.row),
        subtitle=_subtitle(record, around.row),
        blocks=blocks,
        data=data,
        ids=[record.id],
        tidy=tidy,
        references=cites.references(),
        footer=[_provenance(record, around.row), NOT_ADVICE],
    )


def _public(record: AnyRecord) -> dict[str, Any]:
    """The record as plain tables, without its private contacts."""
    data: dict[str, Any] = msgspec.to_builtins(record)
    if isinstance(record, Organization) and record.contacts:
        data["contacts"] = [contact for contact in data["contacts"] if not contact.get("private")]
    return data


def _title(record: AnyRecord, row: Row) -> str:
    short = row.aliases[:1] if getattr(record, "acronym", "") or getattr(record, "abbreviation", "") else []
    return f"{record.name} ({short[0]})" if short and short[0] not in record.name else record.name


def _subtitle(record: AnyRecord, row: Row) -> str:
    if isinstance(record, Strategy):
        sort = CATEGORIES[record.category]
    elif isinstance(record, Organization):
        sort = ORGANIZATION_TYPES[record.type]
        sort += f", {place(record)}"
    elif isinstance(record, Country):
        sort = f"{record.iso2}, {record.iso3}, {region_name(record.subregion)}"
    else:
        return f"{row.kind}, id {record.id}"
    return f"{row.kind}: {sort}; id {record.id}"


def _provenance(record: AnyRecord, row: Row) -> str:
    if isinstance(record, Source):
        return f"Read {day(record.accessed)}. {_layer(row)}"
    reviews = () if isinstance(record, Term) else record.reviews
    text = f"Compiled from its sources on {day(record.compiled)}"
    for review in reviews:
        text += f"; reviewed {day(review.on)} by {review.by}"
    text += "" if reviews else "; not reviewed by a person outside the project"
    due = f" Due for review by {day(date.fromisoformat(row.due))}." if row.due else ""
    return f"{text}.{due} {_layer(row)}"


def _layer(row: Row) -> str:
    """Which layer the record comes from, and in place of which others."""
    return f"Layer: {row.layer}{f', in place of {row.replaces}' if row.replaces else ''}."


def claims_part(heading: str, claims: Sequence[Claim], cites: Bibliography) -> list[Block]:
    """A part that lists claims, or nothing where there are none."""
    return [Part(heading, [Bullets([cites.claim(claim) for claim in claims])])] if claims else []


def _strategy_blocks(record: Strategy, around: Surroundings, cites: Bibliography) -> list[Block]:
    evidence = record.evidence
    refs = cites.refs(record.sources)
    blocks: list[Block] = [Paragraph(Text(record.summary, refs))]
    for heading, text in (
        ("How it works", record.how_it_works),
        ("Who it may suit", record.suits),
        ("How to start", record.how_to_start),
    ):
        if text:
            blocks.append(Part(heading, [Paragraph(Text(text, refs))]))
    rating = cites.cite(
        f"{capital(RATINGS[evidence.rating])}; {DIRECTIONS[evidence.direction]}. Rests on: {evidence.basis}",
        evidence.sources,
        evidence.year,
        lead=f"Rating: {evidence.rating}.",
        tone="danger" if evidence.rating == "harmful" else "",
    )
    told: list[Block] = [Paragraph(rating)]
    if evidence.outcomes:
        told.append(outcomes_table(evidence, cites))
    if evidence.findings:
        told.append(Bullets([cites.claim(found) for found in evidence.findings]))
    blocks.append(Part("What the evidence says", told))
    if record.alternatives:
        names = [Text(around.names.get(other, other)) for other in record.alternatives]
        blocks.append(Part("What to offer instead", [Bullets(names)]))
    blocks += claims_part("Cautions", record.cautions, cites)
    if record.questions:
        blocks.append(Part("Questions to ask", [Bullets([Text(question) for question in record.questions])]))
    return blocks + _where_blocks(record, around, cites)


def _where_blocks(record: Strategy, around: Surroundings, cites: Bibliography) -> list[Block]:
    lines = [_where_line(country, rows, cites) for country, rows in around.where]
    lines += [_practice_line(entry, around.names, cites) for entry in record.practised]
    blocks: list[Block] = [Part("Where", [Bullets(lines)])] if lines else []
    if around.who:
        blocks.append(Part("Who offers or supports it", [Bullets([_who_line(body) for body in around.who])]))
    return blocks


def _practice_line(entry: Practice, names: dict[str, str], cites: Bibliography) -> Text:
    told = f"practised, {NOT_CERTAIN}" if entry.uncertain else "practised"
    text = f"{told}: {entry.note}" if entry.note else told
    return cites.cite(text, entry.sources, entry.year, lead=f"{names.get(entry.country, entry.country)}:")


def _where_line(country: Country, rows: Sequence[Any], cites: Bibliography) -> Text:
    """What the newest row says of a country, and what other rows say where they differ."""
    newest = availability_text(rows[0], cites)
    lead = f"{country.name}: {newest.lead}"
    other = differing(rows, cites)
    if other is None:
        return Text(newest.value, newest.refs, lead=lead)
    return Text(f"{newest.value}; {other.value}", (*newest.refs, *other.refs), lead=lead)


def _who_line(organization: Organization) -> Text:
    told = [place(organization), out_of_service(organization), f"id {organization.id}"]
    return Text(f"{organization.name} ({'; '.join(part for part in told if part)})")


def _organization_blocks(record: Organization, around: Surroundings, cites: Bibliography) -> list[Block]:
    blocks: list[Block] = []
    if record.alert:
        blocks.append(Paragraph(Text(record.alert, tone="danger", lead="Note:")))
    if not record.referral:
        blocks.append(Paragraph(Text(NO_REFERRAL, tone="danger")))
    blocks.append(Paragraph(Text(record.summary, cites.refs(record.sources))))
    rows = [
        ("Web", record.url or ""),
        ("City", record.city),
        ("Status", record.status or ""),
        ("Part of", around.names.get(record.parent or "", record.parent or "")),
        ("Who can come", record.eligibility_description),
        ("How to start", record.application_process),
        ("Cost", record.fees_description),
        ("Faith-based", {True: "yes", False: "no", None: ""}[record.faith_based]),
        ("Offers or supports", ", ".join(around.names.get(other, other) for other in record.services)),
    ]
    shown = [
        (label, Text(text, cites.refs(record.sources), link=label == "Web")) for label, text in rows if text
    ]
    if shown:
        blocks.append(Fields(shown))
    contacts = [contact for contact in record.contacts if not contact.private]
    if contacts:
        lines = [contact_text(contact, record, cites) for contact in contacts]
        blocks.append(Part("Contacts", [Bullets(lines)]))
    blocks += claims_part("Facts", record.claims, cites)
    return blocks + claims_part("Before you go", record.cautions, cites)


def _guide_blocks(record: Guide, around: Surroundings, cites: Bibliography) -> list[Block]:
    blocks: list[Block] = [Paragraph(Text(record.summary, cites.refs(record.sources)))]
    if record.audience:
        blocks.append(Paragraph(Text(record.audience, lead="For:")))
    if record.clinical and not record.reviews:
        text = "This guide was compiled from published guidance. It was not reviewed by a clinician."
        blocks.insert(0, Paragraph(Text(text, tone="warning")))
    return blocks + [section_part(section, around.names, cites) for section in record.sections]


def section_part(section: Section, names: dict[str, str], cites: Bibliography) -> Part:
    """A section of a guide: items with sources, questions, or illustrations labelled as such."""
    blocks: list[Block] = [Paragraph(Text(section.intro))] if section.intro else []
    if section.items:
        items = []
        for item in section.items:
            see = ", ".join(names.get(other, other) for other in item.see)
            note = "; ".join(part for part in (item.note, f"see: {see}" if see else "") if part)
            items.append(cites.cite(item.text, item.sources, item.year, note))
        blocks.append(Bullets(items, section.ordered))
    if section.questions:
        blocks.append(Bullets([Text(question) for question in section.questions]))
    if section.illustrations:
        lines = []
        for story in section.illustrations:
            see = ", ".join(names.get(other, other) for other in story.see)
            text = f"{story.text} ({story.origin}{'; evidence: ' + see if see else ''})"
            lines.append(Text(text, lead="Illustration, not evidence:"))
        blocks.append(Bullets(lines))
    return Part(section.heading, blocks)


def _source_blocks(record: Source, around: Surroundings, cites: Bibliography) -> list[Block]:
    rows = [
        ("Publisher", record.publisher),
        ("Year", str(record.year or "undated")),
        ("Address", record.url),
        ("Weight", kind_in_words(record)),
        ("Note", record.note),
    ]
    blocks: list[Block] = [Fields([(label, Text(text)) for label, text in rows if text])]
    if not around.citations:
        return [*blocks, Paragraph(Text("Nothing in the base rests on this source."))]
    lines = [
        Text(
            f"{_place(cited.path)}: {cited.text}" if cited.path else "the record's own prose",
            lead=cited.record,
        )
        for cited in around.citations
    ]
    heading = f"What rests on it ({len(lines)} places)"
    return [*blocks, Part(heading, [Bullets(lines)])]


def _place(path: str) -> str:
    """Where in a record something stands, in words: ``sections 1, items 5``."""
    return re.sub(r"\[(\d+)\]", lambda found: f" {int(found[1]) + 1}", path).replace(".", ", ")


def _term_blocks(record: Term, around: Surroundings, cites: Bibliography) -> list[Block]:
    about = ", ".join(around.names.get(other, other) for other in record.about)
    shown = [label.text for label in record.labels if label.type in ("abbreviation", "brand", "synonym")]
    rows = [("Stands for", about), ("Other words", ", ".join(shown)), ("Note", record.note)]
    return [Fields([(label, Text(text)) for label, text in rows if text])]


def _common_blocks(record: Record, around: Surroundings, cites: Bibliography) -> list[Block]:
    blocks: list[Block] = []
    if record.disputed:
        blocks.append(
            Part("Heard, but not so", [Bullets([cites.disputed(entry) for entry in record.disputed])])
        )
    related = [other for other in getattr(record, "related", ()) if other in around.names]
    if related:
        text = "; ".join(f"{around.names[other]} ({other})" for other in related)
        blocks.append(Part("See also", [Paragraph(Text(text))]))
    return blocks + checks_blocks(record)


def _country_page(record: Country, around: Surroundings, cites: Bibliography) -> list[Block]:
    return country_blocks(record, around.names, around.who, cites)


_BLOCKS: dict[type, Callable[..., list[Block]]] = {
    Strategy: _strategy_blocks,
    Country: _country_page,
    Organization: _organization_blocks,
    Guide: _guide_blocks,
    Source: _source_blocks,
    Term: _term_blocks,
}
