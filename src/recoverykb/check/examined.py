"""What can be said of one file whatever else there is: its records, findings, facts for the other rules.

It follows from the text of the file and the program alone, so it can be kept until either changes. What was
just examined is written and read like what was kept, so that both lead to the same report.
"""

from collections.abc import Callable
from functools import cache
from types import GenericAlias
from typing import Any, NamedTuple, get_type_hints

import msgspec

from recoverykb.check.context import File, Finding, Item, Place
from recoverykb.check.misfits import from_flaw, misfits
from recoverykb.check.registry import READING, RuleInfo, every_rule
from recoverykb.records.decode import decode, problems_of
from recoverykb.records.manifest import Manifest
from recoverykb.records.vocabulary import MANIFEST
from recoverykb.storage.files import Loaded, kind_of, tables

MISFIT = READING[1]
"""What reports a table that is no record."""


class Seen(NamedTuple):
    """A record of a file: its place in a grouped file, its id, and its successor if it is retired."""

    position: int | None
    id: str
    retired: bool = False
    successor: str | None = None


class Examined(NamedTuple):
    """What the rules say of one file: codes and findings, and what each of :func:`notes` noted."""

    findings: list[tuple[str, Finding]]
    facts: tuple[list[Any], ...]
    """In the order of the functions; of each a fact or ``None`` for every record, or nothing at all."""


@cache
def notes() -> tuple[Callable[[Item], Any], ...]:
    """The functions that note facts, each once."""
    return tuple(dict.fromkeys(rule.note for rule in every_rule() if rule.note))


ENCODER = msgspec.msgpack.Encoder()


@cache
def _decoder() -> msgspec.msgpack.Decoder[Any]:
    """What reads an :class:`Examined`, with facts of the types that the functions say they note."""
    noted = [get_type_hints(note)["return"] for note in notes()]
    facts = GenericAlias(tuple, tuple(GenericAlias(list, (hint | None,)) for hint in noted))
    return msgspec.msgpack.Decoder(type=GenericAlias(tuple, (list[tuple[str, Finding]], facts)))


def read(written: bytes | memoryview) -> Examined:
    """What was found in a file, as :data:`ENCODER` wrote it."""
    return Examined(*_decoder().decode(written))


def examine_file(path: str, loaded: Loaded, *, schemas: bool) -> tuple[list[Seen], Examined]:
    """The records of the file at the base-relative ``path``, and what every rule says of it.

    ``schemas``: its base has a folder of schemas.
    """
    kind = kind_of(path) or ""
    entries = list(tables(kind, loaded.table)) if kind else []
    file = File(path, loaded.text, any(position is not None for position, _ in entries), schemas)
    findings: list[tuple[RuleInfo, Finding]] = []
    if path == MANIFEST:
        findings += [(MISFIT, from_flaw(Place(path), flaw)) for flaw in problems_of(Manifest, loaded.table)]
    for rule in every_rule():
        if rule.check_file:
            findings += [(rule.info, finding) for finding in rule.check_file(file)]
    seen: list[Seen] = []
    facts: tuple[list[Any], ...] = tuple([] for _ in notes())
    for position, table in entries:
        place = Place(path, kind, position)
        try:
            record = decode(kind, table)
        except msgspec.ValidationError:
            findings += [(MISFIT, finding) for finding in misfits(place, table)]
            continue
        item = Item(place._replace(id=record.id), record, table)
        retired = getattr(record, "retired", None)
        seen.append(Seen(position, record.id, retired is not None, retired.successor if retired else None))
        for rule in every_rule():
            if rule.check:
                findings += [(rule.info, finding) for finding in rule.check(item)]
        for noted, note in zip(facts, notes(), strict=True):
            noted.append(note(item))
    kept = tuple(noted if any(fact is not None for fact in noted) else [] for noted in facts)
    return seen, Examined([(info.code, finding) for info, finding in findings], kept)
