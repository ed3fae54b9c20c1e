"""What is installed and in use: layers, counts, breadth, index, versions."""

import platform
import sqlite3
from collections.abc import Mapping
from datetime import date

from recoverykb import __version__
from recoverykb.records.types import Country, Organization, Source, Strategy, Term
from recoverykb.storage.base import Base
from recoverykb.views.citing import Bibliography
from recoverykb.views.document import Document, Fields, Part, Text, Tidy
from recoverykb.views.phrases import emergency

_LINES = frozenset({"overdose", "drug-help", "crisis"})
"""Purposes of a contact that make it a help line."""


def info_document(base: Base, *, today: date) -> Document:
    """Layers (lowest first), counts by kind, breadth, the index file, and versions."""
    counts = base.counts()
    breadth = _breadth(base, today)
    index = base.index_file() or "in memory"
    versions = {
        "recoverykb": __version__,
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
    }
    layers = [
        {"name": layer.name, "path": str(layer.root), "records": number}
        for layer, number in zip(base.layers, base.counts_by_layer(), strict=True)
    ]
    skipped = [str(problem) for _, problem in base.skipped()]
    where = {str(row["name"]): f"{row['records']} records in {row['path']}" for row in layers}
    parts = [
        _part("Layers", where),
        _part("Records", counts),
        _part("Breadth", breadth),
        _part("Index", {"file": index, "files skipped": len(skipped)}),
        _part("Versions", versions),
    ]
    return Document(
        title="recoverykb",
        blocks=parts,
        data={
            "layers": layers,
            "records": counts,
            "breadth": breadth,
            "index": index,
            "skipped": skipped,
            "versions": versions,
        },
        tidy=Tidy(("what", "value"), [*counts.items(), *breadth.items(), *versions.items()]),
    )


def _part(heading: str, values: Mapping[str, object]) -> Part:
    return Part(heading, [Fields([(name, Text(str(value))) for name, value in values.items()])])


def _breadth(base: Base, today: date) -> dict[str, int]:
    """How far the base reaches, in numbers that a test keeps from falling."""
    countries = list(base.every(Country))
    strategies = list(base.every(Strategy))
    bodies = [body for body in base.every(Organization) if body.offered]
    terms = list(base.every(Term))
    cites = Bibliography({source.id: source for source in base.every(Source)})
    ambulance = [numbers for country in countries if (numbers := emergency(country, cites))]
    lined = {
        body.country
        for body in bodies
        for contact in body.contacts
        if body.country and contact.purpose in _LINES and not contact.private
    }
    reachable = {country.iso2 for country in countries if country.emergency} | lined
    due = [row.due for row in base.rows()]
    return {
        "outcome rows of strategies": sum(len(strategy.evidence.outcomes) for strategy in strategies),
        "strategies with outcome rows": sum(bool(strategy.evidence.outcomes) for strategy in strategies),
        "countries with service rows": sum(bool(country.services) for country in countries),
        "countries with a written model": sum(country.model is not None for country in countries),
        "countries with the law on possession": sum(country.law is not None for country in countries),
        "countries with an emergency number": len(ambulance),
        "emergency numbers confirmed by two sources": sum(numbers.confirmed for numbers in ambulance),
        "countries with a help line": len(lined),
        "countries with a help line or an emergency number": len(reachable),
        "labels of terms": sum(len(term.labels) for term in terms),
        "languages of terms": len({label.language for term in terms for label in term.labels}),
        "records due for review": sum(day is not None and day <= today.isoformat() for day in due),
    }
