"""A term that is about nothing counts only beside other concepts; if no combination names it, it never does.

Say what it is about, or name it in the ``together`` of a term.
"""

from collections.abc import Iterable, Iterator

from recoverykb.check.context import Across, Context, Finding, Item, Place
from recoverykb.check.noted import Mention, references
from recoverykb.records.types import Term

CODE, SEVERITY, TITLE = "RKB108", "warning", "a term that leads nowhere"
EXAMPLE = (
    {
        "terms/not-let-in.toml": """
        id = "not-let-in"
        about = []
        """
    },
    {
        "terms/not-let-in.toml": """
        id = "not-let-in"
        about = []
        """,
        "terms/drug-free-rehab.toml": """
        about = ["abstinence-only-treatment"]
        together = [[["residential-rehabilitation"], ["methadone"], ["not-let-in"]]]
        """,
    },
)

_OWN = Mention((), "")
"""Stands for a term that is about nothing, among what combinations name."""


def _named(item: Item) -> list[Mention] | None:
    """What the combinations of a term name, and whether it is about nothing itself."""
    if not isinstance(item.record, Term):
        return None
    found = [mention for mention in references(item) or [] if mention.path[0] == "together"]
    return found if item.record.about else [_OWN, *found]


class Check(Across[list[Mention]]):
    """Knows the terms that are about nothing, and what combinations name."""

    facts = staticmethod(_named)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.empty: dict[str, Place] = {}
        self.named: set[str] = set()

    def see(self, place: Place, fact: list[Mention]) -> Iterable[Finding]:
        """Keep the place of a term that is about nothing, and what is named."""
        if _OWN in fact:
            self.empty[place.id] = place
        self.named.update(mention.id for mention in fact)
        return ()

    def end(self) -> Iterator[Finding]:
        """Yield a finding for each term that neither leads anywhere nor is part of a combination."""
        for record_id, place in self.empty.items():
            if record_id not in self.named:
                yield Finding(
                    place,
                    ("id",),
                    "it is about nothing, and no combination names it",
                    "add about = [...], or name it in the 'together' of a term",
                )
