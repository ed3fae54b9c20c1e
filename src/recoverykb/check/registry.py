"""The rules there are, found by the modules in ``rules/``."""

import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from inspect import cleandoc

from recoverykb.check import rules
from recoverykb.check.context import Context, RuleInfo
from recoverykb.problem import Problem

READING = (
    RuleInfo(
        "RKB001",
        "error",
        "a file that cannot be read",
        "The file is not UTF-8, not valid TOML, or cannot be opened. Its records are missing from every "
        "answer until it is mended.",
    ),
    RuleInfo(
        "RKB002",
        "error",
        "a record that does not fit its type",
        "A key is unknown, missing, or holds a value of the wrong sort. 'recoverykb schema KIND' lists the "
        "keys. The record is missing from every answer until it is mended.",
    ),
)
"""What reading itself reports; the rules see only records that could be read."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its information and its function."""

    info: RuleInfo
    check: Callable[[Context, RuleInfo], Iterator[Problem]]


def every_rule() -> list[Rule]:
    """All rules by code."""
    found = []
    for module_info in pkgutil.iter_modules(rules.__path__):
        module = import_module(f"{rules.__name__}.{module_info.name}")
        info = RuleInfo(module.CODE, module.SEVERITY, module.TITLE, cleandoc(module.__doc__ or ""))
        found.append(Rule(info, module.check))
    return sorted(found, key=lambda rule: rule.info.code)


def explain(code: str) -> RuleInfo | None:
    """The information of the rule with this code, or ``None``."""
    known = [*READING, *(rule.info for rule in every_rule())]
    return next((info for info in known if info.code == code.upper()), None)
