"""The JSON Schemas that stand beside the records of a base, and the line by which a file names its own.

Editors that know TOML (Taplo, Even Better TOML for Visual Studio Code, Tombi) follow the comment
``#:schema PATH`` on the first line of a file, from that file's own folder, and then complete and underline.
So the schemas lie in the base itself, under ``schemas/``: the path holds wherever the base is cloned to,
and no network is needed.
"""

import json
import posixpath
from pathlib import Path
from typing import Final

from recoverykb.records.exemption import FILE
from recoverykb.records.vocabulary import FOLDERS, MANIFEST

FOLDER: Final = "schemas"
"""The folder of a base that holds its schemas."""

_OWN: Final = {FILE: "exceptions", MANIFEST: "base"}
"""The files of a base that are no records, with the names of their schemas."""


def schema_files() -> dict[str, str]:
    """Every schema file by its name in :data:`FOLDER`, as this version of the program writes it.

    ``organization.json`` is for a file that holds one record, ``organizations.json`` for one that
    holds many.
    """
    from recoverykb.records.jsonschema import STRUCTS, grouped_schema, json_schema

    files = {f"{name}.json": json_schema(name) for name in STRUCTS}
    files |= {f"{folder}.json": grouped_schema(kind) for kind, folder in FOLDERS.items()}
    return {name: json.dumps(schema, indent=2, ensure_ascii=False) + "\n" for name, schema in files.items()}


def has_schema(path: str) -> bool:
    """Whether a schema describes the file at the base-relative ``path``."""
    return path in _OWN or path.split("/", 1)[0] in FOLDERS.values()


def schema_line(path: str, *, grouped: bool = False) -> str:
    """The first line of the file at the base-relative ``path``, without line end.

    ``grouped``: the file holds many records as ``[[kind]]`` tables. Raises :class:`ValueError` for a file
    that no schema describes.
    """
    folder = path.split("/", 1)[0]
    kind = next((kind for kind, known in FOLDERS.items() if known == folder), None)
    name = _OWN.get(path) or (folder if grouped else kind)
    if name is None:
        raise ValueError(f"no schema describes {path}")
    return f"#:schema {posixpath.relpath(f'{FOLDER}/{name}.json', posixpath.dirname(path) or '.')}"


def with_schema_line(root: Path, path: str, text: str) -> str:
    """``text`` of a new file of the base at ``root``, with its first line if the base has schemas."""
    return f"{schema_line(path)}\n{text}" if (root / FOLDER).is_dir() else text
