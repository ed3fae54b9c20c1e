"""What a shell offers when Tab is pressed: ids, country codes, tags, formats.

The words come from the index as it is; whether files changed is not looked at, because a person waits. No
index yet, or a base that cannot be read: nothing is offered, and nothing is said.
"""

from collections.abc import Iterable
from typing import Any

from recoverykb.errors import RecoverykbError

Offer = tuple[str, str]
"""A word and what it stands for."""


def record_ids(ctx: Any, incomplete: str) -> list[Offer]:
    """The ids that begin with what is typed; sources only when asked for by their command."""
    return ids_for(str(ctx.command.name), incomplete, _chosen(ctx))


def ids_for(command: str, incomplete: str, chosen: Iterable[Any] = ()) -> list[Offer]:
    """The ids that ``command`` takes and that begin with what is typed; ``chosen`` as named with ``--kb``."""
    return _offers(
        chosen,
        "select id, name from record where active and (kind = 'source') = (:wanted = 'source') "
        "and kind != 'term' and id >= :first and id < :last order by id limit 200",
        incomplete.lower(),
        wanted=command.removesuffix("s"),
    )


def country_codes(ctx: Any, incomplete: str) -> list[Offer]:
    """The ISO codes that begin with what is typed."""
    return _offers(
        _chosen(ctx),
        "select country, name from record where active and kind = 'country' "
        "and country >= :first and country < :last order by country",
        incomplete.upper(),
    )


def tags(ctx: Any, incomplete: str) -> list[Offer]:
    """The tags that begin with what is typed, and how many records have them."""
    return _offers(
        _chosen(ctx),
        "select value, count(*) || ' records' from record, json_each(tags) "
        "where active and kind not in ('term', 'source') and value >= :first and value < :last "
        "group by value",
        incomplete,
    )


def format_names(incomplete: str) -> list[str]:
    """The formats that begin with what is typed."""
    from recoverykb.render.registry import formats

    return [name for name in formats() if name.startswith(incomplete)]


def measures(ctx: Any, incomplete: str) -> list[Offer]:
    """The measures of countries that begin with what is typed; for them records must be decoded."""
    import sqlite3

    from recoverykb.storage.index import peek
    from recoverykb.storage.layers import resolve

    chosen = _chosen(ctx)
    try:
        if peek(resolve(chosen)) is None:
            return []
        found = _measures(chosen)
    except (RecoverykbError, OSError, sqlite3.Error):
        return []
    return [(name, name.replace("-", " ")) for name in sorted(found) if name.startswith(incomplete)]


def _measures(chosen: Iterable[Any]) -> set[str]:
    from recoverykb.records.types import Country
    from recoverykb.storage.base import Base

    with Base.open(tuple(chosen), _silent) as base:
        return {figure.measure for country in base.every(Country) for figure in country.figures}


def _silent(_line: str) -> None:
    """Nobody reads a remark while a shell completes a word."""


def regions(incomplete: str) -> list[str]:
    """The regions that begin with what is typed."""
    from recoverykb.records.vocabulary import REGIONS

    return [name for name in REGIONS if name.startswith(incomplete)]


def outcomes(incomplete: str) -> list[Offer]:
    """The outcomes that begin with what is typed after the last comma."""
    from recoverykb.records.vocabulary import OUTCOMES

    before, comma, last = incomplete.rpartition(",")
    return [(before + comma + name, told) for name, told in OUTCOMES.items() if name.startswith(last)]


def check_codes(incomplete: str) -> list[Offer]:
    """The codes of checks that begin with what is typed after the last comma, and what each is about."""
    from recoverykb.check.registry import every_info

    before, comma, last = incomplete.rpartition(",")
    return [
        (before + comma + info.code, info.title)
        for info in every_info()
        if info.code.startswith(last.upper())
    ]


def needs_named(incomplete: str) -> list[str]:
    """The needs that begin with what is typed after the last comma."""
    from recoverykb.views.sheet.needs import NEEDS

    before, comma, last = incomplete.rpartition(",")
    return [before + comma + name for name in NEEDS if name.startswith(last)]


def sheet_languages(incomplete: str) -> list[Offer]:
    """The languages of sheets that begin with what is typed."""
    from recoverykb.views.language import LANGUAGE_NAMES

    return [(tag, name) for tag, name in LANGUAGE_NAMES.items() if tag.startswith(incomplete)]


def services_offered(ctx: Any, incomplete: str) -> list[Offer]:
    """The services of the country tables that begin with what is typed."""
    from recoverykb.records.vocabulary import SERVICES

    return [(name, name.replace("-", " ")) for name in SERVICES if name.startswith(incomplete)]


def _chosen(ctx: Any) -> Iterable[Any]:
    return ctx.params.get("kb") or ()


def _offers(chosen: Iterable[Any], statement: str, beginning: str, **values: str) -> list[Offer]:
    import sqlite3

    from recoverykb.render.safe import one_line
    from recoverykb.storage.index import peek
    from recoverykb.storage.layers import resolve

    try:
        connection = peek(resolve(chosen))
        if connection is None:
            return []
        values |= {"first": beginning, "last": beginning + "\U0010ffff"}
        rows = connection.execute(statement, values).fetchall()
    except (RecoverykbError, OSError, sqlite3.Error):
        return []
    return [(word, one_line(meaning)) for word, meaning in rows]
