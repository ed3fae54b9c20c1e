"""What the tests share: running the real program, and small bases to run it on."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import settings

from recoverykb.records.vocabulary import FOLDERS

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")
"""No deadlines: how fast the machine is says nothing about the code. CI tries the same examples each time."""

ROOT = Path(__file__).resolve().parents[1]
KB = ROOT / "kb"
TODAY = date(2026, 11, 20)


@dataclass(frozen=True, slots=True)
class Result:
    """What a run of the program left behind."""

    stdout: str
    stderr: str
    code: int

    @property
    def json(self) -> Any:
        """Stdout, read as JSON."""
        return json.loads(self.stdout)


Run = Callable[..., Result]


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder for the whole test run, so that the bundled base is indexed once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session", autouse=True)
def _no_cache_of_the_user(cache: Path) -> Iterator[None]:
    """What a test does within its own process stays out of the user's cache too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RECOVERYKB_CACHE", str(cache))
        yield


@pytest.fixture(scope="session")
def run(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run ``recoverykb`` in a process of its own, with an environment that knows nothing of the user's."""
    home = tmp_path_factory.mktemp("home")

    def call(
        *arguments: str | Path,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        stdin: str = "",
    ) -> Result:
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("RECOVERYKB_", "LC_"))
        }
        for name in ("NO_COLOR", "COLUMNS", "GITHUB_ACTIONS", "FORCE_COLOR"):
            kept.pop(name, None)
        settings = {
            **kept,
            "HOME": str(home),
            "XDG_CACHE_HOME": str(home / ".cache"),
            "XDG_CONFIG_HOME": str(home / ".config"),
            "XDG_STATE_HOME": str(home / ".state"),
            "RECOVERYKB_CACHE": str(cache),
            "LANG": "C.UTF-8",
            **(env or {}),
        }
        done = subprocess.run(
            [sys.executable, "-m", "recoverykb", *map(str, arguments)],
            env=settings,
            cwd=cwd or home,
            input=stdin.encode(),
            capture_output=True,
            check=False,
            timeout=120,
        )
        return Result(done.stdout.decode(), done.stderr.decode(), done.returncode)

    return call


class BaseFolder:
    """A small base on disk that a test fills with records."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for folder in FOLDERS.values():
            (root / folder).mkdir(parents=True)
        self.add("source", "src-a", title="A review", publisher="Journal A", url="https://example.org/a",
                 tier="guideline-or-review", seen="abstract", accessed=TODAY, year=2020)  # fmt: skip

    def add(self, kind: str, record_id: str, **fields: Any) -> Path:
        """Write one record; fields of the kind that must be there get harmless values."""
        path = self.root / FOLDERS[kind] / f"{record_id}.toml"
        path.write_text(
            tomli_w.dumps({"id": record_id, **record_defaults(kind, record_id), **fields}), encoding="utf-8"
        )
        return path


def write_group(base: BaseFolder, name: str, records: list[dict[str, Any]]) -> Path:
    """Write organizations into one grouped file."""
    path = base.root / "organizations" / f"{name}.toml"
    path.write_text(tomli_w.dumps({"organization": records}), encoding="utf-8")
    return path


def record_defaults(kind: str, record_id: str) -> dict[str, Any]:
    """Harmless values of the fields of a kind that must be there."""
    if kind == "source":
        return {"title": f"Title of {record_id}", "publisher": "Publisher", "tier": "official", "seen": "whole",
                "url": f"https://example.org/{record_id}", "accessed": TODAY}  # fmt: skip
    if kind == "term":
        return {"name": record_id, "compiled": TODAY}
    common = {"name": record_id.replace("-", " ").title(), "summary": "A plain summary.", "sources": ["src-a"],
              "compiled": TODAY}  # fmt: skip
    own: dict[str, dict[str, Any]] = {
        "strategy": {
            "category": "medication",
            "evidence": {
                "rating": "strong",
                "direction": "benefit",
                "basis": "Review A (2020)",
                "sources": ["src-a"],
                "outcomes": [
                    {
                        "outcome": "retention",
                        "direction": "benefit",
                        "rating": "strong",
                        "basis": "Review A (2020)",
                        "sources": ["src-a"],
                        "critical": True,
                    }
                ],
            },
        },
        "country": {"iso2": "ZZ", "iso3": "ZZZ", "region": "africa", "subregion": "sub-saharan-africa"},
        "organization": {"type": "ngo"},
        "guide": {
            "use": "other",
            "sections": [{"heading": "Part", "items": [{"text": "Do it.", "sources": ["src-a"]}]}],
        },
    }
    return {**common, **own[kind]}


@pytest.fixture
def base_folder(tmp_path: Path) -> BaseFolder:
    """An empty base with one source, ``src-a``."""
    return BaseFolder(tmp_path / "team-kb")


@pytest.fixture
def opened(cache: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The bundled base, opened through the library."""
    from recoverykb.storage.base import Base

    monkeypatch.setenv("RECOVERYKB_CACHE", str(cache))
    monkeypatch.delenv("RECOVERYKB_PATH", raising=False)
    with Base.open() as base:
        yield base
