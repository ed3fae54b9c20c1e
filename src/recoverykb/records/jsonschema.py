"""The JSON Schema (2020-12) of what people write into a base, read from the types."""

from typing import Any, Final

import msgspec

from recoverykb.records.exemption import Exemptions
from recoverykb.records.manifest import Manifest
from recoverykb.records.types import TYPES

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

STRUCTS: Final[dict[str, type]] = {**TYPES, "exceptions": Exemptions, "base": Manifest}
"""What has a schema, by the name under which it is asked for."""


def json_schema(name: str) -> dict[str, Any]:
    """The schema of one record, or of another thing with a name in :data:`STRUCTS`."""
    return {"$schema": DIALECT, **msgspec.json.schema(STRUCTS[name])}


def grouped_schema(kind: str) -> dict[str, Any]:
    """The schema of a file that holds many records of ``kind`` as ``[[kind]]`` tables."""
    schema = json_schema(kind)
    tables = {"type": "array", "items": {"$ref": schema.pop("$ref")}}
    return {
        **schema,
        "type": "object",
        "properties": {kind: tables},
        "required": [kind],
        "additionalProperties": False,
    }
