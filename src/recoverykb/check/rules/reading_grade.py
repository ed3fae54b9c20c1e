"""A summary that is hard to read fails the person it is for: write shorter sentences and plainer words.

The grade is Flesch-Kincaid's, computed by the readability package: about the number of school years a
reader in the United States needs. The limit is 9, though we aim lower. Summaries of under 25 words are
left alone: there one long name decides the grade.
"""

import re
from collections.abc import Iterator

from recoverykb.check.context import Finding, Item
from recoverykb.records.types import Record

CODE, SEVERITY, TITLE = "RKB503", "warning", "a summary that is hard to read"
EXAMPLE = (
    {
        "organizations/our-clinic.toml": '''
        summary = """
        The multidisciplinary organisation facilitates comprehensive psychosocial rehabilitation,
        necessitating continuous pharmacological supervision by appropriately qualified professionals
        throughout the individual participation of every person who is admitted."""
        '''
    },
    {
        "organizations/our-clinic.toml": '''
        summary = """
        Doctors and nurses look after you while you take the medicine. You can talk to somebody each day.
        They help you find work and a room. You may bring your family along when you come."""
        '''
    },
)

HIGHEST_GRADE = 9
FEWEST_WORDS = 25

_SENTENCE_END = re.compile(r"(?<=[.!?:])\s+")
_TOKEN = re.compile(r"[\w'’-]+|[.!?,;:]")


def check(item: Item) -> Iterator[Finding]:
    """Yield a finding for a summary over the highest grade."""
    summary = item.record.summary if isinstance(item.record, Record) else ""
    if len(summary.split()) < FEWEST_WORDS:
        return
    grade = reading_grade(summary)
    if grade > HIGHEST_GRADE:
        hint = f"shorten sentences and words until it is {HIGHEST_GRADE} or less"
        yield item.finding(("summary",), f"reading grade {grade:.1f}", hint)


def reading_grade(text: str) -> float:
    """The Flesch-Kincaid grade of an English text; 0 where it has no word."""
    import readability

    lines = [" ".join(_TOKEN.findall(sentence)) for sentence in _SENTENCE_END.split(text)]
    tokens = "\n".join(line for line in lines if re.search(r"\w", line))
    if not tokens:
        return 0.0
    return float(readability.getmeasures(tokens, lang="en")["readability grades"]["Kincaid"])
