"""``recoverykb search``."""

from typing import Annotated

import typer

from recoverykb.cli.options import ColourOption, CountryOption, FormatOption, KbOption, TagOption, WidthOption
from recoverykb.records.vocabulary import PublicKind

EXAMPLES = (
    "recoverykb search overdose",
    "recoverykb search who can I talk to tonight --country KE",
    "recoverykb search 'needles -prison kind:country'",
    "recoverykb search methadone --country KE --format json",
)


def run(
    query: Annotated[
        list[str] | None,
        typer.Argument(metavar="[QUERY]...", help="Words as people say them; without any, a finder starts."),
    ] = None,
    kind: Annotated[
        PublicKind | None, typer.Option("--kind", "-k", help="Only records of this kind.")
    ] = None,
    country: CountryOption = None,
    tag: TagOption = None,
    limit: Annotated[
        int, typer.Option("--limit", "-n", min=1, metavar="N", help="At most so many hits.")
    ] = 10,
    exact: Annotated[
        bool, typer.Option("--exact", help="Take every word as it is spelt; correct nothing.")
    ] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say why each hit stands where it stands.")
    ] = False,
    format_name: FormatOption = None,
    kb: KbOption = None,
    colour: ColourOption = "auto",
    width: WidthOption = None,
) -> None:
    """Find strategies, countries, organizations, guides and sources.

    Words as people say them: names, short names, brands, street words, other languages, questions. Put a
    phrase in quotes to demand it, -word to rule a word out (both inside one quoted argument), and
    kind:, country: or tag: before a word to filter. Without words, on a terminal, a finder starts: type, and
    the list narrows; Enter shows the record, Escape leaves.
    """
    from recoverykb.cli.finding import Asked, find

    asked = Asked(
        query or (),
        kind=kind,
        country=country,
        tag=tag,
        limit=limit,
        exact=exact,
        explain=explain,
        format_name=format_name,
        kb=kb,
        colour=colour,
        width=width,
    )
    raise typer.Exit(find(asked))
