"""The exceptions of a base: problems that its keepers know of and leave for a while.

They stand in ``exceptions.toml``, beside the folders of records, so that they travel with the base and are
reviewed like it. Each says why and until when; what cannot be read has none.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import msgspec

from recoverykb.check.choice import Choice
from recoverykb.check.context import Finding, Place
from recoverykb.check.misfits import from_flaw
from recoverykb.check.registry import EXCEPTIONS, explain
from recoverykb.records.decode import TOML_TYPES, problems_of
from recoverykb.records.exemption import FILE, Exemption, Exemptions
from recoverykb.storage.files import Loaded, load
from recoverykb.storage.scan import inside

LONGEST = timedelta(days=366)
"""No exception holds longer than this from today."""


class _Entry(NamedTuple):
    """An exception, and its place in the file."""

    position: int
    exemption: Exemption

    @property
    def about(self) -> str:
        """What it excepts, in words."""
        words = f" that says '{self.exemption.says}'" if self.exemption.says else ""
        return f"{self.exemption.code} for {self.exemption.record or self.exemption.file}{words}"

    def finding(self, key: str, message: str, hint: str) -> Finding:
        """A finding at ``key`` of the exception."""
        return Finding(Place(FILE), ("exception", self.position, key), message, hint)


class Exceptions:
    """The exceptions of one base on one day, and which of them were needed."""

    def __init__(self, root: Path, today: date) -> None:
        """Read the file of the base at ``root``, if it has one. Where an entry is wrong, the others hold."""
        self.today = today
        self.misfits: list[Finding] = []
        self._entries: dict[str, list[_Entry]] = defaultdict(list)
        self._used: set[int] = set()
        loaded = load(root, FILE) if has_exceptions(root) else None
        if not isinstance(loaded, Loaded):
            return  # a file that cannot be read is reported like any other
        self.misfits += [from_flaw(Place(FILE), flaw) for flaw in problems_of(Exemptions, loaded.table)]
        tables = loaded.table.get("exception")
        for position, table in enumerate(tables if isinstance(tables, list) else ()):
            try:
                entry = _Entry(position, msgspec.convert(table, Exemption, builtin_types=TOML_TYPES))
            except msgspec.ValidationError:
                continue
            wrong = _wrong(entry.exemption)
            if wrong:
                self.misfits.append(entry.finding("code", *wrong))
            else:
                self._entries[entry.exemption.code].append(entry)

    def allow(self, code: str, finding: Finding) -> bool:
        """Whether an exception that holds today lets ``finding`` stay; remembers that it was needed."""
        allowed = False
        for entry in self._entries.get(code, ()):
            if _matches(entry.exemption, finding):
                self._used.add(entry.position)
                allowed |= self._holds(entry)
        return allowed

    def over(self) -> Iterator[Finding]:
        """A finding for each exception whose day is past, or further ahead than a year."""
        for entry in self._every():
            expires = entry.exemption.expires
            if not self._holds(entry):
                said = "ended on" if expires < self.today else "runs for more than a year, to"
                message = f"the exception of {entry.about} {said} {expires}"
                hint = "mend the problem, or look again and write a day within a year"
                yield entry.finding("expires", message, hint)

    def unused(self, choice: Choice) -> Iterator[Finding]:
        """A finding for each exception from a check that ran and found nothing of the kind."""
        for entry in self._every():
            if entry.position not in self._used and choice.wants(entry.exemption.code):
                message = f"nothing to except: no {entry.about}"
                yield entry.finding("code", message, "take the exception out, or mend what it names")

    def _every(self) -> Iterator[_Entry]:
        return itertools.chain.from_iterable(self._entries.values())

    def _holds(self, entry: _Entry) -> bool:
        return self.today <= entry.exemption.expires <= self.today + LONGEST


def has_exceptions(root: Path) -> bool:
    """Whether the base at ``root`` has a file of exceptions, and has it inside."""
    return (root / FILE).is_file() and inside(root, FILE)


def _wrong(entry: Exemption) -> tuple[str, str] | None:
    """What makes ``entry`` no exception, and what to do about it."""
    info = explain(entry.code)
    if info is None:
        return f"no check has the code '{entry.code}'", "'recoverykb check --explain all' lists the codes"
    if info.always or info in EXCEPTIONS:
        return f"{entry.code} allows no exception", "mend what it reports"
    if bool(entry.record) == bool(entry.file):
        return "an exception names either a record or a file", 'write record = "ID" or file = "PATH"'
    return None


def _matches(entry: Exemption, finding: Finding) -> bool:
    where = finding.place.id == entry.record if entry.record else finding.place.path == entry.file
    return where and entry.says in finding.message
