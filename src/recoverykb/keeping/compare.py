"""Two states of a base, read from git as far as they differ."""

import tomli

from recoverykb.keeping.opened import read_text
from recoverykb.records.vocabulary import MANIFEST
from recoverykb.storage.base import Base
from recoverykb.storage.files import kind_of
from recoverykb.storage.parsing import UNDECIDED, parse
from recoverykb.storage.revisions import changed_files
from recoverykb.views.changes import State, changes_document
from recoverykb.views.document import Document

States = dict[str, State]
_UNREADABLE = "cannot be read"


def diff_document(base: Base, old: str, new: str | None) -> Document:
    """What changed in the topmost layer from revision ``old`` to ``new``, or to the folder as it is.

    A record that is new there, in place of one of a lower layer, is compared with that. Raises
    :class:`recoverykb.errors.UsageError` where git cannot say.
    """
    root = base.layers[-1].root
    before: States = {}
    after: States = {}
    unreadable: dict[str, str] = {}
    for change in changed_files(root, old, new):
        was: States = {}
        now: States = {}
        for content, states in ((change.before, was), (change.after, now)):
            if content is not None and (why := _read(change.path, content, states)):
                unreadable[change.path] = why
        if change.path not in unreadable:  # nobody knows what became of the records in the others
            before |= was
            after |= now
    copies = {record: state for record in after.keys() - before.keys() if (state := _below(base, record))}
    title = f"Changes since {old}" if new is None else f"Changes from {old} to {new}"
    return changes_document(before, after, title, unreadable=unreadable, copies=copies)


def _below(base: Base, record_id: str) -> State | None:
    """The record with this id in the layers below the topmost, if one of them has it."""
    for place in base.places(record_id):
        if place.layer != base.layers[-1]:
            _, text = read_text(place.layer.root / place.path)
            table = parse(text)
            return State(place.kind, table if place.position is None else table[place.kind][place.position])
    return None


def _read(path: str, content: bytes, states: States) -> str:
    """Put the records of a file among ``states``; why not, where it cannot be read."""
    kind = kind_of(path)
    if kind is None and path != MANIFEST:
        return ""
    try:
        table = parse(content.decode())
    except (UnicodeDecodeError, tomli.TOMLDecodeError, RecursionError) as error:
        return UNDECIDED if getattr(error, "msg", "") == UNDECIDED else _UNREADABLE
    if kind is None:
        states[MANIFEST] = State("", table)
        return ""
    grouped = table.get(kind)
    for entry in grouped if isinstance(grouped, list) else [table]:
        if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
            return _UNREADABLE
        states[entry["id"]] = State(kind, entry)
    return ""
