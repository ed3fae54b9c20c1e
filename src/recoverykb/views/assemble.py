"""From a base to a document: fetch what a view needs, call the view.

This is the library's front door; commands only parse, call one of these, and render.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from recoverykb.errors import UnknownRecordError, UsageError
from recoverykb.records.types import AnyRecord, Country, Guide, Organization, Record, Source, Strategy
from recoverykb.storage.base import Base
from recoverykb.views.citing import Bibliography, source_ids
from recoverykb.views.detail import Surroundings, detail_document
from recoverykb.views.detail_country import service_order
from recoverykb.views.document import Document, Tidy
from recoverykb.views.phrases import newest_first

PLACE_TYPES = frozenset({"provider", "place", "network", "ngo", "mutual-aid"})
"""Sorts of organization that a sheet of a country lists besides its phone lines."""


def pages(base: Base, record_ids: Iterable[str]) -> Document:
    """The pages of records as one document, each once, in the order asked for."""
    return together([detail(base, record_id) for record_id in dict.fromkeys(record_ids)])


def detail(base: Base, record_id: str) -> Document:
    """The page of one record. Raises :class:`UnknownRecordError` for an id that no record has."""
    record = base.get(record_id)
    where = _where(base, record) if isinstance(record, Strategy) else []
    who = _who(base, record)
    cited = source_ids(record) + source_ids([rows for _, rows in where]) + source_ids(who)
    around = Surroundings(
        row=base.row(record_id),
        sources=base.sources(cited),
        names=base.names(),
        where=where,
        who=who,
        citations=base.citations(record_id) if isinstance(record, Source) else (),
    )
    return detail_document(record, around)


def _where(base: Base, record: Strategy) -> list[tuple[Country, Sequence[object]]]:
    """What countries say of a service, newest row first; only countries that have a row."""
    told = [
        (country, [row for row in country.services if row.service == record.id])
        for country in (base.every(Country) if record.service else ())
    ]
    cites = Bibliography(base.sources(source_ids([rows for _, rows in told])))
    return [(country, newest_first(rows, cites)) for country, rows in told if rows]


def _who(base: Base, record: AnyRecord) -> list[Organization]:
    if isinstance(record, Country):
        return bodies_in(base, record.iso2)
    if isinstance(record, Strategy):
        return [body for body in base.every(Organization) if record.id in body.services and body.offered]
    return []


def bodies_in(base: Base, code: str) -> list[Organization]:
    """The organizations in the country with this ISO code, by name."""
    found = base.find(row.id for row in base.rows("organization", country=code))
    return [body for body in found.values() if isinstance(body, Organization)]


def sheet(
    base: Base,
    record_ids: Sequence[str],
    *,
    country: str | None = None,
    title: str = "",
    today: date,
) -> Document:
    """A resource sheet of the named records, for a country (ISO code) where one is given."""
    from recoverykb.views.sheet import SheetParts, default_options, sheet_document

    asked = base.find(record_ids)
    retired = [record for record in asked.values() if isinstance(record, Record) and record.retired]
    records = {record.id: record for record in asked.values() if record not in retired}
    home = _sheet_country(base, country, records.values())
    strategies = [record for record in records.values() if isinstance(record, Strategy)]
    every_strategy = {record.id: record for record in base.every(Strategy)}
    bodies = [record for record in records.values() if isinstance(record, Organization)]
    guides = [record for record in records.values() if isinstance(record, Guide)]
    whole_country = home is not None and not strategies and not bodies and not guides
    if home and whole_country:
        strategies = default_options(home, every_strategy, Bibliography(base.sources(source_ids(home))))
    every_guide = [guide for guide in base.every(Guide) if guide.retired is None]
    overdose = next((guide for guide in every_guide if guide.use == "overdose"), None)
    questions = next((guide for guide in every_guide if guide.use == "questions"), None)
    local = bodies_in(base, home.iso2) if home else []
    there = {body.id: body for body in (*bodies, *local)}
    lines = sorted((body for body in there.values() if body.contacts), key=lambda body: body.name.casefold())
    places = [body for body in local if body.offered and body.type in PLACE_TYPES and body.services]
    used = [
        record
        for record in (home, overdose, questions, *strategies, *bodies, *guides, *lines, *local)
        if record
    ]
    return sheet_document(
        SheetParts(
            country=home,
            strategies=strategies,
            organizations=bodies,
            guides=guides,
            overdose=overdose,
            questions=questions,
            lines=lines,
            sources=base.sources(source_ids(used)),
            names=base.names(),
            title=title,
            asked=tuple(records),
            retired=retired,
            places=places if whole_country else (),
            services=service_order(every_strategy.values()) if whole_country else (),
        ),
        today=today,
    )


def _sheet_country(base: Base, code: str | None, records: Iterable[AnyRecord]) -> Country | None:
    """The country of a sheet, named by code or among the records; ``None`` where none is named."""
    named = {record.iso2: record for record in records if isinstance(record, Country)}
    if code is not None:
        named |= {country.iso2: country for country in base.every(Country) if country.iso2 == code}
        if code not in named:
            raise UnknownRecordError(f"no record for the country {code}", "see 'recoverykb list country'")
    if len(named) > 1:
        raise UsageError("a sheet is for one country", "make one sheet for each")
    return next(iter(named.values()), None)


def together(pages: Sequence[Document]) -> Document:
    """Several pages as one document; one page stays as it is. JSON: the record, or an array of them."""
    if len(pages) == 1:
        return pages[0]
    header = list(dict.fromkeys(name for page in pages for name in page.tidy.header))
    rows = [dict(zip(page.tidy.header, row, strict=True)) for page in pages for row in page.tidy.rows]
    return Document(
        title=", ".join(page.title for page in pages),
        blocks=(),
        data=[page.data for page in pages],
        ids=[record_id for page in pages for record_id in page.ids],
        tidy=Tidy(header, [[row.get(name, "") for name in header] for row in rows]),
        pages=pages,
    )
