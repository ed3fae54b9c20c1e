"""Two source records with one address look like two witnesses where there is one: keep one of them."""

from collections.abc import Iterator

from recoverykb.check.context import Context, RuleInfo
from recoverykb.problem import Problem
from recoverykb.records.types import Source

CODE, SEVERITY, TITLE = "RKB602", "warning", "two sources that are one"


def check(context: Context, rule: RuleInfo) -> Iterator[Problem]:
    """Yield a problem for each source whose address an earlier one has."""
    first: dict[str, str] = {}
    for item, source in context.of(Source):
        address = source.url.split("://", 1)[-1].removeprefix("www.").rstrip("/").lower()
        earlier = first.setdefault(address, source.id)
        if earlier != source.id:
            yield context.problem(
                rule, item, ("url",), f"the same address as '{earlier}'", f"cite {earlier} instead"
            )
