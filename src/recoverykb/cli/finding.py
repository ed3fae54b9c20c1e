"""What ``recoverykb search`` does. Kept apart from Typer, so that the quick way can call it too."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from recoverykb.cli.environment import current
from recoverykb.cli.output import chosen_format, emit
from recoverykb.errors import Exit
from recoverykb.search.engine import NO_FILTERS, Filters, search
from recoverykb.storage.base import Base
from recoverykb.views.listing import search_document


class Asked(NamedTuple):
    """The words and options of ``recoverykb search``."""

    query: Sequence[str]
    kind: str | None = None
    country: str | None = None
    tag: str | None = None
    limit: int = 10
    exact: bool = False
    explain: bool = False
    format_name: str | None = None
    kb: Sequence[Path] | None = None
    colour: str = "auto"
    width: int | None = None


def find(asked: Asked) -> Exit:
    """Print what answers the query; the exit code."""
    environment = current(asked.colour, asked.width)
    words = " ".join(asked.query)
    chosen = chosen_format(environment, asked.format_name)
    with Base.open(asked.kb or (), environment.warn) as base:
        filters = Filters(asked.kind, _code(base, asked.country), asked.tag)
        outcome = search(base, words, filters, limit=asked.limit, exact=asked.exact)
        for correction in outcome.corrections:
            environment.warn(f"showing results for '{correction.to}' instead of '{correction.typed}'")
        advice = "" if outcome.hits else _advice(base, outcome.words or words, outcome.filters)
    emit(environment, search_document(outcome, explain=asked.explain), chosen)
    if outcome.hits:
        return Exit.OK
    environment.warn(f"nothing found for '{words}'; {advice}")
    return Exit.NOTHING


def _code(base: Base, country: str | None) -> str | None:
    if not country:
        return None
    from recoverykb.views.places import country_code

    return country_code(base, country)


def _advice(base: Base, words: str, filters: Filters) -> str:
    """What to try when nothing was found."""
    unfiltered = [] if filters == NO_FILTERS else search(base, words).hits
    if unfiltered:
        return f"without the filters there are {len(unfiltered)} hits or more"
    near = base.nearest(words, limit=5, likeness=70)
    return f"near: {', '.join(near)}" if near else "try fewer or other words, or 'recoverykb list'"
