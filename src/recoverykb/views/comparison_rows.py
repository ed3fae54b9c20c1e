"""The rows of side-by-side comparisons: for each kind, which rows matter and how a cell is made."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from recoverykb.records.types import Contact, Country, Organization, Service, Strategy
from recoverykb.records.vocabulary import CATEGORIES, ORGANIZATION_TYPES
from recoverykb.views.citing import Bibliography, capital
from recoverykb.views.detail_country import figure_text, figure_value, rows_by_service
from recoverykb.views.document import Cell, Text
from recoverykb.views.phrases import (
    NO_REFERRAL,
    NOT_CERTAIN,
    NOT_RECORDED,
    availability_text,
    contact_address,
    contact_text,
    differing,
    emergency,
    law_text,
    mark,
    out_of_service,
    place,
    short,
)


@dataclass(frozen=True, slots=True)
class Context:
    """What the rows of a comparison need besides the records."""

    cites: Bibliography
    names: Mapping[str, str]
    organizations: Mapping[str, Sequence[Organization]]
    """Organizations by country code."""


@dataclass(frozen=True, slots=True)
class RowSpec:
    """One row of a side-by-side table: its name for ``--fields``, its head, and how a cell is made."""

    name: str
    head: str
    cell: Callable[[Any, Context], Cell]


def _fact(
    value: object, cites: Bibliography, basis: Any = None, status: str = "value", note: str = ""
) -> dict[str, Any]:
    """A fact for spreadsheets, on the sources and year of ``basis`` (a record or a part of one).

    ``year_of`` tells whether its year is the fact's own, or only that of its source.
    """
    sources = basis.sources if basis else []
    own = getattr(basis, "year", None)
    year = own or cites.year_of(sources)
    year_of = "fact" if own else "source" if year else ""
    return {
        "value": value,
        "year": year,
        "status": status,
        "note": note,
        "sources": list(sources),
        "year_of": year_of,
    }


def _absent() -> Cell:
    return Cell([Text(NOT_RECORDED, tone="quiet")], [_fact(None, Bibliography({}), status="not-recorded")])


def _prose(text: str, record: Any, context: Context) -> Cell:
    if not text:
        return _absent()
    return Cell([Text(text, context.cites.refs(record.sources))], [_fact(text, context.cites, record)])


def _claims(claims: Sequence[Any], context: Context) -> Cell:
    if not claims:
        return _absent()
    return Cell(
        [context.cites.claim(claim) for claim in claims],
        [_fact(claim.text, context.cites, claim, note=claim.note) for claim in claims],
    )


def _service_row(service: str) -> Callable[[Country, Context], Cell]:
    def cell(record: Country, context: Context) -> Cell:
        return service_cell(record, service, context.cites, notes=True)

    return cell


def service_cell(record: Country, service: str, cites: Bibliography, *, notes: bool) -> Cell:
    """Availability of a service: the newest row, and that others differ where they do."""
    rows = rows_by_service(record, cites).get(service)
    if not rows:
        return _absent()
    newest = availability_text(rows[0], cites)
    when = cites.when(rows[0].sources, rows[0].year)
    if not notes:
        newest = Text(short(when), newest.refs, newest.tone, mark(rows[0]))
    lines = [newest]
    other = differing(rows, cites)
    if other:
        lines.append(other)
    facts = [_fact(row.availability, cites, row, row.availability, _service_note(row)) for row in rows]
    return Cell(lines, facts)


def _service_note(row: Service) -> str:
    doubt = f"{NOT_CERTAIN}: the source was hard to read" if row.uncertain else ""
    return "; ".join(part for part in (doubt, row.note) if part)


def _emergency_cell(record: Country, context: Context) -> Cell:
    found = emergency(record, context.cites)
    if found is None:
        return _absent()
    facts = [
        _fact(
            row.number,
            context.cites,
            row,
            row.role,
            "; ".join(part for part in (found.remark, row.note) if part),
        )
        for row in record.emergency
    ]
    return Cell([found.text], facts)


def _model_cell(record: Country, context: Context) -> Cell:
    if record.model is None:
        return _absent()
    model = record.model
    text = context.cites.cite(model.title, model.sources, model.year)
    return Cell([text], [_fact(model.title, context.cites, model)])


def _law_cell(record: Country, context: Context) -> Cell:
    law = record.law
    if law is None:
        return _absent()
    fact = _fact(law.possession, context.cites, law, note=law.text)
    return Cell([law_text(record, context.cites)], [fact])


def _figures_cell(record: Country, context: Context) -> Cell:
    """The newest number of each measure; all of them where several are equally new."""
    if not record.figures:
        return _absent()
    years = [figure.year or context.cites.year_of(figure.sources) or 0 for figure in record.figures]
    newest: dict[str, int] = {}
    for figure, year in zip(record.figures, years, strict=True):
        newest[figure.measure] = max(newest.get(figure.measure, 0), year)
    shown = [
        figure for figure, year in zip(record.figures, years, strict=True) if year == newest[figure.measure]
    ]
    facts = [
        _fact(
            f"{figure.measure}: {figure_value(figure)} {figure.unit}", context.cites, figure, note=figure.note
        )
        for figure in shown
    ]
    return Cell([figure_text(figure, context.cites) for figure in shown], facts)


def _helplines_cell(record: Country, context: Context) -> Cell:
    lines, facts = [], []
    for body in context.organizations.get(record.iso2, ()):
        if not body.referral:
            continue
        for contact in body.contacts:
            if contact.private or not contact.number:
                continue
            text = contact_text(contact, body, context.cites)
            lines.append(Text(f"{body.name}. {text.value}", text.refs, text.tone, text.lead))
            note = "; ".join(part for part in (body.name, out_of_service(body)) if part)
            facts.append(_contact_fact(contact.number, contact, context, note))
    return Cell(lines, facts) if lines else _absent()


def _contact_fact(address: str, contact: Contact, context: Context, note: str) -> dict[str, Any]:
    """A contact for spreadsheets; ``note`` comes first, then what the contact itself says of its limits."""
    status = f"confidence {contact.confidence}"
    conflict = f"sources differ: {contact.conflict}" if contact.conflict else ""
    told = "; ".join(part for part in (note, conflict, contact.note) if part)
    return _fact(address, context.cites, contact, status, told)


def _rating_cell(record: Strategy, context: Context) -> Cell:
    evidence = record.evidence
    text = context.cites.cite(
        evidence.basis, evidence.sources, evidence.year, lead=f"{capital(evidence.rating)}."
    )
    fact = _fact(evidence.rating, context.cites, evidence, evidence.direction, evidence.basis)
    return Cell([text], [fact])


def _alternatives_cell(record: Strategy, context: Context) -> Cell:
    names = [context.names.get(other, other) for other in record.alternatives]
    if not names:
        return _absent()
    return Cell([Text(name) for name in names], [_fact(name, context.cites) for name in names])


def _questions_cell(record: Strategy, context: Context) -> Cell:
    if not record.questions:
        return _absent()
    facts = [_fact(text, context.cites, status="question") for text in record.questions]
    return Cell([Text(text) for text in record.questions], facts)


def _contacts_cell(record: Organization, context: Context) -> Cell:
    contacts = [contact for contact in record.contacts if not contact.private]
    if not contacts:
        return _absent()
    facts = [
        _contact_fact(contact_address(contact), contact, context, out_of_service(record))
        for contact in contacts
    ]
    return Cell([contact_text(contact, record, context.cites) for contact in contacts], facts)


def _own(attribute: str) -> Callable[[Any, Context], Cell]:
    """A cell of the record's own prose in ``attribute``, on the record's own sources."""
    return lambda record, context: _prose(getattr(record, attribute), record, context)


def _faith_cell(record: Organization, context: Context) -> Cell:
    if record.faith_based is None:
        return _absent()
    return _prose("yes" if record.faith_based else "no", record, context)


def _model_claims(attribute: str) -> Callable[[Country, Context], Cell]:
    """A cell of the strengths or cautions of a country's model."""
    return lambda record, context: _claims(getattr(record.model, attribute, ()), context)


def _category_cell(record: Strategy, context: Context) -> Cell:
    return _prose(CATEGORIES[record.category], record, context)


def _type_cell(record: Organization, context: Context) -> Cell:
    return _prose(ORGANIZATION_TYPES[record.type], record, context)


def _place_cell(record: Organization, context: Context) -> Cell:
    return _prose(place(record), record, context) if record.country or record.sources else _absent()


def _first_cell(record: Organization, context: Context) -> Cell:
    """What a reader must know before all else: the alert, that it is no referral, that it is closed."""
    told = [record.alert, "" if record.referral else NO_REFERRAL, out_of_service(record)]
    texts = [text for text in told if text]
    if not texts:
        return _absent()
    refs = context.cites.refs(record.sources)
    facts = [_fact(text, context.cites, record, status="warning") for text in texts]
    return Cell([Text(text, refs, "danger") for text in texts], facts)


def _offers_cell(record: Organization, context: Context) -> Cell:
    names = ", ".join(context.names.get(other, other) for other in record.services)
    return _prose(names, record, context)


def country_rows(services: Sequence[str]) -> tuple[RowSpec, ...]:
    """The rows of countries, in order. The head of a service is its id until its name is known."""
    return (
        RowSpec("summary", "In short", _own("summary")),
        RowSpec("model", "Model", _model_cell),
        RowSpec("law", "Law on possession", _law_cell),
        *(RowSpec(service, service, _service_row(service)) for service in services),
        RowSpec("emergency", "Emergency number", _emergency_cell),
        RowSpec("helplines", "Phone lines", _helplines_cell),
        RowSpec("strengths", "Strengths", _model_claims("strengths")),
        RowSpec("cautions", "Cautions", _model_claims("cautions")),
        RowSpec("figures", "Numbers (newest)", _figures_cell),
    )


STRATEGY_ROWS = (
    RowSpec("summary", "What it is", _own("summary")),
    RowSpec("category", "Sort", _category_cell),
    RowSpec("how-it-works", "How it works", _own("how_it_works")),
    RowSpec("suits", "Who it may suit", _own("suits")),
    RowSpec("start", "How to start", _own("how_to_start")),
    RowSpec("evidence", "Evidence", _rating_cell),
    RowSpec("findings", "Key findings", lambda record, context: _claims(record.evidence.findings, context)),
    RowSpec("cautions", "Cautions", lambda record, context: _claims(record.cautions, context)),
    RowSpec("alternatives", "Offer instead", _alternatives_cell),
    RowSpec("questions", "Questions to ask", _questions_cell),
)

ORGANIZATION_ROWS = (
    RowSpec("first", "Know first", _first_cell),
    RowSpec("summary", "What it is", _own("summary")),
    RowSpec("type", "Sort", _type_cell),
    RowSpec("country", "Country", _place_cell),
    RowSpec("contacts", "Contacts", _contacts_cell),
    RowSpec("url", "Web", lambda record, context: _prose(record.url or "", record, context)),
    RowSpec("cost", "Cost", _own("fees_description")),
    RowSpec("eligibility", "Who can come", _own("eligibility_description")),
    RowSpec("faith", "Faith-based", _faith_cell),
    RowSpec("services", "Offers or supports", _offers_cell),
    RowSpec("facts", "Facts", lambda record, context: _claims(record.claims, context)),
    RowSpec("cautions", "Before you go", lambda record, context: _claims(record.cautions, context)),
)


def rows_of(kind: type, services: Sequence[str]) -> tuple[RowSpec, ...]:
    """The rows of a record type; none where records of that type cannot be compared."""
    fixed: dict[type, tuple[RowSpec, ...]] = {Strategy: STRATEGY_ROWS, Organization: ORGANIZATION_ROWS}
    return country_rows(services) if kind is Country else fixed.get(kind, ())
