"""Which record files a base has, and which of them changed since they were indexed.

Kept apart from reading, so that a run in which nothing changed imports no TOML and no decoder.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from recoverykb.records.vocabulary import FOLDERS, MANIFEST
from recoverykb.storage.layers import Layer

Known = dict[tuple[int, str], tuple[int, int]]
"""Layer number and path of each indexed file, with its size and modification time (ns)."""


class FileStamp(NamedTuple):
    """A file as the index remembers it. ``path`` is relative to the base, with forward slashes."""

    path: str
    size: int
    mtime_ns: int


class Change(NamedTuple):
    """A file that is new, changed, or gone (``stamp`` is ``None``)."""

    layer: int
    path: str
    stamp: FileStamp | None


def changes(layers: list[Layer], known: Known) -> Iterator[Change]:
    """The files in which ``layers`` differ from ``known``."""
    gone = dict(known)
    indexed = {number for number, _ in known}
    for number, layer in enumerate(layers):
        if layer.compiled is not None and number in indexed:  # part of the package: changes only with it
            gone = {key: stamp for key, stamp in gone.items() if key[0] != number}
            continue
        for files in _folders(layer.root, anywhere=layer.packaged):
            changed = [
                FileStamp(path, size, mtime_ns)
                for path, size, mtime_ns in files
                if gone.pop((number, path), None) != (size, mtime_ns)
            ]
            yield from (Change(number, stamp.path, stamp) for stamp in sorted(changed))
    for number, path in gone:
        yield Change(number, path, None)


def scan(root: Path, *, anywhere: bool = False) -> Iterator[FileStamp]:
    """The manifest and every record file of the base at ``root``, sorted by path within each folder.

    Hidden files are passed over, and so is whatever leads out of the base through a symbolic
    link: a base is a folder, and stays in it. Only for the packaged base links may lead ``anywhere``,
    because some installers link its files. A file that is there and cannot be looked at is named
    all the same, so that reading it tells why.
    """
    for files in _folders(root, anywhere=anywhere):
        yield from sorted(FileStamp(*found) for found in files)


_Found = tuple[str, int, int]
"""Path, size and modification time: plain, because every run makes one a file."""


def _folders(root: Path, *, anywhere: bool) -> Iterator[Iterator[_Found]]:
    real_root = os.sep if anywhere else os.path.realpath(root)
    yield _manifest(root, real_root)
    for folder in FOLDERS.values():
        directory = os.path.join(root, folder)
        if _inside(directory, real_root):
            yield _files_in(directory, folder, real_root, ())


def _manifest(root: Path, real_root: str) -> Iterator[_Found]:
    """The manifest of the base, if it has one."""
    path = os.path.join(root, MANIFEST)
    try:
        stat = os.stat(path)
    except OSError:
        return
    if _inside(path, real_root):
        yield MANIFEST, stat.st_size, stat.st_mtime_ns


def _files_in(directory: str, relative: str, real_root: str, above: tuple[str, ...]) -> Iterator[_Found]:
    real = os.path.realpath(directory)
    if real in above:
        return
    try:
        entries = os.scandir(directory)
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return
    with entries:
        for entry in entries:
            name = entry.name
            if name[0] == ".":
                continue
            link = entry.is_symlink()
            if link and not _inside(entry.path, real_root):
                continue
            path = f"{relative}/{name}"
            if not path.isascii():
                path = path.encode(errors="backslashreplace").decode()
            if os.path.isdir(entry.path) if link else entry.is_dir():
                yield from _files_in(entry.path, path, real_root, (*above, real))
            elif name.endswith(".toml"):
                try:
                    stat = entry.stat()
                    yield path, stat.st_size, stat.st_mtime_ns
                except OSError:
                    yield path, 0, 0


def _inside(path: str, real_root: str) -> bool:
    return os.path.realpath(path).startswith(os.path.join(real_root, ""))


def inside(root: Path, path: str) -> bool:
    """Whether the base-relative ``path`` stays in the base at ``root``, wherever symbolic links lead."""
    return _inside(os.path.join(root, path), os.path.realpath(root))
