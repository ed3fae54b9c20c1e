"""An acronym or alias that two records share cannot be used as an id: ``show`` has to ask back."""

from collections import defaultdict
from collections.abc import Iterator

from recoverykb.check.context import Context, Item, RuleInfo
from recoverykb.fold import key
from recoverykb.problem import Problem
from recoverykb.records.types import Country, Record
from recoverykb.storage.rows import shown_aliases

CODE, SEVERITY, TITLE = "RKB105", "warning", "a label that stands for two records"


def check(context: Context, rule: RuleInfo) -> Iterator[Problem]:
    """Yield a problem for each label that another record has too."""
    owners: dict[str, list[Item]] = defaultdict(list)
    for item, record in context.of(Record):
        labels = {record.name, *shown_aliases(record)}
        if isinstance(record, Country):
            labels |= {record.iso2, record.iso3}
        for label in {key(label) for label in labels}:
            owners[label].append(item)
    for label, items in owners.items():
        for item in items[1:]:
            others = ", ".join(other.record.id for other in items if other is not item)
            yield context.problem(
                rule, item, ("aliases",), f"'{label}' also stands for {others}", "drop one of them"
            )
