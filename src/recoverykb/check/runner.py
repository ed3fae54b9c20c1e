"""Running the rules over a base, or over files of one."""

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from recoverykb.check.context import Context, Item
from recoverykb.check.registry import every_rule
from recoverykb.errors import BaseError
from recoverykb.problem import Problem
from recoverykb.records.types import Strategy
from recoverykb.records.vocabulary import FOLDERS
from recoverykb.storage.files import read
from recoverykb.storage.layers import Layer, bundled_root
from recoverykb.storage.scan import scan


def check_base(
    root: Path,
    *,
    today: date,
    only: Iterable[str] = (),
    shown_from: Path | None = None,
    below: Iterable[Path] = (),
) -> list[Problem]:
    """Every problem of the base at ``root``, sorted; of the files ``only`` (base-relative) where given.

    References may also point into the bundled base and the bases ``below``. File names in problems are
    relative to ``shown_from``, or to ``root`` when it is left out.
    """
    problems: list[Problem] = []
    items: list[Item] = []
    for stamp in scan(root):
        content = read(root, stamp.path)
        problems += content.problems
        items += [Item(entry.kind, entry.record, stamp.path, entry.position) for entry in content.entries]
    under = [base for base in dict.fromkeys((bundled_root(), *below)) if base.resolve() != root.resolve()]
    context = Context(root, today, items, *_known(under))
    for rule in every_rule():
        problems += rule.check(context, rule.info)
    wanted = set(only)
    kept = sorted(problem for problem in problems if not wanted or problem.file in wanted)
    return kept if shown_from is None else [_shown(problem, root, shown_from) for problem in kept]


def _shown(problem: Problem, root: Path, start: Path) -> Problem:
    """``problem`` with its file as seen from the folder ``start``, if they are on one drive."""
    file = root / problem.file
    try:
        return problem._replace(file=os.path.relpath(file, start))
    except ValueError:
        return problem._replace(file=str(file))


def _known(bases: Iterable[Path]) -> tuple[dict[str, str], frozenset[str]]:
    """Kind by id of everything in ``bases``, and the services among it."""
    entries = [
        entry
        for base in bases
        for stamp in scan(base, anywhere=base == bundled_root())
        for entry in read(base, stamp.path).entries
    ]
    services = [
        entry.record.id for entry in entries if isinstance(entry.record, Strategy) and entry.record.service
    ]
    return {entry.record.id: entry.kind for entry in entries}, frozenset(services)


def targets(paths: Iterable[Path], layers: Sequence[Layer]) -> Iterator[tuple[Path, list[str], list[Path]]]:
    """What ``paths`` ask to check: each base once, the files meant in it (none: all), the layers below it.

    Without paths every one of ``layers`` (lowest first) is meant. A base that is no layer in use stands
    on all of them. Raises :class:`BaseError` for a path that is in no base.
    """
    roots = [layer.root for layer in layers]
    wanted: dict[Path, list[str]] = {} if paths else {root: [] for root in roots}
    whole: set[Path] = set(wanted)
    for path in paths:
        root, files = base_of(path)
        wanted.setdefault(root, []).extend(files)
        if not files:
            whole.add(root)
    for root, files in wanted.items():
        below = roots[: roots.index(root.resolve())] if root.resolve() in roots else roots
        yield root, [] if root in whole else files, below


def base_of(path: Path) -> tuple[Path, list[str]]:
    """The base that ``path`` is or lies in, and the base-relative files meant (none: all).

    Raises :class:`BaseError` when there is no such path or no base around it.
    """
    if not path.exists():
        raise BaseError(f"no such file or folder: {path}")
    absolute = path.absolute()
    for root in (absolute, *absolute.parents):
        if not any((root / folder).is_dir() for folder in FOLDERS.values()):
            continue
        if root == absolute:
            return root, []
        inside = absolute.relative_to(root)
        if inside.parts[0] in FOLDERS.values():
            chosen = [stamp.path for stamp in scan(root) if Path(stamp.path).is_relative_to(inside)]
            return root, chosen or [inside.as_posix()]
    raise BaseError(
        f"{path} is no base and lies in none", f"a base has folders such as {', '.join(FOLDERS.values())}"
    )
