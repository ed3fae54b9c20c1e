"""Guides on a sheet, and the questions to take along."""

from collections.abc import Sequence

from recoverykb.records.types import Guide, Item, Section
from recoverykb.views.citing import Bibliography
from recoverykb.views.document import Block, Bullets, Paragraph, Part, Text

MOST_QUESTIONS = 9
"""So many questions a person can take along; a worker's sheet has them all."""


def guide_parts(guides: Sequence[Guide], cites: Bibliography, *, overdose: bool) -> list[Part]:
    """The overdose guides, whose cards stand in the strip already, or all the others whole."""
    return [
        _section(section, cites)
        for guide in guides
        if (guide.use == "overdose") is overdose
        for section in guide.sections
        if not (section.card and overdose)
    ]


def _section(section: Section, cites: Bibliography) -> Part:
    blocks: list[Block] = []
    if section.intro:
        blocks.append(Paragraph(cites.words("", section.intro)))
    if section.items:
        blocks.append(Bullets([_item(item, cites) for item in section.items], section.ordered))
    if section.questions:
        blocks.append(Bullets([cites.words("", question) for question in section.questions]))
    for story in section.illustrations:
        lead = cites.language.say("Illustration, not evidence:")
        blocks.append(Paragraph(cites.words("", f"{story.text} ({story.origin})", lead=lead)))
    heading = cites.words("", section.heading)
    return Part(heading.value or heading.quote, blocks)


def _item(item: Item, cites: Bibliography) -> Text:
    """One step or piece of advice, what limits it, and the year it holds for."""
    language = cites.language
    told = cites.dated(item.text, item)
    if not item.note:
        return told
    if language.knows(item.text) and language.knows(item.note):
        when = cites.when(item.sources, item.year)
        return told._replace(value=f"{language.record(item.text)} {language.record(item.note)} ({when})")
    return told._replace(quote=f"{told.quote} {item.note}".strip())


def questions_part(
    asked: Sequence[str], guide: Guide | None, cites: Bibliography, most: int | None
) -> list[Part]:
    """Questions to ask a provider: those of the options asked for, then the first of the questions guide."""
    first = guide.sections[0].questions if guide else []
    unique = list(dict.fromkeys([*asked, *first]))[:most]
    if not unique:
        return []
    lines = [cites.words("", question) for question in unique]
    return [Part(cites.language.say("Questions to ask"), [Bullets(lines)])]
