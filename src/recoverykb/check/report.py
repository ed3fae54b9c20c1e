"""What a check found and did, as text, JSON or GitHub annotations."""

import json
import os
from collections.abc import Iterator, Sequence

from recoverykb.check.everywhere import Outcome
from recoverykb.check.fixing import Mended
from recoverykb.problem import Problem
from recoverykb.render.safe import clean, one_line


def report(problems: Sequence[Problem], format_name: str, mended: Sequence[Mended] | None = None) -> str:
    """``problems`` as ``text``, ``json`` or ``github`` annotations; ``json`` says so when there are none.

    ``mended``: what ``--fix`` did; only JSON has it, under ``fixed``.
    """
    if format_name == "json":
        data: dict[str, object] = {"problems": [problem.data() for problem in problems]}
        if mended is not None:
            data["fixed"] = [{**one.problem.data(), "did": one.told} for one in mended if one.done]
        return json.dumps(data, indent=2) + "\n"
    if format_name == "github":
        return "".join(f"{_annotation(problem)}\n" for problem in problems)
    return "".join(f"{one_line(str(problem))}\n" for problem in problems)


def done(mended: Sequence[Mended]) -> Iterator[str]:
    """A line for each thing that ``--fix`` did, or tried in vain."""
    for one in mended:
        place = f"{one.problem.file}:{one.problem.line}:{one.problem.column}: {one.problem.code}"
        yield f"{'fixed' if one.done else 'not fixed'} {place} {one.told}"


def summary(outcome: Outcome) -> str:
    """One line of numbers."""
    errors = sum(problem.severity == "error" for problem in outcome.problems)
    parts = [f"{_number(errors, 'error')}, {_number(len(outcome.problems) - errors, 'warning')}"]
    done = sum(one.done for one in outcome.mended)
    if done:
        parts.append(f"{done} fixed")
    elif outcome.mendable and not outcome.mended:
        parts.append(f"--fix mends {outcome.mendable} of them")
    if outcome.excepted:
        parts.append(f"{outcome.excepted} more left out by exceptions.toml")
    return "; ".join(parts)


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _annotation(problem: Problem) -> str:
    """A workflow command of GitHub Actions, escaped as the toolkit of the runner does it.

    In the message ``%`` and line ends are escaped, in properties ``:`` and ``,`` as well
    (``packages/core/src/command.ts`` of actions/toolkit). Paths have forward slashes there.
    """
    message = problem.message + (f" ({problem.hint})" if problem.hint else "")
    file = problem.file.replace(os.sep, "/")
    place = f"file={_escape(file, ':,')},line={max(problem.line, 1)},col={max(problem.column, 1)}"
    return f"::{problem.severity} {place},title={problem.code}::{_escape(message, '')}"


def _escape(text: str, more: str) -> str:
    """``text`` without what would end or split a command; other control characters are shown as such."""
    for char in "%\r\n" + more:
        text = text.replace(char, f"%{ord(char):02X}")
    return clean(text)
