"""Checking a record before it is written: everything that would keep it from being read or believed."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from recoverykb.check.context import Context, Finding, Item, Place
from recoverykb.check.misfits import misfits
from recoverykb.check.registry import READING, RuleInfo, every_rule
from recoverykb.check.runner import as_problem
from recoverykb.problem import Problem
from recoverykb.records.decode import decode
from recoverykb.records.types import AnyRecord, Strategy
from recoverykb.storage.base import Base
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
        services = frozenset(strategy.id for strategy in base.every(Strategy) if strategy.service)
        context = Context(root, today, {**base.kinds(hidden=True), **(also or {})}, services)
        found = list(_findings(context, place._replace(id=record.id), record, table))
    positions = Positions(text)
    return sorted(as_problem(info, finding, positions) for info, finding in found)


def _findings(
    context: Context, place: Place, record: AnyRecord, table: dict[str, Any]
) -> Iterator[tuple[RuleInfo, Finding]]:
    """What every rule has against one record, seen alone."""
    item = Item(place, record, table)
    context.kinds[record.id] = place.kind
    for rule in every_rule():
        if rule.info.code in _ONLY_WHOLE:
            continue
        findings = list(rule.check(item, context)) if rule.check else []
        if rule.across:
            across = rule.across(context)
            findings += [*across.see(item), *across.end()]
        yield from ((rule.info, finding) for finding in findings if finding.place.path == place.path)


def errors(found: list[Problem]) -> list[Problem]:
    """Those of ``found`` with which a record must not be written."""
    return [problem for problem in found if problem.severity == "error"]
