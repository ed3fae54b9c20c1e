"""Which bases, and which files in them, the paths of a command line mean."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from recoverykb.errors import BaseError
from recoverykb.records.vocabulary import FOLDERS
from recoverykb.storage.layers import Layer
from recoverykb.storage.scan import scan


class Target(NamedTuple):
    """A base to check, the files meant in it (none: all), and the layers it stands on."""

    root: Path
    only: list[str]
    below: list[Layer]
    own: bool
    """Whether it was named, or is no part of the package: only then is it written to."""


def targets(paths: Sequence[Path], layers: Sequence[Layer]) -> Iterator[Target]:
    """What ``paths`` ask to check: each base once.

    Without paths every one of ``layers`` (lowest first) is meant. A base that is no layer in use stands
    on all of them. Raises :class:`BaseError` for a path that is in no base.
    """
    roots = [layer.root for layer in layers]
    packaged = {layer.root for layer in layers if layer.packaged}
    wanted: dict[Path, list[str]] = {} if paths else {root: [] for root in roots}
    whole: set[Path] = set(wanted)
    for path in paths:
        root, files = base_of(path)
        wanted.setdefault(root, []).extend(files)
        if not files:
            whole.add(root)
    for root, files in wanted.items():
        real = root.resolve()
        below = layers[: roots.index(real)] if real in roots else layers
        yield Target(root, [] if root in whole else files, list(below), bool(paths) or root not in packaged)


def base_of(path: Path) -> tuple[Path, list[str]]:
    """The base that ``path`` is or lies in, and the base-relative files meant (none: all).

    A file beside the folders of records, such as ``exceptions.toml``, is one of the base. Raises
    :class:`BaseError` when there is no such path or no base around it.
    """
    if not path.exists():
        raise BaseError(f"no such file or folder: {path}")
    absolute = path.absolute()
    for root in (absolute, *absolute.parents):
        if not any((root / folder).is_dir() for folder in FOLDERS.values()):
            continue
        if root == absolute:
            return root, []
        inside = absolute.relative_to(root)
        if inside.parts[0] in FOLDERS.values() or (len(inside.parts) == 1 and absolute.is_file()):
            chosen = [stamp.path for stamp in scan(root) if Path(stamp.path).is_relative_to(inside)]
            return root, chosen or [inside.as_posix()]
    raise BaseError(
        f"{path} is no base and lies in none", f"a base has folders such as {', '.join(FOLDERS.values())}"
    )
