"""Running the rules over a base, record after record, so that its size does not matter."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from recoverykb.check.choice import EVERYTHING, Choice
from recoverykb.check.context import Context, File, Finding, Item, Place
from recoverykb.check.exceptions import Exceptions, has_exceptions
from recoverykb.check.misfits import from_flaw, misfits
from recoverykb.check.registry import EXCEPTIONS, READING, RuleInfo, every_rule
from recoverykb.problem import Problem
from recoverykb.records.decode import decode, problems_of
from recoverykb.records.exemption import FILE
from recoverykb.records.manifest import Manifest
from recoverykb.records.types import Strategy
from recoverykb.records.vocabulary import MANIFEST
from recoverykb.storage.files import kind_of, load, tables
from recoverykb.storage.layers import Layer, resolve
from recoverykb.storage.scan import scan

if TYPE_CHECKING:
    from recoverykb.storage.positions import Positions

_MISFIT = READING[1]


class Report(NamedTuple):
    """What was found in a base, and how much of it its exceptions leave out."""

    found: list["Found"]
    excepted: int
    texts: Mapping[str, int]
    """The hash of each text as it was read, so that what is mended is what was examined."""


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
    elsewhere, services = _known([layer for layer in layers if layer.root != root.resolve()])
    run = _Run(Context(root, today, elsewhere, services), choice, set(only))
    exceptions = Exceptions(root, today)
    for path in _paths(root):
        run.read(path)
    run.finish(exceptions)
    found = sorted(run.located(exceptions), key=lambda found: found.problem)
    return Report(found, run.excepted, run.texts)


class _Run:
    """One run of the chosen rules over one base."""

    def __init__(self, context: Context, choice: Choice, only: set[str]) -> None:
        self.context = context
        self.choice = choice
        self.only = only
        rules = [rule for rule in every_rule() if choice.wants(rule.info.code)]
        self.records = [(rule.info, rule.check) for rule in rules if rule.check]
        self.files = [(rule.info, rule.check_file) for rule in rules if rule.check_file]
        self.across = [(rule.info, rule.across(context)) for rule in rules if rule.across]
        self.unreadable: list[Problem] = []
        self.texts: dict[str, int] = {}
        self.excepted = 0
        self.findings: dict[str, list[tuple[RuleInfo, Finding]]] = defaultdict(list)

    def read(self, path: str) -> None:
        """Let the rules see the file at ``path``, and the records in it."""
        loaded = load(self.context.root, path)
        if isinstance(loaded, Problem):
            self.unreadable.append(loaded)
            return
        self.texts[path] = hash(loaded.text)
        kind = kind_of(path)
        if path == MANIFEST:
            flaws = problems_of(Manifest, loaded.table)
            self._take(_MISFIT, (from_flaw(Place(path), flaw) for flaw in flaws))
        entries = list(tables(kind, loaded.table)) if kind else []
        file = File(path, loaded.text, any(position is not None for position, _ in entries))
        for info, check_file in self.files:
            self._take(info, check_file(file, self.context))
        for position, table in entries:
            self._record(Place(path, kind or "", position), table)

    def _record(self, place: Place, table: dict[str, object]) -> None:
        try:
            record = decode(place.kind, table)
        except msgspec.ValidationError:
            self._take(_MISFIT, misfits(place, table))
            return
        item = Item(place._replace(id=record.id), record, table)
        self.context.kinds[record.id] = place.kind
        for info, check in self.records:
            self._take(info, check(item, self.context))
        for info, rule in self.across:
            self._take(info, rule.see(item))

    def finish(self, exceptions: Exceptions) -> None:
        """Let the rules say what they can say only now."""
        for info, rule in self.across:
            self._take(info, rule.end())
        self._take(_MISFIT, exceptions.misfits)

    def _take(self, info: RuleInfo, findings: Iterable[Finding]) -> None:
        for finding in findings:
            self.findings[finding.place.path].append((info, finding))

    def located(self, exceptions: Exceptions) -> Iterator[Found]:
        """What was found and is not excepted, with line and column; one file is parsed at a time."""
        yield from (Found(problem) for problem in self.unreadable if self._wanted(problem.file))
        for path, findings in self.findings.items():
            kept = [pair for pair in findings if not exceptions.allow(pair[0].code, pair[1])]
            if self._wanted(path):
                self.excepted += len(findings) - len(kept)
                yield from _locate(self.context.root, path, kept)
        if self._wanted(FILE):
            over, unused = EXCEPTIONS
            told = [(over, finding) for finding in exceptions.over()]
            told += [(unused, finding) for finding in exceptions.unused(self.choice)]
            told = [pair for pair in told if self.choice.wants(pair[0].code)]
            yield from _locate(self.context.root, FILE, told)

    def _wanted(self, path: str) -> bool:
        return not self.only or path in self.only


def _locate(root: Path, path: str, findings: Sequence[tuple[RuleInfo, Finding]]) -> Iterator[Found]:
    """The ``findings`` in the file at ``path`` as problems with line and column."""
    positions = None
    if any(finding.path and finding.at is None for _, finding in findings):
        from recoverykb.storage.positions import Positions

        positions = Positions((root / path).read_text(encoding="utf-8-sig", errors="replace"))
    for info, finding in findings:
        yield Found(as_problem(info, finding, positions), finding)


def as_problem(info: RuleInfo, finding: Finding, positions: "Positions | None") -> Problem:
    """What a rule found as a problem with line and column; ``positions`` are those of its file."""
    line, column = finding.at or (1, 1)
    if positions is not None and finding.at is None:
        line, column = positions.of(finding.place.whole_path(finding.path))
    said = f"{finding.place.id}: {finding.message}" if finding.place.id else finding.message
    return Problem(finding.place.path, line, column, info.code, info.severity, said, finding.hint)


def _paths(root: Path) -> list[str]:
    """The files of the base, sources first: others are judged by them; its exceptions last."""
    paths = [stamp.path for stamp in scan(root)]
    return sorted(paths, key=lambda path: kind_of(path) != "source") + (
        [FILE] if has_exceptions(root) else []
    )


def _known(layers: list[Layer]) -> tuple[dict[str, str], frozenset[str]]:
    """Kind by id of everything in ``layers``, and the services among it, both from the index."""
    if not layers:
        return {}, frozenset()
    from recoverykb.storage.base import Base
    from recoverykb.storage.index import open_index

    with Base(layers, open_index(layers, lambda _: None)) as base:
        kinds = dict(base.connection.execute("select id, kind from record where active").fetchall())
        services = frozenset(strategy.id for strategy in base.every(Strategy) if strategy.service)
    return kinds, services
