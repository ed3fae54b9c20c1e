"""Search as whole processes, on the curated base and on made-up directories, as ratios to a Typer hello-world (A).

Run: python tests/benchmarks/bench_search.py [--sizes 0,1000,10000,100000] [--queries 200] [--keep FOLDER]. Use the
Python of an environment into which the wheel is installed, since that is what users have. For each size a base is
written (``directory.py``) and indexed first; then each of the different queries is run once in turn with A, a misspelt
twin, a completion, and the tools that are installed: ripgrep over the TOML, recsel (GNU recutils) over a recfile of the
same records, papis over documents of the same records (up to 10,000: it takes a folder each). Medians and 95th percentiles
of the ratios within a round; peak memory from ``wait4``.
"""

import argparse
import math
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import others
from bench_startup import HELLO
from directory import write_base
from questions import queries, slip

A = "A: a Typer hello-world"
OURS = [sys.executable, "-c", "from recoverykb.cli.start import main; main()"]


def timed(command: Sequence[str], environment: dict[str, str]) -> tuple[float, int]:
    """Seconds and peak memory (KiB) of one run."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    return time.perf_counter() - begin, usage.ru_maxrss


def measure(folder: Path, size: int, number: int) -> float:
    """Print the table of one size; 0 is the curated base alone. Gives the median seconds of a JSON search."""
    base = folder / f"base-{size}"
    environment = {**os.environ, "RECOVERYKB_CACHE": str(folder / "cache")}
    completing = {**environment, "_RECOVERYKB_COMPLETE": "complete_bash", "COMP_CWORD": "2",
                  "COMP_WORDS": "recoverykb show metha"}  # fmt: skip
    if size:
        completing["RECOVERYKB_PATH"] = environment["RECOVERYKB_PATH"] = str(base)
        if not base.exists():
            write_base(base, size)
    begin = time.perf_counter()
    subprocess.run([*OURS, "search", "naloxone"], env=environment, capture_output=True, check=True)
    print(
        f"\n{size or 'curated base only'}: first run, with the index made: {time.perf_counter() - begin:.1f} s"
    )
    script = folder / "hello.py"
    script.write_text(HELLO)
    tools = others.prepare(base, size, folder) if size else {}
    taken: dict[str, list[float]] = {}
    peak: dict[str, int] = {}
    for query in queries(number, size):
        commands: dict[str, tuple[Sequence[str], dict[str, str]]] = {
            A: ([sys.executable, str(script), "one"], environment),
            "search, JSON": ([*OURS, "search", query, "-f", "json"], environment),
            "search, table": ([*OURS, "search", query, "-f", "table"], environment),
            "the same as JSON, one slip": ([*OURS, "search", slip(query), "-f", "json"], environment),
            "completion of an id": (OURS, completing),
        }
        commands |= {name: (command(query), environment) for name, command in tools.items()}
        for name, (command, setting) in commands.items():
            seconds, memory = timed(command, setting)
            taken.setdefault(name, []).append(seconds)
            peak[name] = max(peak.get(name, 0), memory)
    report(taken, peak)
    return statistics.median(taken["search, JSON"])


def report(taken: dict[str, list[float]], peak: dict[str, int]) -> None:
    """Print the table of one size."""
    print("\n| | p50, times A | p95, times A | ms (median) | peak MiB |\n| --- | ---: | ---: | ---: | ---: |")
    for name, seconds in taken.items():
        ratios = sorted(own / a for own, a in zip(seconds, taken[A], strict=True))
        p95 = ratios[max(0, math.ceil(len(ratios) * 0.95) - 1)]
        print(f"| {name} | {statistics.median(ratios):.2f} | {p95:.2f} "
              f"| {statistics.median(seconds) * 1000:.0f} | {peak[name] / 1024:.0f} |")  # fmt: skip
    twins = zip(taken["the same as JSON, one slip"], taken["search, JSON"], strict=True)
    print(
        f"\nA slip against its clean query: {statistics.median(slipped / clean for slipped, clean in twins):.2f} times"
    )


def main() -> None:
    """Measure every size asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="0,10000")
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--keep", help="a folder for the bases and their indexes, to be used again")
    options: Any = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(options.keep or name)
        folder.mkdir(parents=True, exist_ok=True)
        medians = {
            int(size): measure(folder, int(size), options.queries) for size in options.sizes.split(",")
        }
        if not options.keep:
            shutil.rmtree(folder, ignore_errors=True)
    sizes = sorted(size for size in medians if size)
    if len(sizes) > 1:
        first, last = sizes[0], sizes[-1]
        exponent = math.log(medians[last] / medians[first]) / math.log(last / first)
        print(
            f"\nGrowth from {first:,} to {last:,} records: time grows with the power {exponent:.3f} of their number."
        )


if __name__ == "__main__":
    main()
