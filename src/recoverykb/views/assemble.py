"""From a base to a document: fetch what a view needs, call the view.

This is the library's front door; commands only parse, call one of these, and render.
"""

from collections.abc import Iterable, Sequence

from recoverykb.records.types import AnyRecord, Country, Organization, Source, Strategy
from recoverykb.storage.base import Base
from recoverykb.views.citing import Bibliography, source_ids
from recoverykb.views.detail import Surroundings, detail_document
from recoverykb.views.document import Document, Tidy
from recoverykb.views.phrases import newest_first


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
