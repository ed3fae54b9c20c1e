"""Which record files a base has, and which of them changed since they were indexed.

Kept apart from reading, so that a run in which nothing changed imports no TOML and no decoder.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from recoverykb.records.vocabulary import FOLDERS
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
    seen: set[tuple[int, str]] = set()
    for number, layer in enumerate(layers):
        for stamp in scan(layer.root, anywhere=layer.packaged):
            seen.add((number, stamp.path))
            if known.get((number, stamp.path)) != (stamp.size, stamp.mtime_ns):
                yield Change(number, stamp.path, stamp)
    for number, path in known.keys() - seen:
        yield Change(number, path, None)


def scan(root: Path, *, anywhere: bool = False) -> Iterator[FileStamp]:
    """Every record file of the base at ``root``, sorted by path.

    Hidden files are passed over, and so is whatever leads out of the base through a symbolic
    link: a base is a folder, and stays in it. Only for the packaged base links may lead ``anywhere``,
    because some installers link its files. A file that is there and cannot be looked at is named
    all the same, so that reading it tells why.
    """
    real_root = os.sep if anywhere else os.path.realpath(root)
    for folder in FOLDERS.values():
        directory = os.path.join(root, folder)
        if _inside(directory, real_root):
            yield from sorted(_scan_folder(directory, folder, real_root, ()))


def _scan_folder(
    directory: str, relative: str, real_root: str, above: tuple[str, ...]
) -> Iterator[FileStamp]:
    real = os.path.realpath(directory)
    if real in above:
        return
    try:
        entries = list(os.scandir(directory))
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return
    for entry in entries:
        path = f"{relative}/{entry.name}".encode(errors="backslashreplace").decode()
        if entry.name.startswith(".") or (entry.is_symlink() and not _inside(entry.path, real_root)):
            continue
        if os.path.isdir(entry.path) if entry.is_symlink() else entry.is_dir():
            yield from _scan_folder(entry.path, path, real_root, (*above, real))
        elif entry.name.endswith(".toml"):
            yield _stamp(entry, path)


def _stamp(entry: os.DirEntry[str], path: str) -> FileStamp:
    try:
        stat = entry.stat()
    except OSError:
        return FileStamp(path, 0, 0)
    return FileStamp(path, stat.st_size, stat.st_mtime_ns)


def _inside(path: str, real_root: str) -> bool:
    return os.path.realpath(path).startswith(os.path.join(real_root, ""))
