"""The guide record: a short text for sheets and for workers."""

from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from recoverykb.records.common import Id, Line, Part, Prose, Record, Year
from recoverykb.records.vocabulary import GuideUse


class Item(Part, frozen=True, kw_only=True):
    """One step, fact or piece of advice with the sources that say so."""

    text: Prose
    sources: Annotated[list[Id], Meta(min_length=1, description="ids of the sources that say so")]
    year: Year | None = None
    note: Annotated[str, Meta(description="where agencies differ, or for whom it holds")] = ""
    see: Annotated[list[Id], Meta(description="records to look at, e.g. ways round a barrier")] = []


class Illustration(Part, frozen=True, kw_only=True):
    """A story or an unnamed place. It illustrates; it is not evidence."""

    text: Prose
    origin: Annotated[Line, Meta(description="where the story was met, and that it cannot be checked")]
    see: Annotated[list[Id], Meta(description="records that hold the evidence")] = []


class Section(Part, frozen=True, kw_only=True):
    """A part of a guide: items with sources, questions to ask, or labelled illustrations."""

    heading: Line
    intro: Annotated[str, Meta(description="one or two sentences of orientation, no facts")] = ""
    ordered: Annotated[bool, Meta(description="true where the order of the items matters")] = False
    card: Annotated[bool, Meta(description="true where the section belongs on every sheet's strip")] = False
    items: list[Item] = []
    questions: list[Line] = []
    illustrations: list[Illustration] = []


class Guide(Record, frozen=True, kw_only=True):
    """A short text: what to do in an overdose, what to ask, barriers and ways round them."""

    kind: ClassVar[Literal["guide"]] = "guide"
    use: Annotated[GuideUse, Meta(description="what the guide is for; sheets choose by it")]
    audience: Annotated[str, Meta(description="for whom it is written")] = ""
    clinical: Annotated[
        bool, Meta(description="true: health advice that shows 'not reviewed by a clinician' until reviewed")
    ] = False
    sections: Annotated[list[Section], Meta(min_length=1, description="the text")]
    related: Annotated[list[Id], Meta(description="ids of related records")] = []
