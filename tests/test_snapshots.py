"""Tables, pages and sheets as a whole, on a small base that never changes.

The expected texts in ``snapshots/`` were read by eye. After a wanted change run the tests with
``UPDATE_SNAPSHOTS=1`` and read the difference before it is committed.
"""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from conftest import BaseFolder
from recoverykb.render.registry import renderer
from recoverykb.render.screen import Screen
from recoverykb.search.engine import search
from recoverykb.storage.base import Base
from recoverykb.storage.index import open_index
from recoverykb.storage.layers import Layer
from recoverykb.views import assemble
from recoverykb.views.compare import fetch
from recoverykb.views.compare.matrix import Layout
from recoverykb.views.document import Document
from recoverykb.views.listing import search_document
from recoverykb.views.sheet import gather
from recoverykb.views.sheet.wish import Wish

SNAPSHOTS = Path(__file__).parent / "snapshots"
DAY = date(2026, 11, 20)


def claim(text: str, year: int | None = 2020, note: str = "") -> dict[str, object]:
    return {
        "text": text,
        "sources": ["src-a"],
        **({"year": year} if year else {}),
        **({"note": note} if note else {}),
    }


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Base]:
    folder = BaseFolder(tmp_path_factory.mktemp("snapshot") / "kb")
    folder.add("source", "src-b", title="Register of lines", publisher="Volunteers", tier="unofficial-list",
               seen="mirror", via="copy at example.net", url="https://example.org/lines")  # fmt: skip
    folder.add(
        "strategy", "methadone", name="Methadone", abbreviation="MMT", service=True,
        summary="A daily medicine. It holds off withdrawal.", suits="Most people with opioid dependence.",
        how_to_start="Ask a clinic.", questions=["How is the first week watched?"],
        evidence={"rating": "strong", "direction": "benefit", "basis": "Review A (2020)", "sources": ["src-a"],
                  "year": 2020, "findings": [claim("More people stayed in treatment (RR 4.44, 95% CI 3.26 to 6.04).")]},
        cautions=[claim("The first weeks need care.", None)],
    )  # fmt: skip
    folder.add(
        "strategy", "cold-turkey-camp", name="Locked withdrawal camp", category="avoid-or-caution",
        summary="People are locked up until withdrawal ends.", alternatives=["methadone"],
        evidence={"rating": "harmful", "direction": "harm", "basis": "Review A (2020)", "sources": ["src-a"]},
    )  # fmt: skip
    for record_id, name, short in (
        ("opioid-agonist-treatment", "Opioid agonist treatment", "OAT"),
        ("needle-and-syringe-programmes", "Needle and syringe programmes", "NSP"),
        ("drug-consumption-rooms", "Drug consumption rooms", "DCR"),
    ):
        folder.add("strategy", record_id, name=name, abbreviation=short, service=True)
    folder.add(
        "country", "aland", name="Aland", iso2="AA", iso3="AAA", region="europe", subregion="northern-europe",
        model={"title": "Clinics first", "text": "Clinics give medicine.", "sources": ["src-a"], "year": 2020,
               "strengths": [claim("No waiting list.")], "cautions": [claim("Few clinics in the north.")]},
        law={"possession": "administrative", "text": "A fine.", "statute": "Law 1/2000", "sources": ["src-a"], "year": 2000},
        services=[{"service": "methadone", "availability": "yes", "sources": ["src-a"], "year": 2020, "note": "12 sites"},
                  {"service": "methadone", "availability": "no", "sources": ["src-b"], "year": 2010},
                  {"service": "opioid-agonist-treatment", "availability": "limited", "sources": ["src-b"]},
                  {"service": "drug-consumption-rooms", "availability": "unknown", "sources": ["src-a"], "year": 2021,
                   "note": "Asked, no answer."}],
        emergency=[{"number": "112", "sources": ["src-a", "src-b"], "year": 2024}],
        figures=[{"measure": "opioid-deaths", "value": 1234, "unit": "deaths", "sources": ["src-a"], "year": 2019,
                  "qualifier": ">"}],
    )  # fmt: skip
    folder.add(
        "country", "borduria", name="Borduria", iso2="BB", iso3="BBB", region="europe", subregion="eastern-europe",
        services=[{"service": "opioid-agonist-treatment", "availability": "no", "sources": ["src-a"], "year": 2022}],
        emergency=[{"number": "103", "sources": ["src-a"], "year": 2020},
                   {"number": "113", "sources": ["src-b"], "role": "disputed", "note": "One list only."}],
    )  # fmt: skip
    folder.add(
        "organization", "aland-line", name="Aland Drug Line", acronym="ADL", country="AA", type="helpline",
        contacts=[{"purpose": "drug-help", "number": "0800 12 34 56", "sources": ["src-a", "src-b"], "year": 2023,
                   "confidence": "high", "schedule": "Monday to Friday", "languages": ["en", "xx"]},
                  {"purpose": "crisis", "number": "116 123", "sources": ["src-b"], "confidence": "low",
                   "conflict": "another list prints 117 123"}],
    )  # fmt: skip
    folder.add("organization", "praise-only", name="Praise Only", referral=False, sources=[],
               alert="No independent source was found.")  # fmt: skip
    folder.add(
        "guide", "overdose", name="What to do in an overdose", use="overdose", clinical=True,
        sections=[{"heading": "Steps", "ordered": True, "card": True,
                   "items": [{"text": "Call for help.", "sources": ["src-a"]},
                             {"text": "Give naloxone.", "sources": ["src-a"]}]}],
    )  # fmt: skip
    folder.add("guide", "ask", name="Questions to ask", use="questions",
               sections=[{"heading": "First", "questions": ["Is it free?"]}])  # fmt: skip
    layers = [Layer("test", folder.root)]
    os.environ["RECOVERYKB_CACHE"] = str(folder.root.parent / "cache")
    with Base(layers, open_index(layers, lambda line: pytest.fail(line))) as opened:
        assert opened.skipped() == []
        yield opened
    del os.environ["RECOVERYKB_CACHE"]


def compare_countries(base: Base) -> Document:
    return fetch.comparison(base, ["aland", "borduria"])


def services(base: Base) -> Document:
    found = fetch.services(base)
    assert found is not None
    return found


def services_chart(base: Base) -> Document:
    found = fetch.services(base, layout=Layout(chart=True))
    assert found is not None
    return found


def deaths_chart(base: Base) -> Document:
    found = fetch.figures(base, "opioid-deaths", ["aland", "borduria"], layout=Layout(chart=True))
    assert found is not None
    return found


def compare_strategies(base: Base) -> Document:
    return fetch.comparison(base, ["methadone", "cold-turkey-camp"], layout=Layout(transpose=True))


def evidence(base: Base) -> Document:
    return fetch.evidence(base)


def page(base: Base) -> Document:
    return assemble.detail(base, "aland")


def sheet(base: Base) -> Document:
    records = ["methadone", "cold-turkey-camp", "aland-line", "praise-only"]
    return gather.sheet(base, records, Wish(country="AA"), today=DAY)


def sheet_elsewhere(base: Base) -> Document:
    return gather.sheet(base, ["methadone"], Wish(country="BB"), today=DAY)


def hits(base: Base) -> Document:
    return search_document(search(base, "aland"))


@pytest.mark.parametrize(
    ("build", "format_name", "width"),
    [
        (compare_countries, "table", 80),
        (compare_countries, "table", 60),
        (compare_countries, "markdown", 80),
        (compare_countries, "csv", 80),
        (compare_countries, "table", 120),
        (compare_countries, "table", 200),
        (compare_countries, "plain", 80),
        (services, "table", 60),
        (services, "table", 80),
        (services, "table", 120),
        (services, "table", 200),
        (services, "markdown", 80),
        (services, "html", 80),
        (services, "csv", 80),
        (services_chart, "table", 80),
        (services_chart, "markdown", 80),
        (services_chart, "html", 80),
        (deaths_chart, "table", 80),
        (deaths_chart, "html", 80),
        (compare_strategies, "table", 120),
        (evidence, "table", 80),
        (page, "table", 80),
        (page, "plain", 80),
        (sheet, "markdown", 80),
        (sheet_elsewhere, "plain", 80),
        (hits, "table", 80),
        (hits, "json", 80),
    ],
)
def test_output_is_as_it_was_read_and_approved(
    base: Base, build: object, format_name: str, width: int
) -> None:
    document = build(base)  # type: ignore[operator]
    printed = renderer(format_name).render(document, Screen(width=width))
    name = f"{build.__name__}-{format_name}-{width}.txt"  # type: ignore[attr-defined]
    path = SNAPSHOTS / name
    if os.environ.get("UPDATE_SNAPSHOTS"):
        SNAPSHOTS.mkdir(exist_ok=True)
        path.write_text(printed, encoding="utf-8")
    assert printed == path.read_text(encoding="utf-8")
