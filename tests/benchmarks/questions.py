"""The queries of the benchmarks."""

import random

from directory import records

CURATED = ["naloxone", "methadone in Kenya", "bupe", "needle exchange", "Kenyan rehab", "who can I talk to tonight", "rapid detox",
           "clean needles in jail", "Países Bajos", "overdose", "Narcotics Anonymous", "methadone pregnant", "harm reduction Ukraine",
           "Suboxone", "drug consumption room", "helpline Ireland", "naltrexone injection", "recovery housing", "美沙酮", "Entzug"]  # fmt: skip
"""What people ask the curated base."""

PLACES = [
    "Kenya",
    "Portugal",
    "Canada",
    "Thailand",
    "Vietnam",
    "Scotland",
    "Switzerland",
    "Mexico",
    "Iran",
    "India",
]
"""Each of ``CURATED`` is asked again with one of these, so that no query is asked twice."""

FREQUENT = ["methadone maintenance", "relapse prevention", "Medicaid", "adult women", "naloxone", "peer support",
            "Recovery Center", "outpatient treatment", "women", "housing services", "Behavioral Health", "Counseling"]  # fmt: skip
"""Words that stand in a great part of a directory."""


def queries(number: int, size: int) -> list[str]:
    """``number`` different queries.

    Of a directory of ``size`` records: half rare names, a third of two words, the rest with frequent words.
    """
    if not size:
        asked = [*CURATED, *(f"{query} {place}" for place in PLACES for query in CURATED)]
        return asked[:number]
    draw = random.Random(2)
    rows = list(records(min(size, 20_000)))
    found = [row["name"].split()[0] for row in draw.sample(rows, number)]
    found = list(dict.fromkeys(found))[: number // 2]
    found += [f"{row['city']} {row['name'].split()[1]}" for row in draw.sample(rows, number // 3)]
    found += FREQUENT[: max(0, number - len(found))]
    while len(found) < number:
        found.append(f"{draw.choice(FREQUENT)} {draw.choice(rows)['city']}")
    draw.shuffle(found)
    return found


def slip(text: str) -> str:
    """``text`` with one letter of its longest word left out."""
    word = max(text.split(), key=len)
    return text.replace(word, word[: len(word) // 2] + word[len(word) // 2 + 1 :], 1)
