"""The strip that must be seen first: whom to call and what to do in an overdose."""

from recoverykb.records.types import Emergency
from recoverykb.views.document import Block, Bullets, Paragraph, Strip, Text
from recoverykb.views.phrases import emergency
from recoverykb.views.sheet.wish import Making


def overdose_strip(making: Making) -> Strip:
    """What to do in an overdose, with the ambulance number of the country or a blank for it."""
    cites, guide = making.cites, making.parts.overdose
    say = cites.language.say
    blocks = _ambulance(making)
    for section in guide.sections if guide else ():
        if section.card:
            steps = [cites.words("", item.text, cites.refs(item.sources)) for item in section.items]
            blocks.append(Bullets(steps, section.ordered))
    if guide and guide.clinical and not guide.reviews:
        text = say("These steps are compiled from published guidance. No clinician has reviewed them.")
        blocks.append(Paragraph(Text(text, tone="warning")))
    return Strip(say("If someone may have overdosed"), blocks)


def _ambulance(making: Making) -> list[Block]:
    country, cites = making.parts.country, making.cites
    say = cites.language.say
    numbers = emergency(country, cites) if country else None
    if numbers is None or country is None:
        text = say("no number is recorded. Write the local one here:")
        return [Paragraph(Text(f"{text} ____________", tone="danger", lead=say("Ambulance:")))]
    shown = say("Ambulance: {numbers}", numbers=numbers.spoken)
    call = Text(making.clock.due_mark(country, cites.language), tone="danger", lead=shown)
    kept = [
        line._replace(dial=line.lead)
        for line, row in zip(numbers.lines, numbers.rows, strict=True)
        if making.wish.audience == "worker" or not _contradicted(row)
    ]
    return [Paragraph(call), Bullets(kept)]


def _contradicted(row: Emergency) -> bool:
    """Whether other sources contradict a number: a worker must know it, nobody should dial it first."""
    return row.role == "disputed"
