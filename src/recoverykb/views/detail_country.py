"""The page of a country: model, law, services, numbers, where to turn."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import groupby

from recoverykb.records.types import Country, Figure, Organization, Service, Strategy
from recoverykb.records.vocabulary import SERVICES
from recoverykb.views.citing import Bibliography, capital
from recoverykb.views.document import Block, Bullets, Cell, Paragraph, Part, Table, Text
from recoverykb.views.phrases import (
    NOT_RECORDED,
    availability_text,
    contact_text,
    emergency,
    law_text,
    newest_first,
    out_of_service,
)


def service_order(strategies: Iterable[Strategy]) -> tuple[str, ...]:
    """The services tables show: the field's own, then those that a team's base adds, by id."""
    added = {strategy.id for strategy in strategies if strategy.service} - set(SERVICES)
    return (*SERVICES, *sorted(added))


def country_blocks(
    record: Country, names: Mapping[str, str], who: Sequence[Organization], cites: Bibliography
) -> list[Block]:
    """The blocks of a country's page; ``who`` are the organizations in the country."""
    blocks: list[Block] = [Paragraph(Text(record.summary, cites.refs(record.sources)))]
    numbers = emergency(record, cites)
    ambulance = numbers.text if numbers else Text(NOT_RECORDED, tone="quiet")
    blocks.append(Part("Emergency number (ambulance)", [Paragraph(ambulance)]))
    if record.model:
        model = record.model
        parts: list[Block] = [Paragraph(cites.cite(model.text, model.sources, model.year))]
        if model.strengths:
            parts.append(Part("Strengths", [Bullets([cites.claim(claim) for claim in model.strengths])], 3))
        if model.cautions:
            parts.append(Part("Cautions", [Bullets([cites.claim(claim) for claim in model.cautions])], 3))
        blocks.append(Part(f"Model: {model.title}", parts))
    blocks.append(Part("Law on possession for personal use", [Paragraph(law_text(record, cites))]))
    blocks.append(Part("Services", [services_table(record, names, cites)]))
    if record.figures:
        lines = [figure_text(figure, cites) for figure in record.figures]
        blocks.append(Part("Numbers", [Bullets(lines)]))
    if record.programmes:
        lines = [cites.claim(claim) for claim in record.programmes]
        blocks.append(Part("Laws, plans and programmes", [Bullets(lines)]))
    if who:
        blocks.append(Part("Where to turn", [Bullets(_who_lines(who, cites))]))
    return blocks


def rows_by_service(record: Country, cites: Bibliography) -> dict[str, list[Service]]:
    """The service rows of a country by service, newest first; only services with a row."""
    ordered = sorted(record.services, key=lambda row: row.service)
    return {
        service: newest_first(list(rows), cites)
        for service, rows in groupby(ordered, key=lambda row: row.service)
    }


def services_table(record: Country, names: Mapping[str, str], cites: Bibliography) -> Table:
    """Every service with its newest row, and under it what other sources say."""
    known = rows_by_service(record, cites)
    order = [*SERVICES, *sorted(known.keys() - set(SERVICES))]
    rows = []
    for service in order:
        found = known.get(service, [])
        newest = [availability_text(found[0], cites)] if found else [Text(NOT_RECORDED, tone="quiet")]
        others = [availability_text(row, cites) for row in found[1:]]
        rows.append((names.get(service, service), [Cell(newest), Cell(others)]))
    return Table(
        "Service",
        ("newest", "other sources"),
        rows,
        notes=[f"“{NOT_RECORDED}” means that the base holds nothing about it. It does not mean “no”."],
    )


def figure_text(figure: Figure, cites: Bibliography) -> Text:
    """A number with unit, range, year and source."""
    return cites.cite(
        f"{figure_value(figure)} {figure.unit}",
        figure.sources,
        figure.year,
        figure.note,
        lead=f"{measure_name(figure.measure)}:",
    )


def measure_name(measure: str) -> str:
    """The name of a measure as people write it: ``OAT clients``."""
    words = [_ABBREVIATIONS.get(word, word) for word in measure.split("-")]
    return capital(" ".join(words))


_ABBREVIATIONS = {"oat": "OAT", "hiv": "HIV", "hcv": "hepatitis C", "nsp": "NSP"}


def figure_value(figure: Figure) -> str:
    """The number as people write it: ``more than 26,000``, ``7,146``, ``2.6 (2.1 to 3)``."""
    words = {">": "more than ", "<": "less than ", "~": "about ", None: ""}[figure.qualifier]
    text = words + number(figure.value)
    low, high = (None if end is None else number(end) for end in (figure.low, figure.high))
    if low and high:
        return f"{text} ({low} to {high})"
    return f"{text} ({f'{low} or more' if low else f'{high} or less'})" if low or high else text


def number(value: float) -> str:
    """A number with thousands separated, and no more decimals than it has."""
    return f"{int(value):,}" if value == int(value) else f"{Decimal(repr(value)):,f}"


def _who_lines(who: Sequence[Organization], cites: Bibliography) -> list[Text]:
    lines: list[Text] = []
    for body in who:
        if not body.offered:
            continue
        contacts = [contact for contact in body.contacts if not contact.private]
        for contact in contacts:
            text = contact_text(contact, body, cites)
            lines.append(Text(f"{body.name}. {text.value}", text.refs, text.tone, text.lead))
        if not contacts:
            told = [body.type, out_of_service(body), f"id {body.id}"]
            name = f"{body.name} ({'; '.join(part for part in told if part)})"
            lines.append(Text(name, cites.refs(body.sources)))
    return lines
