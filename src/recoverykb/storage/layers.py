"""Which bases are in use, in which order.

Layers stack; later ones win by record id: the bundled base, then the layers of the
configuration file, then ``RECOVERYKB_PATH``, then every ``--kb``.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from recoverykb.errors import BaseError
from recoverykb.records.vocabulary import FOLDERS, MANIFEST
from recoverykb.storage.folders import user_config

PATH_VARIABLE = "RECOVERYKB_PATH"
CONFIG_VARIABLE = "RECOVERYKB_CONFIG"


class Layer(NamedTuple):
    """One base in use. ``name`` is what people see; ``root`` is its folder."""

    name: str
    root: Path
    packaged: bool = False
    """Whether it is part of the installed package, whose files installers may link in from elsewhere."""
    compiled: Path | None = None
    """The index of it that came with the package."""
    origin: str = ""
    """What put it in use: an option, a variable, the configuration file; empty for the bundled base."""


def bundled_root() -> Path:
    """The folder of the curated base: inside the installed package, or beside ``src`` in a checkout."""
    package = Path(__file__).resolve().parents[1]
    packaged = package / "kb"
    return packaged if packaged.is_dir() else package.parents[1] / "kb"


def _compiled_base() -> Path | None:
    """The compiled copy of the curated base, where the package has one."""
    path = Path(__file__).resolve().parents[1] / "base.sqlite3"
    return path if path.is_file() else None


def config_file() -> Path:
    """Where the configuration file is looked for."""
    override = os.environ.get(CONFIG_VARIABLE)
    if override:
        return Path(override)
    return user_config() / "config.toml"


def resolve(chosen: Iterable[Path] = ()) -> list[Layer]:
    """The layers in use, lowest first.

    ``chosen`` holds the folders named with ``--kb``. Raises :class:`BaseError` for a folder that
    does not exist or holds no records, and for a configuration file that cannot be read.
    """
    layers = [Layer("bundled", bundled_root(), packaged=True, compiled=_compiled_base())]
    from_variable = [Path(part) for part in os.environ.get(PATH_VARIABLE, "").split(os.pathsep) if part]
    named = [(root, str(config_file())) for root in _configured()]
    named += [(root, PATH_VARIABLE) for root in from_variable] + [(root, "--kb") for root in chosen]
    for root, origin in named:
        name = (
            (os.path.basename(os.path.abspath(root)) or str(root)).encode(errors="backslashreplace").decode()
        )
        layer = Layer(name, Path(os.path.realpath(root)), origin=origin)
        _require_base(root, layer)
        layers = [known for known in layers if known.root != layer.root] + [layer]
    if not layers[0].root.is_dir():
        raise BaseError(f"the bundled base is missing: {layers[0].root}", "install recoverykb again")
    return layers


def _require_base(root: Path, layer: Layer) -> None:
    if not layer.root.is_dir():
        raise BaseError(f"no base at {root}: not a folder", "name a folder of TOML records")
    if not is_base(layer.root):
        raise BaseError(
            f"no base at {root}: none of its folders holds records",
            f"a base has folders such as {', '.join(FOLDERS.values())}",
        )


def is_base(root: Path) -> bool:
    """Whether the folder ``root`` is a base: it has a manifest or a folder for records."""
    return any((root / name).exists() for name in (MANIFEST, *FOLDERS.values()))


def _configured() -> list[Path]:
    """The folders the configuration file lists under ``layers``; relative ones start at the file."""
    path = config_file()
    try:
        content = path.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise BaseError(f"{path}: cannot be read: {error}") from error
    import tomllib

    try:
        table = tomllib.loads(content)
    except (ValueError, RecursionError) as error:
        raise BaseError(f"{path}: {error}", "mend the file or remove it") from error
    unknown = sorted(table.keys() - {"layers"})
    if unknown:
        raise BaseError(f"{path}: unknown key '{unknown[0]}'", "the only key is 'layers'")
    layers = table.get("layers", [])
    if not isinstance(layers, list) or not all(
        isinstance(entry, str) and "\0" not in entry for entry in layers
    ):
        raise BaseError(f"{path}: 'layers' must be a list of folders", 'for example layers = ["team-kb"]')
    return [path.parent / os.path.expanduser(entry) for entry in layers]
