"""A long table on a real terminal goes through the pager; a short one, a pipe and ``--no-pager`` do not."""

import os
import sys
from pathlib import Path

import pexpect
import pytest

from conftest import Run

ROWS, COLUMNS = 24, 80
SHORT = ("compare", "kenya", "benin", "--fields", "prison-needle-and-syringe-programmes,peer-naloxone")
LONG = ("compare", "--services", "--region", "africa")


@pytest.fixture
def pager(tmp_path: Path) -> Path:
    """A pager that says that it was there and how many lines it got."""
    program = tmp_path / "pager"
    program.write_text("#!/bin/sh\necho PAGED $(wc -l)\n", encoding="utf-8")
    program.chmod(0o755)
    return program


def on_terminal(arguments: tuple[str, ...], pager: Path, cache: Path, rows: int = ROWS) -> str:
    """What a person sees who runs the command in a terminal of this height."""
    environment = {**os.environ, "PAGER": str(pager), "RECOVERYKB_CACHE": str(cache), "TERM": "xterm"}
    child = pexpect.spawn(
        sys.executable,
        ["-m", "recoverykb", *arguments],
        env=environment,
        dimensions=(rows, COLUMNS),
        encoding="utf-8",
        timeout=60,
    )
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    return str(child.before)


def test_a_long_table_goes_through_the_pager_whole(run: Run, pager: Path, cache: Path) -> None:
    shown = on_terminal(LONG, pager, cache)
    whole = run(*LONG, "--format", "table", "--width", str(COLUMNS)).stdout
    assert shown.strip() == f"PAGED {whole.count(chr(10))}"


def test_no_pager_leaves_a_long_table_on_the_terminal(pager: Path, cache: Path) -> None:
    shown = on_terminal((*LONG, "--no-pager"), pager, cache)
    assert "PAGED" not in shown
    assert "Zimbabwe" in shown


def test_a_table_that_fits_needs_no_pager(pager: Path, cache: Path) -> None:
    shown = on_terminal(SHORT, pager, cache, rows=200)
    assert "PAGED" not in shown
    assert "Kenya" in shown
