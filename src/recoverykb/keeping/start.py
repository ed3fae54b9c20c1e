"""Making a base: a folder with a manifest, folders for records, an example, and what git needs."""

import os
from datetime import date
from pathlib import Path
from typing import NamedTuple

from recoverykb.errors import UsageError
from recoverykb.keeping.merge.install import ATTRIBUTES as MERGED_BY_FIELDS
from recoverykb.records.review import REVIEW_MONTHS
from recoverykb.records.vocabulary import FOLDERS, MANIFEST
from recoverykb.storage.edit import rewritten
from recoverykb.storage.encode import body, new_file
from recoverykb.storage.layers import config_file
from recoverykb.storage.parsing import parse
from recoverykb.storage.schemas import FOLDER as SCHEMAS
from recoverykb.storage.schemas import schema_files, schema_line
from recoverykb.storage.write import replace_text


class Made(NamedTuple):
    """Which files were written, and which were there already and stayed as they were."""

    written: list[str]
    kept: list[str]


def make_base(root: Path, *, title: str, owner: str, licence: str, today: date) -> Made:
    """Make a base in the folder ``root``. What is there already is never overwritten.

    Raises :class:`UsageError` where ``root`` is a file, :class:`WriteError` where it cannot be written.
    """
    if root.exists() and not root.is_dir():
        raise UsageError(f"{root} is a file", "name a folder")
    made = Made([], [])
    for path, text in _files(title or root.resolve().name, owner, licence, today).items():
        file = root / path
        if os.path.lexists(file):
            made.kept.append(path)
        else:
            replace_text(file, text, None)
            made.written.append(path)
    return made


def put_in_use(root: Path) -> Path:
    """Name the base ``root`` in the configuration file, above those it names already; the file's path.

    Raises :class:`WriteError` where it cannot be written.
    """
    from recoverykb.keeping.opened import read_text

    file = config_file()
    before, text = read_text(file) if file.is_file() else (None, "")
    table = parse(text)
    named = str(root.resolve())
    layers = [entry for entry in table.get("layers", []) if entry != named]
    replace_text(file, rewritten(text, {**table, "layers": [*layers, named]}), before)
    return file


def manifest_text(title: str, owner: str = "", licence: str = "") -> str:
    """The manifest of a new base."""
    policy = "".join(f"{kind} = {months}\n" for kind, months in REVIEW_MONTHS.items())
    return (
        body(
            (),
            {
                "title": title,
                **({"owner": owner} if owner else {}),
                **({"licence": licence} if licence else {}),
            },
        )
        + f"\n# Months after which the records of each kind are to be looked at again.\n[review]\n{policy}"
        + "\n# Records of layers below that nobody is to see: id = reason. 'recoverykb hide' writes them.\n"
        + "[hidden]\n"
    )


def _files(title: str, owner: str, licence: str, today: date) -> dict[str, str]:
    """Every file of a new base by its path."""
    files = {MANIFEST: f"{schema_line(MANIFEST)}\n{manifest_text(title, owner, licence)}"}
    files |= {f"{folder}/.gitkeep": "" for folder in FOLDERS.values()}
    for kind, table in (("organization", _example(today)), ("source", _example_source(today))):
        path = f"{FOLDERS[kind]}/{table['id']}.toml"
        files[path] = f"{schema_line(path)}\n{new_file(kind, table)}"
    files |= {f"{SCHEMAS}/{name}": text for name, text in schema_files().items()}
    return files | {
        "README.md": _README.format(title=title, owner=owner or "Nobody is named as its owner yet"),
        ".gitattributes": _GITATTRIBUTES,
        ".gitignore": ".*.toml.*\n",
        ".pre-commit-config.yaml": _PRE_COMMIT,
    }


def _example(today: date) -> dict[str, object]:
    return {
        "id": "example-clinic",
        "name": "Example clinic",
        "summary": "This is an example. It is never offered to anybody. Delete it once you have your own.",
        "sources": ["example-clinic-page"],
        "compiled": today,
        "type": "provider",
        "alert": "An example, not a real place.",
        "referral": False,
        "contacts": [
            {
                "purpose": "information",
                "sources": ["example-clinic-page"],
                "confidence": "low",
                "url": "https://example.org/clinic",
                "schedule": "Monday to Friday, 8:00 to 16:00",
            }
        ],
    }


def _example_source(today: date) -> dict[str, object]:
    return {
        "id": "example-clinic-page",
        "title": "Opening hours of the example clinic",
        "publisher": "Example clinic",
        "url": "https://example.org/hours",
        "tier": "official",
        "seen": "whole",
        "accessed": today,
        "year": today.year,
    }


_GITATTRIBUTES = f"""\
# The same line ends on every system, so that two people's edits merge.
*.toml text eol=lf
*.json text eol=lf
schemas/*.json linguist-generated

{MERGED_BY_FIELDS}"""

_PRE_COMMIT = """\
# 'pre-commit install' once; from then on every commit is checked first. See https://pre-commit.com
repos:
  - repo: local
    hooks:
      - id: recoverykb-check
        name: recoverykb check
        entry: recoverykb check --strict .
        language: system
        pass_filenames: false
"""

_README = """\
# {title}

A base of records for recoverykb. {owner}.

One record is one file of TOML, named after its id, in the folder of its kind. Every fact names its source;
the source has a record too, in `sources/`.

| to | type |
|---|---|
| add an organization | `recoverykb add organization --kb .` |
| change a record | `recoverykb edit ID --kb .` |
| note that somebody checked it | `recoverykb verify ID --by NAME --how call --kb .` |
| see what is to be checked soon | `recoverykb list --due 30 --kb .` |
| say that a record is no longer to be used | `recoverykb retire ID --reason WHY --kb .` |
| check everything | `recoverykb check .` |
| see what changed since the last commit | `recoverykb diff --kb .` |
| let git merge records by their fields, once in each clone | `recoverykb merge --install` |

Commit to git what you changed, and let somebody else look at `recoverykb diff` before it is shared.
"""
