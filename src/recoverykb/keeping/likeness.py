"""Records that a new one may be a second copy of."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from recoverykb.fold import key
from recoverykb.records.pairing import digits
from recoverykb.records.types import Organization
from recoverykb.storage.base import Base

ALIKE = 88
"""From this share of letters in common on (percent) two names may be of one thing."""


def likely_duplicates(base: Base, kind: str, table: Mapping[str, Any]) -> dict[str, str]:
    """Ids of records that the new ``table`` may double, with what they share; the most alike first."""
    found: dict[str, str] = {}
    if kind == "organization":
        found |= dict(_same_marks(base, table))
    names = [
        table.get("name") or table.get("title") or "",
        table.get("acronym", ""),
        *table.get("aliases", ()),
    ]
    for record_id, name, _ in sorted(
        _alike(base, kind, [name for name in names if name], table), key=_likest
    ):
        found.setdefault(record_id, f"its name is like '{name}'")
    found.pop(table.get("id", ""), None)
    return found


def _likest(entry: tuple[str, str, float]) -> float:
    return -entry[2]


def _alike(
    base: Base, kind: str, names: list[str], table: Mapping[str, Any]
) -> Iterator[tuple[str, str, float]]:
    """The records of ``kind`` with a name like one of ``names``: id, that name, and how alike."""
    from rapidfuzz import fuzz, process

    country = table.get("country")
    for row in base.rows(kind):
        if kind == "organization" and country and row.country and row.country != country:
            continue
        known = [row.name, *row.aliases]
        for name in names:
            best = process.extractOne(
                name, known, scorer=fuzz.token_sort_ratio, processor=key, score_cutoff=ALIKE
            )
            if best:
                yield row.id, best[0], best[1]


def _same_marks(base: Base, table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The organizations that have a number or a web address of ``table``."""
    numbers = {digits(contact.get("number", "")) for contact in table.get("contacts", ())} - {""}
    address = _address(table.get("url"))
    if not numbers and not address:
        return
    for body in base.every(Organization):
        shared = [
            contact.number
            for contact in body.contacts
            if not contact.private and digits(contact.number) in numbers
        ]
        same_country = not (table.get("country") and body.country) or table["country"] == body.country
        if shared and same_country:
            yield body.id, f"it has the number {shared[0]} too"
        elif address and _address(body.url) == address:
            yield body.id, f"it has the address {body.url} too"


def _address(url: str | None) -> str:
    return re.sub(r"^https?://(www\.)?|/$", "", (url or "").lower())
