"""A check reads each file once and holds no records, however many there are."""

import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT
from recoverykb.check import kept
from recoverykb.check.fixing import mend
from recoverykb.check.runner import check_base
from recoverykb.storage import positions
from spoilt import CLEAN, TODAY, write

sys.path.insert(0, str(ROOT / "tests" / "benchmarks"))
from directory import write_base

_PEAK = """
import resource, sys
from datetime import date
from pathlib import Path
from recoverykb.check.runner import check_base
problems = check_base(Path(sys.argv[1]), today=date(2026, 11, 20), below=())
print(len(problems), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def peak(base: Path) -> tuple[int, int]:
    """How many problems a check of the base finds, and its peak memory in KiB."""
    done = subprocess.run([sys.executable, "-c", _PEAK, base], capture_output=True, text=True, check=True)
    problems, kib = done.stdout.split()
    return int(problems), int(kib)


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is counted in other units elsewhere")
def test_memory_does_not_hold_the_records(tmp_path: Path) -> None:
    """A record takes about 12 KiB in memory; what is kept of one takes about one, its problems included."""
    write_base(tmp_path / "small", 1_000)
    write_base(tmp_path / "large", 6_000)
    (_, small), (problems, large) = peak(tmp_path / "small"), peak(tmp_path / "large")
    assert problems > 6_000, "every record names strategies that are not there"
    assert (large - small) / 5_000 < 5


@pytest.mark.parametrize("fix", [False, True])
def test_each_file_is_read_once_and_its_positions_are_looked_up_at_most_once(
    fix: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoilt = {
        path: text.replace('sources = ["src-a"]', 'sources = ["src-nowhere"]') for path, text in CLEAN.items()
    }
    write(tmp_path, spoilt)
    loaded: Counter[str] = Counter()
    parsed: Counter[str] = Counter()
    load, parse = kept.load_bytes, positions.Positions.__init__

    def counted_load(root: Path, path: str) -> Any:
        loaded[path] += 1
        return load(root, path)

    def counted_parse(self: positions.Positions, text: str) -> None:
        parsed[text] += 1
        parse(self, text)

    monkeypatch.setattr(kept, "load_bytes", counted_load)
    monkeypatch.setattr(positions.Positions, "__init__", counted_parse)
    problems = mend(tmp_path, today=TODAY)[1].found if fix else check_base(tmp_path, today=TODAY)
    assert len(problems) > 6
    assert set(loaded) == set(CLEAN)
    assert set(loaded.values()) == {1}
    assert set(parsed.values()) == {1}


def test_many_different_ids_that_lead_nowhere_do_not_each_search_all_ids(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rapidfuzz import process

    searched = []
    monkeypatch.setattr(process, "extractOne", lambda value, *_, **__: searched.append(value))
    ids = ", ".join(f'"nothing-{number}"' for number in range(1_000))
    write(
        tmp_path,
        {
            **CLEAN,
            "strategies/a-harm.toml": CLEAN["strategies/a-harm.toml"].replace('["some-service"]', f"[{ids}]"),
        },
    )
    told = [problem for problem in check_base(tmp_path, today=TODAY) if problem.code == "RKB101"]
    assert len(told) == 1_000
    assert len(searched) == len(set(searched)) <= 200


def test_a_label_of_many_records_names_a_few_of_them(tmp_path: Path) -> None:
    tables = "".join(
        f'[[organization]]\nid = "b-{number}"\nname = "One name"\nsummary = "S."\nsources = ["src-a"]\n'
        f'compiled = 2021-05-01\ntype = "ngo"\nparent = "a-body"\nrelated = ["b-0"]\n'
        for number in range(50)
    )
    write(tmp_path, {**CLEAN, "organizations/many.toml": tables})
    told = [problem for problem in check_base(tmp_path, today=TODAY) if problem.code == "RKB105"]
    assert len(told) == 49
    assert told[0].message.startswith("b-1: 'one name' also stands for b-0, b-2, b-3 and 46 more")
    assert max(len(problem.message) for problem in told) < 100
