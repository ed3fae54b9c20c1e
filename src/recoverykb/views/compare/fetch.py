"""From a base to a comparison: fetch what it needs, call its view."""

from collections.abc import Sequence

from recoverykb.errors import UsageError
from recoverykb.records.types import Country, Strategy
from recoverykb.records.vocabulary import CATEGORIES, REGIONS, region_name
from recoverykb.storage.base import Base
from recoverykb.views.assemble import bodies_in
from recoverykb.views.citing import Bibliography, source_ids
from recoverykb.views.compare.cells import Context
from recoverykb.views.compare.matrix import PLAIN, Layout
from recoverykb.views.detail_country import service_order
from recoverykb.views.document import Document


def comparison(
    base: Base, record_ids: Sequence[str], fields: Sequence[str] = (), layout: Layout = PLAIN
) -> Document:
    """Records of one kind side by side. Raises :class:`UsageError` for fewer than two, or mixed kinds."""
    from recoverykb.views.compare.side_by_side import COMPARABLE, comparison_document

    records = list(base.find(record_ids).values())
    if len(records) < 2:
        raise UsageError(
            "a comparison needs two records or more", f"compare {COMPARABLE}: compare portugal switzerland"
        )
    codes = {record.iso2 for record in records if isinstance(record, Country)}
    by_country = {code: bodies_in(base, code) for code in codes}
    cited = source_ids([*records, *(body for bodies in by_country.values() for body in bodies)])
    return comparison_document(
        records,  # type: ignore[arg-type]
        Context(Bibliography(base.sources(cited)), base.names(), by_country),
        services=service_order(base.every(Strategy)),
        fields=fields,
        layout=layout,
    )


def services(
    base: Base,
    record_ids: Sequence[str] = (),
    region: str | None = None,
    layout: Layout = PLAIN,
) -> Document | None:
    """Countries by services: the named ones, those of a region, or all; ``None`` where there are none.

    ``layout`` may name services by id, name or short form.
    """
    from recoverykb.views.compare.services import ORDERS, services_document

    countries = _countries(base, record_ids, region)
    strategies = list(base.every(Strategy))
    order = service_order(strategies)
    services_by_word = _words(strategies, order)
    required = [_service(word, services_by_word) for word in layout.only_with]
    sort = layout.sort if layout.sort in ORDERS else _service(layout.sort, services_by_word)
    if not countries:
        return None
    return services_document(
        countries,
        Context(
            Bibliography(base.sources(source_ids(countries))),
            base.names(),
            abbreviations={record.id: record.abbreviation for record in strategies},
        ),
        title="Services by country" + (f": {region_name(region)}" if region else ""),
        services=order,
        layout=layout._replace(only_with=required, sort=sort),
    )


def _countries(base: Base, record_ids: Sequence[str], region: str | None) -> list[Country]:
    if region is not None and region not in REGIONS:
        raise UsageError(f"no region '{region}'", f"regions: {', '.join(REGIONS)}")
    countries = list(base.every(Country))
    if record_ids:
        wanted = set(record_ids)
        others = wanted - {country.id for country in countries}
        if others:
            raise UsageError(f"not a country: {min(others)}", "this table compares countries")
        countries = [country for country in countries if country.id in wanted]
    if region is not None:
        countries = [country for country in countries if region in (country.region, country.subregion)]
    return countries


def _words(strategies: Sequence[Strategy], order: Sequence[str]) -> dict[str, str]:
    """Every word that names a service of the tables, in lower case, with its id."""
    known = {record.id: record for record in strategies}
    words = {name: name for name in order}
    for name in order:
        if record := known.get(name):
            words |= {word.casefold(): name for word in (record.name, record.abbreviation) if word}
    return words


def _service(word: str, known: dict[str, str]) -> str:
    if word.casefold() not in known:
        names = ", ".join(dict.fromkeys(known.values()))
        raise UsageError(f"no service '{word}' in the tables", f"services: {names}")
    return known[word.casefold()]


def evidence(
    base: Base,
    record_ids: Sequence[str] = (),
    *,
    outcomes: Sequence[str] = (),
    category: str | None = None,
    layout: Layout = PLAIN,
) -> Document:
    """Strategies by outcome: the named ones, those of a category, or all."""
    from recoverykb.views.compare.evidence import evidence_document

    if category is not None and category not in CATEGORIES:
        raise UsageError(f"no category '{category}'", f"categories: {', '.join(CATEGORIES)}")
    strategies = [
        record
        for record in base.every(Strategy)
        if (not record_ids or record.id in record_ids) and category in (None, record.category)
    ]
    others = set(record_ids) - {record.id for record in strategies}
    if others:
        raise UsageError(f"not a strategy: {min(others)}", "--evidence compares strategies")
    if not strategies:
        raise UsageError(f"no strategy of the category '{category}' is in the base")
    return evidence_document(
        strategies,
        Context(Bibliography(base.sources(source_ids(strategies))), {}),
        outcomes=outcomes,
        named=bool(record_ids),
        layout=layout,
    )


def figures(
    base: Base,
    measure: str,
    record_ids: Sequence[str] = (),
    region: str | None = None,
    layout: Layout = PLAIN,
) -> Document | None:
    """One measure over countries; ``None`` where no country is of that region."""
    from recoverykb.views.compare.figures import figures_document

    countries = _countries(base, record_ids, region)
    if layout.sort not in ("name", "value"):
        raise UsageError(f"no order '{layout.sort}' here", "sort by name or value")
    if not countries:
        return None
    return figures_document(
        countries,
        measure,
        Context(Bibliography(base.sources(source_ids(countries))), {}),
        named=bool(record_ids),
        layout=layout,
    )
