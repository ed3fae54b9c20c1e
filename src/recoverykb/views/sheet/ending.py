"""What a sheet ends with: what was left out, the law, dates, publisher, and how to report an error."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from recoverykb.records.types import Country
from recoverykb.records.vocabulary import POSSESSION
from recoverykb.views.citing import Bibliography, capital
from recoverykb.views.document import Block, Bullets, Paragraph, Part, Text
from recoverykb.views.language import Language
from recoverykb.views.sheet.freshness import Reviewed, looked_at
from recoverykb.views.sheet.wish import LeftOut, Wish


def law_part(country: Country, cites: Bibliography) -> Part:
    """The law on having drugs for one's own use. Nothing recorded does not mean that it is allowed."""
    say = cites.language.say
    heading = say("The law on having drugs for yourself")
    law = country.law
    if law is None:
        text = say("not recorded. That does not mean that it is allowed.")
        return Part(heading, [Paragraph(Text(text))])
    lead = f"{capital(cites.language.word(POSSESSION[law.possession]))}."
    statute = f" {law.statute}." if law.statute else ""
    told = cites.words("", f"{law.text}{statute}", cites.refs(law.sources), lead=lead)
    when = Text(f"({cites.when(law.sources, law.year)})")
    if told.quote:
        return Part(heading, [Paragraph(told._replace(value=when.value))])
    return Part(heading, [Paragraph(told._replace(value=f"{told.value} {when.value}"))])


def left_out_part(left_out: Sequence[LeftOut], language: Language) -> list[Block]:
    """What was asked for or belongs to the place and is not on the sheet, by reason."""
    say = language.say
    reasons = {
        "unvouched": say("No independent source vouches for it:"),
        "closed": say("Closed, or not working now:"),
        "stale": say("Nobody looked at it for more than 18 months:"),
        "private": say("Has contacts that are private:"),
        "space": say("To save pages (ask your worker):"),
    }
    order = list(reasons)
    found = sorted(left_out, key=lambda entry: order.index(entry.reason))
    lines = [
        Text(", ".join(language.word(entry.name) for entry in entries), lead=reasons[reason])
        for reason, entries in groupby(found, key=lambda entry: entry.reason)
    ]
    return [Part(say("Left out of this sheet"), [Bullets(lines)])] if lines else []


def span(records: Iterable[Reviewed], language: Language) -> str:
    """The span of days on which the records of the sheet were compiled or checked."""
    days = sorted(looked_at(record) for record in records)
    if not days:
        return language.say("nothing on this page was checked")
    first, last = language.day(days[0]), language.day(days[-1])
    if first == last:
        return language.say("compiled from documents on {day}", day=first)
    return language.say("compiled from documents between {first} and {last}", first=first, last=last)


def footer(wish: Wish, language: Language, today: date, *, brief_sources: bool) -> list[str]:
    """When it was printed, who hands it out, what it is, how to report an error."""
    say = language.say
    lines = [say("Printed {day}.", day=language.day(today))]
    if wish.agency:
        lines.append(say("Handed out by {agency}.", agency=wish.agency))
    if brief_sources:
        lines.append(
            say("This sheet names up to two sources for each fact. The sheet for workers names all of them.")
        )
    lines.append(
        say(
            "Made with recoverykb, a free knowledge base of ways out of opioid dependence. Information, not "
            "medical advice. A listing is not an endorsement."
        )
    )
    if wish.contact:
        lines.append(say("Something is wrong here? Tell {contact}.", contact=wish.contact))
    else:
        lines.append(say("Something is wrong here? Tell the team that gave you this page."))
    return lines
