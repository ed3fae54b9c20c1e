"""The country record: how a country answers opioid use."""

from math import isfinite
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from recoverykb.records.common import (
    NOT_FINITE,
    Claim,
    CountryCode,
    Id,
    Language,
    Line,
    Part,
    Prose,
    Record,
    SourceIds,
    Year,
)
from recoverykb.records.vocabulary import (
    Availability,
    EmergencyRole,
    Possession,
    Qualifier,
    Region,
    Subregion,
)


class Model(Part, frozen=True, kw_only=True):
    """The approach a country is known for."""

    title: Annotated[Line, Meta(description="the approach in a few words")]
    text: Annotated[Prose, Meta(description="how care is organised, in plain words")]
    sources: SourceIds
    year: Year | None = None
    strengths: Annotated[list[Claim], Meta(description="what works well, each with its source")] = []
    cautions: Annotated[list[Claim], Meta(description="what does not, each with its source")] = []


class Law(Part, frozen=True, kw_only=True):
    """The law on having drugs for one's own use. Law is not practice."""

    possession: Annotated[Possession, Meta(description="status of possession for personal use")]
    text: Annotated[Prose, Meta(description="what the law says, in plain words")]
    sources: SourceIds
    statute: Annotated[str, Meta(description="name or number of the law")] = ""
    year: Annotated[Year | None, Meta(description="year the law or the reading of it holds for")] = None


class Service(Part, frozen=True, kw_only=True):
    """Whether a service exists in the country, as one source says. Rows that differ are all kept."""

    service: Annotated[Id, Meta(description="id of a strategy with service = true")]
    availability: Annotated[Availability, Meta(description="yes, limited, pilot, no or unknown")]
    uncertain: Annotated[
        bool, Meta(description="true where the row may be misread, as in a copy that was hard to align")
    ] = False
    sources: SourceIds
    year: Year | None = None
    note: Annotated[str, Meta(description="sites, places, limits, or why rows differ")] = ""


class Figure(Part, frozen=True, kw_only=True):
    """A number about the country."""

    measure: Annotated[Id, Meta(description="what is counted, e.g. opioid-deaths or oat-clients")]
    value: Annotated[float | int, Meta(description="the number")]
    unit: Annotated[str, Meta(description="unit, e.g. people, deaths, per million, %")]
    sources: SourceIds
    year: Year | None = None
    qualifier: Annotated[Qualifier | None, Meta(description="> more than, < less than, ~ about")] = None
    low: Annotated[float | int | None, Meta(description="lower end of the range")] = None
    high: Annotated[float | int | None, Meta(description="upper end of the range")] = None
    note: Annotated[str, Meta(description="population, method, provisional or revised")] = ""

    def __post_init__(self) -> None:
        """TOML has nan and inf, JSON and people have not. Raises :class:`ValueError`."""
        if not all(number is None or isfinite(number) for number in (self.value, self.low, self.high)):
            raise ValueError(NOT_FINITE)


class Emergency(Part, frozen=True, kw_only=True):
    """One emergency number for an ambulance, as its sources give it."""

    number: Annotated[str, Meta(pattern=r"^[0-9][0-9 ]{1,14}$(?!\n)", description="the number to dial")]
    sources: SourceIds
    role: Annotated[
        EmergencyRole,
        Meta(description="ambulance, general, text, fallback, or disputed where other sources contradict it"),
    ] = "ambulance"
    year: Year | None = None
    note: Annotated[str, Meta(description="e.g. from mobile phones only")] = ""


class Country(Record, frozen=True, kw_only=True):
    """How a country answers opioid use: law, services, strengths, cautions, numbers."""

    kind: ClassVar[Literal["country"]] = "country"
    iso2: CountryCode
    iso3: Annotated[str, Meta(pattern=r"^[A-Z]{3}$(?!\n)", description="ISO 3166-1 alpha-3 code")]
    region: Annotated[Region, Meta(description="UN M49 region")]
    subregion: Annotated[Subregion, Meta(description="UN M49 subregion")]
    labels: Annotated[dict[Language, str], Meta(description="names in other languages, by tag")] = {}
    model: Annotated[Model | None, Meta(description="the approach, where one is described")] = None
    law: Annotated[Law | None, Meta(description="the law on possession, where a source was seen")] = None
    services: Annotated[list[Service], Meta(description="which services exist")] = []
    figures: Annotated[list[Figure], Meta(description="numbers, each with year and source")] = []
    emergency: Annotated[list[Emergency], Meta(description="ambulance numbers as sources give them")] = []
    programmes: Annotated[list[Claim], Meta(description="laws, plans and programmes worth knowing")] = []
    related: Annotated[list[Id], Meta(description="ids of related records")] = []
