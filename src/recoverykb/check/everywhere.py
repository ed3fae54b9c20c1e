"""Checking, and mending, everything that a command line names."""

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from recoverykb.check.choice import Choice
from recoverykb.check.fixing import Mended, mend
from recoverykb.check.runner import examine
from recoverykb.check.targets import targets
from recoverykb.problem import Problem
from recoverykb.storage.layers import resolve


class Outcome(NamedTuple):
    """What is wrong in all bases that were meant, and what was done about it."""

    problems: list[Problem]
    mended: list[Mended]
    excepted: int
    """So many problems are left out by exceptions."""
    mendable: int
    """So many of the problems ``--fix`` may mend."""
    remarks: list[str]
    """What else there is to say of how it was done."""


def check(paths: Sequence[Path], choice: Choice, today: date, start: Path, *, fix: bool) -> Outcome:
    """Examine the bases that ``paths`` mean, or every layer; with ``fix`` mend them first.

    The packaged base is only mended where it is named. Files are told as seen from the folder ``start``.
    Raises :class:`BaseError` for a path that is in no base.
    """
    outcome = Outcome([], [], 0, 0, [])
    for target in targets(paths, resolve()):
        told: list[Mended] = []
        if fix and target.own:
            told, report = mend(target.root, today=today, only=target.only, below=target.below, choice=choice)
        else:
            report = examine(target.root, today=today, only=target.only, below=target.below, choice=choice)
        remedies = [found.finding.remedy for found in report.found if found.finding]
        outcome = Outcome(
            outcome.problems + [_shown(found.problem, target.root, start) for found in report.found],
            outcome.mended + [one._replace(problem=_shown(one.problem, target.root, start)) for one in told],
            outcome.excepted + report.excepted,
            outcome.mendable + sum(remedy is not None for remedy in remedies),
            outcome.remarks + ([report.remark] if report.remark else []),
        )
    return outcome


def _shown(problem: Problem, root: Path, start: Path) -> Problem:
    """``problem`` of the base at ``root``, its file as seen from the folder ``start``, if on one drive."""
    file = root / problem.file
    try:
        return problem._replace(file=os.path.relpath(file, start))
    except ValueError:
        return problem._replace(file=str(file))
