"""What was typed, taken apart: words, quoted phrases, ``-word``, ``kind:``, ``country:`` and ``tag:``."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from recoverykb.fold import words
from recoverykb.records.vocabulary import FOLDERS, PUBLIC_KINDS

MOST_WORDS = 64
"""Words of a query that are looked at: who pastes a page gets an answer to its beginning."""

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_KINDS = {kind: kind for kind in PUBLIC_KINDS} | {FOLDERS[kind]: kind for kind in PUBLIC_KINDS}
_QUALIFIERS = ("kind", "country", "tag")


class Spoken(NamedTuple):
    """A word of the query: folded, and whether it was written in capitals among others that were not."""

    word: str
    capitals: bool


class Query(NamedTuple):
    """A query taken apart. ``text`` is what was typed; phrases are lists of folded words."""

    text: str
    spoken: list[Spoken]
    phrases: Sequence[list[str]] = ()
    without: Sequence[list[str]] = ()
    kind: str | None = None
    country: str | None = None
    tag: str | None = None

    @property
    def words(self) -> list[str]:
        """Every folded word that should be found, phrases included."""
        return [entry.word for entry in self.spoken]


def parse(text: str) -> Query:
    """Take ``text`` apart. Every text is a query; a qualifier with an unknown kind counts as words."""
    pieces = list(_pieces(text.translate(_QUOTES)))
    shouted = not any(any(map(str.islower, piece.body)) for piece in pieces if not piece.name)
    spoken: list[Spoken] = []
    phrases: list[list[str]] = []
    without: list[list[str]] = []
    said: dict[str, str] = {}
    for piece in pieces:
        name, body = piece.name, piece.body
        if name == "kind" and body.lower() in _KINDS:
            said[name] = _KINDS[body.lower()]
        elif name in ("country", "tag") and body:
            said[name] = body
        else:
            found = words(f"{name} {body}")
            if piece.minus and found:
                without.append(found)
                continue
            if piece.quoted and len(found) > 0:
                phrases.append(found)
            capitals = not shouted and len(body) > 1 and body.isupper()  # "I" is no code
            spoken += [Spoken(word, capitals) for word in found]
    return Query(
        text,
        spoken[:MOST_WORDS],
        phrases[:MOST_WORDS],
        without[:MOST_WORDS],
        said.get("kind"),
        said.get("country"),
        said.get("tag"),
    )


class _Piece(NamedTuple):
    minus: bool
    name: str
    body: str
    quoted: bool


def _pieces(text: str) -> Iterator[_Piece]:
    """The parts between spaces; quotes hold a part together (an open one: to the end)."""
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        minus = text[place] == "-"
        start = place + minus
        name = next((known for known in _QUALIFIERS if text.startswith(f"{known}:", start)), "")
        start += len(name) + 1 if name else 0
        if start < len(text) and text[start] == '"':
            end = text.find('"', start + 1)
            end = len(text) if end < 0 else end
            yield _Piece(minus, name, text[start + 1 : end], True)
            place = end + 1
            continue
        end = start
        while end < len(text) and not text[end].isspace() and text[end] != '"':
            end += 1
        yield _Piece(minus, name, text[start:end], False)
        place = max(end, place + 1)
