"""An agency's repository checks itself: the hooks for pre-commit, and the line for a continuous check.

``.ci/run`` installs the hook as pre-commit does, from a repository of its own; here it runs the program under test.
Without pre-commit on the path (``pip install pre-commit``) these tests skip.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ROOT, Run
from readme import README
from spoilt import BODY, CLEAN, GUIDE, changed, write

HOOKS = ROOT / ".pre-commit-hooks.yaml"
BIN = Path(sys.executable).parent
PATH = f"{BIN}{os.pathsep}{os.environ['PATH']}"
needs_pre_commit = pytest.mark.skipif(
    not (shutil.which("pre-commit", path=PATH) and shutil.which("git")),
    reason="pre-commit or git is not here",
)

Commit = Callable[[], subprocess.CompletedProcess[str]]


def hooks() -> list[str]:
    """The hooks of the manifest, each as the lines of a configuration, run without an installation."""
    found = re.split(r"^- ", HOOKS.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return [hook.replace("language: python", "language: system").strip() for hook in found]


@pytest.fixture
def agency(tmp_path: Path) -> Path:
    """A repository whose base lies in the folder ``kb``, with both hooks and one commit."""
    (tmp_path / "home").mkdir()
    root = tmp_path / "agency"
    write(root / "kb", {**CLEAN, **changed(GUIDE, ('name = "A guide"', 'name = "A guide"'))})
    entries = "".join(
        "      - " + hook.replace("\n", "\n      ").replace('["."]', '["kb"]') + "\n" for hook in hooks()
    )
    (root / ".pre-commit-config.yaml").write_text(f"repos:\n  - repo: local\n    hooks:\n{entries}")
    git(root, "init", "-q")
    git(root, "config", "user.email", "worker@example.org")
    git(root, "config", "user.name", "A worker")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "A base")
    done = subprocess.run(
        ["pre-commit", "install"], cwd=root, env=environment(root), capture_output=True, check=False
    )
    assert done.returncode == 0, done
    return root


def environment(root: Path) -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "RECOVERYKB_P"))
    }
    return {
        **kept,
        "PATH": PATH,
        "HOME": str(root.parent / "home"),
        "PRE_COMMIT_HOME": str(root.parent / "cache"),
    }


def git(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["git", *arguments], cwd=root, env=environment(root), capture_output=True, text=True, check=False
    )


def commit(root: Path) -> subprocess.CompletedProcess[str]:
    git(root, "add", "-A")
    return git(root, "commit", "-m", "A change")


@needs_pre_commit
def test_the_manifest_is_one(agency: Path) -> None:
    done = subprocess.run(
        ["pre-commit", "validate-manifest", HOOKS], env=environment(agency), capture_output=True, check=False
    )
    assert done.returncode == 0, done


@needs_pre_commit
def test_a_commit_with_an_error_is_refused_with_the_place_and_one_without_passes(agency: Path) -> None:
    write(agency / "kb", changed(GUIDE, ('sources = ["src-a"]', 'sources = ["src-nowhere"]')))
    refused = commit(agency)
    assert refused.returncode == 1
    assert f"kb/{GUIDE}:9:" in refused.stdout + refused.stderr
    assert "RKB102" in refused.stdout + refused.stderr
    write(agency / "kb", changed(GUIDE, ('"What to do."', '"What to do now."')))
    assert commit(agency).returncode == 0
    assert git(agency, "log", "--format=%s").stdout.splitlines() == ["A change", "A base"]


@needs_pre_commit
def test_a_commit_that_takes_away_what_others_need_is_refused(agency: Path) -> None:
    """Only the file that goes is part of the commit; the errors are in those that stay."""
    (agency / "kb/sources/src-b.toml").unlink()
    refused = commit(agency)
    assert refused.returncode == 1
    assert "no source 'src-b'" in refused.stdout + refused.stderr


@needs_pre_commit
def test_what_needs_no_judgement_is_mended_for_the_next_try(agency: Path) -> None:
    write(agency / "kb", changed(BODY, ('aliases = ["The body"]', 'aliases = ["The body", "The body"]  ')))
    refused = commit(agency)
    assert refused.returncode == 1
    assert "files were modified by this hook" in refused.stdout + refused.stderr
    assert (agency / "kb" / BODY).read_text() == CLEAN[BODY]


def test_the_line_for_a_continuous_check_is_in_the_manual_and_works(tmp_path: Path, run: Run) -> None:
    """README's line, on a base in ``kb`` of a repository whose check runs somewhere else."""
    line = "recoverykb check kb --strict --format github"
    assert f"run: {line}" in README.read_text(encoding="utf-8")
    write(tmp_path / "repo/kb", {**CLEAN, **changed(GUIDE, ('"Do it."', '"Ask the drug users."'))})
    result = run(*line.split()[1:], cwd=tmp_path / "repo", env={"GITHUB_ACTIONS": "true"})
    assert result.code == 1
    assert result.stdout.startswith(f"::warning file=kb/{GUIDE},line=9,col=")
    elsewhere = run("check", "--strict", "--format", "github", ".", cwd=tmp_path / "repo/kb",
                    env={"GITHUB_WORKSPACE": str(tmp_path / "repo")})  # fmt: skip
    assert elsewhere.stdout == result.stdout
