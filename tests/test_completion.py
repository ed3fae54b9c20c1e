"""Completion: what is offered, and that real shells put it on the line."""

import os
import shutil
import sys
from pathlib import Path

import pexpect
import pytest

from conftest import BaseFolder, Run
from recoverykb.cli.tab import answer

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


SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")


def asked(shell: str, *words: str, program: str = "recoverykb", **environment: str) -> dict[str, str]:
    """The environment in which ``shell`` asks for the last of ``words``."""
    typed = " ".join([program, *words])
    return {
        "_RECOVERYKB_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": typed,
        "COMP_CWORD": str(len(words)),
        "_TYPER_COMPLETE_ARGS": typed,
        "_TYPER_COMPLETE_WORD_TO_COMPLETE": words[-1],
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        "COLUMNS": "2000",
        **environment,
    }


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(
    "words",
    [
        ["show", "metha"],
        ["show", "ken"],
        ["compare", "portugal", "switz"],
        ["sources", "sordo"],
        ["sheet", ""],
        ["show", "KEN"],
        ["show", "zzz"],
        ["show", "kenya", "3"],
    ],
    ids=" ".join,
)
def test_ids_without_typer_are_those_with_it(indexed: Run, shell: str, words: list[str]) -> None:
    assert answer(asked(shell, *words)) is not None
    quoted = asked(shell, *words, program="'recoverykb'")
    assert answer(quoted) is None
    quick, through_typer = indexed(env=asked(shell, *words)), indexed(env=quoted)
    assert quick.stdout.rstrip("\n") == through_typer.stdout.rstrip("\n")
    assert (quick.stderr, quick.code) == (through_typer.stderr, through_typer.code)


@pytest.mark.parametrize(("typed", "code"), [("metha", 0), ("zzz", 1)])
def test_fish_is_told_whether_there_is_an_id(indexed: Run, typed: str, code: int) -> None:
    action = {"_TYPER_COMPLETE_FISH_ACTION": "is-args"}
    for program in ("recoverykb", "'recoverykb'"):
        result = indexed(env=asked("fish", "show", typed, program=program, **action))
        assert (result.stdout, result.code) == ("", code)


@pytest.mark.parametrize("shell", ["fish", "powershell"])
def test_a_long_name_stays_on_one_line(indexed: Run, shell: str) -> None:
    result = indexed(env=asked(shell, "sources", "s", COLUMNS="40"))
    between = "\t" if shell == "fish" else ":::"
    lines = result.stdout.splitlines()
    assert len(lines) > 50
    assert max(map(len, lines)) > 80
    assert all(line.count(between) == 1 and line.startswith("s") for line in lines)


@pytest.mark.parametrize(
    "words",
    [["sho"], ["show", "--form"], ["show", "--kb", "x", "a"], ["list", "--tag", "a"], ["search", "x"]],
)
def test_anything_but_an_id_is_left_to_typer(words: list[str]) -> None:
    assert [answer(asked(shell, *words)) for shell in SHELLS] == [None] * len(SHELLS)
    assert answer({"_RECOVERYKB_COMPLETE": "source_bash"}) is None
    assert answer({"_RECOVERYKB_COMPLETE": "complete_bash", "COMP_WORDS": "recoverykb show a"}) is None


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


@pytest.mark.parametrize("shell", SHELLS)
def test_every_shell_has_a_script(run: Run, shell: str) -> None:
    script = run(env={"_RECOVERYKB_COMPLETE": f"source_{shell}"})
    assert "recoverykb" in script.stdout
    assert "_RECOVERYKB_COMPLETE" in script.stdout
