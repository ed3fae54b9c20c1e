"""Which codes are asked for: ``--select`` and ``--ignore``, by whole codes or their beginnings."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import NamedTuple

from recoverykb.check.registry import every_info
from recoverykb.errors import UsageError


class Choice(NamedTuple):
    """Beginnings of codes that are asked for (none: all), and of those that are not."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def wants(self, code: str) -> bool:
        """Whether ``code`` is asked for: the longer beginning decides, of two equal ones ``ignore``."""
        chosen = _longest(self.select, code) if self.select else 0
        return chosen > _longest(self.ignore, code)


EVERYTHING = Choice()


def choose(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> Choice:
    """The choice that lists of codes (each may hold several, with commas between) ask for.

    Raises :class:`UsageError` for a code that does not exist, and for one that cannot be left out.
    """
    choice = Choice(tuple(_codes(select)), tuple(_codes(ignore)))
    for code in choice.ignore:
        if any(info.always and info.code == code for info in every_info()):
            raise UsageError(f"{code} cannot be left out", "what cannot be read cannot be checked")
    return choice


def _codes(lists: Iterable[str]) -> Iterable[str]:
    known = [info.code for info in every_info()]
    for code in (part.strip().upper() for entry in lists for part in entry.split(",")):
        if not code:
            raise UsageError("a code is empty", "codes look like RKB402, beginnings of codes like RKB4")
        if not any(name.startswith(code) for name in known):
            near = sorted(get_close_matches(code, known, 3, 0.6))
            hint = f"nearest: {', '.join(near)}" if near else "codes look like RKB402, beginnings like RKB4"
            raise UsageError(f"no check has a code that begins with '{code}'", hint)
        yield code


def _longest(beginnings: Iterable[str], code: str) -> int:
    return max((len(begin) for begin in beginnings if code.startswith(begin)), default=-1)
