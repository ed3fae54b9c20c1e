"""Which record files a base has, and which of them changed since they were indexed.

Kept apart from reading, so that a run in which nothing changed imports no TOML and no decoder.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from stat import S_IFREG, S_ISDIR, S_ISLNK
from typing import NamedTuple

from recoverykb.records.vocabulary import FOLDERS, MANIFEST
from recoverykb.storage.layers import Layer
from recoverykb.storage.remembered import NOTHING, Remembered, stamp_of


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


def changes(layers: Iterable[Layer], remembered: Remembered = NOTHING) -> Iterator[Change]:
    """The files in which ``layers`` differ from what the index remembers."""
    for number, layer in enumerate(layers):
        if layer.compiled is not None and remembered.has(number):  # part of the package: changes only with it
            continue
        for folder, files in _folders(layer.root, anywhere=layer.packaged):
            found = sorted(files)
            if stamp_of(found) == remembered.stamp(number, folder):
                continue
            gone = remembered.files(number, folder)
            for path, size, mtime_ns in found:
                if gone.pop(path, None) != (size, mtime_ns):
                    yield Change(number, path, FileStamp(path, size, mtime_ns))
            for path in gone:
                yield Change(number, path, None)


def scan(root: Path, *, anywhere: bool = False) -> Iterator[FileStamp]:
    """The manifest and every record file of the base at ``root``, sorted by path within each folder.

    Hidden files are passed over, and so is whatever leads out of the base through a symbolic
    link: a base is a folder, and stays in it. Only for the packaged base links may lead ``anywhere``,
    because some installers link its files. A file that is there and cannot be looked at is named
    all the same, so that reading it tells why.
    """
    for _, files in _folders(root, anywhere=anywhere):
        yield from sorted(FileStamp(*found) for found in files)


_SUFFIX = ".toml"
_SORT = 0o170000
"""The bits of a mode that say what sort of file it is; a call of S_IFMT for each would take longer."""
_Found = tuple[str, int, int]
"""Path, size and modification time: plain, because every run makes one a file."""


def _folders(root: Path, *, anywhere: bool) -> Iterator[tuple[str, list[_Found]]]:
    """The manifest, and every folder that a base may have, each with the files in it."""
    real_root = os.sep if anywhere else os.path.realpath(root)
    yield MANIFEST, _manifest(root, real_root)
    for folder in FOLDERS.values():
        directory = os.path.join(root, folder)
        inside = _inside(directory, real_root)
        yield folder, _files_in(directory, folder, real_root, ()) if inside else []


def _manifest(root: Path, real_root: str) -> list[_Found]:
    """The manifest of the base, if it has one."""
    path = os.path.join(root, MANIFEST)
    try:
        stat = os.stat(path)
    except OSError:
        return []
    return [(MANIFEST, stat.st_size, stat.st_mtime_ns)] if _inside(path, real_root) else []


def _files_in(directory: str, relative: str, real_root: str, above: tuple[str, ...]) -> list[_Found]:
    """The record files in a folder and below it."""
    real = os.path.realpath(directory)
    if real in above:
        return []
    found, others = _looked_at(directory, f"{_plain(relative)}/")
    for name in others:
        place = os.path.join(directory, name)
        status = _status(place, follow_symlinks=False)
        if status and S_ISLNK(status.st_mode):
            if not _inside(place, real_root):
                continue
            status = _status(place)
        path = f"{relative}/{name}"
        if status and S_ISDIR(status.st_mode):
            found += _files_in(place, path, real_root, (*above, real))
        elif name.endswith(_SUFFIX):
            stamp = (status.st_size, status.st_mtime_ns) if status else (0, 0)
            found.append((_plain(path), *stamp))
    return found


def _looked_at(directory: str, before: str) -> tuple[list[_Found], list[str]]:
    """The files in a folder, with ``before`` in front of their names, and the names of what else is there.

    One loop and no calls: most runs spend their time here. Where the system can, names are looked up from the
    open folder on, which takes two thirds of the time.
    """
    found: list[_Found] = []
    others: list[str] = []
    try:
        if os.stat not in os.supports_dir_fd or os.listdir not in os.supports_fd:
            return found, [name for name in os.listdir(directory) if name[0] != "."]
        handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return found, others
    look = os.stat
    try:
        for name in sorted(os.listdir(handle)):
            if name[0] == ".":
                continue
            try:
                status = look(name, dir_fd=handle, follow_symlinks=False)
            except OSError:  # one that cannot be looked at, or is gone meanwhile
                others.append(name)
                continue
            if status.st_mode & _SORT != S_IFREG or not name.isascii():
                others.append(name)
            elif name.endswith(_SUFFIX):
                found.append((before + name, status.st_size, status.st_mtime_ns))
    finally:
        os.close(handle)
    return found, others


def _plain(path: str) -> str:
    """``path`` without what is no text: the name of a file may be any bytes."""
    return path if path.isascii() else path.encode(errors="backslashreplace").decode()


def _status(path: str, *, follow_symlinks: bool = True) -> os.stat_result | None:
    """The status of a file; ``None`` where it cannot be had."""
    try:
        return os.stat(path, follow_symlinks=follow_symlinks)
    except OSError:
        return None


def _inside(path: str, real_root: str) -> bool:
    return os.path.realpath(path).startswith(os.path.join(real_root, ""))


def inside(root: Path, path: str) -> bool:
    """Whether the base-relative ``path`` stays in the base at ``root``, wherever symbolic links lead."""
    return _inside(os.path.join(root, path), os.path.realpath(root))
