"""What is installed and in use: layers, counts, index, versions."""

import platform
import sqlite3

from recoverykb import __version__
from recoverykb.storage.base import Base
from recoverykb.views.document import Document, Fields, Part, Text, Tidy


def info_document(base: Base) -> Document:
    """Layers (lowest first), counts by kind, the index file, and versions."""
    counts = base.counts()
    index = base.index_file() or "in memory"
    versions = {
        "recoverykb": __version__,
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
    }
    layers = [
        {"name": layer.name, "path": str(layer.root), "records": number}
        for layer, number in zip(base.layers, base.counts_by_layer(), strict=True)
    ]
    skipped = [str(problem) for _, problem in base.skipped()]
    parts = [
        Part(
            "Layers",
            [
                Fields(
                    [(str(row["name"]), Text(f"{row['records']} records in {row['path']}")) for row in layers]
                )
            ],
        ),
        Part("Records", [Fields([(kind, Text(str(number))) for kind, number in counts.items()])]),
        Part("Index", [Fields([("file", Text(index)), ("files skipped", Text(str(len(skipped))))])]),
        Part("Versions", [Fields([(name, Text(version)) for name, version in versions.items()])]),
    ]
    return Document(
        title="recoverykb",
        blocks=parts,
        data={"layers": layers, "records": counts, "index": index, "skipped": skipped, "versions": versions},
        tidy=Tidy(("what", "value"), [*counts.items(), *versions.items()]),
    )
