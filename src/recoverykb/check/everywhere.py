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
        folder = _seen_from(start, target.root)
        if fix and target.own:
            told, report = mend(target.root, today=today, only=target.only, below=target.below, choice=choice)
        else:
            report = examine(target.root, today=today, only=target.only, below=target.below, choice=choice)
        remedies = [found.finding.remedy for found in report.found if found.finding]
        outcome = Outcome(
            outcome.problems + [_shown(found.problem, folder) for found in report.found],
            outcome.mended + [one._replace(problem=_shown(one.problem, folder)) for one in told],
            outcome.excepted + report.excepted,
            outcome.mendable + sum(remedy is not None for remedy in remedies),
            outcome.remarks + ([report.remark] if report.remark else []),
        )
    return outcome


def _shown(problem: Problem, folder: str) -> Problem:
    """``problem`` with its file as seen from where the base is ``folder``."""
    return problem._replace(file=folder + problem.file.replace("/", os.sep))


def _seen_from(start: Path, root: Path) -> str:
    """What leads from the folder ``start`` into the base at ``root``, if both are on one drive."""
    try:
        folder = os.path.relpath(root, start)
    except ValueError:
        folder = str(root)
    return "" if folder == os.curdir else f"{folder}{os.sep}"
