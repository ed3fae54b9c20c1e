"""Checking a record before it is written: everything that would keep it from being read or believed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from recoverykb.check.context import Context, Item
from recoverykb.check.registry import every_rule
from recoverykb.problem import Problem
from recoverykb.records.decode import decode, problems
from recoverykb.records.types import Strategy
from recoverykb.storage.base import Base
from recoverykb.storage.edit import parse
from recoverykb.storage.layers import Layer
from recoverykb.storage.positions import Positions

_ONLY_WHOLE = frozenset({"RKB005", "RKB103"})
"""Rules that say something only of a whole base: stray files, sources that nothing cites."""


def problems_in(
    base: Base,
    layer: Layer,
    path: str,
    text: str,
    kind: str,
    *,
    today: date,
    position: int | None = None,
    also: Mapping[str, str] | None = None,
) -> list[Problem]:
    """What is wrong with the record of ``kind`` in ``text``, which is to stand in the file ``path``.

    References may lead to any record in use and to those in ``also`` (kind by id), which are written with it.
    """
    whole = parse(text)
    table = whole if position is None else whole[kind][position]
    positions = Positions(text)
    prefix: tuple[str | int, ...] = () if position is None else (kind, position)
    try:
        record = decode(kind, table)
    except msgspec.ValidationError:
        return [_flaw(path, positions, prefix, found) for found in problems(kind, table)]
    services = frozenset(strategy.id for strategy in base.every(Strategy) if strategy.service)
    known = {**base.kinds(), **(also or {})}
    context = Context(
        layer.root, today, [Item(kind, record, path, position)], known, services, {path: positions}
    )
    found = [problem for rule in every_rule() for problem in rule.check(context, rule.info)]
    return sorted(problem for problem in found if problem.file == path and problem.code not in _ONLY_WHOLE)


def _flaw(path: str, positions: Positions, prefix: tuple[str | int, ...], flaw: Any) -> Problem:
    line, column = positions.of((*prefix, *flaw.path))
    where = ".".join(str(part) for part in flaw.path)
    message = f"{where}: {flaw.message}" if where else flaw.message
    return Problem(path, line, column, "RKB002", "error", message, flaw.hint)


def errors(found: list[Problem]) -> list[Problem]:
    """Those of ``found`` with which a record must not be written."""
    return [problem for problem in found if problem.severity == "error"]
