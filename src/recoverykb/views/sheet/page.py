"""The sheet as a document.

Order (see the research note on printed guides): title and place, emergency strip, phone help, options,
contacts, questions to ask, a box for a note, what was left out, sources, dates and publisher.
"""

from datetime import date

from recoverykb.records.types import Strategy
from recoverykb.views.citing import Bibliography
from recoverykb.views.document import (
    QUOTE_MARK,
    Block,
    Document,
    Layout,
    NoteBox,
    Paragraph,
    Part,
    Text,
    Tidy,
)
from recoverykb.views.language import Language, language
from recoverykb.views.sheet.contacts import contact_part, help_part
from recoverykb.views.sheet.ending import footer, law_part, left_out_part, span
from recoverykb.views.sheet.freshness import Clock, Reviewed
from recoverykb.views.sheet.guides import MOST_QUESTIONS, guide_parts, questions_part
from recoverykb.views.sheet.options import is_harmful, not_here, option_blocks, place_name, warning_part
from recoverykb.views.sheet.strip import overdose_strip
from recoverykb.views.sheet.wish import Making, SheetParts, Wish

MOST_SOURCES = 2
"""So many sources a fact has room for on a person's sheet; a worker's sheet names them all."""
LONGEST_ADDRESS = 40
"""Nobody copies a longer web address from paper; the source's title and publisher find it too."""


def sheet_document(parts: SheetParts, wish: Wish, *, today: date) -> Document:
    """The sheet. Harmful options never stand among options, and what is left out is said."""
    spoken = language(wish.language)
    brief = wish.audience == "person"
    cites = Bibliography(parts.sources, spoken, MOST_SOURCES if brief else None)
    making = Making(parts, wish, cites, Clock(today, parts.policies))
    blocks = [*_marks(spoken), *_blocks(making)]
    title = _title(making)
    records = printed_records(parts)
    place = place_name(parts.country, cites) if parts.country else spoken.say("any country")
    printed = [
        record.id for record in (*parts.strategies, *parts.organizations, *parts.places, *parts.guides)
    ]
    return Document(
        title=title,
        subtitle=f"{place} · {spoken.name} · {span(records, spoken)}",
        blocks=blocks,
        data={
            "title": title,
            "country": parts.country.id if parts.country else None,
            "language": wish.language,
            "for": wish.audience,
            "records": printed,
            "left_out": [entry._asdict() for entry in parts.left_out],
            "sources": cites.data(),
        },
        ids=printed,
        tidy=Tidy(("id",), [(record_id,) for record_id in printed]),
        references=cites.references(brief=True, longest=LONGEST_ADDRESS if brief else None),
        footer=footer(wish, spoken, today, brief_sources=brief),
        sheet=Layout(
            language=wish.language,
            rtl=spoken.rtl,
            paper=wish.paper,
            large=wish.large,
            logo=wish.logo,
            author=wish.agency,
            run_in=brief,
            printed=today,
            sources=spoken.say("Sources"),
            notes=spoken.say("Notes"),
            running=f"{spoken.day(today)} · {title}",
            paged=spoken.say("page {page} of {pages}"),
        ),
    )


def _marks(spoken: Language) -> list[Block]:
    """That nobody reviewed the translation, and what marks words in English."""
    if spoken.english:
        return []
    mark = spoken.say("{mark}: these words are in English.", mark=QUOTE_MARK)
    if spoken.reviewed_by:
        return [Paragraph(Text(mark))]
    text = spoken.say("This translation awaits review by a native speaker.")
    return [Paragraph(Text(f"{text} {mark}", tone="warning"))]


def _blocks(making: Making) -> list[Block]:
    """Everything between title and sources, in the fixed order."""
    parts, wish, cites, _ = making
    say = cites.language.say
    offered = [strategy for strategy in parts.strategies if not is_harmful(strategy)]
    warned = [strategy for strategy in parts.strategies if is_harmful(strategy)]
    speakers = list({body.id: body for body in (*parts.organizations, *parts.lines)}.values())
    blocks: list[Block] = [overdose_strip(making)]
    blocks += guide_parts(parts.guides, cites, overdose=True)
    blocks += help_part(speakers, making)
    blocks += _options(offered, making)
    if parts.country and parts.services:
        blocks += not_here(parts.country, parts.services, parts.names, cites)
    blocks += [warning_part(strategy, parts.names, cites) for strategy in warned]
    for heading, bodies in (
        (say("Contacts"), parts.organizations),
        (say("Places and groups"), parts.places),
    ):
        if bodies:
            blocks.append(Part(heading, [contact_part(body, making) for body in bodies]))
    if parts.country and "law" not in parts.dropped:
        blocks.append(law_part(parts.country, cites))
    blocks += guide_parts(parts.guides, cites, overdose=False)
    asked = [question for option in offered if option.id in parts.asked for question in option.questions]
    guide = None if parts.questions and parts.questions.id in parts.asked else parts.questions
    most = MOST_QUESTIONS if wish.audience == "person" else None
    if "questions" not in parts.dropped:
        blocks += questions_part(asked, guide, cites, most)
    blocks.append(NoteBox(say("Your worker’s note")))
    return [*blocks, *left_out_part(parts.left_out, cites.language)]


def _options(offered: list[Strategy], making: Making) -> list[Block]:
    """The options under one heading; a single one needs none but its name."""
    language = making.cites.language
    kept = making.wish.audience == "person"
    entries = [
        Part(language.word(strategy.name), option_blocks(strategy, making), 3, keep=kept)
        for strategy in offered
    ]
    if len(entries) == 1:
        return [entries[0]._replace(level=2)]
    return [Part(language.say("What can help"), entries)] if entries else []


def _title(making: Making) -> str:
    parts, wish, cites, _ = making
    if wish.title:
        return wish.title
    say, place = cites.language.say, place_name(parts.country, cites) if parts.country else ""
    alone = parts.asked if len(parts.asked) == 1 and not wish.needs else ()
    record = next((record for record in (*parts.strategies, *parts.guides) if record.id in alone), None)
    if record:
        name = cites.language.word(record.name)
        name = cites.language.record(record.name) if name == record.name else name
        return say("{name} in {place}", name=name, place=place) if place else name
    return say("Help with opioids in {place}", place=place) if place else say("Help with opioids")


def printed_records(parts: SheetParts) -> list[Reviewed]:
    """Every record the sheet prints something of."""
    records: list[Reviewed | None] = [
        *parts.strategies,
        *parts.organizations,
        *parts.lines,
        *parts.places,
        *parts.guides,
        parts.country,
        parts.overdose,
        parts.questions,
    ]
    return [record for record in records if record]
