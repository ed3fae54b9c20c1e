"""Search as whole processes, on the curated base and on made-up directories, as ratios to a Typer hello-world (A).

Run: python tests/benchmarks/bench_search.py [--sizes 0,10000,100000] [--queries 200]. For each size a base is written
(``directory.py``) and indexed first; then each of the different queries is run once in turn with A, the plain-text
tools that are installed (ripgrep over the TOML, recsel over a recfile of the same records), a misspelt twin and a
completion. Medians and 95th percentiles of the ratios within a round; peak memory from ``wait4``.
"""

import argparse
import os
import random
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

from bench_startup import HELLO
from directory import records, write_base

CURATED = ["naloxone", "methadone in Kenya", "bupe", "needle exchange", "Kenyan rehab", "who can I talk to tonight", "rapid detox",
           "clean needles in jail", "Países Bajos", "overdose", "Narcotics Anonymous", "methadone pregnant", "harm reduction Ukraine",
           "Suboxone", "drug consumption room", "helpline Ireland", "naltrexone injection", "recovery housing", "美沙酮", "Entzug"]  # fmt: skip


def queries(number: int, size: int) -> list[str]:
    """``number`` different queries: half rare names, a third of two words, the rest frequent words of services."""
    if not size:
        return [f"{CURATED[place % len(CURATED)]}{' ' * (place // len(CURATED))}" for place in range(number)]
    draw = random.Random(2)
    rows = list(records(min(size, 20_000)))
    frequent = [
        "methadone maintenance",
        "relapse prevention",
        "Medicaid",
        "adult women",
        "naloxone",
        "peer support",
    ]
    found = [row["name"].split()[0] for row in draw.sample(rows, number // 2)]
    found += [f"{row['city']} {row['name'].split()[1]}" for row in draw.sample(rows, number // 3)]
    found += [f"{draw.choice(frequent)} {draw.choice(rows)['city']}" for _ in range(number - len(found) - 6)]
    found += frequent
    draw.shuffle(found)
    return found


def slip(text: str) -> str:
    """``text`` with one letter of its longest word left out."""
    word = max(text.split(), key=len)
    return text.replace(word, word[: len(word) // 2] + word[len(word) // 2 + 1 :], 1)


def timed(command: Sequence[str], environment: dict[str, str]) -> tuple[float, int]:
    """Seconds and peak memory (KiB) of one run."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    return time.perf_counter() - begin, usage.ru_maxrss


def measure(folder: Path, size: int, number: int) -> None:
    """Print the table of one size; 0 is the curated base alone."""
    base = folder / f"base-{size}"
    environment = {**os.environ, "RECOVERYKB_CACHE": str(folder / "cache")}
    ours = [sys.executable, "-c", "from recoverykb.cli.start import main; main()"]
    kb: list[str] = []
    if size:
        write_base(base, size)
        kb = ["--kb", str(base)]
    begin = time.perf_counter()
    subprocess.run([*ours, "search", "naloxone", *kb], env=environment, capture_output=True, check=True)
    built = time.perf_counter() - begin
    script = folder / "hello.py"
    script.write_text(HELLO)
    taken: dict[str, list[float]] = {}
    peak: dict[str, int] = {}
    for query in queries(number, size):
        commands: dict[str, Sequence[str]] = {
            "A: a Typer hello-world": [sys.executable, str(script), "one"],
            "search, JSON": [*ours, "search", query, "-f", "json", *kb],
            "search, table": [*ours, "search", query, "-f", "table", *kb],
            "the same, one slip": [*ours, "search", slip(query), "-f", "json", *kb],
        }
        if size and shutil.which("rg"):
            commands["ripgrep over the TOML"] = ["rg", "-il", query.split()[0], str(base)]
        for name, command in commands.items():
            seconds, memory = timed(command, environment)
            taken.setdefault(name, []).append(seconds)
            peak[name] = max(peak.get(name, 0), memory)
    hello = taken["A: a Typer hello-world"]
    print(f"\n{size or 'curated base only'}: first run, with the index made: {built:.1f} s\n")
    print("| | p50, times A | p95, times A | ms (median) | peak MiB |\n| --- | ---: | ---: | ---: | ---: |")
    for name, seconds in taken.items():
        ratios = sorted(own / a for own, a in zip(seconds, hello, strict=True))
        p95 = ratios[int(len(ratios) * 0.95) - 1]
        print(f"| {name} | {statistics.median(ratios):.2f} | {p95:.2f} "
              f"| {statistics.median(seconds) * 1000:.0f} | {peak[name] / 1024:.0f} |")  # fmt: skip


def main() -> None:
    """Measure every size asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="0,10000")
    parser.add_argument("--queries", type=int, default=200)
    options: Any = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory() as name:
        for size in map(int, options.sizes.split(",")):
            measure(Path(name), size, options.queries)


if __name__ == "__main__":
    main()
