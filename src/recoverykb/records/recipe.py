"""The recipe of a sheet: a team's TOML file that says what its sheet holds and how it looks."""

from typing import Annotated, Literal

from msgspec import Meta

from recoverykb.records.common import CountryCode, Language, Line, Part

Form = Literal["pdf", "html", "md", "txt"]


class Recipe(Part, frozen=True, kw_only=True, rename={"audience": "for"}):
    """One sheet: its records, and how it is to look."""

    title: Annotated[str, Meta(max_length=120, description="a title of your own")] = ""
    agency: Annotated[str, Meta(max_length=120, description="who hands the sheet out")] = ""
    contact: Annotated[
        str, Meta(max_length=200, description="where to report an error: a number, a mail address, a desk")
    ] = ""
    logo: Annotated[str, Meta(description="a PNG, JPEG or SVG file in the recipe's folder")] = ""
    country: Annotated[CountryCode | None, Meta(description="the country the sheet is for")] = None
    records: Annotated[list[Line], Meta(description="ids of options, organizations and guides")] = []
    needs: Annotated[list[Line], Meta(description="needs by which records are chosen, e.g. housing")] = []
    audience: Annotated[
        Literal["person", "worker"], Meta(description="plain words, or evidence and all sources")
    ] = "person"
    language: Annotated[Language, Meta(description="ar, en, es, fr, pt, ru, sw or th")] = "en"
    paper: Annotated[Literal["a4", "letter"], Meta(description="size of the sheet")] = "a4"
    large_print: Annotated[bool, Meta(description="18 points")] = False
    pages: Annotated[Annotated[int, Meta(ge=1)] | None, Meta(description="so many pages at most")] = None
    include_stale: Annotated[
        bool, Meta(description="contacts that nobody looked at for over 18 months too")
    ] = False
    forms: Annotated[list[Form], Meta(description="files to make, by their endings; pdf when left out")] = []
