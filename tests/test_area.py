"""Where a query is asked: by its language, by words that only one country uses, and never against a place it names."""

from datetime import date
from typing import Any

import pytest

from conftest import BaseFolder, Run
from recoverykb.search.area import COUNTRIES, Area, area_of
from recoverykb.search.engine import search
from recoverykb.search.languages import little_words, script_language
from recoverykb.search.query import parse
from recoverykb.search.units import read
from recoverykb.storage.base import Base


def area(base: Base, query: str) -> Area:
    """Where ``query`` is asked, as search understands it."""
    return read(base, parse(query), {}).area


def found(base: Base, query: str, limit: int = 10) -> list[str]:
    """The ids of the first hits."""
    return [hit.row.id for hit in search(base, query, limit=limit).hits]


@pytest.mark.parametrize(
    ("query", "country"),
    [
        ("oğlum eroin kullanıyor", "TR"),
        ("сын колется, куда звонить", "RU"),
        ("чоловік виходить з в'язниці", "UA"),
        ("बेटा नशा करता है", "IN"),
        ("mein Sohn nimmt Heroin", "DE"),
        ("je veux arrêter l'héroïne", "FR"),
        ("마약 상담 전화", "KR"),
        ("薬物の相談", "JP"),
        ("ยาเมทาโดน", "TH"),
        ("家人戒毒", "CN"),
    ],
)
def test_a_language_tells_where_somebody_asks(opened: Base, query: str, country: str) -> None:
    assert country in area(opened, query).mostly


@pytest.mark.parametrize(
    "query",
    [
        "overdose hotline",
        "can you overdose from touching fentanyl",
        "lost my son to heroin",
        "μ-opioid receptor",
    ],
)
def test_an_english_query_is_in_no_other_language(opened: Base, query: str) -> None:
    assert area(opened, query) == Area()


@pytest.mark.parametrize("query", ["ポケモン", "게임", "μ"])
def test_nonsense_in_a_script_of_one_country_finds_nothing(opened: Base, query: str) -> None:
    assert found(opened, query) == []


def test_a_filter_by_country_counts_as_a_place(opened: Base) -> None:
    hits = search(opened, "country:de eroin tedavisi", limit=30).hits
    assert hits
    assert not any("people speak" in why for hit in hits for why in hit.why)


def test_short_names_of_countries_are_no_codes(opened: Base) -> None:
    rows = [hit.row for hit in search(opened, "country:bi", limit=5).hits]
    assert rows[0].id == "burundi"
    assert "belgium" in found(opened, "Bỉ", 2)


def test_a_private_or_retired_line_is_not_lifted(run: Run, base_folder: BaseFolder) -> None:
    contact: dict[str, Any] = {"purpose": "drug-help", "number": "1", "description": "Help.", "year": 2026}
    contact |= {"sources": ["src-a"], "confidence": "high"}
    house: dict[str, Any] = {"country": "TH", "type": "helpline", "summary": "A house."}
    base_folder.add("organization", "a-private-line", **house, contacts=[{**contact, "private": True}])
    gone = {"on": date(2026, 1, 1), "reason": "Gone."}
    base_folder.add("organization", "an-old-line", **house, contacts=[contact], retired=gone)
    base_folder.add("organization", "a-line", **house, contacts=[contact])
    ids = run("search", "ยาเมทาโดน", "--kb", base_folder.root, "--format", "ids", "-n", "40").stdout.split()
    assert "a-line" in ids
    assert {"a-private-line", "an-old-line"}.isdisjoint(ids)


def test_english_and_languages_of_many_countries_tell_nothing(opened: Base) -> None:
    assert area(opened, "my son is on heroin") == Area()
    assert area(opened, "mi hijo es adicto a la heroína").mostly == frozenset()
    assert "MX" in area(opened, "mi hijo es adicto a la heroína").also


def test_a_place_that_is_named_counts_more_than_the_language(opened: Base) -> None:
    assert area(opened, "metadon in Oslo, mein Sohn") == Area()
    assert area(opened, "Methadon in Wien") == Area()
    assert "austria" in found(opened, "Methadon in Wien", 3)


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("oğlum eroin kullanıyor nereyi arayayım", {"families-and-friends", "turkiye", "alo-191"}),
        ("ayuda heroína, mi hijo", {"families-and-friends"}),
        ("마약 끊고 싶어요 상담 전화", {"kaada-korea"}),
    ],
)
def test_what_is_there_is_among_the_hits_and_what_is_meant_before_it(
    opened: Base, query: str, wanted: set[str]
) -> None:
    assert wanted <= set(found(opened, query))


def test_the_root_of_the_name_of_a_country_is_no_country(opened: Base) -> None:
    query = parse("ترک تریاک با متادون")  # quit opium with methadone
    assert read(opened, query, {}).places == set()
    assert read(opened, parse("متادون در ترکیه"), {}).places == {"TR"}


def test_words_of_one_country_say_where(opened: Base) -> None:
    assert area(opened, "teja wants to stop heroin").local == {"KE"}
    hits = found(opened, "teja wants to stop heroin")
    assert "kenya" in hits
    assert hits[0] == "opioid-agonist-treatment"
    assert found(opened, "nyaope")[:2] == ["south-africa", "opioid-agonist-treatment"]


def test_such_a_word_is_no_answer_by_itself(opened: Base) -> None:
    for hit in search(opened, "nyaope", limit=30).hits:
        assert not any(" local " in why for why in hit.why)


def test_languages_of_many_countries_point_to_none_of_them() -> None:
    assert area_of(["sr", "cs", "sk", "lv"]).mostly == frozenset()
    assert area_of(["sw"]) == Area(frozenset({"TZ", "KE"}), frozenset({"UG"}))
    assert area_of([]) == Area()
    assert area_of(["tlh"]) == Area()


def test_every_country_of_the_table_is_a_code() -> None:
    codes = {code for text in COUNTRIES.values() for code in text.replace("|", " ").split()}
    assert all(len(code) == 2 and code.isupper() for code in codes)


@pytest.mark.parametrize(
    ("words", "tag"),
    [
        (["методон"], ""),
        (["μεθαδονη"], "el"),
        (["מתדון"], "he"),
        (["メサドン"], "ja"),
        (["薬物", "を"], "ja"),
        (["热线"], ""),
        (["熱線", "電話"], "zh-Hant"),
        (["naloxone"], ""),
    ],
)
def test_scripts_tell_languages(words: list[str], tag: str) -> None:
    assert script_language(words) == tag


def test_little_words_tell_languages_apart() -> None:
    counted = little_words(["dete", "mi", "je", "na", "heroinu", "kome", "da", "se", "javim"])
    assert max(counted, key=counted.__getitem__) in {"sr", "hr"}
    assert little_words(["naloxone", "kit"]) == {}


def test_short_abbreviations_are_words_in_other_languages(opened: Base) -> None:
    assert found(opened, "OD", 1) == ["overdose-response"]
    assert "overdose-response" not in found(opened, "pomoć od metadona", 1)
