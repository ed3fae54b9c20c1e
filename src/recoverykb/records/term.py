"""The term record: an entry of the thesaurus."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from msgspec import Meta, Struct

from recoverykb.records.common import Id, Language, Line, Part
from recoverykb.records.vocabulary import LabelType


class Label(Part, frozen=True, kw_only=True):
    """One word or phrase people use for the concept."""

    text: Line
    type: Annotated[
        LabelType,
        Meta(
            description="sort of label (place: a city in a country; "
            "hidden: what leads here, a situation or a part; "
            "local: a word for something else that only people of the country use); "
            "older, street, translation, place, hidden and local are never shown"
        ),
    ]
    language: Annotated[Language, Meta(description="language of the label")] = "en"


Combination = Annotated[list[Annotated[list[Id], Meta(min_length=1)]], Meta(min_length=2)]
"""Concepts that mean another one together: for each part of it, the ids that may stand there."""


class Term(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One concept: its preferred label and every other label that should find it."""

    kind: ClassVar[Literal["term"]] = "term"
    id: Id
    name: Annotated[Line, Meta(description="preferred label")]
    about: Annotated[
        list[Id],
        Meta(
            description="ids of the records the concept stands for, the chief one first; "
            "none where it says something only beside others"
        ),
    ] = []
    together: Annotated[
        list[Combination],
        Meta(
            description="other concepts that mean this one where a query names them together: "
            "of each list in a combination one id, of a term or of what its words stand for"
        ),
    ] = []
    labels: Annotated[list[Label], Meta(description="the other words")] = []
    compiled: Annotated[date, Meta(description="the day the entry was compiled")]
    background: Annotated[
        bool,
        Meta(
            description="whether it is mostly the background of a question (a substance, a person), "
            "so that what else is asked counts more"
        ),
    ] = False
    urgent: Annotated[
        bool,
        Meta(
            description="whether it is about danger to life now, so that it comes before what else is asked"
        ),
    ] = False
    sources: Annotated[list[Id], Meta(description="ids of the sources in which the labels were seen")] = []
    note: Annotated[str, Meta(description="meaning traps: words with two senses")] = ""
