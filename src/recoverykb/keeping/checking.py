"""Checking a record before it is written: everything that would keep it from being read or believed."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

import msgspec

from recoverykb.check.context import Context, Finding, Item, Place
from recoverykb.check.misfits import misfits
from recoverykb.check.registry import READING, RuleInfo, every_rule
from recoverykb.check.runner import as_problem
from recoverykb.problem import Problem
from recoverykb.records.decode import decode
from recoverykb.storage.base import Base
from recoverykb.storage.known import known
from recoverykb.storage.parsing import parse
from recoverykb.storage.positions import Positions

_ONLY_WHOLE = frozenset({"RKB103"})
"""Rules that say something of a record only when every other was seen: a source that nothing cites."""


class Candidate(NamedTuple):
    """A record that is to stand at ``place`` of the base ``root``, in a file of ``text``."""

    root: Path
    place: Place
    text: str


def problems_in(
    base: Base, candidate: Candidate, *, today: date, also: Mapping[str, str] | None = None
) -> list[Problem]:
    """What is wrong with a record that is to be written.

    References may lead to any record, hidden ones too, and to those in ``also`` (kind by id), which
    are written with it.
    """
    root, place, text = candidate
    whole = parse(text)
    kind = place.kind
    table = whole if place.position is None else whole[kind][place.position]
    try:
        record = decode(kind, table)
    except msgspec.ValidationError:
        found = [(READING[1], finding) for finding in misfits(place, table)]
    else:
        others = known(base, hidden=True)
        kinds = {**others.kinds, **(also or {}), record.id: kind}
        own = getattr(record, "retired", None)
        retired = {name: instead for name, instead in others.retired.items() if name != record.id}
        retired |= {record.id: own.successor} if own else {}
        context = Context(root, today, kinds, retired, others.services)
        found = list(_findings(context, Item(place._replace(id=record.id), record, table)))
    positions = Positions(text)
    return sorted(
        as_problem(info, finding, finding.at or positions.of(finding.whole_path)) for info, finding in found
    )


def _findings(context: Context, item: Item) -> Iterator[tuple[RuleInfo, Finding]]:
    """What every rule has against one record, seen alone."""
    for rule in every_rule():
        if rule.info.code in _ONLY_WHOLE:
            continue
        findings = list(rule.check(item)) if rule.check else []
        if rule.across:
            across, fact = rule.across(context), rule.note(item) if rule.note else None
            findings += [*(across.see(item.place, fact) if fact is not None else ()), *across.end()]
        yield from ((rule.info, finding) for finding in findings if finding.place.path == item.place.path)


def errors(found: list[Problem]) -> list[Problem]:
    """Those of ``found`` with which a record must not be written."""
    return [problem for problem in found if problem.severity == "error"]
