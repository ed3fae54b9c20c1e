"""How recurring things are put into words: contacts, availability, emergency numbers, law."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from recoverykb.records.types import Contact, Country, Emergency, Organization, Record, Service
from recoverykb.records.vocabulary import EMERGENCY_ROLES, LANGUAGES, POSSESSION, PURPOSES
from recoverykb.views.citing import Bibliography, capital, day
from recoverykb.views.document import Text, Tone
from recoverykb.views.language import ENGLISH, Language

_WITH_ARTICLE = frozenset({"AE", "BS", "CF", "CG", "CD", "DO", "GB", "GM", "MV", "NL", "PH", "SC", "US"})


def named(country: Country) -> str:
    """The name of a country as it stands in a sentence: ``the Netherlands``."""
    return f"the {country.name}" if country.iso2 in _WITH_ARTICLE else country.name


NOT_RECORDED = "not recorded"
"""Shown where the base holds no row. It never means "no"."""

NOT_CERTAIN = "not certain"
"""Said of a row that may be misread, because its source was hard to read."""

TO_CONFIRM = "TO BE CONFIRMED"

NO_REFERRAL = "Not offered as a referral by this tool."


def contact_text(contact: Contact, organization: Organization, cites: Bibliography) -> Text:
    """A contact with what it is for, hours, cost, how certain it is, and when it was checked."""
    parts = [out_of_service(organization), contact.description or PURPOSES[contact.purpose]]
    if contact.type != "voice":
        parts.append(f"by {contact.type}")
    if contact.schedule:
        parts.append(f"hours: {contact.schedule}")
    if contact.languages:
        names = [LANGUAGES.get(tag.split("-", 1)[0], tag) for tag in contact.languages]
        parts.append(f"languages: {', '.join(names)}")
    if contact.fees_description:
        parts.append(contact.fees_description)
    if contact.confidence == "low":
        parts.append(f"{TO_CONFIRM} before use")
    elif contact.confidence == "medium":
        parts.append("no official source seen")
    if contact.conflict:
        parts.append(f"sources differ: {contact.conflict}")
    parts += [contact.note, checked(contact, organization, cites)]
    tone: Tone = "warning" if uncertain(contact) or out_of_service(organization) else ""
    told = capital("; ".join(_stripped(parts)))
    return Text(told, cites.refs(contact.sources), tone, contact_address(contact))


def out_of_service(organization: Organization) -> str:
    """That an organization does not work, or not now; empty where it does or no source says."""
    return "" if organization.status in (None, "active") else organization.status.upper()


def retired_text(record: Record, names: Mapping[str, str]) -> str:
    """Since when a record is not to be used, why, and what to use instead; empty for one that is in use."""
    gone = record.retired
    if gone is None:
        return ""
    instead = gone.successor and f" Use instead: {names.get(gone.successor, gone.successor)}."
    return f"RETIRED on {day(gone.on)}: {gone.reason.rstrip('.')}.{instead or ''}"


def place(organization: Organization) -> str:
    """Where an organization works; for one that no source vouches for, that nobody knows."""
    return organization.country or ("many countries" if organization.sources else "country not recorded")


def contact_address(contact: Contact) -> str:
    """The number, mail address or page of a contact."""
    return contact.number or contact.email or contact.url or ""


def uncertain(contact: Contact) -> bool:
    """Whether a contact must not be printed as certain."""
    return contact.confidence == "low" or bool(contact.conflict)


def checked(contact: Contact, organization: Organization, cites: Bibliography) -> str:
    """When and how a contact was last checked; from papers only, when no person checked it."""
    if contact.verified:
        return f"checked {day(contact.verified.on)} by {contact.verified.by} ({contact.verified.how})"
    when = cites.when(contact.sources, contact.year)
    return f"compiled {day(organization.compiled)} from documents ({when}), not checked by a person"


@dataclass(frozen=True, slots=True)
class EmergencyNumbers:
    """The ambulance numbers of a country.

    ``confirmed``: two or more independent sources that the base holds give each number to dial, and
    none contradicts them. Lists that draw on each other count as one.
    ``rows`` holds what the record says, ``lines`` one text a row, ``text`` everything in one; ``remark``
    says why they are not confirmed.
    """

    confirmed: bool
    remark: str
    rows: tuple[Emergency, ...]
    spoken: str
    text: Text
    lines: tuple[Text, ...]


def emergency(country: Country, cites: Bibliography) -> EmergencyNumbers | None:
    """What the base knows of the country's ambulance number; ``None`` where it has no row."""
    rows = sorted(country.emergency, key=lambda row: _emergency_order(row, cites))
    if not rows:
        return None
    say = cites.language.say
    dial = [row for row in rows if row.role in ("ambulance", "general")]
    differ = any(row.role == "disputed" for row in rows)
    fewest = min((cites.independent(row.sources) for row in dial), default=0)
    confirmed = not differ and fewest > 1
    between = say("or")
    spoken = f" {between} ".join(row.number for row in dial or rows)
    lines = tuple(_emergency_line(row, cites) for row in rows)
    remark = ""
    if differ:
        remark = say("SOURCES DIFFER, confirm locally")
    elif not dial:
        remark = say("only for people who are deaf or cannot speak")
    elif not confirmed:
        remark = _too_few(min((cites.known(row.sources) for row in dial), default=0), cites)
    told = lines[0].value if len(lines) == 1 else "; ".join(f"{line.lead}: {line.value}" for line in lines)
    refs = tuple(dict.fromkeys(number for line in lines for number in line.refs))
    text = Text(f"{remark}. {told}" if remark else told, refs, "" if confirmed else "warning", spoken)
    shown = f"{spoken} ({remark})" if remark else spoken
    return EmergencyNumbers(confirmed, remark, tuple(rows), shown, text, lines)


def _too_few(known: int, cites: Bibliography) -> str:
    say = cites.language.say
    if known > 1:
        return say("no second independent source, TO BE CONFIRMED")
    return say("one source only, TO BE CONFIRMED") if known else say("no source, TO BE CONFIRMED")


def _emergency_order(row: Emergency, cites: Bibliography) -> tuple[int, int]:
    """Numbers to dial first, those with most sources first."""
    return (list(EMERGENCY_ROLES).index(row.role), -cites.known(row.sources))


def _emergency_line(row: Emergency, cites: Bibliography) -> Text:
    say = cites.language.say
    count = cites.known(row.sources)
    alone = cites.independent(row.sources) < 2
    if count > 1 and alone:
        counted = say("{count} lists that draw on each other, TO BE CONFIRMED", count=count)
    elif count > 1:
        counted = say("{count} sources", count=count)
    else:
        counted = say("one source, TO BE CONFIRMED") if count else say("no source, TO BE CONFIRMED")
    parts = [
        cites.language.word(EMERGENCY_ROLES[row.role]),
        f"{counted}, {cites.when(row.sources, row.year)}",
    ]
    if cites.language.english:
        parts.append(row.note)
    tone: Tone = "warning" if row.role == "disputed" or alone else ""
    refs = cites.refs(row.sources)
    if cites.language.english:
        return Text("; ".join(_stripped(parts)), refs, tone, row.number)
    return cites.words("; ".join(parts), row.note, refs, tone=tone, lead=row.number)


def newest_first(rows: Sequence[Service], cites: Bibliography) -> list[Service]:
    """Rows of one service by the year they hold for, newest first; undated ones last.

    Of rows of one year the certain ones come first.
    """
    return sorted(rows, key=lambda row: (cites.held(row), not row.uncertain), reverse=True)


def availability_text(row: Service, cites: Bibliography) -> Text:
    """Availability, year, note and sources of one row."""
    tone: Tone = {"yes": "good", "no": "strong"}.get(row.availability, "")  # type: ignore[assignment]
    available = cites.language.word(row.availability)
    return cites.words(
        f"({cites.when(row.sources, row.year)})",
        row.note.rstrip("."),
        cites.refs(row.sources),
        tone=tone,
        lead=f"{available}, {cites.language.word(NOT_CERTAIN)}" if row.uncertain else available,
    )


def mark(row: Service, language: Language = ENGLISH) -> str:
    """Availability in one word; a question mark says that the row is not certain."""
    available = language.word(row.availability)
    return f"{available}?" if row.uncertain else available


def differing(rows: Sequence[Service], cites: Bibliography) -> Text | None:
    """As :func:`others`, for places where no heading says what it is."""
    told = others(rows, cites)
    return told and told._replace(value=f"other: {told.value}")


def others(rows: Sequence[Service], cites: Bibliography) -> Text | None:
    """What rows of one service say that differs from the first, the newest; ``None`` where none does."""
    differ = [row for row in rows[1:] if row.availability != rows[0].availability]
    if not differ:
        return None
    refs = cites.refs(source for row in differ for source in row.sources)
    told = "; ".join(
        f"{mark(row, cites.language)}, {short(cites.when(row.sources, row.year))}" for row in differ
    )
    return Text(told, refs, "quiet")


def short(when: str) -> str:
    """A year, or that there is none, in as few words as a narrow column needs."""
    return when.replace("source undated", "undated").replace("source of ", "source ")


def law_text(country: Country, cites: Bibliography) -> Text:
    """The law on possession for personal use."""
    law = country.law
    if law is None:
        return Text(NOT_RECORDED, tone="quiet")
    statute = f" {law.statute}." if law.statute else ""
    return cites.cite(
        f"{law.text}{statute}", law.sources, law.year, lead=f"{capital(POSSESSION[law.possession])}."
    )


def _stripped(parts: Sequence[str]) -> list[str]:
    """The parts that say something, without the full stop that would precede a semicolon."""
    return [part.strip().rstrip(".") for part in parts if part.strip()]
