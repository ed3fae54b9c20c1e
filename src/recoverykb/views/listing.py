"""Lists: search results, records by kind, sources."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from recoverykb.records.vocabulary import RETIRED
from recoverykb.search.engine import Hit, Outcome
from recoverykb.storage.base import Row
from recoverykb.views.document import Cell, Document, Table, Text, Tidy, Tone

STALE_DAYS = 365
"""Contacts are due for a check after a year: the rule of information-and-referral services (Inform USA)."""


def stale_day(days: int, today: date) -> str:
    """The day (ISO) before which a record counts as stale."""
    return (today - timedelta(days=days)).isoformat()


def search_document(outcome: Outcome, *, explain: bool = False) -> Document:
    """The hits of a search. JSON: ``query``, ``corrections`` and ``hits``."""
    hits = outcome.hits
    extra = {hit.row.id: _below(hit, explain=explain) for hit in hits}
    return Document(
        title=f"Search: {outcome.query}",
        blocks=[_table([hit.row for hit in hits], extra)] if hits else [],
        data={
            "query": outcome.query,
            "corrections": [{"from": entry.typed, "to": entry.to} for entry in outcome.corrections],
            "hits": [_hit_data(hit, explain=explain) for hit in hits],
        },
        ids=[hit.row.id for hit in hits],
        tidy=Tidy(
            (*_HEADER, "score"),
            [(*_tidy_row(hit.row), hit.score) for hit in hits],
        ),
    )


def list_document(rows: Sequence[Row], title: str) -> Document:
    """Records in a list. JSON: an array of objects with ``id``, ``kind``, ``name``, ``aliases`` and more."""
    return Document(
        title=title,
        blocks=[_table(rows, {})] if rows else [],
        data=[_row_data(row) for row in rows],
        ids=[row.id for row in rows],
        tidy=Tidy(_HEADER, [_tidy_row(row) for row in rows]),
    )


def due_document(rows: Sequence[Row], days: int, today: date) -> Document:
    """Those of ``rows`` that are due within so many days, the longest due first, each with its day."""
    until = (today + timedelta(days=days)).isoformat()
    found = sorted((row for row in rows if row.due and row.due <= until), key=lambda row: (row.due, row.id))
    listed = list_document(found, f"Due by {until}")
    extra = {row.id: [f"due {row.due}, last looked at {row.looked_at}"] for row in found}
    return listed._replace(
        blocks=[_table(found, extra)] if found else [],
        tidy=Tidy((*_HEADER, "due"), [(*_tidy_row(row), row.due) for row in found]),
    )


def sources_document(rows: Sequence[Row], counts: Mapping[str, int]) -> Document:
    """Sources with the number of places that rest on each."""
    table = Table(
        "id",
        ("weight", "title", "published"),
        [
            (
                row.id,
                [
                    Cell([Text(" ".join(row.tags)), Text(f"cited {counts.get(row.id, 0)}", tone="quiet")]),
                    Cell([Text(row.name, tone="strong")]),
                    Cell([Text(row.summary)]),
                ],
            )
            for row in rows
        ],
        listing=True,
    )
    data = [{**_row_data(row), "cited": counts.get(row.id, 0)} for row in rows]
    return Document(
        title="Sources",
        blocks=[table] if rows else [],
        data=data,
        ids=[row.id for row in rows],
        tidy=Tidy((*_HEADER, "cited"), [(*_tidy_row(row), counts.get(row.id, 0)) for row in rows]),
    )


_HEADER = ("id", "kind", "name", "aliases", "mark", "country", "looked_at", "layer", "summary")


def _tidy_row(row: Row) -> tuple[Any, ...]:
    return (
        row.id,
        row.kind,
        row.name,
        "; ".join(row.aliases),
        row.mark,
        row.country or "",
        row.looked_at,
        row.layer,
        row.summary,
    )


def _row_data(row: Row) -> dict[str, Any]:
    return {
        "id": row.id,
        "kind": row.kind,
        "name": row.name,
        "aliases": row.aliases,
        "summary": row.summary,
        "mark": row.mark,
        "country": row.country,
        "tags": row.tags,
        "looked_at": row.looked_at,
        "due": row.due,
        "layer": row.layer,
    }


def _below(hit: Hit, *, explain: bool) -> list[str]:
    """What stands under a hit's summary: the passage that matched, and why the hit stands where it stands."""
    lines = [f"matched: {hit.passage}"] if hit.passage else []
    return [*lines, f"why: {'; '.join(hit.why)}"] if explain else lines


def _hit_data(hit: Hit, *, explain: bool) -> dict[str, Any]:
    data = {**_row_data(hit.row), "score": hit.score, "passage": hit.passage}
    return {**data, "why": list(hit.why)} if explain else data


def _table(rows: Sequence[Row], extra: Mapping[str, Sequence[str]]) -> Table:
    """One record a row: id, name with its mark, and the beginning of the summary."""
    return Table(
        "id", ("what", "name", "summary"), [(row.id, _cells(row, extra)) for row in rows], listing=True
    )


def _cells(row: Row, extra: Mapping[str, Sequence[str]]) -> list[Cell]:
    names = row.name + (f" ({', '.join(row.aliases[:2])})" if row.aliases else "")
    lines = [Text(names, tone="strong")]
    if row.mark:
        lines.append(Text(row.mark, tone=_tone(row.mark)))
    place = f"{row.kind} {row.country}" if row.country and row.kind == "organization" else row.kind
    summary = [Text(row.summary)]
    summary += [Text(line, tone="quiet") for line in extra.get(row.id, ())]
    return [Cell([Text(place, tone="quiet")]), Cell(lines), Cell(summary)]


def _tone(mark: str) -> Tone:
    return "danger" if "harmful" in mark or mark in ("not a referral", RETIRED) else "quiet"
