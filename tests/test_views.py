"""What pages, comparisons and sheets must say, and must never say, whatever the records are.

The builders at the top make harmless records; each test changes the one thing it is about.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec
import pytest

from conftest import BaseFolder
from paper import pdf_text
from recoverykb.errors import UsageError
from recoverykb.records.types import (
    AnyRecord,
    Claim,
    Contact,
    Country,
    Disputed,
    Emergency,
    Evidence,
    Figure,
    Finding,
    Guide,
    Item,
    Law,
    Model,
    Organization,
    Practice,
    Section,
    Service,
    Source,
    Strategy,
    Verification,
)
from recoverykb.render.registry import formats, renderer
from recoverykb.render.screen import Screen
from recoverykb.storage.base import Base, Row
from recoverykb.views import assemble
from recoverykb.views.citing import Bibliography
from recoverykb.views.compare import fetch
from recoverykb.views.compare.cells import Context
from recoverykb.views.compare.services import services_document
from recoverykb.views.compare.side_by_side import comparison_document
from recoverykb.views.detail import Surroundings, detail_document
from recoverykb.views.detail_country import SERVICES
from recoverykb.views.document import Block, Bullets, Document, Fields, Paragraph, Part, Strip, Table, Text
from recoverykb.views.sheet import gather
from recoverykb.views.sheet.page import sheet_document
from recoverykb.views.sheet.sieve import fit
from recoverykb.views.sheet.wish import SheetParts, Wish

DAY = date(2024, 5, 1)
OAT, NSP, THN = SERVICES[:3]


def source(source_id: str = "src-a", year: int | None = 2020, **fields: Any) -> Source:
    given = {
        "title": f"Title of {source_id}",
        "publisher": "Publisher",
        "url": f"https://example.org/{source_id}",
        "tier": "official",
        "seen": "whole",
        "accessed": DAY,
    }
    return Source(id=source_id, year=year, **{**given, **fields})


def country(record_id: str = "zedland", **fields: Any) -> Country:
    given = {
        "name": record_id.title(),
        "summary": "A country.",
        "sources": ["src-a"],
        "compiled": DAY,
        "iso2": "ZZ",
        "iso3": "ZZZ",
        "region": "africa",
        "subregion": "sub-saharan-africa",
    }
    return Country(id=record_id, **{**given, **fields})


def evidence(rating: str = "strong", direction: str = "benefit", **fields: Any) -> Evidence:
    given = {"basis": "Review A (2020)", "sources": ["src-a"], "year": 2020}
    return Evidence(rating=rating, direction=direction, **{**given, **fields})  # type: ignore[arg-type]


def strategy(record_id: str = "strategy-a", **fields: Any) -> Strategy:
    given = {
        "name": f"Name of {record_id}",
        "summary": "A way of helping.",
        "sources": ["src-a"],
        "compiled": DAY,
        "category": "medication",
        "evidence": evidence(),
    }
    return Strategy(id=record_id, **{**given, **fields})


def organization(record_id: str = "body-a", **fields: Any) -> Organization:
    given = {
        "name": f"Name of {record_id}",
        "summary": "A body.",
        "sources": ["src-a"],
        "compiled": DAY,
        "type": "ngo",
        "country": "ZZ",
    }
    return Organization(id=record_id, **{**given, **fields})


def contact(number: str = "0800 11 22 33", **fields: Any) -> Contact:
    given = {"purpose": "drug-help", "sources": ["src-a", "src-b"], "confidence": "high", "year": 2023}
    return Contact(number=number, **{**given, **fields})


def guide(record_id: str = "guide-a", use: str = "other", **fields: Any) -> Guide:
    section = Section(heading="Steps", items=[Item(text="Do this.", sources=["src-a"])])
    given = {
        "name": record_id,
        "summary": "A guide.",
        "sources": ["src-a"],
        "compiled": DAY,
        "sections": [section],
    }
    return Guide(id=record_id, use=use, **{**given, **fields})  # type: ignore[arg-type]


def service(name: str, availability: str, year: int | None = None, **fields: Any) -> Service:
    return Service(service=name, availability=availability, year=year, **{"sources": ["src-a"], **fields})  # type: ignore[arg-type]


SOURCES = {
    entry.id: entry
    for entry in (
        source("src-a"),
        source("src-b", 2021),
        source("src-old", 2011),
        source("src-new", 2023),
        source("src-undated", None),
    )
}


def page(
    record: AnyRecord,
    *,
    sources: Mapping[str, Source] = SOURCES,
    names: Mapping[str, str] | None = None,
    where: Sequence[tuple[Country, Sequence[Any]]] = (),
    who: Sequence[Organization] = (),
) -> Document:
    kind = type(record).__name__.lower()
    row = Row(record.id, kind, record.name, [], "", None, [], "2024-05-01", "", "bundled")
    return detail_document(record, Surroundings(row, dict(sources), dict(names or {}), where, who))


def compared(
    *records: Any,
    organizations: Sequence[Organization] = (),
    sources: Mapping[str, Source] = SOURCES,
    **options: Any,
) -> Document:
    by_country = {"ZZ": list(organizations)}
    return comparison_document(records, Context(Bibliography(sources), {}, by_country), **options)


def services(*countries: Country, sources: Mapping[str, Source] = SOURCES) -> Document:
    context = Context(Bibliography(sources), {}, abbreviations={OAT: "OAT"})
    return services_document(countries, context, title="Services")


def printed(
    *,
    sources: Mapping[str, Source] = SOURCES,
    names: Mapping[str, str] | None = None,
    wish: Wish | None = None,
    **parts: Any,
) -> Document:
    given: dict[str, Any] = {
        "country": None,
        "strategies": [],
        "organizations": [],
        "guides": [],
        "overdose": None,
        "questions": None,
        "lines": [],
    }
    asked = tuple(
        record.id for key in ("strategies", "organizations", "guides") for record in parts.get(key, ())
    )
    whole = SheetParts(**{**given, "asked": asked, **parts}, sources=sources, names=dict(names or {}))
    today = date(2024, 6, 1)
    return sheet_document(fit(whole, today=today, stale=False), wish or Wish(), today=today)


def plain(document: Document) -> str:
    return renderer("plain").render(document, Screen())


def line_with(document: Document, *words: str) -> str:
    """The one plain line that has all the words."""
    found = [line for line in plain(document).splitlines() if all(word in line for word in words)]
    assert len(found) == 1, found or plain(document)
    return found[0]


def everywhere(document: Document) -> dict[str, str]:
    """What can be read of the document in every format."""
    screen = Screen(width=200)
    found = {name: renderer(name).render(document, screen) for name in formats()}
    return {name: pdf_text(told) if isinstance(told, bytes) else told for name, told in found.items()}


def texts(document: Document) -> list[Text]:
    """Every text of the blocks."""

    def inside(block: Block) -> Iterator[Text]:
        match block:
            case Paragraph(text):
                yield text
            case Bullets(items):
                yield from items
            case Fields(rows):
                yield from (text for _, text in rows)
            case Table():
                yield from (line for _, cells in block.rows for cell in cells for line in cell.lines)
            case Strip(_, blocks) | Part(_, blocks):
                for inner in blocks:
                    yield from inside(inner)

    return [text for block in document.blocks for text in inside(block)]


def part(document: Document, heading: str) -> str:
    """The plain text under the part of this heading."""
    found = [block for block in document.blocks if isinstance(block, Part) and block.heading == heading]
    assert len(found) == 1, [getattr(block, "heading", block) for block in document.blocks]
    return plain(Document(heading, found, {}))


def facts(document: Document, field: str) -> list[dict[str, str]]:
    """The CSV rows of one field of a comparison."""
    rows = csv.DictReader(io.StringIO(renderer("csv").render(document, Screen())))
    return [row for row in rows if row["field"] == field]


# Not recorded, no and unknown are three things.

THREE = country(services=[service(OAT, "no", 2019), service(NSP, "unknown", 2018)])


def test_a_country_page_keeps_no_unknown_and_not_recorded_apart() -> None:
    shown = page(THREE)
    lines = plain(shown).splitlines()
    assert lines[lines.index(OAT) + 1].startswith("  newest: no (2019)")
    assert lines[lines.index(NSP) + 1].startswith("  newest: unknown (2018)")
    for other in SERVICES[2:]:
        assert lines[lines.index(other) + 1] == "  newest: not recorded"
    assert "It does not mean “no”" in plain(shown)


def test_a_comparison_keeps_them_apart_for_people_and_for_spreadsheets() -> None:
    document = services(THREE)
    cells = dict(zip(SERVICES, document.blocks[0].rows[0][1], strict=True))  # type: ignore[union-attr]
    leads = [cell.lines[0].lead or cell.lines[0].value for cell in cells.values()]
    assert leads == ["no,", "unknown,"] + ["not recorded"] * (len(SERVICES) - 2)
    assert [row["status"] for row in facts(document, OAT)] == ["no"]
    assert [row["status"] for row in facts(document, NSP)] == ["unknown"]
    (absent,) = facts(document, THN)
    assert (absent["status"], absent["value"], absent["year"]) == ("not-recorded", "", "")


def test_totals_count_not_recorded_for_itself() -> None:
    document = services(
        THREE, country("other", iso2="ZY"), country("third", iso2="ZX", services=[service(OAT, "yes", 2020)])
    )
    totals = document.blocks[1]
    assert isinstance(totals, Table)
    assert "of the 3 countries" in totals.caption
    counts = {head: cells[0].lines[0].value for head, cells in totals.rows}
    assert counts.pop("of all these, not certain") == "0"
    assert counts == {"yes": "1", "no": "1", "unknown": "0", "not recorded": "1"}
    (told,) = [row for row in document.data["totals"] if row["field"] == OAT]
    assert (told["yes"], told["no"], told["not-recorded"], told["of"]) == (1, 1, 1, 3)


def test_json_has_null_and_a_status_where_nothing_is_recorded() -> None:
    cells = json.loads(renderer("json").render(services(THREE), Screen()))["cells"]
    (absent,) = [cell for cell in cells if cell["field"] == THN]
    assert absent["value"] is None
    assert absent["status"] == "not-recorded"


@pytest.mark.parametrize(
    ("services_known", "says"),
    [
        ([], "not recorded. That does not mean “no”."),
        ([service(OAT, "no", 2019)], "no (2019)"),
        ([service(OAT, "unknown", 2018)], "unknown (2018)"),
        ([service(OAT, "limited", 2018, note="Two towns.")], "limited (2018) Two towns"),
    ],
)
def test_a_sheet_keeps_them_apart(services_known: list[Service], says: str) -> None:
    offered = strategy(OAT, service=True)
    document = printed(country=country(services=services_known), strategies=[offered])
    assert line_with(document, "In Zedland:").startswith(f"In Zedland: {says}")


def test_what_a_comparison_of_countries_does_not_know_is_not_recorded() -> None:
    document = compared(country(), country("other"))
    for field in ("model", "law", "emergency", "helplines", "strengths", "cautions", "figures"):
        assert [row["status"] for row in facts(document, field)] == ["not-recorded"] * 2
    shown = plain(document).splitlines()
    start = shown.index("Emergency number")
    assert shown[start + 1 : start + 3] == ["  Zedland: not recorded", "  Other: not recorded"]


def test_whether_a_body_is_faith_based_is_yes_no_or_not_recorded() -> None:
    bodies = [
        organization(f"body-{number}", faith_based=value) for number, value in enumerate((True, False, None))
    ]
    statuses = [(row["value"], row["status"]) for row in facts(compared(*bodies), "faith")]
    assert statuses == [("yes", "value"), ("no", "value"), ("", "not-recorded")]
    assert "Faith-based: no" in plain(page(bodies[1]))
    assert "Faith-based" not in plain(page(bodies[2]))


# The newest service row wins, and rows that differ are told.

NEWEST = service(OAT, "limited", 2023)
OLDER = service(OAT, "no", 2019, sources=["src-b"])


@pytest.mark.parametrize("rows", [[NEWEST, OLDER], [OLDER, NEWEST]], ids=["newest first", "newest last"])
def test_the_newest_row_wins_and_the_older_one_is_told(rows: list[Service]) -> None:
    home = country(services=rows)
    lines = plain(page(home)).splitlines()
    start = lines.index(OAT)
    assert lines[start + 1].startswith("  newest: limited (2023)")
    assert lines[start + 2].startswith("  other sources: no (2019)")
    for document in (services(home), compared(home, country("other"))):
        cell_lines = [
            text
            for text in texts(document)
            if text.lead in ("limited", "limited,") or text.value.startswith("other:")
        ]
        assert [(text.lead or text.value).strip(",") for text in cell_lines] == ["limited", "other: no, 2019"]
        assert [row["status"] for row in facts(document, OAT)][:2] == ["limited", "no"]


def test_the_sheet_and_the_page_of_the_strategy_tell_the_older_row_too() -> None:
    home = country(services=[OLDER, NEWEST])
    offered = strategy(OAT, service=True)
    sheet = part(printed(country=home, strategies=[offered]), offered.name)
    assert "In Zedland: limited (2023)" in sheet
    assert "Other sources say: no, 2019" in sheet
    shown = line_with(page(offered, where=[(home, [NEWEST, OLDER])]), "Zedland: limited")
    assert "(2023); other: no, 2019" in shown


def test_an_older_row_that_agrees_is_no_difference() -> None:
    document = services(country(services=[NEWEST, service(OAT, "limited", 2015)]))
    assert "other:" not in plain(document)


def test_the_year_of_the_source_counts_where_a_row_states_none() -> None:
    home = country(services=[service(OAT, "no", 2021), service(OAT, "yes", None, sources=["src-new"])])
    first, *_ = facts(services(home), OAT)
    assert (first["value"], first["year"]) == ("yes", "2023")
    assert "newest: yes (source of 2023)" in plain(page(home))


def test_a_row_without_any_year_never_beats_a_dated_one() -> None:
    home = country(services=[service(OAT, "yes", None, sources=["src-undated"]), service(OAT, "no", 2001)])
    first, second = facts(services(home), OAT)
    assert (first["value"], second["value"], second["year"]) == ("no", "yes", "")
    assert "other: yes, undated" in plain(services(home))


# A fact shows its year, or that it has none.


@pytest.mark.parametrize(
    ("year", "cited", "says"),
    [
        (2015, "src-a", "2015"),
        (2015, "src-undated", "2015"),
        (None, "src-old", "source of 2011"),
        (None, "src-undated", "source undated"),
        (None, "src-nowhere", "source undated"),
    ],
)
class TestDates:
    def test_claims(self, year: int | None, cited: str, says: str) -> None:
        record = organization(claims=[Claim(text="It is so.", sources=[cited], year=year)])
        assert f"It is so. ({says})" in plain(page(record))

    def test_claims_with_a_note(self, year: int | None, cited: str, says: str) -> None:
        record = organization(
            claims=[Claim(text="It is so.", sources=[cited], year=year, note="In one town.")]
        )
        assert f"It is so. (In one town; {says})" in plain(page(record))

    def test_services_laws_figures_and_models(self, year: int | None, cited: str, says: str) -> None:
        common: dict[str, Any] = {"sources": [cited], "year": year}
        record = country(
            services=[service(OAT, "yes", **common)],
            law=Law(possession="criminal", text="Holding is a crime.", **common),
            figures=[Figure(measure="oat-clients", value=1200, unit="people", **common)],
            model=Model(title="Model", text="Care is free.", **common),
        )
        shown = plain(page(record))
        for text in ("newest: yes", "Holding is a crime.", "1,200 people", "Care is free."):
            assert f"{text} ({says})" in shown
        rows = [
            facts(compared(record, country("other")), field)[0] for field in (OAT, "law", "figures", "model")
        ]
        expected = str(year or SOURCES.get(cited, source(year=None)).year or "")
        assert [row["year"] for row in rows] == [expected] * 4

    def test_evidence_and_findings(self, year: int | None, cited: str, says: str) -> None:
        common: dict[str, Any] = {"sources": [cited], "year": year}
        record = strategy(
            evidence=evidence(basis="Review B", findings=[Finding(text="Fewer die.", **common)], **common)
        )
        for document in (page(record), compared(record, strategy("strategy-b"))):
            assert f"Review B ({says})" in plain(document)
            assert f"Fewer die. ({says})" in plain(document)

    def test_contacts_nobody_checked(self, year: int | None, cited: str, says: str) -> None:
        record = organization(contacts=[contact("1192", sources=[cited], year=year)])
        for document in (page(record), compared(record, organization("body-b"))):
            assert f"compiled 1 May 2024 from documents ({says}), not checked by a person" in plain(document)
        sheet = printed(organizations=[record])
        assert line_with(sheet, "Checked:") == f"Checked: by nobody; from documents ({says}), read 1 May 2024"
        assert "Numbers checked by a person: 0 of 1." in plain(sheet)

    def test_emergency_numbers(self, year: int | None, cited: str, says: str) -> None:
        record = country(emergency=[Emergency(number="112", sources=[cited], year=year)])
        for document in (page(record), compared(record, country("other")), printed(country=record)):
            assert f", {says}" in line_with(document, "112", "; ")

    def test_disputed_claims(self, year: int | None, cited: str, says: str) -> None:
        heard = Disputed(
            claim="It cures.", verdict="wrong", evidence="It does not.", sources=[cited], year=year
        )
        line = line_with(page(strategy(disputed=[heard])), "“It cures.”")
        assert f"Wrong. It does not. ({says})" in line


# What is uncertain about a contact stands beside it.

UNSURE = [
    (contact("1192", confidence="low"), "TO BE CONFIRMED before use", "TO BE CONFIRMED before use"),
    (contact("1192", confidence="medium"), "no official source seen", "no official source seen"),
    (
        contact("1192", conflict="A list prints 1199."),
        "sources differ: A list prints 1199",
        "SOURCES DIFFER, see below",
    ),
    (
        contact("1192", confidence="low", conflict="A list prints 1199."),
        "TO BE CONFIRMED before use",
        "TO BE CONFIRMED before use; SOURCES DIFFER, see below",
    ),
    (contact("1192", type="text"), "by text", "help with drugs or alcohol"),
]


@pytest.mark.parametrize(
    ("unsure", "says", "on_paper"), UNSURE, ids=["low", "medium", "disputed", "low and disputed", "text"]
)
def test_uncertain_contacts_are_marked_wherever_they_are_shown(
    unsure: Contact, says: str, on_paper: str
) -> None:
    body = organization(contacts=[unsure])
    home = country()
    documents = {
        "page": page(body),
        "page of the country": page(home, who=[body]),
        "comparison": compared(body, organization("body-b")),
        "comparison of countries": compared(home, country("other", iso2="ZY"), organizations=[body]),
        "sheet that names it": printed(organizations=[body]),
        "sheet of the country": printed(country=home, lines=[body]),
    }
    for name, document in documents.items():
        mark = on_paper if name.startswith("sheet") else says
        lines = [text for text in texts(document) if "1192" in text.lead]
        assert lines, name
        assert all(mark in text.value for text in lines), name
        for rendered in ("plain", "markdown", "table"):
            shown = str(renderer(rendered).render(document, Screen(width=4000)))
            assert all(mark in line for line in shown.splitlines() if "1192" in line), (name, rendered)
            assert not unsure.conflict or "A list prints 1199" in shown
        if unsure.type == "text" and name.startswith("sheet"):
            assert "Text message: 1192" in plain(document)


@pytest.mark.parametrize("unsure", [UNSURE[0][0], UNSURE[2][0]], ids=["low", "disputed"])
def test_uncertain_contacts_have_a_warning_tone_and_certain_ones_none(unsure: Contact) -> None:
    tones = [text.tone for text in texts(page(organization(contacts=[unsure, contact("2000")]))) if text.lead]
    assert tones == ["warning", ""]


def test_spreadsheets_get_confidence_and_conflict_of_contacts() -> None:
    body = organization(contacts=[contact("1192", confidence="low", conflict="A list prints 1199.")])
    (own, _) = facts(compared(body, organization("body-b")), "contacts")
    (line, _) = facts(compared(country(), country("other", iso2="ZY"), organizations=[body]), "helplines")
    for told in (own, line):
        assert told["status"] == "value"
        assert told["certainty"] == "confidence low; sources differ: A list prints 1199."
        assert "not checked by a person" in told["note"]


def test_a_person_who_checked_a_contact_is_named_with_the_day() -> None:
    checked = Verification(on=date(2024, 4, 3), by="Asha", how="call")
    document = page(organization(contacts=[contact(verified=checked)]))
    assert "checked 3 Apr 2024 by Asha (call)" in plain(document)
    assert "not checked by a person" not in plain(document)


def test_the_sheet_counts_contacts_that_a_person_checked() -> None:
    checked = Verification(on=date(2024, 4, 3), by="Asha", how="call")
    body = organization(
        contacts=[contact("1"), contact("2", verified=checked), contact("3", verified=checked, private=True)]
    )
    assert "Numbers checked by a person: 1 of 2." in plain(printed(organizations=[body]))


# Private contacts appear nowhere.

SECRET = {
    "number": "0799 555 0199",
    "email": "secret@example.org",
    "url": "https://secret.example.org",
    "description": "Secretive desk",
    "conflict": "Secretly contested",
    "schedule": "Secret hours",
}
PRIVATE = contact(**SECRET, private=True, verified=Verification(on=DAY, by="Secret agent", how="visit"))


@pytest.mark.parametrize("others", [[], [contact("1192")]], ids=["only contact", "beside another"])
def test_private_contacts_appear_in_no_view_and_no_format(others: list[Contact]) -> None:
    body = organization(contacts=[PRIVATE, *others])
    home = country()
    documents = [
        page(body),
        page(home, who=[body]),
        page(strategy(), who=[body]),
        compared(body, organization("body-b")),
        compared(home, country("other", iso2="ZY"), organizations=[body]),
        printed(organizations=[body]),
        printed(country=home, lines=[body]),
        printed(country=home, organizations=[body], lines=[body]),
    ]
    for document in documents:
        for name, shown in everywhere(document).items():
            assert "0799" not in shown, (document.title, name)
            assert "secret" not in shown.lower(), (document.title, name)


def test_private_contacts_of_a_team_base_do_not_leave_it(
    base_folder: BaseFolder, monkeypatch: pytest.MonkeyPatch, cache: Any
) -> None:
    monkeypatch.setenv("RECOVERYKB_CACHE", str(cache))
    private = {"purpose": "drug-help", "sources": ["src-a"], "confidence": "low", "private": True, **SECRET}
    base_folder.add("country", "zedland")
    base_folder.add("organization", "team-clinic", country="ZZ", contacts=[private])
    with Base.open([base_folder.root]) as base:
        documents = [
            assemble.detail(base, "team-clinic"),
            assemble.detail(base, "zedland"),
            fetch.comparison(base, ["zedland", "kenya"]),
            fetch.comparison(base, ["team-clinic", "nacada"]),
            gather.sheet(base, ["team-clinic"], Wish(country="ZZ"), today=DAY),
        ]
    for document in documents:
        for name, shown in everywhere(document).items():
            assert "0799" not in shown, (document.title, name)
            assert "secret" not in shown.lower(), (document.title, name)
        assert (
            "Team Clinic" in plain(document) or "team-clinic" in plain(document) or "zedland" in document.ids
        )


# A body that is no referral is not offered.

NO_REFERRAL = organization(
    "dubious",
    name="Dubious House",
    summary="It says it cures.",
    referral=False,
    alert="Nobody vouches for it.",
    contacts=[contact("0700 666")],
    url="https://dubious.example.org",
)


def test_a_sheet_leaves_out_what_is_no_referral_and_says_so() -> None:
    document = printed(
        country=country(),
        organizations=[organization(contacts=[contact()]), NO_REFERRAL],
        lines=[NO_REFERRAL],
    )
    lines = [line for line in plain(document).splitlines() if "Dubious" in line]
    assert lines == ["- No independent source vouches for it: Dubious House"]
    for name in ("plain", "markdown", "table"):
        shown = everywhere(document)[name]
        for secret in ("0700", "It says it cures", "dubious.example.org"):
            assert secret not in shown, name
        assert "0800 11 22 33" in shown
    left_out = {"id": NO_REFERRAL.id, "name": "Dubious House", "reason": "unvouched"}
    assert document.data["left_out"] == [left_out]


def test_a_sheet_of_a_country_does_not_offer_its_phone_line() -> None:
    document = printed(country=country(), lines=[NO_REFERRAL])
    assert "Dubious" not in plain(document)
    assert "0700" not in plain(document)
    assert "No phone line for this country is recorded. That does not mean that there is none." in plain(
        document
    )


def test_a_sheet_that_leaves_nothing_out_says_nothing_of_it() -> None:
    assert "Left out" not in plain(printed(organizations=[organization()]))


def test_the_page_of_what_is_no_referral_says_so_first() -> None:
    first, second, *_ = texts(page(NO_REFERRAL))
    assert (first.value, first.tone) == ("Nobody vouches for it.", "danger")
    assert second.value == "Not offered as a referral by this tool."


def test_other_pages_and_comparisons_do_not_pass_its_number_on() -> None:
    home = country()
    for document in (
        page(home, who=[NO_REFERRAL]),
        compared(home, country("other"), organizations=[NO_REFERRAL]),
    ):
        assert "0700" not in plain(document)
        assert "Dubious" not in plain(document)


# What harms never stands among options.

HARMFUL = [
    strategy(
        "harm",
        name="Rapid detox",
        category="avoid-or-caution",
        alternatives=["methadone", "unknown-id"],
        questions=["How fast is it?"],
        summary="It is done under anaesthesia.",
        evidence=evidence(
            "insufficient", "unclear", findings=[Finding(text="Some died.", sources=["src-a"])]
        ),
    ),
    strategy(
        "harm",
        name="Rapid detox",
        alternatives=["methadone", "unknown-id"],
        questions=["How fast is it?"],
        summary="It is done under anaesthesia.",
        evidence=evidence("harmful", "harm", findings=[Finding(text="Some died.", sources=["src-a"])]),
    ),
]


@pytest.mark.parametrize("harmful", HARMFUL, ids=["category", "rating"])
def test_what_harms_stands_under_not_recommended_with_what_to_ask_for_instead(harmful: Strategy) -> None:
    names = {"methadone": "Methadone"}
    document = printed(country=country(), strategies=[harmful, strategy("good")], names=names)
    headings = [block.heading for block in document.blocks if isinstance(block, Part)]
    assert "Rapid detox" not in plain(document).replace("Not recommended: Rapid detox", "")
    assert headings.index("Name of good") < headings.index("Not recommended: Rapid detox")
    shown = part(document, "Not recommended: Rapid detox")
    assert "Ask for instead: Methadone; unknown-id" in shown
    assert f"Evidence: {harmful.evidence.rating}." in shown
    assert "Some died. (source of 2020) [1]" in shown
    assert "How fast is it?" not in plain(document)


def test_what_harms_is_no_default_option_of_a_sheet(
    base_folder: BaseFolder, monkeypatch: pytest.MonkeyPatch, cache: Any
) -> None:
    monkeypatch.setenv("RECOVERYKB_CACHE", str(cache))
    rows = [
        {"service": name, "availability": value, "sources": ["src-a"], "year": 2020}
        for name, value in ((OAT, "yes"), (NSP, "no"), (THN, "unknown"))
    ]
    base_folder.add("country", "zedland", services=rows)
    harmful = {"rating": "harmful", "direction": "harm", "basis": "Review", "sources": ["src-a"]}
    base_folder.add(
        "strategy", OAT, name="Team service", service=True, evidence=harmful, alternatives=["methadone"]
    )
    with Base.open([base_folder.root]) as base:
        headings = [
            block.heading
            for block in gather.sheet(base, [], Wish(country="ZZ"), today=DAY).blocks
            if isinstance(block, Part)
        ]
        absent = [base.row(name).name for name in (NSP, THN)]
    assert "Not recommended: Team service" in headings
    assert "Team service" not in headings
    assert not set(absent) & set(headings)


def test_the_page_and_the_comparison_of_what_harms_say_what_to_offer_instead() -> None:
    harmful = HARMFUL[1]
    rating = next(text for text in texts(page(harmful)) if text.lead == "Rating: harmful.")
    assert rating.tone == "danger"
    assert (
        part(page(harmful, names={"methadone": "Methadone"}), "What to offer instead").count("Methadone") == 1
    )
    assert facts(compared(harmful, strategy("good")), "alternatives")[0]["value"] == "methadone"


# The number to call.

TWO, ONE = ["src-a", "src-b"], ["src-a"]


def ambulance(number: str, sources: list[str], role: str = "ambulance") -> Emergency:
    return Emergency(number=number, sources=sources, role=role, year=2022)  # type: ignore[arg-type]


def strip_lead(home: Country | None, sources: Mapping[str, Source] = SOURCES) -> Text:
    """The first line of the strip on top of a sheet."""
    strip = printed(country=home, sources=sources).blocks[0]
    assert isinstance(strip, Strip)
    first = strip.blocks[0]
    assert isinstance(first, Paragraph)
    return first.text


@pytest.mark.parametrize(
    ("rows", "lead"),
    [
        ([ambulance("112", TWO)], "Ambulance: 112"),
        ([ambulance("15", TWO), ambulance("112", TWO, "general")], "Ambulance: 15 or 112"),
        ([ambulance("114", ONE, "text"), ambulance("112", TWO)], "Ambulance: 112"),
        ([ambulance("112", ONE)], "Ambulance: 112 (one source only, TO BE CONFIRMED)"),
        ([ambulance("112", ["src-a", "src-a"])], "Ambulance: 112 (one source only, TO BE CONFIRMED)"),
        (
            [ambulance("15", TWO), ambulance("112", ONE, "general")],
            "Ambulance: 15 or 112 (one source only, TO BE CONFIRMED)",
        ),
        (
            [ambulance("999", ONE, "disputed"), ambulance("112", TWO)],
            "Ambulance: 112 (SOURCES DIFFER, confirm locally)",
        ),
        ([ambulance("999", TWO, "disputed")], "Ambulance: 999 (SOURCES DIFFER, confirm locally)"),
    ],
)
def test_the_strip_of_a_sheet_says_how_sure_the_number_is(rows: list[Emergency], lead: str) -> None:
    assert strip_lead(country(emergency=rows)).lead == lead


@pytest.mark.parametrize(
    ("rows", "tone"),
    [
        ([ambulance("112", TWO)], ""),
        ([ambulance("112", ONE)], "warning"),
        ([ambulance("112", TWO), ambulance("999", TWO, "disputed")], "warning"),
        ([ambulance("112", TWO, "text")], "warning"),
    ],
    ids=["confirmed", "one source", "disputed", "text only"],
)
def test_pages_and_comparisons_warn_of_numbers_that_are_not_confirmed(
    rows: list[Emergency], tone: str
) -> None:
    home = country(emergency=rows)
    for document in (page(home), compared(home, country("other"))):
        (text,) = [text for text in texts(document) if text.lead == "112"]
        assert text.tone == tone
        if tone:
            assert any(
                word in text.value
                for word in ("TO BE CONFIRMED", "SOURCES DIFFER", "only for people who are deaf")
            )
        else:
            assert "CONFIRM" not in text.value.upper()


def test_a_number_for_texting_is_not_given_out_as_the_number_to_call() -> None:
    assert strip_lead(country(emergency=[ambulance("114", TWO, "text")])).lead != "Ambulance: 114"
    assert "deaf" in strip_lead(country(emergency=[ambulance("114", TWO, "text")])).lead


def test_a_disputed_number_is_told_but_not_called() -> None:
    home = country(emergency=[ambulance("112", TWO), ambulance("999", ONE, "disputed")])
    for_people = plain(Document("", [printed(country=home).blocks[0]], {}))
    assert "112" in for_people
    assert "SOURCES DIFFER" in for_people
    assert "999" not in for_people
    strip = plain(Document("", [printed(country=home, wish=Wish(audience="worker")).blocks[0]], {}))
    assert "- 112 ambulance; 2 sources, 2022" in strip
    assert "- 999 some lists print it; others contradict it; one source" in strip
    unsure = compared(country(emergency=[ambulance("999", ONE, "disputed")]), country("b"))
    first = facts(unsure, "emergency")[0]
    assert first["item"] == "disputed"
    assert "SOURCES DIFFER" in first["certainty"]


@pytest.mark.parametrize("home", [None, country()], ids=["no country", "no number recorded"])
def test_without_a_number_the_sheet_leaves_room_for_the_local_one(home: Country | None) -> None:
    text = strip_lead(home)
    assert text.lead == "Ambulance:"
    assert "no number is recorded" in text.value
    assert "____" in text.value


def test_a_source_that_is_missing_does_not_confirm_a_number() -> None:
    only_a = {"src-a": SOURCES["src-a"]}
    assert "one source only" in strip_lead(country(emergency=[ambulance("112", TWO)]), only_a).lead
    assert "no source" in strip_lead(country(emergency=[ambulance("112", TWO)]), {}).lead


def test_lists_that_draw_on_each_other_are_one_witness() -> None:
    kin = {name: msgspec.structs.replace(SOURCES[name], family="lists") for name in TWO}
    lead = strip_lead(country(emergency=[ambulance("112", TWO)]), kin).lead
    assert lead == "Ambulance: 112 (no second independent source, TO BE CONFIRMED)"
    told = plain(printed(country=country(emergency=[ambulance("112", TWO)]), sources=kin))
    assert "2 lists that draw on each other, TO BE CONFIRMED" in told


# A source that is missing is said to be missing.


def test_a_missing_source_is_said_under_its_number_in_every_view() -> None:
    cited = {"sources": ["src-a", "src-gone"]}
    claims = [Claim(text="It is so.", year=2020, **cited)]  # type: ignore[arg-type]
    body = organization(claims=claims, contacts=[contact("1192", **cited)], **cited)
    home = country(services=[service(OAT, "yes", 2020, **cited)], **cited)
    documents = [
        page(body),
        page(home),
        compared(body, organization("body-b")),
        services(home),
        printed(organizations=[body]),
        printed(country=home, strategies=[strategy(OAT, service=True, **cited)]),
    ]
    for document in documents:
        (number,) = [entry.number for entry in document.references if entry.text.startswith("src-gone:")]
        for name in ("plain", "markdown", "table"):
            shown = renderer(name).render(document, Screen(width=400)).replace("\\", "")
            line = next(line for line in shown.splitlines() if "src-gone" in line)
            footnote = name == "markdown" and document.linked
            assert (f"[^{number}]:" if footnote else f"[{number}]") in line, name
            assert "missing from the base; treat the fact as unfounded" in line, name


def test_every_number_in_the_text_stands_among_the_sources_and_the_other_way_round() -> None:
    home = country(
        services=[NEWEST, OLDER],
        emergency=[ambulance("112", TWO)],
        law=Law(possession="criminal", text="A crime.", sources=["src-new"]),
        figures=[Figure(measure="deaths", value=3, unit="people", sources=["src-old", "src-undated"])],
    )
    body = organization(
        contacts=[contact(sources=["src-b", "src-nowhere"])],
        cautions=[Claim(text="Ask.", sources=["src-old"])],
    )
    option = strategy(OAT, service=True, cautions=[Claim(text="Careful.", sources=["src-new"])])
    for document in (
        page(home, who=[body]),
        page(option, where=[(home, [NEWEST, OLDER])]),
        compared(home, country("other"), organizations=[body]),
        services(home),
        printed(
            country=home,
            strategies=[option],
            organizations=[body],
            lines=[body],
            overdose=guide(use="overdose"),
        ),
    ):
        used = {number for text in texts(document) for number in text.refs}
        assert used == {entry.number for entry in document.references}
        assert sorted(used) == list(range(1, len(used) + 1))


# The other parts of a page.


def test_a_guide_for_health_says_that_no_clinician_reviewed_it() -> None:
    text = "This guide was compiled from published guidance. It was not reviewed by a clinician."
    assert text in plain(page(guide(clinical=True)))
    assert text not in plain(page(guide(clinical=False)))


def test_heard_but_wrong_claims_carry_the_verdict_before_the_evidence() -> None:
    heard = Disputed(
        claim="One dose is enough.", verdict="outdated", evidence="Not always.", sources=["src-a"], year=2023
    )
    document = page(strategy(disputed=[heard]))
    assert (
        part(document, "Heard, but not so")
        .splitlines()[-1]
        .startswith("- “One dose is enough.” Outdated. Not always. (2023)")
    )
    (text,) = [text for text in texts(document) if "One dose" in text.lead]
    assert text.tone == "warning"


def test_only_records_of_one_kind_compare_and_unknown_fields_list_the_known() -> None:
    with pytest.raises(UsageError, match="one kind"):
        compared(country(), strategy())
    with pytest.raises(UsageError, match="no field 'price'") as raised:
        compared(strategy(), strategy("b"), fields=["price"])
    assert "evidence" in raised.value.hint
    with pytest.raises(UsageError, match=r"guide-a \(guide\), b \(guide\)") as refused:
        compared(guide(), guide("b"))
    assert "countries with countries" in refused.value.hint


def test_fields_choose_rows_in_the_order_asked_for() -> None:
    document = compared(strategy(), strategy("b"), fields=["evidence", "summary"])
    assert [head for head, _ in document.blocks[0].rows] == ["Evidence", "What it is"]  # type: ignore[union-attr]
    assert {row[1] for row in document.tidy.rows} == {"evidence", "summary"}


def test_a_row_that_may_be_misread_says_so_in_every_form() -> None:
    unsure = Service(
        service=OAT, availability="yes", uncertain=True, sources=["src-a"], year=2018, note="3 sites"
    )
    home = country(services=[unsure])
    for document in (page(home), compared(home, country("other", iso2="ZY"))):
        assert [text for text in texts(document) if text.lead == "yes, not certain"]
    option = page(strategy(OAT, service=True), where=[(home, [unsure])])
    assert [text for text in texts(option) if text.lead.endswith(": yes, not certain")]
    lacking = country(
        services=[Service(service=OAT, availability="no", uncertain=True, sources=["src-a"], year=2018)]
    )
    (line,) = [
        text
        for text in texts(printed(country=lacking, services=[OAT]))
        if text.value.startswith("not available")
    ]
    assert line.value == "not available (not certain; 2018)"
    matrix = services(home)
    shown = plain(matrix)
    assert "yes?, 2018 [1, n1, n2]" in shown
    assert "[n1] not certain: the source was hard to read" in shown
    assert "[n2] 3 sites" in shown
    (fact,) = [fact for fact in matrix.data["cells"] if fact["field"] == OAT]
    told = (fact["value"], fact["certainty"], fact["note"])
    assert told == ("yes", "not certain: the source was hard to read", "3 sites")
    option = strategy(OAT, service=True)
    sheet = plain(printed(country=home, strategies=[option]))
    assert "yes, not certain (2018)" in sheet


def test_what_a_contact_says_of_its_limits_reaches_every_form() -> None:
    limited = [contact("1192", note="Only in Nairobi.")]
    body = organization(contacts=limited, status="inactive")
    home = country()
    working = printed(organizations=[organization(contacts=limited)])
    for document in (page(body), working, page(home, who=[body])):
        assert "Only in Nairobi" in plain(document)
    closed = plain(printed(organizations=[body]))
    assert "- Closed, or not working now: Name of body-a" in closed
    assert "1192" not in closed
    (own, _) = facts(compared(body, organization("body-b")), "contacts")
    (line, _) = facts(compared(home, country("other", iso2="ZY"), organizations=[body]), "helplines")
    for fact in (own, line):
        assert "Only in Nairobi" in fact["note"]
        assert "INACTIVE" in fact["certainty"]


def test_a_contact_of_a_listed_place_says_that_nobody_checked_it() -> None:
    intake = contact("020 1234", purpose="intake", year=2015)
    sheet = plain(printed(country=country(), places=[organization(contacts=[intake])]))
    assert "Checked: by nobody; from documents (2015), read 1 May 2024" in sheet


def test_a_country_where_a_strategy_may_be_practised_says_that_it_is_not_certain() -> None:
    seen = Practice(country="DK", sources=["src-a"], year=2018, uncertain=True)
    line = line_with(page(strategy(practised=[seen]), names={"DK": "Denmark"}), "Denmark:")
    assert "practised, not certain (2018)" in line
