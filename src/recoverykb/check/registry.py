"""The rules there are, found by the modules in ``rules/``."""

import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from inspect import cleandoc
from types import ModuleType
from typing import Any, NamedTuple

from recoverykb.check import rules
from recoverykb.check.context import Across, File, Finding, Item


class Example(NamedTuple):
    """Pieces of files, by path, that break a rule, and the same mended."""

    wrong: Mapping[str, str]
    right: Mapping[str, str]


class RuleInfo(NamedTuple):
    """What there is to know of a rule: its code, how bad it is, what it is about, why, and an example."""

    code: str
    severity: str
    title: str
    explanation: str
    example: Example | None = None
    mends: bool = False
    """Whether ``--fix`` may mend it."""
    always: bool = False
    """Whether it is reported whatever was asked for, and no exception can be made."""


_TERM = "terms/tee.toml"


def _exception(record: str, year: int) -> str:
    return (
        f'[[exception]]\ncode = "RKB501"\nrecord = "{record}"\n'
        f'reason = "The words of its own flyer; we asked them to change it."\nexpires = {year}-01-31'
    )


READING = (
    RuleInfo(
        "RKB001",
        "error",
        "a file that cannot be read",
        "The file is not UTF-8, not valid TOML, or cannot be opened; or git left two versions in it,\n"
        "between the marks <<<<<<< and >>>>>>>, of which a person must keep one. Its records are missing\n"
        "from every answer until it is mended.",
        Example({_TERM: 'id = "tee"\nname = Tee'}, {_TERM: 'id = "tee"\nname = "Tee"'}),
        always=True,
    ),
    RuleInfo(
        "RKB002",
        "error",
        "a record that does not fit its type",
        "A key is unknown, missing, or holds a value of the wrong sort. 'recoverykb schema KIND' lists the\n"
        "keys. The record is missing from every answer until it is mended. ``--fix`` takes the quotes off a\n"
        "date and the blanks off the ends of a line of text.",
        Example(
            {"organizations/our-clinic.toml": 'acronim = "OC"\ncompiled = "2026-11-20"'},
            {"organizations/our-clinic.toml": 'acronym = "OC"\ncompiled = 2026-11-20'},
        ),
        mends=True,
        always=True,
    ),
)
"""What reading itself reports; the rules see only records that could be read."""

EXCEPTIONS = (
    RuleInfo(
        "RKB701",
        "error",
        "an exception whose time is over",
        "An exception holds until a day, at most a year ahead. Then somebody looks again: mend what it was\n"
        "about, or write a new day and say why. Until then the problem counts again.",
        Example(
            {"exceptions.toml": _exception("our-clinic", 2020)},
            {"exceptions.toml": _exception("our-clinic", 2027)},
        ),
    ),
    RuleInfo(
        "RKB702",
        "warning",
        "an exception that excepts nothing",
        "The problem is mended, or code, record, file or words are misspelt: take the exception out,\n"
        "or mend it.",
        Example(
            {"exceptions.toml": _exception("no-such-clinic", 2027)},
            {
                "exceptions.toml": _exception("our-clinic", 2027),
                "organizations/our-clinic.toml": 'summary = "It helps addicts."',
            },
        ),
    ),
)
"""What is wrong with the exceptions themselves."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: what there is to know of it, and how it looks at a record, a file, or all records."""

    info: RuleInfo
    check: Callable[[Item], Iterable[Finding]] | None
    check_file: Callable[[File], Iterable[Finding]] | None
    across: type[Across[Any]] | None

    @property
    def note(self) -> Callable[[Item], Any] | None:
        """What notes the facts that ``across`` sees; ``None`` where it sees no record."""
        return None if self.across is None or self.across.facts is Across.facts else self.across.facts


@cache
def every_rule() -> tuple[Rule, ...]:
    """All rules by code."""
    found = []
    for module_info in pkgutil.iter_modules(rules.__path__):
        module = import_module(f"{rules.__name__}.{module_info.name}")
        info = RuleInfo(
            module.CODE,
            module.SEVERITY,
            module.TITLE,
            cleandoc(module.__doc__ or ""),
            _example(module),
            getattr(module, "MENDS", False),
        )
        forms = (getattr(module, name, None) for name in ("check", "check_file", "Check"))
        found.append(Rule(info, *forms))
    return tuple(sorted(found, key=lambda rule: rule.info.code))


def _example(module: ModuleType) -> Example | None:
    if not hasattr(module, "EXAMPLE"):
        return None
    wrong, right = module.EXAMPLE
    return Example(_pieces(wrong), _pieces(right))


def _pieces(files: Mapping[str, str]) -> dict[str, str]:
    return {path: cleandoc(text) for path, text in files.items()}


def every_info() -> list[RuleInfo]:
    """What there is to know of every code, in order."""
    return sorted([*READING, *(rule.info for rule in every_rule()), *EXCEPTIONS])


def explain(code: str) -> RuleInfo | None:
    """The information of the rule with this code, or ``None``."""
    return next((info for info in every_info() if info.code == code.upper()), None)
