"""What can be said of one file whatever else there is: its records, findings, facts for the other rules.

It follows from the text of the file and the program alone, so it can be kept until either changes. What was
just examined is written and read like what was kept, so that both lead to the same report.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from types import GenericAlias
from typing import Any, NamedTuple, get_type_hints

import msgspec

from recoverykb.check.context import Across, File, Finding, Item, Place
from recoverykb.check.misfits import from_flaw, misfits
from recoverykb.check.registry import READING, Rule, RuleInfo, every_rule
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
    """What the rules say of one file: the code and the finding; and the facts they note, as written.

    ``facts`` holds a list by the name of each function that noted something: a fact or ``None`` a record.
    """

    findings: list[tuple[str, Finding]]
    facts: dict[str, msgspec.Raw]


class Noting(NamedTuple):
    """A function that notes facts, its name, and what reads back what it noted."""

    name: str
    function: Callable[[Item], Any]
    decoder: msgspec.msgpack.Decoder[list[Any]]


ENCODER = msgspec.msgpack.Encoder()


def noting(across: type[Across[Any]]) -> Noting | None:
    """How a rule notes facts; ``None`` for one that looks at no record."""
    return None if across.facts is Across.facts else _noting(across.facts)


@cache
def _noting(function: Callable[[Item], Any]) -> Noting:
    noted = get_type_hints(function)["return"]
    decoder = msgspec.msgpack.Decoder(type=GenericAlias(list, (noted | None,)))
    return Noting(f"{function.__module__}.{function.__qualname__}", function, decoder)


class Rules:
    """The rules that look at one record or one file, and the functions that note facts."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        found = list(rules)
        self.checks = [(rule.info, rule.check) for rule in found if rule.check]
        self.file_checks = [(rule.info, rule.check_file) for rule in found if rule.check_file]
        noted = (noting(rule.across) for rule in found if rule.across)
        self.noting = list(dict.fromkeys(entry for entry in noted if entry))


@cache
def every() -> Rules:
    """All of them."""
    return Rules(every_rule())


def examine_file(path: str, loaded: Loaded, *, schemas: bool) -> tuple[list[Seen], Examined]:
    """The records of the file at the base-relative ``path``, and what every rule says of it.

    ``schemas``: its base has a folder of schemas.
    """
    rules = every()
    kind = kind_of(path) or ""
    entries = list(tables(kind, loaded.table)) if kind else []
    file = File(path, loaded.text, any(position is not None for position, _ in entries), schemas)
    findings: list[tuple[RuleInfo, Finding]] = []
    if path == MANIFEST:
        findings += [(MISFIT, from_flaw(Place(path), flaw)) for flaw in problems_of(Manifest, loaded.table)]
    for info, check_file in rules.file_checks:
        findings += [(info, finding) for finding in check_file(file)]
    seen: list[Seen] = []
    facts: dict[str, list[Any]] = {noting.name: [] for noting in rules.noting}
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
        findings += [(info, finding) for info, check in rules.checks for finding in check(item)]
        for noting in rules.noting:
            facts[noting.name].append(noting.function(item))
    kept = {name: noted for name, noted in facts.items() if any(fact is not None for fact in noted)}
    return seen, Examined(
        [(info.code, finding) for info, finding in findings],
        {name: msgspec.Raw(ENCODER.encode(noted)) for name, noted in kept.items()},
    )


def standing(path: str, seen: Iterable[Seen]) -> Iterator[Place]:
    """Where each record of the file at ``path`` stands."""
    kind = kind_of(path) or ""
    return (Place(path, kind, position, record_id) for position, record_id, *_ in seen)
