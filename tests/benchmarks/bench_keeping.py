"""Keeping a large base: what one edit costs against making the whole index, what ``list`` costs, and the memory of each.

Run: python tests/benchmarks/bench_keeping.py [--grouped 100000] [--files 10000] [--times 5]. Two bases: one record a file, and a
thousand records in a file. Each figure is a process of its own on that base alone; the ratios are to parsing the same TOML with
tomllib, and to a full build, in the same run.
"""

import argparse
import os
import statistics
import sys
import tempfile
import tomllib
from pathlib import Path
from shutil import rmtree
from typing import Any

import tomli_w
from bench_index import _BUILD, _PARSE
from bench_search import OURS, timed
from directory import write_base

from recoverykb.storage.folders import CACHE_VARIABLE


def one_a_file(grouped: Path, target: Path) -> None:
    """The records of a grouped base, each in a file of its own."""
    (target / "organizations").mkdir(parents=True)
    (target / "sources").mkdir()
    for file in sorted((grouped / "sources").glob("*.toml")):
        (target / "sources" / file.name).write_bytes(file.read_bytes())
    for file in sorted((grouped / "organizations").glob("*.toml")):
        for record in tomllib.loads(file.read_text(encoding="utf-8"))["organization"]:
            path = target / "organizations" / f"{record['id']}.toml"
            path.write_text(tomli_w.dumps(record), encoding="utf-8")


def measure(base: Path, cache: Path, times: int) -> None:
    """One row a step: median seconds, the ratios, and the peak memory."""
    environment = {**os.environ, CACHE_VARIABLE: str(cache), "RECOVERYKB_PATH": str(base)}
    taken: dict[str, list[tuple[float, int]]] = {}
    edited = min((base / "organizations").glob("*.toml"))
    steps = {
        "parsing with tomllib": [sys.executable, "-c", _PARSE, str(base)],
        "making the whole index": [sys.executable, "-c", _BUILD, str(base)],
        "the index after one edit": [sys.executable, "-c", _BUILD, str(base)],
        "the index, nothing changed": [sys.executable, "-c", _BUILD, str(base)],
    }
    for _ in range(times):
        rmtree(cache, ignore_errors=True)
        for name, command in steps.items():
            if "one edit" in name:
                text = edited.read_text(encoding="utf-8")
                edited.write_text(text + "# looked at again\n", encoding="utf-8")
            taken.setdefault(name, []).append(timed(command, environment))
    listing = [*OURS, "list", "organization", "--due", "30", "-f", "ids"]
    timed(listing, environment)
    taken["list --due 30, every record"] = [timed(listing, environment) for _ in range(times)]
    seconds = {name: [second for second, _ in runs] for name, runs in taken.items()}
    print(
        "| | s (median) | times tomllib | of a full build | peak MiB |\n| --- | ---: | ---: | ---: | ---: |"
    )
    for name, own in seconds.items():
        ratios = [_ratio(own, seconds[other]) for other in ("parsing with tomllib", "making the whole index")]
        peak = max(memory for _, memory in taken[name]) / 1024
        print(f"| {name} | {statistics.median(own):.2f} | {ratios[0]:.2f} | {ratios[1]:.2f} | {peak:.0f} |")


def _ratio(own: list[float], other: list[float]) -> float:
    return statistics.median(one / base for one, base in zip(own, other, strict=True))


def main() -> None:
    """Measure both bases."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--grouped", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=5)
    options: Any = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_base(folder / "some", options.files)
        one_a_file(folder / "some", folder / "files")
        print(f"\n{options.files:,} records, one a file:\n")
        measure(folder / "files", folder / "cache-files", options.times)
        write_base(folder / "grouped", options.grouped)
        print(f"\n{options.grouped:,} records, a thousand in a file:\n")
        measure(folder / "grouped", folder / "cache-grouped", options.times)


if __name__ == "__main__":
    main()
