"""What editors make of ``#:schema``: Taplo (also behind Even Better TOML) and Tombi, the real programs.

They skip where the programs are not on the path (``pip install taplo tombi``).
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import tomli_w

from conftest import KB, Run
from recoverykb.records.vocabulary import FOLDERS, KINDS
from recoverykb.storage.schemas import schema_files, schema_line

PATH = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
COMMANDS = {"taplo": ["taplo", "lint"], "tombi": ["tombi", "lint", "--offline"]}

Lint = Callable[..., str]


@pytest.fixture(params=sorted(COMMANDS))
def lint(request: pytest.FixtureRequest) -> Lint:
    """What the editor's program has against files; empty when nothing."""
    command = COMMANDS[request.param]
    if not shutil.which(command[0], path=PATH):
        pytest.skip(f"{command[0]} is not here")

    def call(*files: Path, cwd: Path) -> str:
        done = subprocess.run(
            [*command, *files], cwd=cwd, env={**os.environ, "PATH": PATH, "NO_COLOR": "1"},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        return done.stdout + done.stderr if done.returncode else ""

    return call


@pytest.fixture
def base(tmp_path: Path, run: Run) -> Path:
    """A base with the schemas as the command writes them, and the largest bundled records of each kind."""
    assert run("schema", "--all", tmp_path / "schemas").code == 0
    for folder in FOLDERS.values():
        (tmp_path / folder / "deeper").mkdir(parents=True)
        largest = sorted((KB / folder).rglob("*.toml"), key=lambda path: path.stat().st_size)[-3:]
        for number, file in enumerate(largest):
            path = f"{folder}/{'deeper/' * (number % 2)}{file.name}"
            text = file.read_text(encoding="utf-8")
            line = schema_line(path, grouped=text.startswith("[["))
            (tmp_path / path).write_text(f"{line}\n{text}", encoding="utf-8")
    return tmp_path


def test_the_command_writes_every_schema(base: Path) -> None:
    written = {file.name: file.read_text(encoding="utf-8") for file in (base / "schemas").iterdir()}
    assert written == schema_files()
    assert set(written) >= {f"{kind}.json" for kind in KINDS} | {
        f"{folder}.json" for folder in FOLDERS.values()
    }


def test_editors_have_nothing_against_bundled_records(base: Path, lint: Lint) -> None:
    files = [file for folder in FOLDERS.values() for file in (base / folder).rglob("*.toml")]
    assert len(files) == 18
    assert lint(*files, cwd=base) == ""
    assert lint(*(file.name for file in (base / "terms").glob("*.toml")), cwd=base / "terms") == ""


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('type = "', 'acronim = "A"\ntype = "', "acronim"),
        ('type = "', 'type = "x', "helpline"),
        ("compiled = 2026", "compiled = 26", ""),
    ],
)
def test_editors_see_what_check_would_refuse(base: Path, lint: Lint, old: str, new: str, says: str) -> None:
    file = next((base / "organizations").rglob("*.toml"))
    file.write_text(file.read_text(encoding="utf-8").replace(f"\n{old}", f"\n{new}", 1), encoding="utf-8")
    assert says in (told := lint(file, cwd=base))
    assert told != ""


def test_a_file_of_many_records_and_the_exceptions_have_schemas_too(base: Path, lint: Lint) -> None:
    source = {
        "id": "a",
        "title": "T",
        "publisher": "P",
        "url": "https://example.org",
        "tier": "news",
        "seen": "whole",
    }
    day = "accessed = 2026-11-20\n"
    rows = "".join(f"[[source]]\n{tomli_w.dumps({**source, 'id': name})}{day}" for name in ("a", "b"))
    exception = '[[exception]]\ncode = "RKB402"\nrecord = "a"\nreason = "Why."\nexpires = 2026-12-31\n'
    for path, text in (("sources/many.toml", rows), ("exceptions.toml", exception)):
        line = schema_line(path, grouped=path != "exceptions.toml")
        file = base / path
        file.write_text(f"{line}\n{text}")
        assert lint(file, cwd=base) == ""
        key = "publisher" if "publisher" in text else "reason"
        file.write_text(f"{line}\n{text.replace(key, 'nonsense', 1)}")
        assert "nonsense" in lint(file, cwd=base)
