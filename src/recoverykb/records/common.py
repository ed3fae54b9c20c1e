"""What records share: text with sources, contacts, reviews, and the fields of every record.

The field documentation sits in ``Meta(description=...)``: the JSON Schema, the field reference
and the messages of ``check`` are read from it, so that it cannot drift from the types.
"""

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from recoverykb.records.vocabulary import CONFIDENCE, Confidence, How, PhoneType, Purpose, Verdict

# "$(?!\n)" in patterns: a bare "$" would let a newline at the end pass.
Id = Annotated[
    str,
    Meta(
        pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$(?!\n)",
        max_length=80,
        description="kebab-case identifier, unique over all kinds and never used again",
    ),
]
Line = Annotated[
    str,
    Meta(min_length=1, max_length=300, pattern=r"^\S(.*\S)?$(?!\n)", description="one line of text"),
]
Prose = Annotated[
    str, Meta(min_length=1, max_length=4000, description="plain text; blank lines separate paragraphs")
]
Year = Annotated[int, Meta(ge=1800, le=2200, description="the year the fact holds for")]
CountryCode = Annotated[
    str, Meta(pattern=r"^[A-Z]{2}$(?!\n)", description="ISO 3166-1 alpha-2 code, upper case")
]
Url = Annotated[str, Meta(pattern=r"^https?://[^\s<>\"]+$(?!\n)", max_length=500, description="web address")]
Language = Annotated[
    str, Meta(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$(?!\n)", description="BCP 47 language tag")
]
NOT_FINITE = "expected a finite number"
SourceIds = Annotated[list[Id], Meta(min_length=1, description="ids of the source records that say so")]


class Part(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of every table inside a record. Unknown keys are errors."""


class Claim(Part, frozen=True, kw_only=True):
    """One stated fact with the sources that say so and the year it holds for."""

    text: Annotated[Prose, Meta(description="the fact, in our own plain words; no more than the source says")]
    sources: SourceIds
    year: Annotated[
        Year | None, Meta(description="the year the fact holds for; left out only if no source gives one")
    ] = None
    note: Annotated[str, Meta(description="population, method or limits of the fact")] = ""


class Disputed(Part, frozen=True, kw_only=True):
    """A claim that circulates and is wrong, outdated or not settled, with the evidence."""

    claim: Annotated[Prose, Meta(description="what people say or print, in short")]
    verdict: Annotated[
        Verdict, Meta(description="wrong, outdated, loose, unsupported, nearly-right or disputed")
    ]
    evidence: Annotated[Prose, Meta(description="what the sources say instead")]
    sources: SourceIds
    year: Annotated[Year | None, Meta(description="the year of the evidence")] = None


class Verification(Part, frozen=True, kw_only=True):
    """A check of a contact by a person: a corrected typing error is not one."""

    on: Annotated[date, Meta(description="the day of the check")]
    by: Annotated[Line, Meta(description="name or role of the person who checked")]
    how: Annotated[How, Meta(description="call, visit, site, email or document")]
    note: Annotated[str, Meta(description="what was found")] = ""


class Check(Verification, frozen=True, kw_only=True):
    """A check of a record, or of a part of it that is no contact: of a law, an emergency number, a page."""

    part: Annotated[
        str, Meta(max_length=200, description="what was checked, e.g. law; left out for the whole record")
    ] = ""


class Retired(Part, frozen=True, kw_only=True):
    """That a record is no longer to be used, and why. It stays, so that its id leads to its successor."""

    on: Annotated[date, Meta(description="the day on which it was retired")]
    reason: Annotated[Line, Meta(description="why, in one line that readers see")]
    successor: Annotated[Id | None, Meta(description="id of the record to use instead")] = None


class Review(Part, frozen=True, kw_only=True):
    """A review of a whole record by a person, for example a clinician."""

    on: Annotated[date, Meta(description="the day of the review")]
    by: Annotated[Line, Meta(description="name or role of the reviewer")]
    note: Annotated[str, Meta(description="what was reviewed or changed")] = ""


class Contact(Part, frozen=True, kw_only=True):
    """One way to reach an organization. Names follow HSDS 3.1 (phone, schedule, service)."""

    purpose: Annotated[Purpose, Meta(description="what the contact is for")]
    sources: SourceIds
    confidence: Annotated[
        Confidence, Meta(description="; ".join(f"{grade}: {text}" for grade, text in CONFIDENCE.items()))
    ]
    number: Annotated[
        str,
        Meta(
            pattern=r"^[+0-9(][0-9A-Za-z() .\-/]*$(?!\n)|^$(?!\n)",
            max_length=40,
            description="HSDS phone.number, as people dial it inside the country",
        ),
    ] = ""
    type: Annotated[PhoneType, Meta(description="HSDS phone.type")] = "voice"
    email: Annotated[
        str, Meta(pattern=r"^$(?!\n)|^[^@\s]+@[^@\s]+\.[^@\s]+$(?!\n)", description="HSDS email")
    ] = ""
    url: Annotated[Url | None, Meta(description="HSDS url: a page, form or chat")] = None
    description: Annotated[str, Meta(description="HSDS phone.description: who answers, for whom")] = ""
    schedule: Annotated[str, Meta(description="HSDS schedule.description: hours, in the source's words")] = ""
    languages: Annotated[list[Language], Meta(description="HSDS phone.languages")] = []
    fees_description: Annotated[str, Meta(description="HSDS fees_description: what a call costs")] = ""
    year: Annotated[Year | None, Meta(description="year of the newest source that states the contact")] = None
    conflict: Annotated[
        str, Meta(description="where sources differ: what else is printed, and what to do about it")
    ] = ""
    note: Annotated[str, Meta(description="what else a caller must know, and how far the sources go")] = ""
    verified: Annotated[
        Verification | None, Meta(description="the newest check by a person; left out when nobody checked")
    ] = None
    earlier: Annotated[list[Verification], Meta(description="the checks before it, newest first")] = []
    private: Annotated[bool, Meta(description="never printed, exported or listed")] = False


class Record(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The fields of every record."""

    id: Id
    name: Annotated[Line, Meta(description="the name people see")]
    summary: Annotated[
        str,
        Meta(
            min_length=1,
            max_length=600,
            description="two to four plain sentences a reader of 12 can follow",
        ),
    ]
    sources: Annotated[list[Id], Meta(description="ids of the sources behind the record's own prose")] = []
    aliases: Annotated[
        list[Line], Meta(description="other proper names and abbreviations that may be shown")
    ] = []
    tags: Annotated[list[Id], Meta(description="topics, for filters")] = []
    compiled: Annotated[date, Meta(description="the day the record was compiled from its sources")]
    reviews: Annotated[list[Review], Meta(description="reviews by people; none means none")] = []
    disputed: Annotated[
        list[Disputed], Meta(description="claims that circulate and are wrong or unsettled")
    ] = []
    retired: Annotated[Retired | None, Meta(description="set when the record is no longer to be used")] = None
    checks: Annotated[
        list[Check], Meta(description="checks of the record by people, newest first; contacts have their own")
    ] = []
