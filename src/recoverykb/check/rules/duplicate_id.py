"""An id stands for one record over all kinds. Of two records with one id, only the first is used."""

from collections.abc import Iterator

from recoverykb.check.context import Across, Context, Finding, Item

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


class Check(Across):
    """Knows the file of every id."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.files: dict[str, str] = {}

    def see(self, item: Item) -> Iterator[Finding]:
        """Yield a finding where the id was taken by an earlier record."""
        taken = self.files.get(item.place.id)
        if taken is None:
            self.files[item.place.id] = item.place.path
            return
        where = taken if taken != item.place.path else "an earlier record of this file"
        yield item.finding(("id",), f"the id is taken by {where}", "choose another id")
