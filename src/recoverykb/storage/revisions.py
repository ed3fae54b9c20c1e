"""Two states of a base in git: what its changed files held, and what they hold."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from recoverykb.errors import UsageError
from recoverykb.storage.git import git, refused


class FileChange(NamedTuple):
    """A file that differs between two states; ``None`` where a state has no such file."""

    path: str
    before: bytes | None
    after: bytes | None


def changed_files(root: Path, old: str, new: str | None = None) -> list[FileChange]:
    """The files of the base at ``root`` that differ between ``old`` and ``new``, or the folder as it is.

    Raises :class:`UsageError` where there is no git, no repository, or no such revision.
    """
    for revision in filter(None, (old, new)):
        _require(root, revision)
    ends = [old] if new is None else [old, new]
    paths = set(
        _split(_git(root, "diff", "--name-only", "--no-renames", "-z", "--relative", *ends, "--", "."))
    )
    if new is None:
        paths |= set(_split(_git(root, "ls-files", "-z", "--others", "--exclude-standard", "--", ".")))
    wanted = sorted(path for path in paths if path.endswith(".toml"))
    before = _contents(root, old, wanted)
    after = _in_folder(root, wanted) if new is None else _contents(root, new, wanted)
    return [FileChange(path, before.get(path), after.get(path)) for path in wanted]


def _require(root: Path, revision: str) -> None:
    """Raise :class:`UsageError` for what is no revision."""
    if revision.startswith("-"):
        raise UsageError(f"'{revision}' is no revision")
    _git(root, "rev-parse", "--git-dir")
    try:
        _git(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    except UsageError:
        hint = "nothing is committed yet: git add . && git commit" if revision == "HEAD" else "see 'git log'"
        raise UsageError(f"git knows no revision '{revision}' here", hint) from None


def _contents(root: Path, revision: str, paths: Iterable[str]) -> dict[str, bytes]:
    """What the files held at ``revision``, by path; files that it had not are left out."""
    wanted = set(paths)
    names: dict[str, str] = {}
    for entry in _split(_git(root, "ls-tree", "-r", "-z", revision, "--", ".")):
        about, _, path = entry.partition("\t")
        if path in wanted:
            names[path] = about.split()[2]
    told = _git(root, "cat-file", "--batch", given="".join(f"{name}\n" for name in names.values()).encode())
    found: dict[str, bytes] = {}
    place = 0
    for path in names:
        head_end = told.index(b"\n", place)
        size = int(told[place:head_end].split()[2])
        found[path] = told[head_end + 1 : head_end + 1 + size]
        place = head_end + size + 2
    return found


def _in_folder(root: Path, paths: Iterable[str]) -> dict[str, bytes]:
    found = {}
    for path in paths:
        file = root / path
        if file.is_file() and not file.is_symlink():
            found[path] = file.read_bytes()
    return found


def _git(root: Path, *words: str, given: bytes = b"") -> bytes:
    """What git says. Raises :class:`UsageError` when it refuses."""
    done = git(root, *words, given=given)
    if done.returncode:
        raise refused(done)
    return done.stdout


def _split(listed: bytes) -> list[str]:
    return [entry.decode(errors="backslashreplace") for entry in listed.split(b"\0") if entry]
