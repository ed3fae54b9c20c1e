"""Keeping a record of a lower layer out of sight, and showing it again."""

from pathlib import Path

from recoverykb.errors import UnknownRecordError, UsageError
from recoverykb.keeping.opened import own_layer, read_text, require_inside
from recoverykb.keeping.start import manifest_text
from recoverykb.records.vocabulary import MANIFEST
from recoverykb.storage.base import Base
from recoverykb.storage.edit import rewritten
from recoverykb.storage.parsing import parse
from recoverykb.storage.write import replace_text


def hide(base: Base, record_id: str, reason: str) -> Path:
    """Say in the manifest of the topmost layer that a record of a lower one is not to be shown.

    Raises :class:`UnknownRecordError`, and :class:`UsageError` for a record of that layer itself.
    """
    own = own_layer(base)
    place = base.place(record_id)
    if place.kind == "source":
        raise UsageError(
            f"{record_id} is a source: facts rest on it", "hide or change the records that cite it"
        )
    if place.layer == own:
        raise UsageError(
            f"{record_id} stands in this base itself",
            "recoverykb retire keeps it with a reason; or delete its file",
        )
    return _change(base, {record_id: reason})


def show_again(base: Base, record_id: str) -> Path:
    """Take a record out of what the topmost layer hides. Raises :class:`UnknownRecordError`."""
    return _change(base, {record_id: None})


def _change(base: Base, wanted: dict[str, str | None]) -> Path:
    own = own_layer(base)
    file = own.root / MANIFEST
    require_inside(own, file)
    before, text = read_text(file) if file.exists() else (None, manifest_text(own.name))
    table = parse(text)
    hidden = dict(table.get("hidden", {}))
    for record_id, reason in wanted.items():
        if reason is not None:
            hidden[record_id] = reason
        elif hidden.pop(record_id, None) is None:
            raise UnknownRecordError(f"this base does not hide '{record_id}'", "see 'recoverykb layers'")
    replace_text(file, rewritten(text, {**table, "hidden": dict(sorted(hidden.items()))}), before)
    return file
