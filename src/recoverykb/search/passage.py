"""The passage of a record that matched: the sentence of its text that holds most of the query."""

import json
import sqlite3
from collections.abc import Sequence

from recoverykb.search.reading import Reading
from recoverykb.tokens import tokens

_LONGEST = 240
"""Characters of a passage; a longer sentence is shown from a little before its first match."""
_MOST_TEXT = 40_000
"""Characters of a record's text that are looked through."""


def passages(connection: sqlite3.Connection, record_ids: Sequence[str], reading: Reading) -> dict[str, str]:
    """For each record the passage that matched, unless name and summary (shown anyway) hold as much."""
    wanted = {token for token, empty in zip(reading.tokens, reading.bare, strict=True) if not empty}
    rows = connection.execute(
        "select record.id, record.name, record.summary, said from record "
        "join content on content.rowid = record.rowid "
        "where active and id in (select value from json_each(?))",
        (json.dumps(list(record_ids)),),
    )
    found: dict[str, str] = {}
    for record_id, name, summary, said in rows:
        shown = len(wanted.intersection(tokens(f"{name} {summary}")))
        if shown < len(wanted):
            passage, held = _best(said[:_MOST_TEXT], wanted)
            if held > shown:
                found[record_id] = passage
    return found


def _best(said: str, wanted: set[str]) -> tuple[str, int]:
    """The first of the lines that hold most of the ``wanted`` tokens, and how many it holds."""
    beginnings = tuple({token[:4] for token in wanted})
    best, most = "", 0
    for line in said.split("\n"):
        lower = line.lower()
        if not line.isascii() or any(beginning in lower for beginning in beginnings):
            held = len(wanted.intersection(tokens(line)))
            if held > most:
                best, most = line, held
    return _cut(best, wanted), most


def _cut(line: str, wanted: set[str]) -> str:
    """At most ``_LONGEST`` characters of ``line``, around the first word that is wanted."""
    if len(line) <= _LONGEST:
        return line
    place = 0
    for word in line.split():
        if wanted.intersection(tokens(word)):
            break
        place += len(word) + 1
    start = max(0, min(place - _LONGEST // 4, len(line) - _LONGEST))
    start = line.rfind(" ", 0, start) + 1
    end = line.rfind(" ", start, start + _LONGEST)
    end = len(line) if start + _LONGEST >= len(line) else end if end > start else start + _LONGEST
    return ("… " if start else "") + line[start:end] + (" …" if end < len(line) else "")
