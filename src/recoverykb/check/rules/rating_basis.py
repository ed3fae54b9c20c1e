"""A rating rests on a review, a guideline, an official report or a paper in a reviewed journal.

News, encyclopedias, lists and the pages of interested groups tell what people say. They cannot carry a
headline, nor an outcome row graded strong or moderate. ``insufficient`` needs no such basis: it says that
none was found. A ``limited`` row may rest on a report of a study, if it says so.
"""

from collections.abc import Iterator

from recoverykb.check.context import Context, KeyPath, RuleInfo
from recoverykb.problem import Problem
from recoverykb.records.types import Source, Strategy

CODE, SEVERITY, TITLE = "RKB305", "error", "a rating without basis"

_BEARING = frozenset({"guideline-or-review", "official", "peer-reviewed"})
_FIRM = frozenset({"strong", "moderate"})


def check(context: Context, rule: RuleInfo) -> Iterator[Problem]:
    """Yield a problem for each rating of which every source is known and none can bear it."""
    tiers = {source.id: source.tier for _, source in context.of(Source)}
    for item, strategy in context.of(Strategy):
        evidence = strategy.evidence
        rated: list[tuple[KeyPath, str, list[str]]] = [
            (("evidence", "rating"), evidence.rating, evidence.sources)
        ]
        rated += [
            (("evidence", "outcomes", position, "rating"), row.rating, row.sources)
            for position, row in enumerate(evidence.outcomes)
            if row.rating in _FIRM
        ]
        for path, rating, sources in rated:
            known = [tiers[source] for source in sources if source in tiers]
            if rating != "insufficient" and len(known) == len(sources) and not _BEARING & set(known):
                message = f"'{rating}' rests only on {', '.join(sorted(set(known)))}"
                hint = "cite a review, guideline, official report or paper, or write insufficient"
                yield context.problem(rule, item, path, message, hint)
