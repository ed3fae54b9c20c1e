"""A record as it stands in its file, to be changed there.

A record of the bundled base is never changed: the team's base gets a copy with the change, which
counts from then on in its place.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import tomli

from recoverykb.check.context import Place
from recoverykb.errors import BaseError, UsageError, WriteError
from recoverykb.keeping.checking import Candidate
from recoverykb.records.vocabulary import FOLDERS
from recoverykb.storage.base import Base
from recoverykb.storage.edit import rewritten
from recoverykb.storage.encode import new_file
from recoverykb.storage.layers import Layer
from recoverykb.storage.parsing import DECIDE, UNDECIDED, parse
from recoverykb.storage.schemas import with_schema_line
from recoverykb.storage.write import replace_text


class Opened(NamedTuple):
    """A record that may be changed: what it says, and the file that is to say it."""

    kind: str
    table: dict[str, Any]
    """The record as it stands in the file; not to be changed in place."""
    layer: Layer
    """The layer that is written to."""
    path: str
    """The file, relative to the layer."""
    position: int | None
    """The place among several records in the file."""
    text: str
    """The text the change starts from."""
    before: bytes | None
    """What the file to be written holds; ``None`` where it is new."""

    @property
    def file(self) -> Path:
        """The file that is written."""
        return self.layer.root / self.path

    def candidate(self, text: str) -> Candidate:
        """The record as it would stand in its file, were that ``text``; to be checked."""
        return Candidate(self.layer.root, Place(self.path, self.kind, self.position), text)

    def saying(self, table: Mapping[str, Any]) -> str:
        """The text of the file once the record says ``table``; every other byte as it is.

        Raises :class:`recoverykb.storage.edit.EditError` where that cannot be done in place.
        """
        if self.position is None:
            return rewritten(self.text, table)
        whole = parse(self.text)
        whole[self.kind][self.position] = dict(table)
        return rewritten(self.text, whole)

    def save(self, text: str) -> None:
        """Write ``text`` into the file. Raises :class:`WriteError` when that fails or the file changed."""
        require_inside(self.layer, self.file)
        replace_text(self.file, text, self.before)


def own_layer(base: Base) -> Layer:
    """The layer that new records go into: the topmost one that is not part of the package.

    Raises :class:`UsageError` when there is none.
    """
    layer = base.layers[-1]
    if layer.packaged:
        raise UsageError(
            "no base of your own is in use, and the bundled one is not written to",
            "make one with 'recoverykb init FOLDER' and name it with --kb, or in the configuration file",
        )
    return layer


def open_record(base: Base, record_id: str) -> Opened:
    """The record with this id, to be changed in its own layer, or as a copy in the topmost one.

    Raises :class:`UnknownRecordError`, :class:`UsageError` without a base to write to, and
    :class:`BaseError` when the file cannot be read.
    """
    place = base.place(record_id)
    source = place.layer.root / place.path
    content, text = read_text(source)
    table = parse(text)
    if place.position is not None:
        table = table[place.kind][place.position]
    if not place.layer.packaged:
        return Opened(place.kind, table, place.layer, place.path, place.position, text, content)
    own = own_layer(base)
    path = path_of(place.kind, record_id)
    copy = text if place.position is None else new_file(place.kind, table)
    return Opened(place.kind, table, own, path, None, with_schema_line(own.root, path, copy), None)


def path_of(kind: str, record_id: str) -> str:
    """Where a new record stands in its base."""
    return f"{FOLDERS[kind]}/{record_id}.toml"


def read_text(file: Path) -> tuple[bytes, str]:
    """The bytes and the text of a file of TOML. Raises :class:`BaseError` when it cannot be read."""
    try:
        content = file.read_bytes()
        text = content.decode()
        parse(text)
    except OSError as error:
        raise BaseError(f"{file} cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, tomli.TOMLDecodeError) as error:
        if isinstance(error, tomli.TOMLDecodeError) and error.msg == UNDECIDED:
            raise BaseError(f"{file}:{error.lineno}:{error.colno}: {UNDECIDED}", DECIDE) from error
        raise BaseError(
            f"{file} cannot be read: {error}", "mend it; 'recoverykb check' says where"
        ) from error
    return content, text


def require_inside(layer: Layer, file: Path) -> None:
    """Raise :class:`WriteError` where ``file`` leads out of its base through a symbolic link."""
    if not Path(os.path.realpath(file)).is_relative_to(os.path.realpath(layer.root)):
        raise WriteError(
            f"{file} leads out of the base through a link; nothing was written",
            "a base is a folder and stays in it: put the file itself there",
        )
