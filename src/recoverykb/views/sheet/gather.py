"""From a base to a sheet: which records belong on it, which are left out, and why."""

from collections.abc import Iterable, Sequence
from datetime import date

from recoverykb.errors import UnknownRecordError, UsageError
from recoverykb.records.types import AnyRecord, Country, Guide, Organization, Strategy
from recoverykb.records.vocabulary import RATINGS
from recoverykb.storage.base import Base
from recoverykb.views.assemble import bodies_in
from recoverykb.views.citing import Bibliography, source_ids
from recoverykb.views.detail_country import service_order
from recoverykb.views.document import Document
from recoverykb.views.sheet.needs import NEEDS
from recoverykb.views.sheet.options import default_options, is_harmful
from recoverykb.views.sheet.page import sheet_document
from recoverykb.views.sheet.sieve import fit
from recoverykb.views.sheet.wish import LeftOut, SheetParts, Wish

PLACE_TYPES = frozenset({"provider", "place", "network", "ngo", "mutual-aid"})
"""Sorts of organization that a sheet of a country lists besides its phone lines."""


def sheet(base: Base, record_ids: Sequence[str], wish: Wish, *, today: date) -> Document:
    """A resource sheet of the named records, for a country and needs where they are wished for.

    Raises :class:`UnknownRecordError` for a country without a record, :class:`UsageError` for two countries.
    """
    return sheet_document(sheet_parts(base, record_ids, wish, today=today), wish, today=today)


def sheet_parts(base: Base, record_ids: Sequence[str], wish: Wish, *, today: date) -> SheetParts:
    """The records of a sheet, fit to be printed, and what had to be left out. Raises as :func:`sheet`."""
    needs = wish.needs
    asked = base.find(record_ids)
    records = {record.id: record for record in asked.values() if not _is_gone(record)}
    home = _country(base, wish.country, records.values())
    guides = [record for record in records.values() if isinstance(record, Guide)]
    strategies = [record for record in records.values() if isinstance(record, Strategy)]
    named = [record for record in records.values() if isinstance(record, Organization)]
    known = {record.id: record for record in base.every(Strategy) if record.retired is None}
    every_guide = {guide.id: guide for guide in base.every(Guide) if guide.retired is None}
    whole_country = home is not None and not strategies and not named and not guides and not needs
    strategies += _needed(needs, strategies, home, known)
    guides += [
        every_guide[guide]
        for need in needs
        for guide in NEEDS[need].guides
        if guide in every_guide and guide not in records
    ]
    if home and whole_country:
        strategies = default_options(home, known, Bibliography(base.sources(source_ids(home))))
    local = bodies_in(base, home.iso2) if home else []
    places = [body for body in local if _is_place(body, needs, whole=whole_country, named=named)]
    lines = _speaking([*named, *local])
    overdose, questions = (
        next((guide for guide in every_guide.values() if guide.use == use), None)
        for use in ("overdose", "questions")
    )
    used = [*strategies, *named, *guides, *lines, *places]
    used += [record for record in (home, overdose, questions) if record]
    parts = SheetParts(
        country=home,
        strategies=strategies,
        organizations=named,
        guides=guides,
        overdose=overdose,
        questions=questions,
        lines=lines,
        sources=base.sources(source_ids(used)),
        names=base.names(),
        policies={record.id: base.policy(record.id) for record in used},
        asked=tuple(records),
        places=places,
        services=service_order(known.values()) if whole_country else _unmet(needs, home),
        left_out=[
            LeftOut(record.id, record.name, "closed") for record in asked.values() if record.id not in records
        ],
        harmful=frozenset(strategy.id for strategy in known.values() if is_harmful(strategy)),
    )
    return fit(parts, today=today, stale=wish.stale)


def _needed(
    needs: Sequence[str], named: Sequence[Strategy], home: Country | None, known: dict[str, Strategy]
) -> list[Strategy]:
    """The options that answer the needs, best evidence first; none that the country is said to lack."""
    lacking = _unmet(needs, home)
    found = [known[option] for option in _wanted(needs) if option in known and option not in lacking]
    have = {strategy.id for strategy in named}
    offered = [strategy for strategy in found if strategy.id not in have and not is_harmful(strategy)]
    return sorted(offered, key=lambda strategy: list(RATINGS).index(strategy.evidence.rating))


def _wanted(needs: Sequence[str]) -> list[str]:
    """The options that answer the needs, each once."""
    return list(dict.fromkeys(option for need in needs for option in NEEDS[need].strategies))


def _unmet(needs: Sequence[str], home: Country | None) -> list[str]:
    """Of the options that answer the needs those that every source says the country lacks."""
    rows = home.services if home else []
    lacking = {row.service for row in rows if row.availability == "no"}
    lacking -= {row.service for row in rows if row.availability != "no"}
    return [option for option in _wanted(needs) if option in lacking]


def _is_place(
    body: Organization, needs: Sequence[str], *, whole: bool, named: Sequence[Organization]
) -> bool:
    """Whether an organization of the country belongs on its sheet, or answers a need."""
    if body in named or body.type not in PLACE_TYPES:
        return False
    if needs:
        return any(NEEDS[need].answered_by(body) for need in needs)
    return whole and bool(body.services) and body.offered


def _is_gone(record: AnyRecord) -> bool:
    """Whether a record is no longer to be used; organizations are left out later, with the closed ones."""
    return isinstance(record, Strategy | Guide | Country) and record.retired is not None


def _speaking(bodies: Iterable[Organization]) -> list[Organization]:
    """Those with contacts, each once, by name."""
    there = {body.id: body for body in bodies if body.contacts}
    return sorted(there.values(), key=lambda body: body.name.casefold())


def _country(base: Base, code: str | None, records: Iterable[AnyRecord]) -> Country | None:
    """The country of a sheet, named by code or among the records; ``None`` where none is named."""
    named = {record.iso2: record for record in records if isinstance(record, Country)}
    if code is not None:
        named |= {country.iso2: country for country in base.every(Country) if country.iso2 == code}
        if code not in named:
            raise UnknownRecordError(f"no record for the country {code}", "see 'recoverykb list country'")
    if len(named) > 1:
        raise UsageError("a sheet is for one country", "make one sheet for each")
    return next(iter(named.values()), None)
