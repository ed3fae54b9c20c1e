"""The organization record: a body, provider, helpline, fellowship, programme or place."""

from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from recoverykb.records.common import Claim, Contact, CountryCode, Id, Record, Url
from recoverykb.records.vocabulary import OrganizationType, Status


class Organization(Record, frozen=True, kw_only=True):
    """A body, provider, helpline, mutual-aid fellowship, programme or place."""

    kind: ClassVar[Literal["organization"]] = "organization"
    type: Annotated[OrganizationType, Meta(description="what sort of body it is")]
    acronym: Annotated[str, Meta(max_length=20, description="official short form")] = ""
    country: Annotated[
        CountryCode | None, Meta(description="where it works; left out when it works in many countries")
    ] = None
    city: Annotated[str, Meta(description="HSDS address.city")] = ""
    url: Annotated[Url | None, Meta(description="HSDS organization.url: official site, seen in a source")] = (
        None
    )
    parent: Annotated[Id | None, Meta(description="HSDS parent_organization: id of the larger body")] = None
    status: Annotated[Status | None, Meta(description="HSDS service.status; left out when not known")] = None
    alert: Annotated[str, Meta(description="HSDS service.alert: what a reader must know first")] = ""
    referral: Annotated[bool, Meta(description="false: never offered to anyone as a place to go")] = True
    services: Annotated[list[Id], Meta(description="ids of strategies it offers or supports")] = []
    contacts: Annotated[list[Contact], Meta(description="ways to reach it")] = []
    faith_based: Annotated[bool | None, Meta(description="left out when no source says")] = None
    fees_description: Annotated[str, Meta(description="HSDS fees_description: what it costs")] = ""
    eligibility_description: Annotated[
        str, Meta(description="HSDS eligibility_description: who can come")
    ] = ""
    application_process: Annotated[str, Meta(description="HSDS application_process: how to start")] = ""
    claims: Annotated[list[Claim], Meta(description="facts about it, each with its source")] = []
    cautions: Annotated[list[Claim], Meta(description="what to know before going, each with its source")] = []
    related: Annotated[list[Id], Meta(description="ids of related records")] = []

    @property
    def offered(self) -> bool:
        """Whether it may be offered to anyone as a place to go: a referral, and not retired."""
        return self.referral and self.retired is None
