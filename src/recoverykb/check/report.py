"""Problems as text, JSON or GitHub annotations."""

import json
from collections.abc import Sequence

from recoverykb.check.registry import explain
from recoverykb.errors import UsageError
from recoverykb.problem import Problem
from recoverykb.render.safe import one_line


def report(problems: Sequence[Problem], format_name: str) -> str:
    """``problems`` as ``text``, ``json`` or ``github`` annotations; ``json`` says so when there are none."""
    if format_name == "json":
        return json.dumps({"problems": [problem.data() for problem in problems]}, indent=2) + "\n"
    line = _annotation if format_name == "github" else str
    return "".join(f"{one_line(line(problem))}\n" for problem in problems)


def _annotation(problem: Problem) -> str:
    """A workflow command of GitHub Actions; its own separators are escaped."""
    message = problem.message + (f" ({problem.hint})" if problem.hint else "")
    place = f"file={_escape(problem.file, ':,')},line={max(problem.line, 1)},col={max(problem.column, 1)}"
    return f"::{problem.severity} {place},title={problem.code}::{_escape(message, '')}"


def _escape(text: str, more: str) -> str:
    for char in "%\r\n" + more:
        text = text.replace(char, f"%{ord(char):02X}")
    return text


def explanation(code: str) -> str:
    """What a code means and what to do. Raises :class:`UsageError` for a code that does not exist."""
    info = explain(code)
    if info is None:
        raise UsageError(f"no check has the code '{code}'", "codes stand in the output of check")
    return f"{info.code} ({info.severity}): {info.title}\n\n{info.explanation}\n"
