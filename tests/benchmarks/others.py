"""Other tools on the same records, where they are installed: ripgrep, recsel (GNU recutils) and papis."""

import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from directory import records

_MOST_FOR_PAPIS = 10_000
"""papis keeps a folder for each document; more take longer to write than everything else together."""


def prepare(base: Path, size: int, folder: Path) -> dict[str, Callable[[str], Sequence[str]]]:
    """The tools that are there, by name: each makes of a query the command that looks its longest word up."""
    found: dict[str, Callable[[str], Sequence[str]]] = {}
    if shutil.which("rg"):
        found["ripgrep over the TOML"] = lambda query: ["rg", "-il", _word(query), str(base)]
    if shutil.which("recsel"):
        recfile = folder / f"directory-{size}.rec"
        _write_recfile(recfile, size)
        found["recsel over a recfile"] = lambda query: ["recsel", "-i", "-q", _word(query), str(recfile)]
    if shutil.which("papis") and size <= _MOST_FOR_PAPIS:
        papis = _papis(folder / f"papis-{size}", size)
        found["papis over documents"] = lambda query: [*papis, _word(query)]
    return found


def _word(query: str) -> str:
    return max(query.split(), key=len)


def _write_recfile(path: Path, size: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        for row in records(size):
            file.write(
                f"id: {row['id']}\nname: {row['name']}\nsummary: {row['summary']}\ncity: {row['city']}\n"
            )
            file.write(f"apply: {row['application_process']}\nfees: {row['fees_description']}\n\n")


def _papis(folder: Path, size: int) -> Sequence[str]:
    library = folder / "library"
    for row in records(size):
        document = library / row["id"]
        document.mkdir(parents=True, exist_ok=True)
        text = f"title: {row['name']}\nauthor: {row['city']}\npapis_id: {row['id']}\n"
        (document / "info.yaml").write_text(text, encoding="utf-8")
    config = folder / "config"
    config.write_text(
        f"[settings]\ndefault-library = made-up\n[made-up]\ndir = {library}\n", encoding="utf-8"
    )
    command = ["papis", "--config", str(config), "list"]
    subprocess.run([*command, "naloxone"], env={**os.environ}, capture_output=True, check=False)
    return command
