"""What stands around the records meant: what they name, who provides them, what is where people speak so."""

import json
from collections.abc import Collection

from recoverykb import weights
from recoverykb.search.area import Area
from recoverykb.search.fulltext import lines_in
from recoverykb.search.tally import Tally
from recoverykb.storage.base import Base


def score_around(base: Base, meant: list[str], tally: Tally) -> None:
    """Lift what stands around the records meant: what they name as related, and who provides them."""
    if meant:
        _lift_related(base, meant, tally)
        _lift_providers(base, meant, tally)
        _lift_home(base, meant, tally)


def _lift_related(base: Base, meant: list[str], tally: Tally) -> None:
    rows = base.connection.execute(
        "select link.value, min(link.key) from record, json_each(cast(body as text), '$.related') as link "
        "where active and record.id in (select value from json_each(?)) group by link.value",
        (json.dumps(meant),),
    )
    best = max(tally.scores[record_id] for record_id in meant)
    for record_id, place in rows.fetchall():
        if record_id not in meant:
            points = weights.RELATED * weights.LATER_RELATED**place
            room = weights.RELATED_TO * best - tally.scores[record_id]
            if room > 0:
                tally.add(record_id, min(points, room), "is related")


def _lift_providers(base: Base, meant: list[str], tally: Tally) -> None:
    rows = base.connection.execute(
        "select distinct record.id from record, json_each(cast(body as text), '$.services') as service "
        "where active and kind = 'organization' and record.id in (select value from json_each(?)) "
        "and service.value in (select value from json_each(?))",
        (json.dumps(list(tally.scores)), json.dumps(meant)),
    )
    for (record_id,) in rows.fetchall():
        tally.add(record_id, weights.PROVIDES, "provides it")


def _lift_home(base: Base, meant: list[str], tally: Tally) -> None:
    """Lift the country of an organization that is meant."""
    rows = base.connection.execute(
        "select country, max(value) from json_each(?) join record on record.id = key "
        "where active and kind = 'organization' and country is not null group by country",
        (json.dumps({record_id: tally.scores[record_id] for record_id in meant}),),
    )
    best = dict(rows.fetchall())
    for country, record_id in _countries(base, best):
        room = weights.RELATED_TO * best[country] - tally.scores[record_id]
        if room > 0:
            tally.add(record_id, min(weights.HOME, room), "is its country")


def score_area(base: Base, area: Area, tally: Tally) -> None:
    """Lift what is where the query is asked: the country and, where a language tells, what else is there."""
    for country, record_id in _countries(base, area.local - area.mostly):
        tally.add(record_id, weights.COUNTRY_LOCAL * area.share, "is where people say so")
        for place, line in enumerate(lines_in(base, country)):
            points = weights.LINE_LOCAL * area.share * weights.LATER_ABOUT**place
            tally.add(line, points, "is a line there")
    if area.also or area.mostly:
        _lift_spoken(base, area, tally)


def _lift_spoken(base: Base, area: Area, tally: Tally) -> None:
    rows = base.connection.execute(
        "select id, country, kind = 'organization' from record where active and country is not null "
        "and id in (select value from json_each(?))",
        (json.dumps(list(tally.scores)),),
    )
    for record_id, country, serves in rows.fetchall():
        if country in area.mostly and serves:
            tally.add(record_id, weights.SPOKEN, "is where people speak so")
        elif country in area.also and serves:
            tally.add(record_id, weights.ALSO_SPOKEN, "is where people speak so too")
        elif country not in area.mostly | area.also:
            tally.scale(record_id, weights.NOT_SPOKEN, "is where people speak otherwise")
    for country, record_id in _countries(base, area.mostly):
        tally.add(record_id, weights.COUNTRY_SPOKEN, "is where people speak so")
        for place, line in enumerate(lines_in(base, country)):
            tally.add(line, weights.LINE_SPOKEN * weights.LATER_ABOUT**place, "is a line there")


def _countries(base: Base, codes: Collection[str]) -> list[tuple[str, str]]:
    """ISO code and id of the records of those countries."""
    return base.connection.execute(
        "select country, id from label join record on record.rowid = label.record "
        "where active and kind = 'country' and type = 'code' and loose in (select value from json_each(?)) "
        "and length(loose) = 2",
        (json.dumps([code.lower() for code in codes]),),
    ).fetchall()
