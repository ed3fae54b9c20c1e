"""What a query is understood as: the labels in it, what they mean together, where it is asked."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from recoverykb.search.area import Area


class Owner(NamedTuple):
    """A record a label stands for: directly, or as the ``position``-th thing that a term is about."""

    holder: str
    """The id of the record or term that has the label."""
    mark: str
    id: str
    kind: str
    country: str | None
    sort: str
    position: int
    languages: str
    """Tags of the languages of the label, with a space between."""
    stress: int
    """-1 if it is mostly what stands around a question, 1 if it is about danger to life, else 0."""
    folded: str
    """The label as it is, folded only."""

    @property
    def is_beside(self) -> bool:
        """Whether it is a term that says something beside other concepts only."""
        return self.kind == "term"

    @property
    def english(self) -> bool:
        """Whether the label is English, maybe among others."""
        return "en" in self.languages.split()


class Span(NamedTuple):
    """A run of tokens that is a label: from ``start`` to before ``end``."""

    start: int
    end: int
    label: str
    owners: list[Owner]
    form: Literal["whole", "loose", "mixed"]
    """Whether the tokens are the label; or so but for little words; or in another order, or other forms."""

    def is_inside(self, other: "Span") -> bool:
        """Whether it is a part of ``other``."""
        return other.start <= self.start and self.end <= other.end and other[:2] != self[:2]


class Joint(NamedTuple):
    """A term that a query names by several other concepts together."""

    term: str
    owners: list[Owner]
    """What it stands for."""
    places: frozenset[int]
    """The tokens that name it."""


class Unit(NamedTuple):
    """A part of the query that full text looks for: its tokens, and the marks that mean the same."""

    tokens: list[str]
    marks: list[str]


class Reading(NamedTuple):
    """A query as understood."""

    tokens: list[str]
    bare: list[bool]
    """For each token, whether it carries no subject (see ``STOP_WORDS``)."""
    spans: list[Span]
    joints: list[Joint]
    units: list[Unit]
    places: set[str]
    """ISO codes of the countries named."""
    area: Area = Area()
    """Where it is asked, by its language or its words; nowhere if it names a place."""
    open_end: bool = False
    """Whether the last word is still being typed."""
    begun: Sequence[tuple[Owner, float]] = ()
    """Records one of whose labels begins with all that is typed, and the share of it that is typed."""
