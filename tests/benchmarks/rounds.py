"""Paired timing: every command once a round, so that a slow moment of the machine hits all of them."""

import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence

ROUNDS = 15


def commands(
    candidates: Mapping[str, Sequence[str]], environment: Mapping[str, str]
) -> dict[str, list[float]]:
    """Seconds of each run of each command, started as a process of its own."""

    def start(command: Sequence[str]) -> Callable[[], object]:
        return lambda: subprocess.run(command, env=environment, capture_output=True, check=True)

    return calls({name: start(command) for name, command in candidates.items()})


def calls(candidates: Mapping[str, Callable[[], object]], rounds: int = ROUNDS) -> dict[str, list[float]]:
    """Seconds of each call; one round before the first is not counted."""
    seconds: dict[str, list[float]] = {name: [] for name in candidates}
    for number in range(rounds + 1):
        for name, call in candidates.items():
            begin = time.perf_counter()
            call()
            if number:
                seconds[name].append(time.perf_counter() - begin)
    return seconds


def table(seconds: Mapping[str, list[float]], baseline: str) -> str:
    """A Markdown table: median in milliseconds, and the median of the ratios to the baseline round by round."""
    lines = ["| | ms (median) | times the baseline |", "| --- | ---: | ---: |"]
    for name, taken in seconds.items():
        ratio = statistics.median(own / base for own, base in zip(taken, seconds[baseline], strict=True))
        lines.append(f"| {name} | {statistics.median(taken) * 1000:.1f} | {ratio:.2f} |")
    return "\n".join(lines)
