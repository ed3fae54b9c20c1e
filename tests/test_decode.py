"""From tables to records: what is accepted, and that everything wrong is told with the path to it."""

import copy
import tomllib
from datetime import date, datetime, time
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recoverykb.records.decode import decode, problems
from recoverykb.records.types import TYPES
from recoverykb.storage.rows import record_row

Path = tuple[str | int, ...]
DAY = date(2026, 11, 20)


def _common(kind: str) -> dict[str, Any]:
    return {
        "id": f"a-{kind}", "name": "Ein Name, ชื่อ", "summary": "A plain summary.", "sources": ["src-a"],
        "aliases": ["Other name", "ON"], "tags": ["tag-a"], "compiled": DAY,
        "reviews": [{"on": DAY, "by": "A nurse", "note": "all of it"}],
        "retired": {"on": DAY, "reason": "It closed.", "successor": "another"},
        "checks": [{"on": DAY, "by": "A nurse", "how": "document", "note": "the law", "part": "law"}],
        "disputed": [{"claim": "It heals all.", "verdict": "wrong", "evidence": "It does not.",
                      "sources": ["src-a"], "year": 2019}],
    }  # fmt: skip


def _claim(text: str = "A fact.") -> dict[str, Any]:
    return {"text": text, "sources": ["src-a", "src-b"], "year": 2020, "note": "adults"}


VALID: dict[str, dict[str, Any]] = {
    "strategy": {
        **_common("strategy"), "category": "medication", "abbreviation": "OAT", "service": True,
        "how_it_works": "It works.", "suits": "Most.", "how_to_start": "Ask.",
        "evidence": {"rating": "strong", "direction": "benefit", "basis": "Review A (2020)",
                     "sources": ["src-a"], "year": 2020,
                     "outcomes": [{"outcome": "retention", "direction": "benefit", "rating": "strong",
                                   "basis": "Review A (2020)", "sources": ["src-a"], "year": 2020,
                                   "critical": True, "note": "n"}],
                     "findings": [{**_claim(), "outcome": "retention", "direction": "benefit"}]},
        "cautions": [_claim(), _claim("Another.")], "questions": ["Which one?"],
        "practised": [{"country": "KE", "sources": ["src-a"], "year": 2021, "note": "two towns"}],
        "alternatives": ["b-strategy"], "related": ["c-strategy"],
    },
    "country": {
        **_common("country"), "iso2": "ZZ", "iso3": "ZZZ", "region": "africa",
        "subregion": "sub-saharan-africa", "labels": {"de": "Land", "sr-Latn": "Zemlja"},
        "model": {"title": "A model", "text": "How.", "sources": ["src-a"], "year": 2020,
                  "strengths": [_claim()], "cautions": [_claim()]},
        "law": {"possession": "criminal", "text": "Forbidden.", "sources": ["src-a"], "statute": "Act 1",
                "year": 2001},
        "services": [{"service": "a-strategy", "availability": "yes", "sources": ["src-a"], "year": 2022,
                      "note": "n"}],
        "figures": [{"measure": "deaths", "value": 12.5, "unit": "per million", "sources": ["src-a"],
                     "year": 2022, "qualifier": ">", "low": 10, "high": 14.5, "note": "n"}],
        "emergency": [{"number": "112", "sources": ["src-a"], "role": "general", "year": 2020, "note": "n"}],
        "programmes": [_claim()], "related": ["a-guide"],
    },
    "organization": {
        **_common("organization"), "type": "ngo", "acronym": "AO", "country": "KE", "city": "Nairobi",
        "url": "https://example.org", "parent": "b-organization", "status": "active",
        "alert": "Closed on Monday.", "referral": True, "services": ["a-strategy"], "faith_based": False,
        "fees_description": "free", "eligibility_description": "all", "application_process": "walk in", "claims": [_claim()],
        "cautions": [_claim()], "related": ["a-guide"],
        "contacts": [{"purpose": "drug-help", "sources": ["src-a"], "confidence": "low",
                      "number": "+254 20 123", "type": "voice", "email": "a@example.org",
                      "url": "https://example.org/x", "description": "d", "schedule": "9 to 5",
                      "languages": ["en", "sw"], "fees_description": "free", "year": 2024, "conflict": "c", "private": True,
                      "verified": {"on": DAY, "by": "A nurse", "how": "call", "note": "answered"},
                      "earlier": [{"on": DAY, "by": "A nurse", "how": "site", "note": "seen"}]}],
    },
    "guide": {
        **_common("guide"), "use": "overdose", "audience": "workers", "clinical": True,
        "related": ["a-strategy"],
        "sections": [{"heading": "Part", "intro": "So.", "ordered": True, "card": True,
                      "questions": ["What?"],
                      "items": [{"text": "Do it.", "sources": ["src-a"], "year": 2020, "note": "n",
                                 "see": ["a"]}],
                      "illustrations": [{"text": "A story.", "origin": "told", "see": ["a"]}]}],
    },
    "source": {
        "id": "a-source", "title": "A review", "publisher": "Journal A", "url": "https://example.org/a",
        "tier": "official", "seen": "whole", "accessed": DAY, "year": 2020, "via": "a copy", "language": "en",
        "note": "n", "family": "lists",
    },
    "term": {
        "id": "a-term", "name": "term", "about": ["a-strategy"], "compiled": DAY, "note": "n", "background": True, "urgent": True,
        "together": [[["a-strategy", "b-term"], ["c-term"]]], "sources": ["src-a"], "labels": [{"text": "Wort", "type": "translation", "language": "de"}, {"text": "w", "type": "brand"}],
    },
}  # fmt: skip
"""A valid table of every kind in which every key of the kind is used."""


def _paths(value: Any, path: Path = ()) -> list[Path]:
    """Every path in ``value``, outermost first."""
    entries: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        entries = list(value.items())
    elif isinstance(value, list):
        entries = list(enumerate(value))
    return [path, *(found for name, inner in entries for found in _paths(inner, (*path, name)))]


def _at(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value


def _with(table: dict[str, Any], path: Path, value: Any) -> dict[str, Any]:
    changed = copy.deepcopy(table)
    _at(changed, path[:-1])[path[-1]] = value
    return changed


def _without(table: dict[str, Any], path: Path) -> dict[str, Any]:
    changed = copy.deepcopy(table)
    del _at(changed, path[:-1])[path[-1]]
    return changed


def _decodes(kind: str, table: Any) -> bool:
    try:
        decode(kind, table)
    except msgspec.ValidationError:
        return False
    return True


EACH_KIND = pytest.mark.parametrize("kind", TYPES)


@EACH_KIND
def test_the_sample_uses_every_key_and_is_valid(kind: str) -> None:
    """Guards the samples of this file: a key added to a type must be added here too."""

    def unused(struct: type, table: dict[str, Any]) -> set[str]:
        return {field.encode_name for field in msgspec.structs.fields(struct)} - table.keys()

    assert problems(kind, VALID[kind]) == []
    assert isinstance(decode(kind, VALID[kind]), TYPES[kind])
    assert unused(TYPES[kind], VALID[kind]) == set()


@EACH_KIND
def test_a_value_of_a_wrong_type_is_reported_where_it_stands(kind: str) -> None:
    """No field takes a time of day: put one in every place, and the place is named."""
    for path in _paths(VALID[kind])[1:]:
        bad = _with(VALID[kind], path, time(1, 2))
        found = problems(kind, bad)
        assert not _decodes(kind, bad)
        assert len(found) == 1, path
        assert found[0].path == path[: len(found[0].path)], path
        assert len(path) - len(found[0].path) <= 1, path


@EACH_KIND
def test_an_unknown_key_is_reported_in_every_table(kind: str) -> None:
    for path in _paths(VALID[kind]):
        if not isinstance(_at(VALID[kind], path), dict) or path == ("labels",):
            continue
        bad = _with(VALID[kind], (*path, "zzz"), 1)
        assert [(flaw.path, flaw.message) for flaw in problems(kind, bad)] == [
            ((*path, "zzz"), "unknown key 'zzz'")
        ]
        assert not _decodes(kind, bad)


@EACH_KIND
def test_leaving_out_a_key_is_a_problem_exactly_where_the_type_requires_it(kind: str) -> None:
    missing = 0
    for path in _paths(VALID[kind])[1:]:
        if isinstance(path[-1], int) or path[:-1] == ("labels",):
            continue
        without = _without(VALID[kind], path)
        found = problems(kind, without)
        assert (not found) == _decodes(kind, without)
        if found:
            missing += 1
            assert found[0].path == path[:-1]
            assert found[0].message == f"key '{path[-1]}' is missing"
    assert missing >= 5


def test_every_problem_of_a_table_is_reported_at_once_with_its_path() -> None:
    bad = copy.deepcopy(VALID["organization"])
    bad["id"] = "Not Kebab"
    bad["sumary"] = bad.pop("summary")
    bad["type"] = "shop"
    bad["compiled"] = "2026-11-20"
    bad["contacts"][0]["confidence"] = "sure"
    bad["contacts"][0]["verified"]["on"] = "yesterday"
    bad["contacts"].append({"purpose": "drug-help", "confidence": "low", "tel": "112"})
    bad["claims"].append("just text")
    bad["claims"].append({"text": "", "sources": []})
    found = {flaw.path: flaw.message for flaw in problems("organization", bad)}
    assert set(found) == {
        ("sumary",),
        (),
        ("id",),
        ("type",),
        ("compiled",),
        ("contacts", 0, "confidence"),
        ("contacts", 0, "verified", "on"),
        ("contacts", 1, "tel"),
        ("contacts", 1),
        ("claims", 1),
        ("claims", 2, "text"),
        ("claims", 2, "sources"),
    }
    assert len(problems("organization", bad)) == len(found)
    assert found["sumary",] == "unknown key 'sumary'"
    assert found[()] == "key 'summary' is missing"
    assert "'shop'" in found["type",]
    assert found["compiled",] == found["contacts", 0, "verified", "on"] == "expected a date, got text"
    assert "'sure'" in found["contacts", 0, "confidence"]
    assert found["contacts", 1, "tel"] == "unknown key 'tel'"
    assert found["contacts", 1] == "key 'sources' is missing"
    assert found["claims", 1] == "expected a table"


@pytest.mark.parametrize(
    ("wrong", "right", "path"),
    [
        ("sumary", "summary", ()),
        ("contact", "contacts", ()),
        ("fees_descripton", "fees_description", ()),
        ("shedule", "schedule", ("contacts", 0)),
        ("verifed", "verified", ("contacts", 0)),
        ("bye", "by", ("contacts", 0, "verified")),
    ],
)
def test_a_misspelt_key_is_answered_with_the_right_one(wrong: str, right: str, path: Path) -> None:
    found = problems("organization", _with(VALID["organization"], (*path, wrong), "x"))
    assert [flaw.hint for flaw in found] == [f"did you mean '{right}'?"]


def test_a_key_like_no_other_is_answered_with_the_keys_there_are() -> None:
    (flaw,) = problems("term", _with(VALID["term"], ("labels", 1, "qqqqqq"), "x"))
    assert flaw.path == ("labels", 1, "qqqqqq")
    assert all(name in flaw.hint for name in ("text", "type", "language"))


def test_a_missing_key_says_what_belongs_there() -> None:
    (flaw,) = problems("source", _without(VALID["source"], ("publisher",)))
    assert "who published it" in flaw.hint


@pytest.mark.parametrize(
    "written",
    ['"2026-11-20"', "2026-11-20T10:00:00", "2026-11-20T10:00:00Z", "10:00:00", "20261120", "2026.5"],
)
def test_only_a_toml_date_is_a_date(written: str) -> None:
    """A quoted date sorts and compares as text, so it is an error rather than a guess."""
    table = tomllib.loads(f"compiled = {written}")
    bad = {**VALID["term"], **table}
    assert [flaw.path for flaw in problems("term", bad)] == [("compiled",)]
    assert not _decodes("term", bad)


def test_a_toml_date_is_kept_as_a_day() -> None:
    table = {**VALID["term"], **tomllib.loads("compiled = 1999-12-31")}
    assert decode("term", table).compiled == date(1999, 12, 31)  # type: ignore[union-attr]


@pytest.mark.parametrize("path", [("model",), ("law",)])
def test_an_array_of_tables_where_one_table_belongs_is_a_problem(path: Path) -> None:
    """``[[law]]`` for ``[law]``: each entry is fine, the list is not."""
    bad = _with(VALID["country"], path, [_at(VALID["country"], path)])
    assert [flaw.path for flaw in problems("country", bad)] == [path]
    assert not _decodes("country", bad)


@pytest.mark.parametrize("path", [("services",), ("figures",), ("reviews",), ("model", "strengths")])
def test_one_table_where_an_array_of_tables_belongs_is_a_problem(path: Path) -> None:
    """``[services]`` for ``[[services]]``: the table is fine, its place is not."""
    bad = _with(VALID["country"], path, _at(VALID["country"], path)[0])
    assert [flaw.path for flaw in problems("country", bad)] == [path]
    assert not _decodes("country", bad)


@pytest.mark.parametrize("number", ["nan", "-nan", "inf", "-inf", "1e400"])
@pytest.mark.parametrize("name", ["value", "low", "high"])
def test_a_number_that_json_cannot_hold_is_a_problem(name: str, number: str) -> None:
    """TOML has nan and inf; the index stores JSON, which has neither."""
    path = ("figures", 0, name)
    bad = _with(VALID["country"], path, tomllib.loads(f"x = {number}")["x"])
    assert [flaw.path for flaw in problems("country", bad)] == [path]
    assert not _decodes("country", bad)


@pytest.mark.parametrize("table", ["text", 1, [], [{}], None])
def test_what_is_no_table_at_all_is_one_problem(table: Any) -> None:
    assert [flaw.path for flaw in problems("term", table)] == [()]
    assert not _decodes("term", table)


@pytest.mark.parametrize(
    ("kind", "path", "value"),
    [
        ("term", ("id",), "Upper"),
        ("term", ("id",), "two--dashes"),
        ("term", ("id",), "x" * 81),
        ("term", ("name",), " leading"),
        ("term", ("name",), ""),
        ("term", ("together", 0), [["a-strategy"]]),
        ("term", ("together", 0, 1), []),
        ("term", ("together", 0, 1, 0), "No Id"),
        ("country", ("iso2",), "zz"),
        ("country", ("region",), "atlantis"),
        ("country", ("law", "year"), 1066),
        ("country", ("law", "sources"), []),
        ("country", ("emergency", 0, "number"), "one-one-two"),
        ("organization", ("url",), "javascript:alert(1)"),
        ("organization", ("contacts", 0, "email"), "not an address"),
        ("organization", ("contacts", 0, "number"), "call us"),
        ("strategy", ("evidence", "rating"), "excellent"),
        ("guide", ("sections", 0, "items", 0, "sources"), []),
    ],
)
def test_a_value_outside_its_vocabulary_or_pattern_is_a_problem(kind: str, path: Path, value: Any) -> None:
    bad = _with(VALID[kind], path, value)
    assert [flaw.path for flaw in problems(kind, bad)] == [path]
    assert not _decodes(kind, bad)


_SCALARS = st.one_of(
    st.text(max_size=8),
    st.sampled_from(["", "src-a", "KE", "en", "strong", "yes", "2026-11-20", "https://x.org"]),
    st.integers(),
    st.integers(1700, 2300),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
)
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@st.composite
def _mutated(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """A kind and a valid table of it in which up to four things were changed."""
    kind = draw(st.sampled_from(list(TYPES)))
    table = copy.deepcopy(VALID[kind])
    for _ in range(draw(st.integers(0, 4))):
        paths = _paths(table)[1:]
        if not paths:
            break
        path = draw(st.sampled_from(paths))
        holder, last = _at(table, path[:-1]), path[-1]
        change = draw(st.sampled_from(["replace", "delete", "unknown", "wrap", "unwrap", "swap", "empty"]))
        if change == "delete":
            del holder[last]
        elif change == "unknown" and isinstance(holder, dict):
            holder[draw(st.text(min_size=1, max_size=6))] = draw(_VALUES)
        elif change == "wrap":
            holder[last] = [holder[last]]
        elif change == "unwrap" and isinstance(holder[last], list) and holder[last]:
            holder[last] = holder[last][0]
        elif change == "swap":
            holder[last] = copy.deepcopy(_at(table, draw(st.sampled_from(paths))))
        elif change == "empty":
            holder[last] = type(holder[last])() if isinstance(holder[last], str | list | dict) else 0
        else:
            holder[last] = draw(_VALUES)
    return kind, table


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_mutated())
def test_there_are_no_problems_exactly_when_the_table_decodes(mutated: tuple[str, dict[str, Any]]) -> None:
    kind, table = mutated
    found = problems(kind, table)
    assert (found == []) == _decodes(kind, table)
    for flaw in found:
        _at(table, flaw.path)  # every path leads to something in the table
        assert flaw.message


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_mutated())
def test_whatever_decodes_survives_the_form_in_which_it_is_stored(
    mutated: tuple[str, dict[str, Any]],
) -> None:
    """The index keeps records as JSON: a record that decodes must come back from there the same."""
    kind, table = mutated
    if _decodes(kind, table):
        record = decode(kind, table)
        assert msgspec.json.decode(record_row(kind, record).body, type=TYPES[kind]) == record


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["value", "low", "high"]), st.integers() | st.floats(allow_nan=True))
def test_every_number_that_decodes_can_be_stored(name: str, number: float) -> None:
    table = _with(VALID["country"], ("figures", 0, name), number)
    if _decodes("country", table):
        record = decode("country", table)
        assert msgspec.json.decode(record_row("country", record).body, type=TYPES["country"]) == record


def test_a_date_with_a_time_is_not_taken_for_a_date_anywhere() -> None:
    for path in (("compiled",), ("reviews", 0, "on"), ("contacts", 0, "verified", "on")):
        bad = _with(VALID["organization"], path, datetime(2026, 1, 1, 8, 0))
        assert [flaw.path for flaw in problems("organization", bad)] == [path]
