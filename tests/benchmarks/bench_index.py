"""The index: what making and refreshing it costs, and what bounded ranking keeps of the exact one.

Run: python tests/benchmarks/bench_index.py [--size 10000] [--keep FOLDER]. Three tables from one run: a full build against
parsing the same TOML with tomllib (each as a process of its own, in turn); the first search after one file of a copy of the
curated base changed, against a Typer hello-world; and, on a directory of that size, the share of the first 20 that bm25
gives when it weighs every match.
"""

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import rounds
from bench_search import OURS, timed
from bench_startup import HELLO
from directory import write_base
from questions import queries

from recoverykb import weights
from recoverykb.search.engine import search
from recoverykb.storage.base import Base
from recoverykb.storage.folders import CACHE_VARIABLE
from recoverykb.storage.index import open_index
from recoverykb.storage.layers import Layer, bundled_root

_PARSE = "import sys, tomllib, pathlib\nfor path in pathlib.Path(sys.argv[1]).rglob('*.toml'): tomllib.loads(path.read_text())"
_BUILD = ("import sys, pathlib\nfrom recoverykb.storage.layers import Layer\nfrom recoverykb.storage.index import open_index\n"
          "open_index([Layer('made-up', pathlib.Path(sys.argv[1]))], print)")  # fmt: skip


def build(base: Path, cache: Path, times: int = 5) -> None:
    """A full build against tomllib on the same files."""
    environment = {**os.environ, CACHE_VARIABLE: str(cache)}
    ratios, built = [], []
    for _ in range(times):
        shutil.rmtree(cache, ignore_errors=True)
        parsing, _ = timed([sys.executable, "-c", _PARSE, str(base)], environment)
        building, _ = timed([sys.executable, "-c", _BUILD, str(base)], environment)
        ratios.append(building / parsing)
        built.append(building)
    print(f"A full build of {base.name}: {statistics.median(built):.1f} s, {statistics.median(ratios):.2f} times "
          f"parsing its TOML with tomllib ({times} times each, {min(ratios):.2f} to {max(ratios):.2f})")  # fmt: skip


def changed(folder: Path) -> None:
    """The first search after one curated file changed, and one with nothing changed."""
    own = folder / "curated"
    shutil.copytree(bundled_root(), own, dirs_exist_ok=True)
    script = folder / "hello.py"
    script.write_text(HELLO)
    environment = {**os.environ, CACHE_VARIABLE: str(folder / "cache-curated"), "RECOVERYKB_PATH": str(own)}
    command = [*OURS, "search", "naloxone", "-f", "json"]
    timed(command, environment)
    file = own / "strategies" / "naloxone.toml"
    taken: dict[str, list[float]] = {
        "A: a Typer hello-world": [],
        "nothing changed": [],
        "one file changed": [],
    }
    written = file.read_text(encoding="utf-8")
    for number in range(rounds.ROUNDS):
        file.write_text(
            written.replace('summary = "', f'summary = "Edited {number} times. ', 1), encoding="utf-8"
        )
        taken["one file changed"].append(timed(command, environment)[0])
        taken["nothing changed"].append(timed(command, environment)[0])
        taken["A: a Typer hello-world"].append(timed([sys.executable, str(script), "one"], environment)[0])
    print("\nA team's copy of the curated base on top of the bundled one:\n")
    print(rounds.table(taken, "A: a Typer hello-world"))


def overlap(base: Path, size: int, cache: Path) -> None:
    """The share of exact bm25's first 20 that is kept, and the milliseconds of both within a process."""
    os.environ[CACHE_VARIABLE] = str(cache)
    layers = [Layer("made-up", base)]
    with Base(layers, open_index(layers, print)) as opened:
        asked = queries(200, size)
        bounded = {query: _ids(opened, query) for query in asked}
        bound, weights.RARE = weights.RARE, 2**40  # type: ignore[misc]
        exact = {query: _ids(opened, query) for query in asked}
        weights.RARE = bound  # type: ignore[misc]
    kept = [
        len(bounded[query][1] & exact[query][1]) / len(exact[query][1]) for query in asked if exact[query][1]
    ]
    print(f"\nOf exact bm25's first 20 on {size:,} records: {statistics.mean(kept):.3f} kept (200 queries; "
          f"{sum(share < 0.9 for share in kept)} of them under 0.9)\n")  # fmt: skip
    for name, found in (("bounded", bounded), ("exact", exact)):
        seconds = sorted(taken for taken, _ in found.values())
        print(
            f"{name}: {statistics.median(seconds) * 1000:.1f} ms, p95 {seconds[int(len(seconds) * 0.95) - 1] * 1000:.1f}"
        )


def _ids(base: Base, query: str) -> tuple[float, set[str]]:
    search(base, query)
    begin = time.perf_counter()
    found = {hit.row.id for hit in search(base, query, limit=20).hits}
    return time.perf_counter() - begin, found


def main() -> None:
    """Measure all three."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--keep", help="a folder for the base and its index, to be used again")
    options: Any = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(options.keep or name)
        base = folder / f"base-{options.size}"
        if not base.exists():
            write_base(base, options.size)
        build(base, folder / "cache-build", options.times)
        changed(folder)
        overlap(base, options.size, folder / "cache-build")


if __name__ == "__main__":
    main()
