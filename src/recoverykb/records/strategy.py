"""The strategy record: a way of helping, or of failing to."""

from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from recoverykb.records.common import Claim, CountryCode, Id, Line, Part, Prose, Record, SourceIds, Year
from recoverykb.records.vocabulary import Category, Direction, Grade, Outcome, Rating


class Finding(Claim, frozen=True, kw_only=True):
    """A key finding: a claim about one outcome."""

    outcome: Annotated[
        Outcome | None, Meta(description="the outcome measured; left out where the finding is no outcome")
    ] = None
    direction: Annotated[Direction | None, Meta(description="which way the finding points")] = None


class OutcomeEvidence(Part, frozen=True, kw_only=True):
    """What the evidence says about one outcome: the rows from which the headline rating follows."""

    outcome: Annotated[Outcome, Meta(description="the outcome, e.g. retention or overdose-death")]
    direction: Annotated[Direction, Meta(description="benefit, no-benefit, harm, mixed or unclear")]
    rating: Annotated[Grade, Meta(description="strong, moderate, limited, mixed or insufficient")]
    basis: Annotated[Line, Meta(description="the review, guideline or study it rests on, by name and size")]
    sources: SourceIds
    year: Annotated[Year | None, Meta(description="year of the newest review or guideline used")] = None
    critical: Annotated[
        bool,
        Meta(description="true for what the strategy is for, or could cost: the headline rests on these"),
    ] = False
    note: Annotated[str, Meta(description="population, comparison, or why the rating is not higher")] = ""


class Evidence(Part, frozen=True, kw_only=True):
    """How good the evidence is, which way it points, and what the rating rests on."""

    rating: Annotated[Rating, Meta(description="strong, moderate, limited, mixed, insufficient or harmful")]
    direction: Annotated[Direction, Meta(description="which way the evidence points")]
    basis: Annotated[Prose, Meta(description="the reviews or guidelines the rating rests on, by name")]
    sources: SourceIds
    year: Annotated[Year | None, Meta(description="year of the newest review or guideline used")] = None
    outcomes: Annotated[
        list[OutcomeEvidence],
        Meta(description="one row an outcome; the rating follows from the critical ones"),
    ] = []
    findings: Annotated[list[Finding], Meta(description="the key findings, each with its source")] = []


class Practice(Part, frozen=True, kw_only=True):
    """A country where a source saw the strategy practised.

    For a service of a country that has a record, the country's own service rows say so instead.
    """

    country: CountryCode
    sources: SourceIds
    year: Year | None = None
    uncertain: Annotated[
        bool, Meta(description="true where the source may be misread, as in a copy that was hard to align")
    ] = False
    note: Annotated[str, Meta(description="scale, names, limits")] = ""


class Strategy(Record, frozen=True, kw_only=True):
    """A way of helping, or of failing to: a medicine, therapy, service or policy."""

    kind: ClassVar[Literal["strategy"]] = "strategy"
    category: Annotated[Category, Meta(description="what sort of help it is")]
    abbreviation: Annotated[
        str, Meta(max_length=12, description="short form used as a column head, e.g. OAT")
    ] = ""
    service: Annotated[bool, Meta(description="true where availability is recorded country by country")] = (
        False
    )
    how_it_works: Annotated[str, Meta(description="what happens, in plain words")] = ""
    suits: Annotated[str, Meta(description="whom it may suit")] = ""
    how_to_start: Annotated[str, Meta(description="what a person does first")] = ""
    evidence: Annotated[Evidence, Meta(description="rating and key findings")]
    cautions: Annotated[list[Claim], Meta(description="dangers and limits, each with its source")] = []
    questions: Annotated[list[Line], Meta(description="questions to ask a provider")] = []
    practised: Annotated[list[Practice], Meta(description="countries where a source saw it practised")] = []
    alternatives: Annotated[list[Id], Meta(description="what to offer instead of a harmful option")] = []
    related: Annotated[list[Id], Meta(description="ids of related records")] = []
