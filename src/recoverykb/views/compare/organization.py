"""The rows of organizations side by side."""

from recoverykb.records.types import Organization
from recoverykb.records.vocabulary import ORGANIZATION_TYPES
from recoverykb.views.compare.cells import Context, RowSpec, absent, claims, fact, own, prose
from recoverykb.views.compare.country import contact_fact
from recoverykb.views.document import Cell, Text
from recoverykb.views.phrases import NO_REFERRAL, contact_text, out_of_service, place


def _type_cell(record: Organization, context: Context) -> Cell:
    return prose(ORGANIZATION_TYPES[record.type], record, context)


def _place_cell(record: Organization, context: Context) -> Cell:
    return prose(place(record), record, context) if record.country or record.sources else absent()


def _faith_cell(record: Organization, context: Context) -> Cell:
    if record.faith_based is None:
        return absent()
    return prose("yes" if record.faith_based else "no", record, context)


def _first_cell(record: Organization, context: Context) -> Cell:
    """What a reader must know before all else: the alert, that it is no referral, that it is closed."""
    told = [record.alert, "" if record.referral else NO_REFERRAL, out_of_service(record)]
    texts = [text for text in told if text]
    if not texts:
        return absent()
    refs = context.cites.refs(record.sources)
    return Cell(
        [Text(text, refs, "danger") for text in texts],
        [fact(text, context, record, certainty="warning") for text in texts],
    )


def _contacts_cell(record: Organization, context: Context) -> Cell:
    contacts = [contact for contact in record.contacts if not contact.private]
    if not contacts:
        return absent()
    return Cell(
        [contact_text(contact, record, context.cites) for contact in contacts],
        [contact_fact(contact, record, context, contact.purpose) for contact in contacts],
    )


def _offers_cell(record: Organization, context: Context) -> Cell:
    names = ", ".join(context.names.get(other, other) for other in record.services)
    return prose(names, record, context)


ORGANIZATION_ROWS = (
    RowSpec("first", "Know first", _first_cell),
    RowSpec("summary", "What it is", own("summary")),
    RowSpec("type", "Sort", _type_cell),
    RowSpec("country", "Country", _place_cell),
    RowSpec("contacts", "Contacts", _contacts_cell),
    RowSpec("url", "Web", lambda record, context: prose(record.url or "", record, context)),
    RowSpec("cost", "Cost", own("fees_description")),
    RowSpec("eligibility", "Who can come", own("eligibility_description")),
    RowSpec("faith", "Faith-based", _faith_cell),
    RowSpec("services", "Offers or supports", _offers_cell),
    RowSpec("facts", "Facts", lambda record, context: claims(record.claims, context)),
    RowSpec("cautions", "Before you go", lambda record, context: claims(record.cautions, context)),
)
