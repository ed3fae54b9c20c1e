"""``recoverykb search``."""

from typing import Annotated

import typer

from recoverykb.cli.options import ColourOption, CountryOption, FormatOption, KbOption, TagOption, WidthOption
from recoverykb.records.vocabulary import PublicKind

EXAMPLES = (
    "recoverykb search overdose",
    "recoverykb search methadone --country KE --format json",
)


def run(
    query: Annotated[list[str], typer.Argument(metavar="QUERY...", help="Words as people say them.")],
    kind: Annotated[
        PublicKind | None, typer.Option("--kind", "-k", help="Only records of this kind.")
    ] = None,
    country: CountryOption = None,
    tag: TagOption = None,
    limit: Annotated[
        int, typer.Option("--limit", "-n", min=1, metavar="N", help="At most so many hits.")
    ] = 10,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say why each hit stands where it stands.")
    ] = False,
    format_name: FormatOption = None,
    kb: KbOption = None,
    colour: ColourOption = "auto",
    width: WidthOption = None,
) -> None:
    """Find strategies, countries, organizations, guides and sources."""
    from recoverykb.cli.environment import current
    from recoverykb.cli.output import chosen_format, emit
    from recoverykb.errors import Exit
    from recoverykb.search.engine import Filters, search
    from recoverykb.storage.base import Base
    from recoverykb.views.listing import search_document
    from recoverykb.views.places import country_code

    environment = current(colour, width)
    words = " ".join(query)
    chosen = chosen_format(environment, format_name)
    with Base.open(kb or (), environment.warn) as base:
        code = country_code(base, country) if country else None
        filters = Filters(kind, code, tag)
        outcome = search(base, words, filters, limit=limit)
        unfiltered = [] if outcome.hits or filters == Filters() else search(base, words).hits
        for correction in outcome.corrections:
            environment.warn(f"showing results for '{correction.to}' instead of '{correction.typed}'")
        near = [] if outcome.hits else base.nearest(words, limit=5, likeness=70)
    emit(environment, search_document(outcome, explain=explain), chosen)
    if not outcome.hits:
        if unfiltered:
            hint = f"without the filters there are {len(unfiltered)} hits or more"
        else:
            hint = f"near: {', '.join(near)}" if near else "try fewer or other words, or 'recoverykb list'"
        environment.warn(f"nothing found for '{words}'; {hint}")
        raise typer.Exit(Exit.NOTHING)
