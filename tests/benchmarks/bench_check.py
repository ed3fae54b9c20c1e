"""What ``check`` costs: a first check, one after an edit, one when nothing changed; time and memory as the base grows.

Run: python tests/benchmarks/bench_check.py [--times 3] [--keep FOLDER]. Bases are made up by ``directory.py``: one
record a file, or a thousand in a file. Each round starts every step as a process of its own, one after the other, and
parses the same TOML with tomllib too; a first check keeps nothing from the round before.
"""

import argparse
import os
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import tomli_w
from bench_search import timed
from directory import records, write_base

from recoverykb.storage.folders import CACHE_VARIABLE

_PARSE = "import sys, tomllib, pathlib\nfor path in pathlib.Path(sys.argv[1]).rglob('*.toml'): tomllib.loads(path.read_text())"
_CHECK = [sys.executable, "-m", "recoverykb", "check"]
PARSING, FULL = "parsing", "a first check"
SIZES = ((1_000, False), (10_000, False), (10_000, True), (100_000, True))
"""Records of each base, and whether they stand a thousand in a file."""


def write_files(folder: Path, number: int) -> None:
    """Write ``number`` organizations, one in a file, with the one source they name."""
    write_base(folder, 0)
    for record in records(number):
        path = folder / "organizations" / f"{record['id']}.toml"
        path.write_text(tomli_w.dumps(record), encoding="utf-8")


def measure(base: Path, cache: Path, times: int) -> dict[str, list[tuple[float, float]]]:
    """Seconds and peak (MiB) of each step of each round; what was kept of the base is deleted before each."""
    environment = {**os.environ, CACHE_VARIABLE: str(cache)}
    edited = min((base / "organizations").glob("*.toml"))
    steps = {
        PARSING: [sys.executable, "-c", _PARSE, str(base)],
        FULL: [*_CHECK, str(base)],
        "after one edit": [*_CHECK, str(base)],
        "nothing changed": [*_CHECK, str(base)],
        "one file of it": [*_CHECK, str(edited)],
    }
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in steps}
    for _ in range(times):
        for file in cache.glob("check-*"):
            file.unlink()
        for name, command in steps.items():
            if name == "after one edit":
                text = edited.read_text(encoding="utf-8")
                edited.write_text(text + "# looked at again\n", encoding="utf-8")
            seconds, peak = timed(command, environment)
            taken[name].append((seconds, peak / 1024))
    return taken


def ratio(own: list[tuple[float, float]], other: list[tuple[float, float]]) -> str:
    """The median of what one step takes as a share of another in the same round, and the range."""
    ratios = [one[0] / base[0] for one, base in zip(own, other, strict=True)]
    return f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print some rows a base."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--keep", help="a folder for the bases, to be used again")
    options: Any = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(options.keep or name)
        print("| base | check | s (median) | times parsing (range) | of a first check (range) | peak MiB |")
        print("| --- | --- | --: | --: | --: | --: |")
        for size, grouped in SIZES:
            base = folder / f"{'grouped' if grouped else 'files'}-{size}"
            if not base.exists():
                (write_base if grouped else write_files)(base, size)
            timed(
                [*_CHECK, str(base / "sources")], {**os.environ, CACHE_VARIABLE: str(folder / "cache")}
            )  # the bundled base is indexed, and the files of this one are older than the doubt about them
            taken = measure(base, folder / "cache", options.times)
            told = f"{size:,} records, {'a thousand in a file' if grouped else 'one a file'}"
            for step, runs in taken.items():
                if step != PARSING:
                    seconds = statistics.median(second for second, _ in runs)
                    print(f"| {told} | {step} | {seconds:.2f} | {ratio(runs, taken[PARSING])} | {ratio(runs, taken[FULL])} | "
                          f"{max(peak for _, peak in runs):.0f} |", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
