"""What a hit must be, whatever the words of the query."""

from typing import NamedTuple


class Filters(NamedTuple):
    """What a hit must be. ``country`` (ISO code) keeps what serves everywhere."""

    kind: str | None = None
    country: str | None = None
    tag: str | None = None

    def condition(self) -> tuple[str, list[str]]:
        """What SQL must ask of a row of ``record``, and the values it asks with."""
        tests, values = ["active", "kind != 'term'"], []
        for test, value in (
            ("kind = ?", self.kind),
            ("coalesce(country, ?) = ?", self.country),
            ("exists(select 1 from json_each(tags) where value = ?)", self.tag),
        ):
            if value is not None:
                tests.append(test)
                values += [value] * test.count("?")
        return " and ".join(tests), values


NO_FILTERS = Filters()
