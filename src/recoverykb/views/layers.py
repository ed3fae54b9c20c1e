"""The layers in use: whose they are, what they hold, what they replace and hide."""

from collections.abc import Sequence
from typing import Any

from recoverykb.records.manifest import Manifest
from recoverykb.records.vocabulary import MANIFEST
from recoverykb.storage.base import Base, LayerCounts
from recoverykb.storage.files import read
from recoverykb.storage.layers import Layer
from recoverykb.views.document import Block, Document, Fields, Part, Text, Tidy


def manifest_of(layer: Layer) -> Manifest | None:
    """What ``layer`` says of itself; ``None`` where it says nothing, or nothing that can be read."""
    if not (layer.root / MANIFEST).is_file():
        return None
    return next(iter(read(layer.root, MANIFEST).manifest), None)


def layers_document(base: Base) -> Document:
    """The layers, lowest first: later ones win by id. JSON: an array of objects, one a layer."""
    rows = [
        _layer_data(layer, counts) for layer, counts in zip(base.layers, base.layer_counts(), strict=True)
    ]
    parts: list[Block] = [
        Part(f"{number}. {row['name']}", [_fields(row)]) for number, row in enumerate(rows, 1)
    ]
    return Document(
        title="Layers, lowest first: of records with one id the last counts",
        blocks=parts,
        data=rows,
        ids=[row["name"] for row in rows],
        tidy=Tidy(tuple(rows[0]), [_flat(row) for row in rows]),
    )


def _layer_data(layer: Layer, counts: LayerCounts) -> dict[str, Any]:
    manifest = manifest_of(layer)
    return {
        "name": layer.name,
        "title": manifest.title if manifest else "",
        "owner": manifest.owner if manifest else "",
        "licence": manifest.licence if manifest else "",
        "origin": layer.origin or "part of recoverykb",
        "path": str(layer.root),
        "records": counts.used,
        "replaces": counts.replaced,
        "hides": dict(counts.hidden),
    }


def _flat(row: dict[str, Any]) -> Sequence[Any]:
    return [", ".join(value) if isinstance(value, dict) else value for value in row.values()]


def _fields(row: dict[str, Any]) -> Fields:
    """A layer in words; what it does not say is left out."""
    hidden = "; ".join(f"{record_id} ({reason})" for record_id, reason in row["hides"].items())
    told = [
        ("Title", row["title"]),
        ("Owner", row["owner"]),
        ("Licence", row["licence"]),
        ("Folder", row["path"]),
        ("In use by", row["origin"]),
        ("Records in use", str(row["records"])),
        ("In place of records below", str(row["replaces"]) if row["replaces"] else ""),
        ("Hides", hidden),
    ]
    return Fields([(label, Text(text)) for label, text in told if text])
