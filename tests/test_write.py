"""Writing a file: whole or not at all."""

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import BaseFolder, Run
from recoverykb.errors import Exit, WriteError
from recoverykb.storage.write import write_text


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_file_holds_the_text_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "sheet.md"
    write_text(path, "ชื่อ\nç\n")
    assert path.read_bytes() == "ชื่อ\nç\n".encode()
    assert list(tmp_path.iterdir()) == [path]


def test_an_old_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "sheet.md"
    path.write_text("a much longer text that stood here before")
    write_text(path, "short")
    assert path.read_text() == "short"
    assert list(tmp_path.iterdir()) == [path]


@settings(max_examples=60, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_written_as_it_is(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Line ends too: what is CRLF stays so, and nothing becomes it."""
    path = tmp_path_factory.getbasetemp() / "any.txt"
    write_text(path, text)
    assert path.read_bytes() == text.encode()


def test_a_reader_who_has_the_old_file_open_keeps_it_whole(tmp_path: Path) -> None:
    path = tmp_path / "sheet.md"
    path.write_text("old" * 10_000)
    with path.open() as reader:
        start = reader.read(3)
        write_text(path, "new")
        assert start + reader.read() == "old" * 10_000
    assert path.read_text() == "new"


@pytest.mark.parametrize("permissions", [0o600, 0o640, 0o644, 0o755, 0o444])
def test_permissions_of_the_old_file_are_kept(tmp_path: Path, permissions: int) -> None:
    path = tmp_path / "sheet.md"
    path.write_text("old")
    path.chmod(permissions)
    write_text(path, "new")
    assert (path.read_text(), mode(path)) == ("new", permissions)


@pytest.mark.parametrize(("mask", "expected"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_gets_the_permissions_the_user_gives_new_files(
    tmp_path: Path, mask: int, expected: int
) -> None:
    before = os.umask(mask)
    try:
        write_text(tmp_path / "sheet.md", "new")
        assert os.umask(mask) == mask  # and the setting is as it was
    finally:
        os.umask(before)
    assert mode(tmp_path / "sheet.md") == expected


def test_a_link_stays_a_link_and_its_target_is_written(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    target = tmp_path / "real" / "sheet.md"
    target.write_text("old")
    link = tmp_path / "link.md"
    link.symlink_to("real/sheet.md")
    write_text(link, "new")
    assert link.is_symlink()
    assert target.read_text() == "new"
    assert sorted(tmp_path.rglob("*")) == [link, tmp_path / "real", target]


def test_a_link_to_a_file_that_is_not_there_yet_makes_it(tmp_path: Path) -> None:
    (tmp_path / "link.md").symlink_to("later.md")
    write_text(tmp_path / "link.md", "new")
    assert (tmp_path / "later.md").read_text() == "new"
    assert (tmp_path / "link.md").is_symlink()


def test_a_missing_folder_is_an_error_that_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "missing" / "sheet.md"
    with pytest.raises(WriteError) as caught:
        write_text(path, "new")
    assert str(path) in caught.value.message
    assert caught.value.exit == Exit.BASE
    assert list(tmp_path.iterdir()) == []


def test_a_file_where_a_folder_should_be_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("old")
    with pytest.raises(WriteError):
        write_text(tmp_path / "file" / "sheet.md", "new")
    assert (tmp_path / "file").read_text() == "old"


def test_a_folder_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "kept").write_text("old")
    with pytest.raises(WriteError):
        write_text(tmp_path / "folder", "new")
    assert list(tmp_path.rglob("*")) == [tmp_path / "folder", tmp_path / "folder" / "kept"]


def test_text_that_cannot_be_encoded_leaves_the_old_file(tmp_path: Path) -> None:
    """A byte of the command line that is no UTF-8 reaches the text as a lone surrogate."""
    path = tmp_path / "sheet.md"
    path.write_text("old")
    with pytest.raises(WriteError):
        write_text(path, "x" * 100_000 + "\udce9")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("existed", [True, False])
def test_a_write_that_fails_half_way_leaves_the_old_file_and_no_other(tmp_path: Path, existed: bool) -> None:
    """The limit on file size makes the system refuse the rest of the text, as a full disk does."""
    path = tmp_path / "sheet.md"
    if existed:
        path.write_text("old")
        path.chmod(0o640)
    script = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from recoverykb.errors import WriteError\n"
        "from recoverykb.storage.write import write_text\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))\n"
        "try:\n"
        "    write_text(Path(sys.argv[1]), 'new' * 100_000)\n"
        "except WriteError as error:\n"
        "    print(error.message)\n"
        "    sys.exit(error.exit)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, path], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (3, "")
    assert str(path) in done.stdout
    if existed:
        assert (path.read_text(), mode(path)) == ("old", 0o640)
    assert list(tmp_path.iterdir()) == ([path] if existed else [])


def test_a_pipe_is_written_into_and_stays_a_pipe(tmp_path: Path) -> None:
    """The same branch keeps ``-o /dev/null`` from replacing the device."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()), daemon=True)
    reader.start()
    write_text(pipe, "through the pipe")
    if not stat.S_ISFIFO(pipe.lstat().st_mode):
        pytest.fail("the pipe was replaced by a file")
    reader.join(timeout=30)
    assert read == ["through the pipe"]
    assert list(tmp_path.iterdir()) == [pipe]


def test_the_program_ends_with_3_and_one_line_when_it_cannot_write(
    run: Run, tmp_path: Path, base_folder: BaseFolder
) -> None:
    out = tmp_path / "missing" / "list.csv"
    done = run("show", "src-a", "--kb", base_folder.root, "--format", "json", "--output", out)
    assert (done.code, done.stdout) == (3, "")
    assert done.stderr.count("\n") == 1
    assert str(out) in done.stderr
