"""A base of every kind that no rule has anything against, and ways to spoil it at a marked place.

``§`` marks the place a problem must point to; it is taken out before the file is written.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from recoverykb.check.runner import check_base
from recoverykb.problem import Problem

TODAY = date(2021, 6, 1)

CLEAN = {
    "sources/src-a.toml": """
id = "src-a"
title = "A review"
publisher = "Journal A"
url = "https://example.org/a"
tier = "guideline-or-review"
seen = "abstract"
accessed = 2021-05-01
year = 2020
""",
    "sources/src-b.toml": """
id = "src-b"
title = "A page"
publisher = "Office B"
url = "https://example.org/b"
tier = "official"
seen = "mirror"
via = "a copy at an archive"
accessed = 2021-05-01
""",
    "strategies/some-service.toml": """
id = "some-service"
name = "Some service"
summary = "A way of helping people who use drugs."
sources = ["src-a"]
compiled = 2021-05-01
category = "harm-reduction"
service = true
related = ["zedland"]
[evidence]
rating = "moderate"
direction = "benefit"
basis = "Review A (2020)"
sources = ["src-a"]
[[evidence.outcomes]]
outcome = "overdose"
direction = "benefit"
rating = "moderate"
basis = "Study B"
sources = ["src-b"]
critical = true
""",
    "strategies/a-harm.toml": """
id = "a-harm"
name = "A harm"
summary = "It does more harm than good."
sources = ["src-a"]
compiled = 2021-05-01
category = "avoid-or-caution"
alternatives = ["some-service"]
[evidence]
rating = "harmful"
direction = "harm"
basis = "Review A (2020)"
sources = ["src-a"]
[[evidence.outcomes]]
outcome = "death"
direction = "harm"
rating = "limited"
basis = "Study B"
sources = ["src-b"]
critical = true
""",
    "countries/zedland.toml": """
id = "zedland"
name = "Zedland"
summary = "A country."
sources = ["src-a"]
compiled = 2021-05-01
iso2 = "ZZ"
iso3 = "ZZZ"
region = "africa"
subregion = "sub-saharan-africa"
[[services]]
service = "some-service"
availability = "yes"
year = 2020
sources = ["src-a"]
note = "Two towns, by this source."
[[services]]
service = "some-service"
availability = "no"
year = 2020
sources = ["src-b"]
note = "None, by this source."
""",
    "organizations/a-body.toml": """
id = "a-body"
name = "A body"
acronym = "ABO"
aliases = ["The body"]
summary = "It answers the phone."
sources = ["src-a", "src-b"]
compiled = 2021-05-01
type = "helpline"
country = "CH"
services = ["some-service"]
[[contacts]]
purpose = "drug-help"
number = "044 262 66 66"
confidence = "high"
sources = ["src-a", "src-b"]
[[contacts]]
purpose = "crisis"
number = "143"
confidence = "low"
sources = ["src-a"]
[[contacts]]
purpose = "information"
url = "https://example.org/chat"
confidence = "high"
sources = ["src-a"]
""",
    "guides/a-guide.toml": """
id = "a-guide"
name = "A guide"
summary = "What to do."
compiled = 2021-05-01
use = "other"
[[sections]]
heading = "Steps"
items = [{ text = "Do it.", sources = ["src-a"], see = ["some-service"] }]
""",
    "terms/a-term.toml": """
id = "a-term"
name = "Some term"
about = ["some-service"]
compiled = 2021-05-01
labels = [{ text = "junkie", type = "street" }]
""",
}
"""A base of every kind that no rule has anything against."""

BODY, HARM, SERVICE, ZED, GUIDE, TERM, SOURCE = (
    "organizations/a-body.toml",
    "strategies/a-harm.toml",
    "strategies/some-service.toml",
    "countries/zedland.toml",
    "guides/a-guide.toml",
    "terms/a-term.toml",
    "sources/src-a.toml",
)
NOWHERE = "nothing-of-this-name-1"


def changed(path: str, *changes: tuple[str, str]) -> dict[str, str]:
    """A clean file with some things changed."""
    text = CLEAN[path]
    for old, new in changes:
        assert text.count(old) == 1, (path, old)
        text = text.replace(old, new)
    return {path: text}


Place = tuple[str, int, int]


def write(root: Path, files: Mapping[str, str]) -> set[Place]:
    """Write a base; the places of its marks."""
    places = set()
    for path, text in files.items():
        for number, line in enumerate(text.split("\n"), 1):
            assert line.count("§") <= 1
            if "§" in line:
                places.add((path, number, line.index("§") + 1))
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text.replace("§", ""), encoding="utf-8")
    return places


def found(root: Path, **options: object) -> list[Problem]:
    return check_base(root, today=TODAY, **options)  # type: ignore[arg-type]
