"""An acronym or alias that two records share cannot be used as an id: ``show`` has to ask back."""

from collections import defaultdict
from collections.abc import Iterator

from recoverykb.check.context import Context, Item, KeyPath, RuleInfo
from recoverykb.fold import key
from recoverykb.problem import Problem
from recoverykb.records.types import Record

CODE, SEVERITY, TITLE = "RKB105", "warning", "a label that stands for two records"


def check(context: Context, rule: RuleInfo) -> Iterator[Problem]:
    """Yield a problem for each label that another record has too."""
    owners: dict[str, list[tuple[Item, KeyPath]]] = defaultdict(list)
    for item, record in context.of(Record):
        for label, path in _labels(record).items():
            owners[label].append((item, path))
    for label, places in owners.items():
        for item, path in places[1:]:
            others = ", ".join(other.record.id for other, _ in places if other is not item)
            yield context.problem(rule, item, path, f"'{label}' also stands for {others}", "drop one of them")


def _labels(record: Record) -> dict[str, KeyPath]:
    """Each label of a record, folded, with the place where it stands."""
    found: dict[str, KeyPath] = {
        key(alias): ("aliases", position) for position, alias in enumerate(record.aliases)
    }
    for name in ("iso2", "iso3", "acronym", "abbreviation", "name"):
        found[key(getattr(record, name, ""))] = (name,)
    found.pop("", None)
    return found
