"""The JSON Schema of each kind says what the program itself accepts: every bundled record, and no unknown key."""

import copy
import json
import tomllib
from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator

from conftest import KB, Run
from recoverykb.records.decode import decode
from recoverykb.records.types import TYPES
from recoverykb.records.vocabulary import FOLDERS, KINDS
from recoverykb.render.registry import renderer
from recoverykb.render.screen import Screen
from recoverykb.views.fields import schema_document

MINIMAL: dict[str, dict[str, Any]] = {
    "strategy": {
        "category": "medication",
        "evidence": {"rating": "strong", "direction": "benefit", "basis": "Review", "sources": ["a"]},
    },
    "country": {"iso2": "ZZ", "iso3": "ZZZ", "region": "africa", "subregion": "northern-africa"},
    "organization": {"type": "ngo"},
    "guide": {"use": "other", "sections": [{"heading": "Steps"}]},
    "source": {"title": "T", "publisher": "P", "url": "https://example.org", "tier": "news", "seen": "whole"},
    "term": {},
}


def minimal(kind: str) -> dict[str, Any]:
    """A table with nothing but the keys that must be there; days as TOML has them."""
    day = date(2024, 5, 1)
    match kind:
        case "source":
            shared: dict[str, Any] = {"accessed": day}
        case "term":
            shared = {"name": "N", "compiled": day}
        case _:
            shared = {"name": "N", "summary": "S.", "compiled": day}
    return {"id": "an-id", **shared, **copy.deepcopy(MINIMAL[kind])}


def validator(kind: str) -> Draft202012Validator:
    """For the schema as the command prints it, with days checked."""
    schema = json.loads(renderer("json").render(schema_document(kind), Screen()))
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def as_json(value: Any) -> Any:
    """A TOML table as JSON has it: days as strings."""
    return json.loads(json.dumps(value, default=lambda day: day.isoformat()))


def told(kind: str, table: dict[str, Any]) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator(kind).iter_errors(as_json(table))]


def accepted(kind: str, table: dict[str, Any]) -> bool:
    """Whether the program itself takes the table for a record."""
    try:
        decode(kind, table)
    except msgspec.ValidationError:
        return False
    return True


def bundled(kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every record table of the bundled base with its file."""
    for path in sorted((KB / FOLDERS[kind]).rglob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        grouped = table.get(kind)
        for entry in grouped if isinstance(grouped, list) else [table]:
            yield path.name, entry


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_is_a_schema_that_explains_itself(kind: str) -> None:
    schema = schema_document(kind).data
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    top = schema["$defs"][TYPES[kind].__name__]
    undescribed = [
        name for name, field in top["properties"].items() if "description" not in json.dumps(field)
    ]
    assert [name for name in undescribed if "$ref" not in json.dumps(top["properties"][name])] == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_accepts_every_bundled_record(kind: str) -> None:
    checked = validator(kind)
    number = 0
    for name, table in bundled(kind):
        number += 1
        assert [error.message for error in checked.iter_errors(as_json(table))] == [], name
    assert number


@pytest.mark.parametrize("kind", KINDS)
def test_an_unknown_key_is_rejected_at_the_top_of_a_bundled_record(kind: str) -> None:
    _, table = next(bundled(kind))
    (message,) = told(kind, {**table, "phone_numbers": []})
    assert "phone_numbers" in message


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_asks_for_exactly_the_keys_that_must_be_there(kind: str) -> None:
    assert told(kind, minimal(kind)) == []
    assert accepted(kind, minimal(kind))
    for key in minimal(kind):
        without = {name: value for name, value in minimal(kind).items() if name != key}
        assert told(kind, without), key
        assert not accepted(kind, without), key


NESTED = [
    ("strategy", "evidence", {"rating": "strong", "direction": "benefit", "basis": "R", "sources": ["a"]}),
    ("strategy", "cautions", [{"text": "t", "sources": ["a"]}]),
    ("strategy", "practised", [{"country": "ZZ", "sources": ["a"]}]),
    ("strategy", "disputed", [{"claim": "c", "verdict": "wrong", "evidence": "e", "sources": ["a"]}]),
    ("country", "model", {"title": "t", "text": "t", "sources": ["a"]}),
    ("country", "law", {"possession": "criminal", "text": "t", "sources": ["a"]}),
    ("country", "services", [{"service": "a", "availability": "yes", "sources": ["a"]}]),
    ("country", "figures", [{"measure": "a", "value": 1.5, "unit": "u", "sources": ["a"]}]),
    ("country", "emergency", [{"number": "112", "sources": ["a"]}]),
    ("organization", "contacts", [{"purpose": "crisis", "confidence": "low", "sources": ["a"]}]),
    ("guide", "sections", [{"heading": "h"}]),
    ("term", "labels", [{"text": "t", "type": "brand"}]),
]


@pytest.mark.parametrize(("kind", "key", "value"), NESTED, ids=[f"{kind}.{key}" for kind, key, _ in NESTED])
def test_an_unknown_key_is_rejected_in_the_tables_inside_too(kind: str, key: str, value: Any) -> None:
    table = {**minimal(kind), key: copy.deepcopy(value)}
    assert told(kind, table) == []
    assert accepted(kind, table)
    inner = table[key][0] if isinstance(table[key], list) else table[key]
    inner["surce"] = "a"
    assert told(kind, table)
    assert not accepted(kind, table)


WRONG = [
    ("strategy", "id", "Not-Kebab"),
    ("strategy", "name", " padded"),
    ("strategy", "name", ""),
    ("strategy", "category", "magic"),
    ("strategy", "abbreviation", "far-too-long-for-a-column"),
    ("strategy", "service", "yes"),
    ("country", "iso2", "ke"),
    ("country", "region", "atlantis"),
    ("country", "emergency", [{"number": "call 112", "sources": ["a"]}]),
    ("country", "emergency", [{"number": "112", "sources": []}]),
    ("country", "services", [{"service": "a", "availability": "maybe", "sources": ["a"]}]),
    ("country", "services", [{"service": "a", "availability": "no", "sources": ["a"], "year": 20200}]),
    ("country", "services", [{"service": "a", "availability": "no"}]),
    ("organization", "url", "example.org"),
    ("organization", "status", "gone"),
    ("organization", "contacts", [{"purpose": "crisis", "confidence": "sure", "sources": ["a"]}]),
    (
        "organization",
        "contacts",
        [{"purpose": "crisis", "confidence": "low", "sources": ["a"], "number": "x"}],
    ),
    (
        "organization",
        "contacts",
        [{"purpose": "crisis", "confidence": "low", "sources": ["a"], "email": "me"}],
    ),
    ("guide", "sections", []),
    ("source", "tier", "best"),
    ("source", "url", "javascript:alert(1)"),
    ("source", "year", "2020"),
    ("source", "accessed", "yesterday"),
    ("term", "together", [[["a"]]]),
    ("term", "labels", [{"text": "t", "type": "slang"}]),
]


@pytest.mark.parametrize(("kind", "key", "value"), WRONG)
def test_schema_and_program_reject_the_same_values(kind: str, key: str, value: Any) -> None:
    table = {**minimal(kind), key: value}
    assert told(kind, table)
    assert not accepted(kind, table)


def test_the_command_prints_schema_and_field_reference(run: Run) -> None:
    assert run("schema", "organization", "--format", "json").json == as_json(
        schema_document("organization").data
    )
    shown = run("schema", "organization").stdout
    assert "number: string. HSDS phone.number, as people dial it inside the country" in shown
    assert "type *: one of " in shown
    rows = [json.loads(line) for line in run("schema", "source", "--format", "jsonl").stdout.splitlines()]
    assert {row["field"] for row in rows if row["required"]} == set(minimal("source"))


def test_the_schema_of_what_is_no_kind_is_a_usage_error(run: Run) -> None:
    assert run("schema", "clinic").code == 2
