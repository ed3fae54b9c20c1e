"""What must not lose a byte: two writers, a kill, a full disk, a read-only folder, a link out of the base."""

import os
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import BaseFolder, Run
from recoverykb.errors import WriteError
from recoverykb.storage.write import ChangedError, delete, replace_text

CLINIC = """\
# Kept by the night shift.
id = "clinic"
name = "Clinic"
summary = "A clinic."
sources = ["src-a"]
compiled = 2026-11-20
type = "provider"
country = "KE"
tags = []
"""


@pytest.fixture
def clinic(base_folder: BaseFolder) -> Path:
    path = base_folder.root / "organizations" / "clinic.toml"
    path.write_text(CLINIC)
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# ----- two processes at once


def test_the_second_of_two_writers_is_told_and_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text("old")
    replace_text(path, "first", b"old")
    with pytest.raises(ChangedError, match="changed by somebody else"):
        replace_text(path, "second", b"old")
    with pytest.raises(ChangedError):
        replace_text(path, "second", None)
    with pytest.raises(ChangedError):
        delete(path, b"old")
    assert path.read_text() == "first"
    assert names(tmp_path) == ["a.toml"]


_WRITER = """
import sys
from pathlib import Path
from recoverykb.errors import WriteError
from recoverykb.storage.write import ChangedError, replace_text
path, name = Path(sys.argv[1]), sys.argv[2]
sys.stdin.readline()  # both begin when they are told
done = 0
while done < 40:
    before = path.read_bytes()
    try:
        replace_text(path, before.decode() + f"{name}{done}\\n", before)
        done += 1
    except ChangedError:
        pass
"""


def test_two_processes_that_write_one_file_lose_nothing(tmp_path: Path) -> None:
    """Each adds a line forty times; when the file changed meanwhile, it reads again. Every line is there."""
    path = tmp_path / "a.toml"
    path.write_text("")
    writers = [
        subprocess.Popen([sys.executable, "-c", _WRITER, path, name], stdin=subprocess.PIPE) for name in "ab"
    ]
    for writer in writers:
        assert writer.stdin
        writer.stdin.write(b"\n")
        writer.stdin.close()
    assert [writer.wait(120) for writer in writers] == [0, 0]
    lines = path.read_text().split()
    assert sorted(lines) == sorted(f"{name}{number}" for name in "ab" for number in range(40))
    assert [line for line in lines if line[0] == "a"] == [f"a{number}" for number in range(40)]
    assert names(tmp_path) == ["a.toml"]


# ----- a kill in the middle

_SLOW = """
import sys
from pathlib import Path
import os
from recoverykb.storage import write
real = getattr(os, sys.argv[3])
def stop(*args, **more):
    if sys.argv[4] == "after":
        real(*args, **more)
    print("now", flush=True)
    import time
    time.sleep(60)
setattr(os, sys.argv[3], stop)
write.replace_text(Path(sys.argv[1]), "new" * 100_000, Path(sys.argv[1]).read_bytes())
"""


@pytest.mark.parametrize(("call", "when", "left"), [("fsync", "before", "old"), ("replace", "before", "old"),
                                                    ("replace", "after", "new" * 100_000)])  # fmt: skip
def test_a_kill_in_the_middle_leaves_the_old_file_or_the_new_one(
    clinic: Path, run: Run, call: str, when: str, left: str
) -> None:
    path = clinic.with_name("other.toml")
    path.write_text("old")
    process = subprocess.Popen([sys.executable, "-c", _SLOW, path, "", call, when], stdout=subprocess.PIPE)
    assert process.stdout
    assert process.stdout.readline() == b"now\n"
    process.send_signal(signal.SIGKILL)
    process.wait(30)
    assert path.read_text() == left
    path.unlink()
    # What is left beside it is hidden, is no record, and stands in nobody's way: the lock went with the process.
    assert all(name.startswith(".") for name in names(clinic.parent) if name != "clinic.toml")
    done = run("edit", "clinic", "--set", "city=Kisumu", "--kb", clinic.parents[1])
    assert done.code == 0, done.stderr
    assert tomllib.loads(clinic.read_text())["city"] == "Kisumu"


# ----- a full disk

_LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
from recoverykb.keeping.change import put
from recoverykb.keeping.opened import open_record
from recoverykb.storage.base import Base
from recoverykb.errors import RecoverykbError
from datetime import date
from pathlib import Path
with Base.open([Path(sys.argv[2])]) as base:
    opened = open_record(base, "clinic")
    try:
        put(base, opened, {**opened.table, "city": "K" * 100_000}, today=date.today())
    except RecoverykbError as error:
        print(error.message, "|", error.hint)
        sys.exit(error.exit)
"""


def test_a_full_disk_leaves_the_old_file_and_a_clear_line(clinic: Path, tmp_path: Path) -> None:
    """The system refuses the rest of a file that grows too large, as it does on a full disk."""
    done = subprocess.run(
        [sys.executable, "-c", _LIMITED, "50000", clinic.parents[1]],
        env={**os.environ, "RECOVERYKB_CACHE": str(tmp_path / "cache")},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (3, "")
    assert f"cannot write {clinic}: " in done.stdout
    assert "the disk has room; nothing was changed" in done.stdout
    assert clinic.read_text() == CLINIC
    assert names(clinic.parent) == ["clinic.toml"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 KiB, where the tests may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no file system can be mounted here")
    yield folder
    subprocess.run(["umount", folder], check=False)


def test_on_a_disk_that_is_really_full_nothing_is_lost(run: Run, small_disk: Path) -> None:
    base = BaseFolder(small_disk / "base")
    clinic = base.root / "organizations" / "clinic.toml"
    clinic.write_text(CLINIC)
    with pytest.raises(OSError, match="No space left"):
        (small_disk / "filler").write_bytes(b"x" * 100_000)
    before = {path: path.read_bytes() for path in base.root.rglob("*.toml")}
    for words in (
        ("edit", "clinic", "--set", f"city={'K' * 5000}"),
        ("verify", "clinic", "--by", "A" * 200, "--how", "site", "--note", "n" * 5000),
        ("retire", "clinic", "--reason", "x" * 290),
        ("rename", "clinic", "clinic-two"),
        ("hide", "nacada", "--reason", "x" * 290),
        (
            "add",
            "organization",
            "--set",
            "name=B",
            "--set",
            "summary=S.",
            "--set",
            "type=ngo",
            "--set",
            "sources=src-a",
        ),
    ):
        done = run(*words, "--kb", base.root)
        assert done.code == 3, (words, done)
        assert "No space left on device" in done.stderr
        assert done.stderr.splitlines()[-1].startswith("recoverykb: ")
        assert {path: path.read_bytes() for path in base.root.rglob("*.toml")} == before
        assert list(base.root.rglob(".*.toml.*")) == []


# ----- a folder that cannot be written to, and links out of the base


@pytest.mark.skipif(
    os.geteuid() == 0 and not Path("/usr/bin/setpriv").exists(), reason="root writes anywhere"
)
def test_a_read_only_folder_is_said_and_nothing_changes(clinic: Path) -> None:
    """Root is let through everywhere, so that it runs without that right."""
    root = clinic.parents[1]
    clinic.parent.chmod(0o555)
    rights = "-dac_override,-dac_read_search"
    humbled = ["setpriv", f"--bounding-set={rights}", f"--inh-caps={rights}"] if os.geteuid() == 0 else []
    try:
        done = subprocess.run(
            [*humbled, sys.executable, "-m", "recoverykb", "edit", "clinic", "--set", "city=K", "--kb", root],
            env={"PATH": os.environ["PATH"], "HOME": "/nonexistent", "LANG": "C.UTF-8"},
            capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
    finally:
        clinic.parent.chmod(0o755)
    assert done.returncode == 3, done
    assert f"cannot write {clinic}: Permission denied" in done.stderr
    assert clinic.read_text() == CLINIC
    assert names(clinic.parent) == ["clinic.toml"]


def test_nothing_is_written_through_a_link_out_of_the_base(run: Run, clinic: Path, tmp_path: Path) -> None:
    root, outside = clinic.parents[1], tmp_path / "outside"
    outside.mkdir()
    (root / "guides").rmdir()
    (root / "guides").symlink_to(outside)
    (root / "organizations" / "nacada.toml").symlink_to(outside / "elsewhere.toml")
    (root / "base.toml").symlink_to(outside / "base.toml")
    for words in (
        ("edit", "nacada", "--set", "city=Nairobi"),
        ("hide", "mewa", "--reason", "x"),
        ("add", "guide", "--set", "name=G", "--set", "summary=S.", "--set", "use=other", "--set", "sources=src-a",
         "--set", 'sections=[{heading = "H", questions = ["Q?"]}]'),
    ):  # fmt: skip
        done = run(*words, "--kb", root)
        assert done.code == 3, (words, done)
        assert "leads out of the base through a link; nothing was written" in done.stderr
    assert names(outside) == []


def test_a_link_within_the_base_is_followed(run: Run, clinic: Path) -> None:
    moved = clinic.with_name("real")
    moved.mkdir()
    clinic.rename(moved / "clinic.toml")
    clinic.symlink_to("real/clinic.toml")
    clinic.unlink()
    done = run("edit", "clinic", "--set", "city=Kisumu", "--kb", clinic.parents[1])
    assert done.code == 0, done.stderr
    assert 'city = "Kisumu"' in (moved / "clinic.toml").read_text()


def test_a_write_that_fails_says_so_as_an_error_of_ours(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("kept")
    with pytest.raises(WriteError, match="cannot write"):
        replace_text(tmp_path / "file" / "a.toml", "x", None)
    assert (tmp_path / "file").read_text() == "kept"
