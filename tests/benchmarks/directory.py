"""A made-up directory of services as large as wanted, in the shape of real ones.

The shape is that of a national treatment locator (names of two parts, street, city, lists of services, approaches,
payment, special groups) and of an HSDS export (schedules, eligibility, languages). Names of places and people
are invented syllables drawn by Zipf's law, so that the vocabulary grows as a directory's does; words of services
come from the treatment locator's own lists. Everything follows from the seed.
"""

import itertools
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import tomli_w

PER_FILE = 1000
_KINDS = ["Recovery", "Treatment", "Behavioral Health", "Counseling", "Wellness", "Family", "Community", "Hope", "Outreach",
          "Detox", "Women's", "Veterans", "Youth", "Methadone", "Opioid Treatment", "Harm Reduction", "Primary Care"]  # fmt: skip
_FORMS = ["Center", "Services", "Clinic", "House", "Program", "Associates", "Network", "Mission", "Agency", "Hospital",
          "Community Services Board", "Foundation", "Group", "Project"]  # fmt: skip
_APPROACHES = ["anger management", "brief intervention", "cognitive behavioral therapy", "motivational interviewing",
               "relapse prevention", "substance use counseling", "trauma-related counseling", "contingency management",
               "community reinforcement", "twelve-step facilitation", "telemedicine", "dialectical behavior therapy"]  # fmt: skip
_SERVICES = ["outpatient treatment", "residential treatment", "short-term residential", "hospital inpatient detoxification",
             "methadone maintenance", "buprenorphine maintenance", "naltrexone injections", "naloxone and overdose education",
             "HIV testing", "hepatitis C screening", "housing services", "case management", "transport assistance",
             "peer support", "self-help groups", "acupuncture", "domestic violence services", "child care"]  # fmt: skip
_GROUPS = ["adult men", "adult women", "pregnant women", "adolescents", "veterans", "people leaving prison", "seniors",
           "people with HIV", "people with co-occurring mental illness", "LGBT clients", "young adults"]  # fmt: skip
_PAYMENT = [
    "cash or self-payment",
    "Medicaid",
    "Medicare",
    "private health insurance",
    "state insurance",
    "sliding fee scale",
]
_DAYS = ["Monday to Friday", "Monday to Saturday", "every day", "Tuesday and Thursday"]
_STRATEGIES = ["methadone", "buprenorphine", "naloxone", "outpatient-treatment", "residential-rehabilitation",
               "peer-recovery-support", "contingency-management", "motivational-interviewing"]  # fmt: skip
_BEGINNINGS = (
    "b",
    "br",
    "c",
    "ch",
    "d",
    "dr",
    "f",
    "g",
    "gr",
    "h",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "st",
    "t",
    "v",
    "w",
)
_SYLLABLES = [
    beginning + end for beginning in _BEGINNINGS for end in ("a", "e", "i", "o", "u", "ai", "ea", "ou")
]


class Words:
    """Invented proper names: the n-th is drawn about 1/n as often as the first."""

    def __init__(self, random_: random.Random, number: int) -> None:
        made = dict.fromkeys(
            "".join(random_.choices(_SYLLABLES, k=random_.randint(2, 4))).capitalize()
            for _ in range(number * 2)
        )
        self.names = list(made)[:number]
        self.cumulated = list(itertools.accumulate(1 / (rank + 2) for rank in range(len(self.names))))
        self.random = random_

    def draw(self) -> str:
        """One name."""
        return self.random.choices(self.names, cum_weights=self.cumulated)[0]


def records(number: int, seed: int = 1) -> Iterator[dict[str, Any]]:
    """``number`` organizations as tables."""
    draw = random.Random(seed)
    places = Words(draw, 4000)
    people = Words(draw, 36_000)
    for count in range(number):
        city = places.draw()
        name = f"{people.draw()} {draw.choice(_KINDS)} {draw.choice(_FORMS)}"
        if draw.random() < 0.4:
            name += f" - {people.draw()} {draw.choice(_FORMS)}"
        services = ", ".join(draw.sample(_SERVICES, draw.randint(2, 6)))
        approaches = "; ".join(draw.sample(_APPROACHES, draw.randint(2, 7)))
        groups = ", ".join(draw.sample(_GROUPS, draw.randint(1, 4)))
        opens = f"{draw.choice(_DAYS)}, {draw.randint(6, 10)}:00 to {draw.randint(15, 21)}:00"
        phone = f"{draw.randint(201, 989)}-{draw.randint(200, 999)}-{draw.randint(0, 9999):04d}"
        yield {
            "id": f"place-{count}",
            "name": name,
            "summary": f"Offers {services} in {city}. Special programmes for {groups}.",
            "sources": ["made-up-directory"],
            "compiled": date(2026, 11, 1),
            "type": "provider",
            "country": "US",
            "city": city,
            "services": sorted(draw.sample(_STRATEGIES, draw.randint(1, 4))),
            "application_process": f"Approaches: {approaches}. Ask for {people.draw()} {people.draw()}.",
            "fees_description": ", ".join(draw.sample(_PAYMENT, draw.randint(1, 4))),
            "contacts": [
                {"purpose": "intake", "number": phone, "schedule": opens, "confidence": "low", "sources": ["made-up-directory"],
                 "description": f"{draw.randint(1, 9999)} {people.draw()} Street, {city}"}
            ],
        }  # fmt: skip


def write_base(folder: Path, number: int, seed: int = 1) -> None:
    """Write a base of ``number`` organizations, a thousand in a file, with the one source they name."""
    for name in ("sources", "organizations"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    source = {
        "id": "made-up-directory",
        "title": "A made-up directory",
        "publisher": "recoverykb benchmarks",
        "url": "https://example.org/directory",
        "tier": "unofficial-list",
        "seen": "whole",
        "accessed": date(2026, 11, 1),
    }
    (folder / "sources" / "made-up-directory.toml").write_text(tomli_w.dumps(source))
    rows = records(number, seed)
    for place, start in enumerate(range(0, number, PER_FILE)):
        chunk = list(itertools.islice(rows, min(PER_FILE, number - start)))
        path = folder / "organizations" / f"part-{place:04d}.toml"
        path.write_text(tomli_w.dumps({"organization": chunk}), encoding="utf-8")
