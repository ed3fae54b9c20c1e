"""The manifest of a base: whose it is, under what licence, and which records below it stay out of sight."""

from typing import Annotated

from msgspec import Meta

from recoverykb.records.common import Id, Line, Part
from recoverykb.records.review import REVIEW_MONTHS

Months = Annotated[int, Meta(ge=1, le=120, description="months after which a record is due again")]


class ReviewPolicy(Part, frozen=True, kw_only=True):
    """Months after which the records of each kind are to be looked at again."""

    organization: Months = REVIEW_MONTHS["organization"]
    country: Months = REVIEW_MONTHS["country"]
    strategy: Months = REVIEW_MONTHS["strategy"]
    guide: Months = REVIEW_MONTHS["guide"]


class Manifest(Part, frozen=True, kw_only=True):
    """What ``base.toml`` in the folder of a base says about it."""

    title: Annotated[Line, Meta(description="what the base is called")]
    owner: Annotated[str, Meta(max_length=300, description="who keeps it, and answers for it")] = ""
    licence: Annotated[str, Meta(max_length=100, description="on what terms others may use its records")] = ""
    review: Annotated[ReviewPolicy, Meta(description="when records are due to be looked at again")] = (
        ReviewPolicy()
    )
    hidden: Annotated[
        dict[Id, Line],
        Meta(description="ids of records of lower layers not to be shown, each with the reason"),
    ] = {}
