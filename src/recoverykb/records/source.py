"""The source record: a citable document."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from msgspec import Meta, Struct

from recoverykb.records.common import Id, Language, Line, Url, Year
from recoverykb.records.vocabulary import Seen, Tier


class Source(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A citable document: title, publisher, year, address, tier, and how much of it was read."""

    kind: ClassVar[Literal["source"]] = "source"
    id: Id
    title: Annotated[Line, Meta(description="title of the document")]
    publisher: Annotated[Line, Meta(description="who published it; journal with volume where there is one")]
    url: Url
    tier: Annotated[Tier, Meta(description="how much weight the kind of document bears")]
    seen: Annotated[Seen, Meta(description="how much of it was read")]
    accessed: Annotated[date, Meta(description="the day it was read")]
    year: Annotated[Year | None, Meta(description="year of publication; left out when undated")] = None
    via: Annotated[str, Meta(description="for a mirror or quotation: what was read instead")] = ""
    language: Annotated[Language | None, Meta(description="language of the document")] = None
    note: Annotated[str, Meta(description="limits of the source")] = ""
    family: Annotated[
        str,
        Meta(description="name shared by documents that draw on each other: they count as one witness"),
    ] = ""

    @property
    def name(self) -> str:
        """The title, under the name that every other record uses."""
        return self.title
