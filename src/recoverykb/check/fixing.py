"""Mending what needs no judgement, file by file: edited, read again, compared, and only then put in place.

A file that would say anything else afterwards than what was meant, or that somebody changed meanwhile,
stays as it is.
"""

from bisect import bisect, insort
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import tomli

from recoverykb.check.choice import EVERYTHING, Choice
from recoverykb.check.context import Finding, KeyPath
from recoverykb.check.kept import digest_of
from recoverykb.check.remedy import GONE, Named, TextRemedy, WholeFile
from recoverykb.check.runner import Found, Report, examine
from recoverykb.errors import WriteError
from recoverykb.problem import Problem
from recoverykb.storage.layers import Layer
from recoverykb.storage.parsing import parse
from recoverykb.storage.scan import inside
from recoverykb.storage.splice import Edit, splice
from recoverykb.storage.write import move, write_text

_PASSES = 5
"""What one pass mends can show what the next one mends: a record that fits again meets the other rules."""

_CHANGED = "somebody changed the file meanwhile"


class Mended(NamedTuple):
    """A problem that is no more, and what was done; or, if ``done`` is false, why it stays."""

    problem: Problem
    told: str
    done: bool = True


def mend(
    root: Path,
    *,
    today: date,
    only: Iterable[str] = (),
    below: Sequence[Layer] | None = None,
    choice: Choice = EVERYTHING,
) -> tuple[list[Mended], Report]:
    """Mend what has a remedy in the base at ``root``: what was done, and what is left.

    Takes what :func:`recoverykb.check.runner.examine` takes. A file that cannot be written is named among
    what was not done; nothing is left half-written.
    """
    told: list[Mended] = []
    in_vain: set[tuple[str, str, str]] = set()
    names = set(only)
    report = examine(root, today=today, only=names, below=below, choice=choice)
    for _ in range(_PASSES):
        tried = [pair for group in _groups(report, in_vain) for pair in _file(root, report, group)]
        told += [mended for _, mended in tried]
        in_vain |= {_what(mended.problem) for _, mended in tried if not mended.done}
        done = [found for found, mended in tried if mended.done]
        if not done:
            break
        names |= {new for found in done if (new := _new_path(found)) and names}
        report = examine(root, today=today, only=names, below=below, choice=choice)
    return told, report


_Tried = Iterator[tuple[Found, Mended]]


def _what(problem: Problem) -> tuple[str, str, str]:
    """A problem without its line, which moves when other things of the file are mended."""
    return problem.file, problem.code, problem.message


def _groups(report: Report, in_vain: Collection[tuple[str, str, str]]) -> Iterator[list[Found]]:
    """What can be mended and was not yet tried in vain, a group a file."""
    groups: dict[str, list[Found]] = defaultdict(list)
    for found in report.found:
        if found.finding and found.finding.remedy and _what(found.problem) not in in_vain:
            groups[found.problem.file].append(found)
    yield from groups.values()


def _file(root: Path, report: Report, group: Sequence[Found]) -> _Tried:
    """Mend one file: its text first, its name last."""
    path = group[0].problem.file
    texts: list[tuple[Found, Finding, TextRemedy]] = []
    others: list[tuple[Found, WholeFile]] = []
    for found in group:
        finding = found.finding
        if finding is None or finding.remedy is None:
            continue
        if isinstance(finding.remedy, WholeFile):
            others.append((found, finding.remedy))
        else:
            texts.append((found, finding, finding.remedy))
    if texts:
        before = _unchanged(root, path, report)
        if before is None:
            yield from ((found, Mended(found.problem, _CHANGED, done=False)) for found, *_ in texts)
        else:
            yield from _text(root / path, before, texts)
    for found, whole in others:
        try:
            if isinstance(whole, Named):
                move(root / path, (root / path).with_name(whole.name))
            else:
                _rewrite(root, whole.files)
        except WriteError as error:
            yield found, Mended(found.problem, error.message, done=False)
        else:
            yield found, Mended(found.problem, whole.told)


def _rewrite(root: Path, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        if not inside(root, path):
            raise WriteError(f"{path} leads out of the base")
        write_text(root / path, text)


def _unchanged(root: Path, path: str, report: Report) -> bytes | None:
    """What the file holds, if that is what was examined."""
    try:
        before = (root / path).read_bytes()
        return before if digest_of(before) == report.digests[path] else None
    except OSError:
        return None


def _text(file: Path, before: bytes, group: Sequence[tuple[Found, Finding, TextRemedy]]) -> _Tried:
    """Make the edits of every remedy that does not meet another one; the next pass makes those."""
    from recoverykb.storage.positions import Positions

    text = before.decode("utf-8-sig")
    positions = Positions(text)
    edits: list[Edit] = []
    taken: list[tuple[Found, KeyPath, TextRemedy]] = []
    for found, finding, remedy in group:
        whole_path = finding.whole_path
        new = None if positions.doubtful else remedy.edits(positions, whole_path)
        if new is None:
            yield found, Mended(found.problem, "where it stands is not plain enough to edit", done=False)
        elif not any(_meets(edit, edits) for edit in new):
            for edit in new:
                insort(edits, edit)
            taken.append((found, whole_path, remedy))
    after = splice(text.encode(), edits)
    why = _why_not(text, after.decode(), [(path, remedy) for _, path, remedy in taken])
    if not why:
        mark = "\ufeff" if before.startswith(b"\xef\xbb\xbf") else ""
        why = _replace(file, before, mark + after.decode())
    for found, _, remedy in taken:
        yield found, Mended(found.problem, why or remedy.told, done=not why)


def _meets(edit: Edit, edits: list[Edit]) -> bool:
    """Whether ``edit`` meets one of the sorted ``edits``; only its neighbours can do that."""
    after = bisect(edits, edit)
    return any(
        edit.start <= other.end and other.start <= edit.end for other in edits[max(after - 1, 0) : after + 1]
    )


def _why_not(before: str, after: str, changes: Sequence[tuple[KeyPath, TextRemedy]]) -> str:
    """Why ``after`` must not take the place of ``before``; empty if it says exactly what was meant."""
    meant = parse(before)
    for path, remedy in sorted(changes, key=lambda change: _order(change[0]), reverse=True):
        _put(meant, path, remedy)
    try:
        return "" if parse(after) == meant else "the file would say something else afterwards"
    except tomli.TOMLDecodeError as error:
        return f"the file could not be read afterwards: {error}"


def _order(path: KeyPath) -> tuple[tuple[int, str], ...]:
    """Sorts entries of one list by their number, so that the later goes first."""
    return tuple((part, "") if isinstance(part, int) else (0, part) for part in path)


def _put(table: Any, path: KeyPath, remedy: TextRemedy) -> None:
    """Make the value at ``path`` what the remedy makes of it; nothing for what is about the file as such."""
    if not path:
        return
    for part in path[:-1]:
        table = table[part]
    new = remedy.becomes(table[path[-1]])
    if new is GONE:
        del table[path[-1]]
    else:
        table[path[-1]] = new


def _replace(file: Path, before: bytes, after: str) -> str:
    """Write ``after`` if the file still is ``before``; why not, if it could not be."""
    try:
        if file.read_bytes() != before:
            return _CHANGED
        write_text(file, after)
    except WriteError as error:
        return error.message
    except OSError:
        return _CHANGED
    return ""


def _new_path(found: Found) -> str | None:
    """The path of a file that was named anew."""
    remedy = found.finding.remedy if found.finding else None
    folder = found.problem.file.rsplit("/", 1)[0]
    return f"{folder}/{remedy.name}" if isinstance(remedy, Named) else None
