"""Write the names of countries in other languages into kb/countries, from Unicode CLDR.

Run with ``babel`` installed, from the top of the repository: ``python .maintenance/country_labels.py``.
It sets the one line ``labels = {...}`` of each country file and touches nothing else. Names that equal
the English one are left out: search finds those anyhow.
"""

import json
import re
import sys
import tomllib
from pathlib import Path

from babel import Locale

LANGUAGES = ("es", "fr", "pt", "de", "it", "ru", "uk", "ar", "fa", "hi", "th", "sw", "id", "vi", "zh")


def labels(iso2: str, english: str) -> dict[str, str]:
    """The country's name by language tag, as CLDR has it."""
    names = {tag: Locale(tag).territories.get(iso2, "") for tag in LANGUAGES}
    return {tag: name for tag, name in names.items() if name and name != english}


def with_labels(text: str) -> str:
    """The text of a country file with its labels line set anew."""
    record = tomllib.loads(text)
    pairs = {**record.get("labels", {}), **labels(record["iso2"], record["name"])}
    inner = ", ".join(
        f"{tag} = {json.dumps(name, ensure_ascii=False)}" for tag, name in sorted(pairs.items())
    )
    line = f"labels = {{ {inner} }}\n" if pairs else ""
    bare = re.sub(r"(?m)^labels = \{.*\}\n", "", text)
    result = re.sub(r'(?m)^(subregion = ".*"\n)', lambda found: found[1] + line, bare, count=1)
    changed = tomllib.loads(result)
    if {**changed, "labels": None} != {**record, "labels": None} or changed.get("labels", {}) != pairs:
        sys.exit(f"{record['id']}: more than the labels would change; nothing written")
    return result


def main() -> None:
    """Write every country file anew whose labels differ."""
    for file in sorted(Path("kb/countries").glob("*.toml")):
        text = file.read_text(encoding="utf-8")
        result = with_labels(text)
        if result != text:
            file.write_text(result, encoding="utf-8")


if __name__ == "__main__":
    main()
