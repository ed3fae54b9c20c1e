"""An acronym or alias that two records share cannot be used as an id: ``show`` has to ask back."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from recoverykb.check.context import Across, Context, Finding, Item, KeyPath, Place
from recoverykb.fold import key
from recoverykb.records.types import Record

CODE, SEVERITY, TITLE = "RKB105", "warning", "a label that stands for two records"
EXAMPLE = (
    {
        "organizations/clinics.toml": """
        [[organization]]
        id = "our-clinic"
        acronym = "OC"

        [[organization]]
        id = "old-clinic"
        acronym = "OC"
        """
    },
    {
        "organizations/clinics.toml": """
        [[organization]]
        id = "our-clinic"
        acronym = "OC"

        [[organization]]
        id = "old-clinic"
        aliases = ["Old clinic"]
        """
    },
)

_NAMED = 3
"""So many of the other records are named."""


class Label(NamedTuple):
    """A label of a record, folded, and where it stands."""

    text: str
    path: KeyPath


class Check(Across[list[Label]]):
    """Knows the record that has each label first, and where others have it too."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.first: dict[str, Place] = {}
        self.others: dict[str, list[tuple[Place, KeyPath]]] = defaultdict(list)

    @staticmethod
    def facts(item: Item) -> list[Label] | None:
        """Note the labels of ``item``."""
        return _labels(item.record) if isinstance(item.record, Record) else None

    def see(self, place: Place, fact: list[Label]) -> Iterable[Finding]:
        """Keep the labels."""
        for label, path in fact:
            if self.first.setdefault(label, place) != place:
                self.others[label].append((place, path))
        return ()

    def end(self) -> Iterator[Finding]:
        """Yield a finding for each label that another record has too."""
        for label, places in self.others.items():
            ids = [self.first[label].id, *(place.id for place, _ in places)]
            for place, path in places:
                others = [other for other in ids[: _NAMED + 1] if other != place.id][:_NAMED]
                more = len(ids) - 1 - len(others)
                named = ", ".join(others) + (f" and {more} more" if more else "")
                yield Finding(place, path, f"'{label}' also stands for {named}", "drop one of them")


def _labels(record: Record) -> list[Label]:
    """Each label of a record once."""
    found: dict[str, KeyPath] = {
        key(alias): ("aliases", position) for position, alias in enumerate(record.aliases)
    }
    for name in ("iso2", "iso3", "acronym", "abbreviation", "name"):
        found[key(getattr(record, name, ""))] = (name,)
    return [Label(text, path) for text, path in found.items() if text]
