"""Completion: what is offered, and that real shells put it on the line."""

import os
import shutil
import sys
from pathlib import Path

import pexpect
import pytest

from conftest import BaseFolder, Run

BIN = Path(sys.executable).parent


def offered(run: Run, *words: str, **environment: str) -> list[str]:
    """What bash would be offered for the last of ``words``."""
    asked = {
        "_RECOVERYKB_COMPLETE": "complete_bash",
        "COMP_WORDS": " ".join(["recoverykb", *words]),
        "COMP_CWORD": str(len(words)),
        **environment,
    }
    result = run(env=asked)
    assert result.stderr == ""
    return result.stdout.split()


@pytest.fixture
def indexed(run: Run) -> Run:
    """The program, with an index of the bundled base."""
    run("search", "naloxone")
    return run


@pytest.mark.parametrize(
    ("words", "wanted", "unwanted"),
    [
        (["sea"], "search", "show"),
        (["show", "naloxon"], "naloxone", "methadone"),
        (["show", "ken"], "kenya", "naloxone"),
        (["compare", "portugal", "switz"], "switzerland", "portugal"),
        (["compare", "--figure", "oat-cl"], "oat-clients", "hat-clients"),
        (["compare", "--evidence", "--outcome", "hiv,reten"], "hiv,retention", "stigma"),
        (["compare", "--services", "--region", "eastern-"], "eastern-europe", "africa"),
        (["compare", "--services", "--only-with", "heroin"], "heroin-assisted-treatment", "drug-checking"),
        (["sheet", "naca"], "nacada", "kenya"),
        (["search", "x", "--country", "K"], "KE", "PT"),
        (["list", "--country", "K"], "KE", "PT"),
        (["search", "x", "--kind", "s"], "strategy", "country"),
        (["list", "--tag", "mutual"], "mutual-aid", "ngo"),
        (["search", "x", "--format", "j"], "jsonl", "csv"),
        (["sources", "sordo"], "sordo-bmj-2017", "naloxone"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_is_offered(indexed: Run, words: list[str], wanted: str, unwanted: str) -> None:
    found = offered(indexed, *words)
    assert wanted in found
    assert unwanted not in found


def test_without_an_index_or_with_a_broken_base_nothing_is_offered_and_nothing_said(
    run: Run, tmp_path: Path, base_folder: BaseFolder
) -> None:
    new = {"RECOVERYKB_CACHE": str(tmp_path / "none"), "RECOVERYKB_PATH": str(base_folder.root)}
    assert offered(run, "show", "nal", **new) == []
    assert offered(run, "show", "nal", RECOVERYKB_PATH=str(tmp_path / "no-such-base")) == []


SETUP = {
    "bash": (["--norc", "--noprofile", "-i"], 'eval "$(_RECOVERYKB_COMPLETE=source_bash recoverykb)"'),
    "zsh": (
        ["-f", "-i"],
        'autoload -Uz compinit; compinit -u -D; eval "$(_RECOVERYKB_COMPLETE=source_zsh recoverykb)"',
    ),
    "fish": (["--no-config", "-i"], "_RECOVERYKB_COMPLETE=source_fish recoverykb | source"),
}


@pytest.mark.parametrize("shell", SETUP)
def test_a_real_shell_completes_an_id(indexed: Run, cache: Path, tmp_path: Path, shell: str) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed")
    arguments, setup = SETUP[shell]
    environment = {
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "TERM": "dumb" if shell != "fish" else "xterm",
        "LANG": "C.UTF-8",
        "RECOVERYKB_CACHE": str(cache),
        **({"PYTHONPATH": os.environ["PYTHONPATH"]} if "PYTHONPATH" in os.environ else {}),
    }
    child = pexpect.spawn(
        program, arguments, env=environment, encoding="utf-8", timeout=30, dimensions=(24, 200)
    )
    child.sendline(setup + "; echo rea''dy")
    child.expect_exact("ready")
    child.send("recoverykb show methadone-cli\t")
    child.expect_exact("methadone-clinics-hk")
    child.close(force=True)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell", "pwsh"])
def test_every_shell_has_a_script(run: Run, shell: str) -> None:
    script = run(env={"_RECOVERYKB_COMPLETE": f"source_{shell}"})
    assert "recoverykb" in script.stdout
    assert "_RECOVERYKB_COMPLETE" in script.stdout
