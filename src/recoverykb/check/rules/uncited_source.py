"""A source that nothing rests on is dead weight: cite it, or take it out."""

from collections.abc import Iterator

from recoverykb.check.context import Context, RuleInfo, walk
from recoverykb.problem import Problem
from recoverykb.records.types import Source

CODE, SEVERITY, TITLE = "RKB103", "warning", "a source nobody cites"


def check(context: Context, rule: RuleInfo) -> Iterator[Problem]:
    """Yield a problem for each source that no record names."""
    cited = {
        value
        for item in context.items
        for path, value in walk(item.table())
        if len(path) > 1 and path[-2] == "sources"
    }
    for item, source in context.of(Source):
        if source.id not in cited:
            yield context.problem(
                rule, item, ("id",), "no record rests on this source", "cite it or delete the file"
            )
