"""What ``recoverykb search`` does. Kept apart from Typer, so that the quick way can call it too."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from recoverykb.cli.environment import Environment, current
from recoverykb.cli.output import chosen_format, emit
from recoverykb.errors import Exit, UsageError
from recoverykb.search.engine import search
from recoverykb.search.filters import NO_FILTERS, Filters
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
    """Print what answers the query; the exit code. Without words a person is let find a record."""
    environment = current(asked.colour, asked.width)
    if not asked.query:
        return _let_find(asked, environment)
    words = " ".join(asked.query)
    chosen = chosen_format(environment, asked.format_name)
    with Base.open(asked.kb or (), environment.warn) as base:
        filters = Filters(asked.kind, _code(base, asked.country), asked.tag)
        outcome = search(
            base, words, filters, limit=asked.limit, spelling="exact" if asked.exact else "corrected"
        )
        for correction in outcome.corrections:
            environment.warn(f"showing results for '{correction.to}' instead of '{correction.typed}'")
        advice = "" if outcome.hits else _advice(base, outcome.words or words, outcome.filters)
    emit(environment, search_document(outcome, explain=asked.explain), chosen)
    if outcome.hits:
        return Exit.OK
    environment.warn(f"nothing found for '{words}'; {advice}")
    return Exit.NOTHING


def _let_find(asked: Asked, environment: Environment) -> Exit:
    """Start the finder; show what was taken. Raises :class:`UsageError` where there is no terminal."""
    if not (environment.terminal and sys.stdin is not None and sys.stdin.isatty()):
        raise UsageError("search needs words", "the finder needs a terminal; for example: search naloxone")
    from recoverykb.cli.finder import find_interactively
    from recoverykb.views.assemble import pages

    with Base.open(asked.kb or (), environment.warn) as base:
        taken = find_interactively(base, Filters(asked.kind, _code(base, asked.country), asked.tag))
        if taken is None:
            return Exit.NOTHING
        document = pages(base, [taken])
    emit(environment, document, chosen_format(environment, asked.format_name))
    return Exit.OK


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
