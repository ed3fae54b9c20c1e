"""The field reference and the JSON Schema of a record, both read from the record types."""

from typing import Any

import msgspec

from recoverykb.records.types import TYPES
from recoverykb.views.document import Block, Document, Fields, Paragraph, Part, Text, Tidy


def schema_document(kind: str) -> Document:
    """The fields of ``kind`` and of the tables inside it. JSON: its JSON Schema (2020-12)."""
    schema = msgspec.json.schema(TYPES[kind])
    definitions: dict[str, Any] = schema["$defs"]
    top = TYPES[kind].__name__
    order = [top, *(name for name in definitions if name != top)]
    blocks: list[Block] = [_part(name, definitions[name]) for name in order]
    rows = [
        (
            name,
            field,
            _type(properties),
            field in definitions[name].get("required", ()),
            properties.get("description", ""),
        )
        for name in order
        for field, properties in definitions[name].get("properties", {}).items()
    ]
    return Document(
        title=f"Fields of {'an' if kind[0] in 'aeiou' else 'a'} {kind} record",
        blocks=blocks,
        data={"$schema": "https://json-schema.org/draft/2020-12/schema", **schema},
        tidy=Tidy(("table", "field", "type", "required", "meaning"), rows),
    )


def _part(name: str, definition: dict[str, Any]) -> Part:
    required = definition.get("required", ())
    rows = [
        (
            f"{field}{' *' if field in required else ''}",
            Text(f"{_type(properties)}. {properties.get('description', '')}"),
        )
        for field, properties in definition.get("properties", {}).items()
    ]
    about = definition.get("description", "").split("\n")[0]
    return Part(name, [Paragraph(Text(f"{about} Fields marked * must be there.")), Fields(rows)])


def _type(properties: dict[str, Any]) -> str:
    """The type of a field in words."""
    if "$ref" in properties:
        return f"table {properties['$ref'].rsplit('/', 1)[-1]}"
    if "enum" in properties:
        return "one of " + ", ".join(str(value) for value in properties["enum"])
    if "anyOf" in properties:
        kinds = [_type(option) for option in properties["anyOf"] if option.get("type") != "null"]
        return " or ".join(kinds)
    if properties.get("type") == "array":
        return f"list of {_type(properties.get('items', {}))}"
    return str(properties.get("format") or properties.get("type", "text"))
