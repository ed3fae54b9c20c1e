"""Files prepared side by side: the same as one after the other, and nothing left behind."""

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import TODAY, BaseFolder, Run, write_group
from recoverykb.storage import build, worker
from recoverykb.storage.concepts import Definitions, Spotter
from recoverykb.storage.folders import CACHE_VARIABLE
from recoverykb.storage.layers import Layer
from recoverykb.storage.prepare import PreparedFile, prepare_each
from recoverykb.storage.scan import Change, changes

DEFINITIONS = Definitions({("methadone", "\ue0001")}, {("group-00003", "\ue0002")})


@pytest.fixture
def parts(base_folder: BaseFolder, monkeypatch: pytest.MonkeyPatch) -> BaseFolder:
    """A base of six grouped files, one of them broken, for which workers are started."""
    monkeypatch.setattr(build, "_WORTH", 0)
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    for part in range(5):
        write_group(base_folder, f"part-{part}", [_organization(part * 20 + n) for n in range(20)])
    (base_folder.root / "organizations/part-9.toml").write_text("id = \n", encoding="utf-8")
    return base_folder


def _organization(number: int) -> dict[str, object]:
    return {
        "id": f"group-{number:05}",
        "name": f"Methadone House {number}",
        "type": "mutual-aid",
        "summary": "It gives methadone.",
        "sources": ["src-a"],
        "compiled": TODAY,
    }


def _changes(base: BaseFolder) -> list[Change]:
    return list(changes([Layer("own", base.root)]))


def _serial(base: BaseFolder) -> list[PreparedFile]:
    return list(prepare_each([base.root], _changes(base), Spotter(*DEFINITIONS)))


def test_workers_give_what_one_process_gives(parts: BaseFolder) -> None:
    found = list(worker.side_by_side([parts.root], _changes(parts), DEFINITIONS))
    assert found == _serial(parts)
    assert [problem.code for file in found for problem in file.problems] == ["RKB001"]
    records = [record for file in found for record in file.records if record.row.id == "group-00003"]
    assert "\ue0001" in records[0].texts[0]
    assert "\ue0002" in records[0].texts[1]


def test_what_a_dead_worker_leaves_the_parent_does(
    parts: BaseFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = worker._Worker.__init__

    def stillborn(self: worker._Worker, *arguments: object) -> None:
        begin(self, *arguments)  # type: ignore[arg-type]
        assert self._process is not None
        self._process.kill()

    monkeypatch.setattr(worker._Worker, "__init__", stillborn)
    assert list(worker.side_by_side([parts.root], _changes(parts), DEFINITIONS)) == _serial(parts)


def test_without_an_interpreter_to_start_the_parent_does_all(
    parts: BaseFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(parts.root / "no-python"))
    assert list(worker.side_by_side([parts.root], _changes(parts), DEFINITIONS)) == _serial(parts)


def test_nothing_is_imported_from_the_folder_one_stands_in(
    parts: BaseFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pickle.py").write_text(f"open({str(tmp_path / 'trap')!r}, 'w')\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert list(worker.side_by_side([parts.root], _changes(parts), DEFINITIONS)) == _serial(parts)
    assert not (tmp_path / "trap").exists()


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="waiting for another's child needs Linux")
def test_workers_end_when_the_parent_is_killed(parts: BaseFolder, tmp_path: Path, run: Run) -> None:
    before = (
        "import os, signal, sys\n"
        "from recoverykb.storage import build, worker\n"
        "build._WORTH = 0\n"
        "os.cpu_count = lambda: 3\n"
        "def killed(self):\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "begin = worker._Worker.__init__\n"
        "def told(self, *arguments):\n"
        "    begin(self, *arguments)\n"
        "    print(self._process.pid, file=sys.stderr, flush=True)\n"
        "worker._Worker.__init__ = told\n"
        "worker._Worker.next = killed\n"
        "from recoverykb.cli.start import main\n"
        "main()"
    )
    cache = {CACHE_VARIABLE: str(tmp_path / "cache")}
    process = subprocess.run(
        [sys.executable, "-c", before, "search", "methadone", "-f", "ids", "--kb", str(parts.root)],
        env={**os.environ, **cache},
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert process.returncode == -signal.SIGKILL
    workers = [int(line) for line in process.stderr.split()]
    assert len(workers) == 3
    for pid in workers:
        try:
            handle = os.pidfd_open(pid)
        except ProcessLookupError:
            continue
        ended, _, _ = select.select([handle], [], [], 60)
        os.close(handle)
        assert ended, "the worker still runs a minute after its parent"
    found = run("search", "methadone house 7", "-f", "ids", "--kb", parts.root, env=cache)
    assert found.stdout.split()[0] == "group-00007"
