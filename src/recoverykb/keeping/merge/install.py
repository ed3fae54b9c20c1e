"""Telling git to merge the records of a base by their fields.

Which files are meant stands in ``.gitattributes`` and travels with the base. What is to be run for them is
said in the configuration of each clone, because git runs nothing that comes with a repository. A clone in
which nobody said it merges by lines, as ever.
"""

import shlex
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

from recoverykb.records.vocabulary import FOLDERS
from recoverykb.storage.git import git, refused
from recoverykb.storage.write import replace_text

_NAME = "recoverykb"
_TITLE = "recoverykb: records are merged by their fields"
ATTRIBUTES = (
    "# Records are merged by their fields; 'recoverykb merge --install' turns it on in a clone.\n"
    + "".join(f"{folder}/**/*.toml merge={_NAME}\n" for folder in FOLDERS.values())
)
"""The lines of ``.gitattributes`` that say which files are meant."""
FILE = ".gitattributes"


class Installed(NamedTuple):
    """What was changed: whether the configuration of the clone, and which file of the base."""

    configured: bool
    written: Path | None


def install(root: Path) -> Installed:
    """Let the clone in which the base at ``root`` lies merge records by fields; nothing where it does.

    Raises :class:`recoverykb.errors.UsageError` where there is no git or no repository, and
    :class:`recoverykb.errors.WriteError` where ``.gitattributes`` cannot be written.
    """
    asked = git(root, "rev-parse", "--git-dir")
    if asked.returncode:
        raise refused(asked)
    configured = [
        _configure(root, f"merge.{_NAME}.{name}", value)
        for name, value in (("name", _TITLE), ("driver", driver()))
    ]
    return Installed(any(configured), _attribute(root))


def in_repository(root: Path) -> bool:
    """Whether a folder lies in a git repository, as far as git is there to say."""
    return shutil.which("git") is not None and not git(root, "rev-parse", "--git-dir").returncode


def driver() -> str:
    """What git is to run: this program, or git's own merge where it is gone or cannot be run."""
    program = " ".join(shlex.quote(word) for word in _program()).replace("%", "%%")
    return (
        f"{program} merge %O %A %B --path %P --marker-size %L; code=$?; "
        '[ "$code" -le 1 ] && exit "$code"; '
        "git merge-file -L ours -L base -L theirs --marker-size=%L %A %O %B || exit 1"
    )


def _program() -> list[str]:
    """The words that run this program from anywhere."""
    beside = shutil.which(_NAME, path=str(Path(sys.executable).parent))
    return [Path(beside).as_posix()] if beside else [Path(sys.executable).as_posix(), "-m", _NAME]


def _configure(root: Path, name: str, value: str) -> bool:
    """Say ``value`` in the configuration of the clone; whether it was not said yet."""
    asked = git(root, "config", "--local", "--get", name)
    if asked.returncode == 0 and asked.stdout.decode(errors="replace").removesuffix("\n") == value:
        return False
    done = git(root, "config", "--local", "--replace-all", name, value)
    if done.returncode:
        raise refused(done)
    return True


def _attribute(root: Path) -> Path | None:
    """Name the record files in the base's own file, unless git knows them already."""
    samples = [f"{folder}/record.toml" for folder in FOLDERS.values()]
    done = git(root, "check-attr", "-z", "merge", "--", *samples)
    if done.returncode:
        raise refused(done)
    if done.stdout.split(b"\0")[2::3] == [_NAME.encode()] * len(samples):
        return None
    file = root / FILE
    before = file.read_bytes() if file.is_file() else None
    text = (before or b"").decode(errors="surrogateescape")
    gap = "\n" if text and not text.endswith("\n") else ""
    replace_text(file, f"{text}{gap}{ATTRIBUTES}", before)
    return file
