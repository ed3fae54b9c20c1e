"""Giving a record another id, with every reference to it.

The new file is written first, then every reference, and the old file is deleted last: whenever this is
stopped, every reference leads to a record, and the same command goes on where it was stopped.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from recoverykb.errors import UnknownRecordError, UsageError
from recoverykb.keeping.opened import Opened, open_record, read_text, require_inside
from recoverykb.records.exemption import FILE as EXCEPTIONS
from recoverykb.records.references import references
from recoverykb.storage.base import Base
from recoverykb.storage.edit import rewritten
from recoverykb.storage.files import kind_of
from recoverykb.storage.layers import Layer
from recoverykb.storage.parsing import parse
from recoverykb.storage.scan import scan
from recoverykb.storage.write import delete, replace_text


class Renamed(NamedTuple):
    """The file of the record now, and how many references in how many files were changed."""

    file: Path
    references: int
    files: int


def rename(base: Base, old: str, new: str) -> Renamed:
    """Let the record ``old`` have the id ``new``, in its own layer and wherever own layers refer to it.

    Raises :class:`UsageError` for a bundled record and an id that is in use, and :class:`UnknownRecordError`.
    """
    _require_fit(base, old, new)
    kinds = base.kinds()
    if (
        old not in kinds and new in kinds
    ):  # stopped after the old file was deleted: nothing but references is left
        changed = [_refer(file, old, new) for file in _own_files(base)]
        if not any(changed):
            raise UnknownRecordError(f"no record '{old}'", f"there is a record '{new}'")
        return Renamed(open_record(base, new).file, sum(changed), sum(map(bool, changed)))
    opened = open_record(base, old)
    target = _write_new(opened, new)
    going = target != opened.file
    changed = [_refer(place, old, new) for place in _own_files(base) if not (going and place == opened[2:4])]
    if going and opened.before is not None:
        delete(opened.file, opened.before)
    return Renamed(target, sum(changed), sum(map(bool, changed)))


def _require_fit(base: Base, old: str, new: str) -> None:
    import msgspec

    from recoverykb.records.common import Id

    try:
        msgspec.convert(new, Id)
    except msgspec.ValidationError:
        raise UsageError(f"'{new}' is no id", "small letters, digits and single hyphens") from None
    if old == new:
        raise UsageError("that is its id already")
    layers = [place.layer for place in base.places(old)]
    if any(layer.packaged for layer in layers):
        raise UsageError(
            f"{old} is a bundled record, and keeps its id",
            f"recoverykb hide {old}, and add a record of your own",
        )
    taken = [place.layer for place in base.places(new)]
    if taken and old in base.kinds() and not _is_half_done(base, old, new):
        raise UsageError(f"the id '{new}' is in use in {taken[0].name}", "an id stands for one record")


def _is_half_done(base: Base, old: str, new: str) -> bool:
    """Whether ``new`` is the copy of ``old`` that an earlier run, stopped in between, has left."""
    if new not in base.kinds():
        return False
    first, second = open_record(base, old), open_record(base, new)
    return first.layer == second.layer and {**first.table, "id": new} == second.table


def _write_new(opened: Opened, new: str) -> Path:
    """Write the record under its new id; the file it stands in then."""
    text = opened.saying({**opened.table, "id": new})
    if opened.position is not None or Path(opened.path).stem != opened.table["id"]:
        opened.save(text)
        return opened.file
    target = opened.file.with_name(f"{new}.toml")
    require_inside(opened.layer, target)
    if not target.exists() or target.read_bytes() != text.encode():
        replace_text(target, text, None)
    return target


def _own_files(base: Base) -> Iterator[tuple[Layer, str]]:
    """Every file that may refer to a record, in the layers that are not part of the package."""
    for layer in base.layers:
        if not layer.packaged:
            yield from ((layer, stamp.path) for stamp in scan(layer.root) if kind_of(stamp.path))
            if (layer.root / EXCEPTIONS).is_file():
                yield layer, EXCEPTIONS


def _refer(place: tuple[Layer, str], old: str, new: str) -> int:
    """Let every reference to ``old`` in one file lead to ``new``; how many there were."""
    layer, path = place
    file = layer.root / path
    if old.encode() not in file.read_bytes():
        return 0
    before, text = read_text(file)
    kind = kind_of(path) or "exceptions"
    whole = parse(text)
    grouped = whole.get(kind)
    count = 0
    for table in grouped if isinstance(grouped, list) else [whole]:
        for at, told in list(references(kind, table)):
            if told == old:
                _put(table, at, new)
                count += 1
    if count:
        replace_text(file, rewritten(text, whole), before)
    return count


def _put(table: Any, path: tuple[str | int, ...], told: str) -> None:
    for part in path[:-1]:
        table = table[part]
    table[path[-1]] = told
