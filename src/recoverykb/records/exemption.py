"""An exception from a check: what a base may say about a problem that it means to live with for a while."""

from datetime import date
from typing import Annotated, Final

from msgspec import Meta

from recoverykb.records.common import Id, Line, Part

FILE: Final = "exceptions.toml"
"""The file of a base that holds its exceptions."""


class Exemption(Part, frozen=True, kw_only=True):
    """One problem that is known and left for a while: which, where, why, and until when."""

    code: Annotated[
        str, Meta(pattern=r"^RKB[0-9]{3}$(?!\n)", description="the code of the check, e.g. RKB403")
    ]
    record: Annotated[Id | None, Meta(description="id of the record; or give file instead")] = None
    file: Annotated[
        str, Meta(max_length=300, description="path of the file inside the base; or give record instead")
    ] = ""
    says: Annotated[
        str,
        Meta(
            max_length=300,
            description="words of the message: only a problem that says this; left out: all of the code",
        ),
    ] = ""
    reason: Annotated[Line, Meta(description="why it may stay as it is, for whoever reads it next")]
    expires: Annotated[
        date, Meta(description="the last day on which it holds, at most a year ahead; then look again")
    ]


class Exemptions(Part, frozen=True, kw_only=True):
    """The exceptions of a base, in ``exceptions.toml``."""

    exception: Annotated[list[Exemption], Meta(description="one table an exception")] = []
