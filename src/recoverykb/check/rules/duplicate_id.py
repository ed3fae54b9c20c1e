"""An id stands for one record over all kinds. Of two records with one id, only the first is used."""

from collections.abc import Iterable

from recoverykb.check.context import Across, Context, Finding, Item, Place

CODE, SEVERITY, TITLE = "RKB004", "error", "two records with one id"
EXAMPLE = (
    {
        "organizations/clinics.toml": """
        [[organization]]
        id = "our-clinic"
        acronym = "OC"

        [[organization]]
        id = "our-clinic"
        acronym = "NC"
        """
    },
    {
        "organizations/clinics.toml": """
        [[organization]]
        id = "our-clinic"
        acronym = "OC"

        [[organization]]
        id = "night-clinic"
        acronym = "NC"
        """
    },
)


class Check(Across[str]):
    """Knows the file of every id."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.files: dict[str, str] = {}

    @staticmethod
    def facts(item: Item) -> str:
        """Note the id."""
        return item.record.id

    def see(self, place: Place, fact: str) -> Iterable[Finding]:
        """A finding where the id was taken by an earlier record."""
        taken = self.files.get(fact)
        if taken is None:
            self.files[fact] = place.path
            return ()
        where = taken if taken != place.path else "an earlier record of this file"
        return [Finding(place, ("id",), f"the id is taken by {where}", "choose another id")]
