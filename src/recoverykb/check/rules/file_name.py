"""A file that holds one record is named after its id, so that people and git find it.

Rename the file, which ``--fix`` does where no other file has that name, or mend the id. A file with many
records (``[[organization]]`` tables) may have any name.
"""

from collections.abc import Iterator

from recoverykb.check.context import Finding, Item
from recoverykb.check.remedy import Named

CODE, SEVERITY, TITLE = "RKB003", "error", "a file that is not named after its record"
EXAMPLE = (
    {"organizations/clinic-2.toml": 'id = "our-clinic"'},
    {"organizations/our-clinic.toml": 'id = "our-clinic"'},
)
MENDS = True


def check(item: Item) -> Iterator[Finding]:
    """Yield a finding for a file whose stem is not the id."""
    place = item.place
    name = f"{place.id}.toml"
    if place.position is None and place.path.rsplit("/", 1)[-1] != name:
        yield item.finding(("id",), f"stands in {place.path}", f"name the file {name}", Named(name))
