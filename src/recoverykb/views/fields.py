"""The field reference and the JSON Schema of a record, both read from the record types."""

from typing import Any

from recoverykb.records.jsonschema import STRUCTS, json_schema
from recoverykb.records.types import TYPES
from recoverykb.views.document import Block, Document, Fields, Paragraph, Part, Text, Tidy


def schema_document(name: str) -> Document:
    """The fields of a kind of record, or of ``exceptions``, with the tables inside. JSON: its JSON Schema."""
    schema = json_schema(name)
    definitions: dict[str, Any] = schema["$defs"]
    top = STRUCTS[name].__name__
    order = [top, *(name for name in definitions if name != top)]
    blocks: list[Block] = [_part(table, definitions[table]) for table in order]
    rows = [
        (
            table,
            field,
            _type(properties),
            field in definitions[table].get("required", ()),
            properties.get("description", ""),
        )
        for table in order
        for field, properties in definitions[table].get("properties", {}).items()
    ]
    return Document(
        title=f"Fields of {_article(name)}" if name in TYPES else f"Fields of the file {name}.toml",
        blocks=blocks,
        data=schema,
        tidy=Tidy(("table", "field", "type", "required", "meaning"), rows),
    )


def _article(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind} record"


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
