"""What ``check`` costs: against parsing the same TOML alone, and how time and memory grow with the base.

Run: python tests/benchmarks/bench_check.py [--times 3] [--keep FOLDER]. Bases are made up by ``directory.py``: one
record a file, or a thousand in a file. Each round starts both as processes of their own, one after the other.
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

_PARSE = "import sys, tomllib, pathlib\nfor path in pathlib.Path(sys.argv[1]).rglob('*.toml'): tomllib.loads(path.read_text())"
_CHECK = [sys.executable, "-m", "recoverykb", "check"]
SIZES = ((1_000, False), (10_000, False), (10_000, True), (100_000, True))
"""Records of each base, and whether they stand a thousand in a file."""


def write_files(folder: Path, number: int) -> None:
    """Write ``number`` organizations, one in a file, with the one source they name."""
    write_base(folder, 0)
    for record in records(number):
        path = folder / "organizations" / f"{record['id']}.toml"
        path.write_text(tomli_w.dumps(record), encoding="utf-8")


def measure(base: Path, environment: dict[str, str], times: int) -> tuple[list[float], list[float], float]:
    """Seconds of each check, its times parsing in the same round, and its peak in MiB."""
    seconds, ratios, peaks = [], [], []
    for _ in range(times):
        parsing, _ = timed([sys.executable, "-c", _PARSE, str(base)], environment)
        checking, peak = timed([*_CHECK, str(base)], environment)
        seconds.append(checking)
        ratios.append(checking / parsing)
        peaks.append(peak / 1024)
    return seconds, ratios, max(peaks)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print one row a base."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--keep", help="a folder for the bases, to be used again")
    options: Any = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(options.keep or name)
        environment = {**os.environ, "RECOVERYKB_CACHE": str(folder / "cache")}
        print(
            "| base | s (median) | times parsing (range) | ms a record | peak MiB |\n| --- | --: | --: | --: | --: |"
        )
        for size, grouped in SIZES:
            base = folder / f"{'grouped' if grouped else 'files'}-{size}"
            if not base.exists():
                (write_base if grouped else write_files)(base, size)
            timed([*_CHECK, str(base / "sources")], environment)
            seconds, ratios, peak = measure(base, environment, options.times)
            told = f"{size:,} records, {'a thousand in a file' if grouped else 'one a file'}"
            print(f"| {told} | {statistics.median(seconds):.1f} | {statistics.median(ratios):.2f} ({min(ratios):.2f} to "
                  f"{max(ratios):.2f}) | {statistics.median(seconds) / size * 1000:.2f} | {peak:.0f} |")  # fmt: skip


if __name__ == "__main__":
    main()
