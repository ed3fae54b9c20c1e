"""A fact names its sources by id. A source that is not in the base cannot be looked up.

The fact then counts as unfounded: add the source record, or take the fact out.
"""

from collections.abc import Iterator

from recoverykb.check.context import Context, RuleInfo, walk
from recoverykb.problem import Problem

CODE, SEVERITY, TITLE = "RKB102", "error", "a source that does not exist"


def check(context: Context, rule: RuleInfo) -> Iterator[Problem]:
    """Yield a problem for each source id without a source record."""
    kinds = context.kinds()
    for item in context.items:
        for path, value in walk(item.table()):
            if len(path) > 1 and path[-2] == "sources" and kinds.get(value) != "source":
                yield context.problem(rule, item, path, f"no source '{value}'", f"add sources/{value}.toml")
