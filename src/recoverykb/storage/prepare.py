"""From a file to what the index stores of it: everything that can be worked out without the index.

Kept apart from writing, so that many files can be prepared side by side (:mod:`recoverykb.storage.worker`).
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from recoverykb.fold import words
from recoverykb.problem import Problem
from recoverykb.storage.concepts import Spotter
from recoverykb.storage.files import Entry, read
from recoverykb.storage.rows import (
    LabelRow,
    RecordRow,
    about,
    alike,
    joint,
    labels,
    record_row,
    searchable,
    survey,
)
from recoverykb.storage.scan import Change
from recoverykb.storage.vocabulary import Spelt
from recoverykb.tokens import joined_tokens


class Prepared(NamedTuple):
    """What the index stores of one record. ``texts`` are the tokens of name, labels, summary and body."""

    position: int | None
    row: RecordRow
    labels: Sequence[LabelRow]
    about: Sequence[str]
    joint: Sequence[tuple[int, int, int, str]]
    alike: Sequence[tuple[str, str]]
    cited: Sequence[tuple[str, int]]
    said: str
    spelt: Spelt
    texts: Sequence[str]

    def marked(self, spotter: Spotter, standing: Sequence[str | None] = ()) -> "Prepared":
        """The same with the marks of the concepts it names among its texts; see :meth:`Spotter.marked`."""
        return self._replace(texts=spotter.marked(self.row.id, self.row.country, self.texts, standing))


class PreparedFile(NamedTuple):
    """What the index stores of one file; nothing but the change where the file is gone."""

    change: Change
    records: Sequence[Prepared] = ()
    problems: Sequence[Problem] = ()
    policy: str | None = None
    """JSON: after how many months records are due, if the file is a manifest."""
    hidden: tuple[tuple[str, str], ...] = ()
    """Ids of the records of lower layers that the manifest hides, with the reasons."""


def prepare(roots: Sequence[Path], change: Change, spotter: Spotter | None = None) -> PreparedFile:
    """Read one file of the layer at ``roots[change.layer]``; with a ``spotter`` its texts are marked."""
    if change.stamp is None:
        return PreparedFile(change)
    content = read(roots[change.layer], change.path)
    records = [_prepared(entry, spotter) for entry in content.entries]
    file = PreparedFile(change, records, content.problems)
    for manifest in content.manifest:
        policy = msgspec.json.encode(msgspec.structs.asdict(manifest.review)).decode()
        file = file._replace(policy=policy, hidden=tuple(manifest.hidden.items()))
    return file


def prepare_each(
    roots: Sequence[Path], changes: Iterable[Change], spotter: Spotter
) -> Iterator[PreparedFile]:
    """Prepare one file after the other."""
    return (prepare(roots, change, spotter) for change in changes)


def _prepared(entry: Entry, spotter: Spotter | None) -> Prepared:
    statements, cited = survey(entry.table)
    said = searchable(entry.record, statements)
    found = [words(text) for text in said]
    row = record_row(entry.kind, entry.record)
    found_labels = labels(entry.record)
    searched = entry.kind != "term"  # it is no hit: its words find others
    texts = [joined_tokens(text) if searched else "" for text in found]
    return Prepared(
        position=entry.position,
        row=row,
        labels=found_labels,
        about=about(entry.record),
        joint=joint(entry.record),
        alike=alike(entry.kind, found_labels),
        cited=list(cited.items()),
        said=said.body if searched else "",
        spelt=Spelt.of(found),
        texts=spotter.marked(row.id, row.country, texts) if spotter and searched else texts,
    )
