"""Words that blame keep people from asking for help (NIDA, "Words Matter"; ONDCP draft of 2016).

Our own sentences are person-first. Such words live in the thesaurus, where search finds them, in
names, in titles, and in quotations inside “ ”.
"""

import re
from collections.abc import Iterator

from recoverykb.check.context import Finding, Item
from recoverykb.records.types import Record

CODE, SEVERITY, TITLE = "RKB501", "warning", "a word that blames"
EXAMPLE = (
    {"organizations/our-clinic.toml": 'summary = "It helps addicts."'},
    {"organizations/our-clinic.toml": 'summary = "It helps people who use drugs."'},
)

_WORDS = {
    r"\b(drug |heroin |opioid |opiate )?addicts?\b": "person with opioid use disorder; person who uses drugs",
    r"\bjunkies?\b": "person who uses drugs",
    r"\babusers?\b": "person who uses drugs",
    r"\b(drug|substance|opioid|opiate|alcohol) abuse\b": "substance use; misuse",
    r"\b(drug|heroin|opioid|opiate|substance) users?\b": "people who use drugs",
    r"\b(clean|dirty) (urine|test|needles?|syringes?)\b": "negative or positive test; sterile or used",
    r"\b(staying|stay|got|get|getting) clean\b": "in recovery; not using",
    r"\bdrug habit\b": "drug use",
    r"\baddicted bab(y|ies)\b": "newborn with opioid withdrawal",
}
_STEMS = ("addict", "junk", "abus", "user", "clean", "dirty", "habit")
"""One of these is in every such word; to look for them takes a tenth of the time."""
_QUOTED = re.compile(r"[“\"'‘].*?[”\"'’]")
_EXEMPT = frozenset({"name", "aliases", "acronym", "claim", "origin", "statute", "url", "sources", "id"})


def check(item: Item) -> Iterator[Finding]:
    """Yield a finding for each such word in our own prose."""
    record = item.record
    if not isinstance(record, Record):
        return
    for path, value in item.values:
        if not isinstance(value, str) or not _EXEMPT.isdisjoint(path):
            continue
        lower = value.lower()
        if not any(stem in lower for stem in _STEMS):
            continue
        names = re.compile("|".join(re.escape(name) for name in (record.name, *record.aliases)))
        prose = _QUOTED.sub(" ", names.sub(" ", value))
        for pattern, better in _WORDS.items():
            found = re.search(pattern, prose, re.IGNORECASE)
            if found and not _is_official_name(found[0]):
                yield item.finding(path, f"'{found[0]}' blames", f"write: {better}")


def _is_official_name(words: str) -> bool:
    """Whether the words are capitalised like part of a body's name: the Institute on Drug Abuse."""
    return " " in words and words.istitle()
