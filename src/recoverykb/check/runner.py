"""Judging a base by the rules, file after file, so that its size does not matter.

What the rules say of one file comes from :mod:`recoverykb.check.kept`, which examines only what changed since
the last check; what they say of records by one another is worked out here, from the facts that were noted.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from recoverykb.check.choice import EVERYTHING, Choice
from recoverykb.check.context import Context, Finding, KeyPath, Place
from recoverykb.check.examined import MISFIT, Examined, examine_file, notes
from recoverykb.check.exceptions import Exceptions, has_exceptions
from recoverykb.check.kept import Kept, Places, digest_of, with_kept
from recoverykb.check.registry import EXCEPTIONS, RuleInfo, every_rule
from recoverykb.problem import Problem
from recoverykb.records.exemption import FILE
from recoverykb.storage.base import Base
from recoverykb.storage.files import Loaded, kind_of, load_bytes, parse
from recoverykb.storage.known import NOTHING, Known, known
from recoverykb.storage.layers import Layer, resolve
from recoverykb.storage.schemas import FOLDER as SCHEMAS


class Report(NamedTuple):
    """What was found in a base, and how much of it its exceptions leave out."""

    found: list["Found"]
    excepted: int
    digests: Mapping[str, bytes]
    """What stands for the bytes of each file as examined, so that what is mended is what was examined."""
    remark: str = ""
    """Why the next check has to examine every file again, where what was found cannot be kept."""


class Found(NamedTuple):
    """A problem, and the finding behind it, which may know a remedy; files are relative to the base."""

    problem: Problem
    finding: Finding | None = None


def check_base(
    root: Path,
    *,
    today: date,
    only: Iterable[str] = (),
    below: Sequence[Layer] | None = None,
    choice: Choice = EVERYTHING,
) -> list[Problem]:
    """The problems of the base at ``root``, as :func:`examine` finds them."""
    report = examine(root, today=today, only=only, below=below, choice=choice)
    return [found.problem for found in report.found]


def examine(
    root: Path,
    *,
    today: date,
    only: Iterable[str] = (),
    below: Sequence[Layer] | None = None,
    choice: Choice = EVERYTHING,
) -> Report:
    """Every problem of the base at ``root``, sorted; of the files ``only`` (base-relative) where given.

    References may also point into the layers ``below``, the bundled base when they are left out. What
    ``exceptions.toml`` of the base excepts is left out. Raises :class:`BaseError` when a layer below
    cannot be read.
    """
    layers = resolve()[:1] if below is None else below
    others = _known([layer for layer in layers if layer.root != root.resolve()])

    def judge(kept: Kept) -> Report:
        run = _Run(root, choice, set(only))
        exceptions = Exceptions(root, today)
        run.judge(kept, others, today)
        run.look_at(exceptions)
        found = sorted(run.located(exceptions, kept), key=lambda found: found.problem)
        kept.keep_places(run.looked_up)
        return Report(found, run.excepted, run.digests, kept.remark)

    return with_kept(root, judge)


class _Run:
    """One run of the chosen rules over one base."""

    def __init__(self, root: Path, choice: Choice, only: set[str]) -> None:
        self.root = root
        self.choice = choice
        self.only = only
        self.unreadable: list[Problem] = []
        self.digests: dict[str, bytes] = {}
        self.excepted = 0
        self.findings: dict[str, list[tuple[RuleInfo, Finding]]] = defaultdict(list)
        self.rules = [rule for rule in every_rule() if choice.wants(rule.info.code)]
        self.looked_up: list[tuple[str, bytes, Places]] = []
        self.infos = {info.code: info for info in (MISFIT, *(rule.info for rule in self.rules))}

    def judge(self, kept: Kept, others: Known, today: date) -> None:
        """Take what was found in each file, and let the other rules see the facts of every record."""
        self.unreadable += kept.unreadable
        standing: dict[str, list[Place]] = {}
        context = self._context(kept, others, today, standing)
        across = [(rule, rule.across(context)) for rule in self.rules if rule.across]
        judges = [[(rule.info, judge.see) for rule, judge in across if rule.note is note] for note in notes()]
        for path, examined in kept.examined():
            self._take_kept(examined)
            for facts, judging in zip(examined.facts, judges, strict=True):
                if facts and judging:
                    for place, fact in zip(standing[path], facts, strict=True):
                        if fact is not None:
                            for info, see in judging:
                                self._take(info, see(place, fact))
        for rule, judge in across:
            self._take(rule.info, judge.end())

    def _context(self, kept: Kept, others: Known, today: date, standing: dict[str, list[Place]]) -> Context:
        """What is known of the base and the layers below it; puts every record into ``standing``, by file."""
        kinds, retired = dict(others.kinds), dict(others.retired)
        for path, digest, seen in kept.files():
            self.digests[path] = digest
            kind = kind_of(path) or ""
            standing[path] = [Place(path, kind, position, record_id) for position, record_id, *_ in seen]
            for _, record_id, is_retired, successor in seen:
                kinds[record_id] = kind
                if is_retired:
                    retired[record_id] = successor
                elif record_id in retired:
                    del retired[record_id]
        return Context(self.root, today, kinds, retired, others.services)

    def look_at(self, exceptions: Exceptions) -> None:
        """Take what is wrong with the exceptions, and with their file as a file."""
        self._take(MISFIT, exceptions.misfits)
        if not has_exceptions(self.root):
            return
        data = load_bytes(self.root, FILE)
        loaded = parse(FILE, data) if isinstance(data, bytes) else data
        if isinstance(data, bytes) and isinstance(loaded, Loaded):
            self.digests[FILE] = digest_of(data)
            self._take_kept(examine_file(FILE, loaded, schemas=(self.root / SCHEMAS).is_dir())[1])
        elif isinstance(loaded, Problem):
            self.unreadable.append(loaded)

    def _take_kept(self, examined: Examined) -> None:
        for code, finding in examined.findings:
            if code in self.infos:
                self._take(self.infos[code], (finding,))

    def _take(self, info: RuleInfo, findings: Iterable[Finding]) -> None:
        if findings:
            for finding in findings:
                self.findings[finding.place.path].append((info, finding))

    def located(self, exceptions: Exceptions, kept: Kept) -> Iterator[Found]:
        """What was found and is not excepted, with line and column; one file is parsed at a time."""
        yield from (Found(problem) for problem in self.unreadable if self._wanted(problem.file))
        for path, findings in self.findings.items():
            left = [pair for pair in findings if not exceptions.allow(pair[0].code, pair[1])]
            if self._wanted(path):
                self.excepted += len(findings) - len(left)
                yield from self._locate(path, left, kept)
        if self._wanted(FILE):
            over, unused = EXCEPTIONS
            told = [(over, finding) for finding in exceptions.over()]
            told += [(unused, finding) for finding in exceptions.unused(self.choice)]
            told = [pair for pair in told if self.choice.wants(pair[0].code)]
            yield from self._locate(FILE, told, kept)

    def _wanted(self, path: str) -> bool:
        return not self.only or path in self.only

    def _locate(self, path: str, findings: Sequence[tuple[RuleInfo, Finding]], kept: Kept) -> Iterator[Found]:
        """The ``findings`` in the file at ``path`` as problems with line and column."""
        inside = [found.whole_path for _, found in findings if found.path and found.at is None]
        places = self._places(path, inside, kept) if inside else {}
        for info, finding in findings:
            at = finding.at or places.get(finding.whole_path, (1, 1))
            yield Found(as_problem(info, finding, at), finding)

    def _places(self, path: str, wanted: Sequence[KeyPath], kept: Kept) -> Places:
        """Line and column of all that is ``wanted`` in a file, which is parsed only for what is new."""
        digest = self.digests.get(path, b"")
        places = kept.places(path)
        new = [keys for keys in wanted if keys not in places]
        if new:
            from recoverykb.storage.positions import Positions

            data = (self.root / path).read_bytes()
            positions = Positions(data.decode("utf-8-sig", errors="replace").replace("\r\n", "\n"))
            places |= {keys: positions.of(keys) for keys in new}
            if digest_of(data) == digest:
                self.looked_up.append((path, digest, places))
        return places


def as_problem(info: RuleInfo, finding: Finding, at: tuple[int, int]) -> Problem:
    """What a rule found as a problem at a line and column."""
    said = f"{finding.place.id}: {finding.message}" if finding.place.id else finding.message
    return Problem(finding.place.path, *at, info.code, info.severity, said, finding.hint)


def _known(layers: list[Layer]) -> Known:
    """What is known of the records in ``layers``, from the index."""
    if not layers:
        return NOTHING
    from recoverykb.storage.index import open_index

    with Base(layers, open_index(layers, lambda _: None)) as base:
        return known(base)
