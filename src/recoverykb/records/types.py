"""Every record type, and which kind it belongs to.

The types are the only schema: decoding, validation, JSON Schema, field reference and the
columns of comparisons are all read from them. msgspec was chosen by measurement (see
``tests/benchmarks``): it validates strictly, keeps TOML dates, writes JSON Schema, and costs a
fraction of pydantic's start-up.
"""

from recoverykb.records.common import (
    Check,
    Claim,
    Contact,
    Disputed,
    Part,
    Record,
    Retired,
    Review,
    Verification,
)
from recoverykb.records.country import Country, Emergency, Figure, Law, Model, Service
from recoverykb.records.guide import Guide, Illustration, Item, Section
from recoverykb.records.organization import Organization
from recoverykb.records.source import Source
from recoverykb.records.strategy import Evidence, Finding, OutcomeEvidence, Practice, Strategy
from recoverykb.records.term import Label, Term

AnyRecord = Strategy | Country | Organization | Guide | Source | Term

TYPES: dict[str, type[AnyRecord]] = {
    "strategy": Strategy,
    "country": Country,
    "organization": Organization,
    "guide": Guide,
    "source": Source,
    "term": Term,
}
"""The record type of each kind."""

__all__ = [
    "TYPES",
    "AnyRecord",
    "Check",
    "Claim",
    "Contact",
    "Country",
    "Disputed",
    "Emergency",
    "Evidence",
    "Figure",
    "Finding",
    "Guide",
    "Illustration",
    "Item",
    "Label",
    "Law",
    "Model",
    "Organization",
    "OutcomeEvidence",
    "Part",
    "Practice",
    "Record",
    "Retired",
    "Review",
    "Section",
    "Service",
    "Source",
    "Strategy",
    "Term",
    "Verification",
]
