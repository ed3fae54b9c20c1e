"""Start-up: our commands against bare Typer, and Typer 0.28 against 0.29 on the same small program.

Run: python tests/benchmarks/bench_startup.py [--typer-versions]. The second part makes two virtual
environments and needs a package index. It is why pyproject.toml holds Typer below 0.29.
"""

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from rounds import commands, table

HELLO = """
import typer
app = typer.Typer(rich_markup_mode=None)
@app.command()
def one(name: str = "x"): print("hello", name)
@app.command()
def two(name: str = "x"): print("hello", name)
app()
"""


def ours(folder: Path) -> None:
    """Whole processes of our commands, beside ``python -c pass`` and a Typer hello-world."""
    script = folder / "hello.py"
    script.write_text(HELLO)
    us = [sys.executable, "-m", "recoverykb"]
    environment = {**os.environ, "RECOVERYKB_CACHE": str(folder / "cache")}
    seconds = commands(
        {
            "python -c pass": [sys.executable, "-c", "pass"],
            "Typer hello-world": [sys.executable, str(script), "one"],
            "recoverykb --version": [*us, "--version"],
            "recoverykb --help": [*us, "--help"],
            "recoverykb search naloxone (pipe)": [*us, "search", "naloxone"],
            "recoverykb search nalxone (misspelt)": [*us, "search", "nalxone"],
            "recoverykb search naloxone -f table": [*us, "search", "naloxone", "-f", "table"],
            "recoverykb show methadone (pipe)": [*us, "show", "methadone"],
            "recoverykb compare portugal kenya (pipe)": [*us, "compare", "portugal", "kenya"],
            "recoverykb sheet --country KE": [*us, "sheet", "--country", "KE"],
        },
        environment,
    )
    print(table(seconds, "Typer hello-world"))


def typer_versions(folder: Path) -> None:
    """The same program under the last Typer without pydantic and the first with it."""
    script = folder / "hello.py"
    script.write_text(HELLO)
    candidates = {}
    for version in ("0.28.0", "0.29.0"):
        home = folder / version
        venv.create(home, with_pip=True)
        python = str(home / "bin" / "python")
        subprocess.run([python, "-m", "pip", "install", "-q", f"typer=={version}"], check=True)
        candidates[f"Typer {version}"] = [python, str(script), "one"]
    print(table(commands(candidates, os.environ), "Typer 0.28.0"))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        (typer_versions if "--typer-versions" in sys.argv else ours)(Path(name))
