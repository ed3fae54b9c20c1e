"""A list that names one id twice counts it twice, and a reader wonders what is meant.

``--fix`` takes out the later one; comments stay.
"""

from collections.abc import Iterator

from recoverykb.check.context import Finding, Item, KeyPath
from recoverykb.check.remedy import WithoutEntry

CODE, SEVERITY, TITLE = "RKB106", "warning", "an id named twice in one list"
EXAMPLE = (
    {"organizations/our-clinic.toml": 'sources = ["sordo-bmj-2017", "sordo-bmj-2017"]'},
    {"organizations/our-clinic.toml": 'sources = ["sordo-bmj-2017"]'},
)
MENDS = True

_LISTS = frozenset({
    "sources", "related", "alternatives", "services", "tags", "about", "see", "aliases", "languages",
})  # fmt: skip


def check(item: Item) -> Iterator[Finding]:
    """Yield a finding for each entry that stands in its list already."""
    seen: set[tuple[KeyPath, str]] = set()
    for path, value in item.values:
        if len(path) < 2 or path[-2] not in _LISTS or not isinstance(value, str):
            continue
        if (path[:-1], value) in seen:
            remedy = WithoutEntry(f"took out the second '{value}'")
            yield item.finding(path, f"'{value}' is named twice in {path[-2]}", "take one out", remedy)
        seen.add((path[:-1], value))
