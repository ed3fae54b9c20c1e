"""A file that holds one record is named after its id, so that people and git find it.

Rename the file, or mend the id. A file with many records (``[[organization]]`` tables) may have any name.
"""

from collections.abc import Iterator

from recoverykb.check.context import Context, RuleInfo
from recoverykb.problem import Problem

CODE, SEVERITY, TITLE = "RKB003", "error", "a file that is not named after its record"


def check(context: Context, rule: RuleInfo) -> Iterator[Problem]:
    """Yield a problem for each file whose stem is not the id."""
    for item in context.items:
        stem = item.path.rsplit("/", 1)[-1].removesuffix(".toml")
        if item.position is None and stem != item.record.id:
            yield context.problem(
                rule, item, ("id",), f"stands in {item.path}", f"name the file {item.record.id}.toml"
            )
