"""The rows of countries side by side."""

from collections.abc import Callable, Sequence

from recoverykb.records.types import Contact, Country, Figure, Organization
from recoverykb.views.compare.cells import Context, RowSpec, absent, claims, fact, own, service_fact
from recoverykb.views.detail_country import figure_text, rows_by_service
from recoverykb.views.document import Cell, Fact, Text
from recoverykb.views.phrases import (
    availability_text,
    contact_address,
    contact_text,
    differing,
    emergency,
    law_text,
    out_of_service,
)


def country_rows(services: Sequence[str]) -> tuple[RowSpec, ...]:
    """The rows of countries, in order. The head of a service is its id until its name is known."""
    return (
        RowSpec("summary", "In short", own("summary")),
        RowSpec("model", "Model", _model_cell),
        RowSpec("law", "Law on possession", _law_cell),
        *(RowSpec(service, service, _service_row(service)) for service in services),
        RowSpec("emergency", "Emergency number", _emergency_cell),
        RowSpec("helplines", "Phone lines", _helplines_cell),
        RowSpec("strengths", "Strengths", _model_claims("strengths")),
        RowSpec("cautions", "Cautions", _model_claims("cautions")),
        RowSpec("figures", "Numbers (newest)", _figures_cell),
    )


def _service_row(service: str) -> Callable[[Country, Context], Cell]:
    def cell(record: Country, context: Context) -> Cell:
        rows = rows_by_service(record, context.cites).get(service)
        if not rows:
            return absent()
        lines = [availability_text(rows[0], context.cites)]
        other = differing(rows, context.cites)
        return Cell([*lines, other] if other else lines, [service_fact(row, context) for row in rows])

    return cell


def _emergency_cell(record: Country, context: Context) -> Cell:
    found = emergency(record, context.cites)
    if found is None:
        return absent()
    facts = [
        fact(row.number, context, row, item=row.role, certainty=found.remark, note=row.note)
        for row in record.emergency
    ]
    return Cell([found.text], facts)


def _model_cell(record: Country, context: Context) -> Cell:
    if record.model is None:
        return absent()
    model = record.model
    text = context.cites.cite(model.title, model.sources, model.year)
    return Cell([text], [fact(model.title, context, model)])


def _model_claims(attribute: str) -> Callable[[Country, Context], Cell]:
    return lambda record, context: claims(getattr(record.model, attribute, ()), context)


def _law_cell(record: Country, context: Context) -> Cell:
    law = record.law
    if law is None:
        return absent()
    said = fact(law.possession, context, law, item=law.statute, note=law.text)
    return Cell([law_text(record, context.cites)], [said])


def _figures_cell(record: Country, context: Context) -> Cell:
    """The newest number of each measure; all of them where several are equally new."""
    if not record.figures:
        return absent()
    years = [context.cites.held(figure) for figure in record.figures]
    newest: dict[str, int] = {}
    for figure, year in zip(record.figures, years, strict=True):
        newest[figure.measure] = max(newest.get(figure.measure, 0), year)
    shown = [
        figure for figure, year in zip(record.figures, years, strict=True) if year == newest[figure.measure]
    ]
    facts = [figure_fact(figure, context) for figure in shown]
    return Cell([figure_text(figure, context.cites) for figure in shown], facts)


def figure_fact(figure: Figure, context: Context) -> Fact:
    """A number for spreadsheets, with range, unit and qualifier."""
    return fact(
        figure.value,
        context,
        figure,
        item=figure.measure,
        low=figure.low,
        high=figure.high,
        unit=figure.unit,
        qualifier=figure.qualifier or "",
        note=figure.note,
    )


def _helplines_cell(record: Country, context: Context) -> Cell:
    lines, facts = [], []
    for body in context.organizations.get(record.iso2, ()):
        if not body.offered:
            continue
        for contact in body.contacts:
            if contact.private or not contact.number:
                continue
            text = contact_text(contact, body, context.cites)
            lines.append(Text(f"{body.name}. {text.value}", text.refs, text.tone, text.lead))
            facts.append(contact_fact(contact, body, context, body.name))
    return Cell(lines, facts) if lines else absent()


def contact_fact(contact: Contact, body: Organization, context: Context, item: str) -> Fact:
    """A contact for spreadsheets; the note says all that people read of it: hours, cost, limits, doubts."""
    conflict = f"sources differ: {contact.conflict}" if contact.conflict else ""
    doubt = "" if contact.confidence == "high" else f"confidence {contact.confidence}"
    certainty = (out_of_service(body), doubt, conflict)
    check = contact.verified
    unchecked = "compiled from documents, not checked by a person"
    method = f"checked {check.on} by {check.by} ({check.how})" if check else unchecked
    return fact(
        contact_address(contact),
        context,
        contact,
        item=item,
        method=method,
        certainty="; ".join(part for part in certainty if part),
        note=contact_text(contact, body, context.cites).value,
    )
