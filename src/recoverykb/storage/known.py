"""What records of other bases are judged by: the kind of every id, which are services, which are retired."""

from collections.abc import Mapping
from typing import NamedTuple

from recoverykb.storage.base import Base


class Known(NamedTuple):
    """Of the records in use."""

    kinds: Mapping[str, str]
    services: frozenset[str]
    """Strategies whose availability is recorded by country."""
    retired: Mapping[str, str | None]
    """The id to use instead, where there is one, by that of each retired record."""


NOTHING = Known({}, frozenset(), {})


def known(base: Base, *, hidden: bool = False) -> Known:
    """What is known of every record in ``base``; kinds of ``hidden`` ones too where asked for."""
    body = "cast(body as text)"
    services = base.connection.execute(
        f"select id from record where active and kind = 'strategy' and json_extract({body}, '$.service')"
    )
    retired = base.connection.execute(
        f"select id, json_extract({body}, '$.retired.successor') from record where active and retired"
    )
    return Known(
        base.kinds(hidden=hidden),
        frozenset(record_id for (record_id,) in services.fetchall()),
        dict(retired.fetchall()),
    )
