"""A TOML file outside the record folders is read by nobody: it may be a record in the wrong place.

Move it into the folder of its kind (``organizations/``, not ``organisations/``). Files whose names
begin with a dot, and ``base.toml``, are left alone.
"""

from collections.abc import Iterator
from difflib import get_close_matches

from recoverykb.check.context import Context, RuleInfo
from recoverykb.problem import Problem
from recoverykb.records.vocabulary import FOLDERS

CODE, SEVERITY, TITLE = "RKB005", "warning", "a file that nobody reads"


def check(context: Context, rule: RuleInfo) -> Iterator[Problem]:
    """Yield a problem for each TOML file in no record folder."""
    for path in sorted(context.root.glob("*.toml")) + sorted(context.root.glob("*/**/*.toml")):
        parts = path.relative_to(context.root).parts
        known = parts[0] in FOLDERS.values() or parts == ("base.toml",)
        if known or any(part.startswith(".") for part in parts):
            continue
        near = get_close_matches(parts[0], FOLDERS.values(), 1)
        hint = (
            f"did you mean {near[0]}/?"
            if near and len(parts) > 1
            else f"folders: {', '.join(FOLDERS.values())}"
        )
        yield Problem("/".join(parts), 1, 1, rule.code, rule.severity, "stands in no record folder", hint)
