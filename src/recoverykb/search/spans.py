"""The labels in a query, each with the records it stands for."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from recoverykb.search.reading import Owner, Span
from recoverykb.stop_words import ALL_STOP_WORDS, ALSO_WORDS, NEGATIONS, SHORT_NEGATIONS, STOP_WORDS
from recoverykb.storage.base import Base
from recoverykb.storage.concepts import DEFINING, mark_of
from recoverykb.tokens import stem, tokens_of

_CODES = ("code", "short")
"""Sorts of labels that are words as well."""
_EVERYDAY = ("abbreviation", "alias", "street", "hidden")
_SHORT = 3
"""Letters of an English label of one of these sorts that may be a word of another language ("er", "bin")."""
_LONGEST_BAG = 6
"""Words of the longest label that is looked for whatever the order of its words."""
_LONGEST = 12
"""Tokens of the longest label that is looked for inside a query."""
_LONGEST_UNSPACED = 40
"""The same for a label of a script without spaces, where every two letters make a token."""

Places = dict[str, list[tuple[int, int]]]
"""Runs of tokens as labels are compared, and where each begins and ends."""


class Typed(NamedTuple):
    """A query as it was typed, token by token."""

    tokens: list[str]
    words: list[str]
    """The folded word that each token is of, or a piece of."""
    belongs: list[int]
    """The place of that word in the query: the pieces of a word of a script without spaces stay together."""
    capitals: list[bool]
    bare: list[bool]
    """Whether it carries no subject."""
    foreign: bool = False
    """Whether the query is in another language than English, maybe among others."""


def without_foreign(typed: Typed) -> list[bool]:
    """For each token whether it carries no subject, if the query is in another language than English."""
    return [
        empty or (word in ALL_STOP_WORDS and not capitals)
        for empty, word, capitals in zip(typed.bare, typed.words, typed.capitals, strict=True)
    ]


def spans_in(base: Base, typed: Typed) -> list[Span]:
    """Every run of tokens that is a label, the query as a whole included."""
    tokens = typed.tokens
    places: Places = defaultdict(list)
    for start in range(len(tokens)):
        longest = _LONGEST if tokens[start].isascii() else _LONGEST_UNSPACED
        for end in range(start + 1, min(start + longest, len(tokens)) + 1):
            places[" ".join(tokens[start:end])].append((start, end))
    found = _spans_of(labelled(base, places), places, typed)
    negative = [word in NEGATIONS for word in typed.words]
    bags = _bags(tokens, typed.bare)
    if any(negative):
        bags |= _bags(tokens, [empty and not no for empty, no in zip(typed.bare, negative, strict=True)])
    mixed = _spans_of(labelled(base, bags, by="bag"), bags, typed, whole=False)
    mixed += _forms(base, typed)
    without = without_foreign(typed)
    if without != typed.bare:
        bags = _bags(tokens, without)
        abroad = {
            label: [owner for owner in owners if not owner.english]
            for label, owners in labelled(base, bags, by="bag").items()
        }
        mixed += _spans_of(abroad, bags, typed, whole=False)
    known = {(span.start, span.end) for span in found}
    return found + [span for span in mixed if (span.start, span.end) not in known]


def _forms(base: Base, typed: Typed) -> list[Span]:
    """The words of one of whose forms a label is made that says something beside others only."""
    places: Places = defaultdict(list)
    for place, token in enumerate(typed.tokens):
        if token.isascii():
            places[stem(token)].append((place, place + 1))
    beside = {
        label: [owner for owner in owners if owner.is_beside and " " not in owner.folded]
        for label, owners in labelled(base, places, by="bag").items()
    }
    return _spans_of(beside, places, typed, whole=False)


def _bags(tokens: Sequence[str], bare: Sequence[bool]) -> Places:
    """Where the words that carry a subject stand, run by run; a run of one only where its forms are many."""
    core = [place for place, empty in enumerate(bare) if not empty]
    bags: Places = defaultdict(list)
    for first in range(len(core)):
        alone = not tokens[core[first]].isascii()
        for last in range(first if alone else first + 1, min(first + _LONGEST_BAG, len(core))):
            inside = [stem(tokens[place]) for place in core[first : last + 1]]
            bags[" ".join(sorted(inside))].append((core[first], core[last] + 1))
    return bags


def _spans_of(
    owners: dict[str, list[Owner]], places: Places, typed: Typed, *, whole: bool = True
) -> list[Span]:
    found: list[Span] = []
    for label, owned in owners.items():
        for start, end in places[label]:
            forms: dict[Literal["whole", "loose", "mixed"], list[Owner]] = defaultdict(list)
            for owner in owned:
                if _fits(owner, start, end, typed):
                    in_order = whole or _core(owner.folded) == _core(" ".join(typed.words[start:end]))
                    forms["whole" if whole else "loose" if in_order else "mixed"].append(owner)
            found += [Span(start, end, label, fitting, form) for form, fitting in forms.items()]
    return found


def _core(folded: str) -> list[str]:
    """The tokens of folded words that carry a subject, or turn it round ("won't" as "wouldn't" does)."""
    words = ("not" if word in SHORT_NEGATIONS else word for word in folded.split())
    return tokens_of(word for word in words if word not in STOP_WORDS or word in NEGATIONS)


def _fits(owner: Owner, start: int, end: int, typed: Typed) -> bool:
    """Whether the label may be meant: codes and words like "who" only in capitals, or alone.

    In another language short letters are words ("od" is Slavic for from).
    """
    said = " ".join(typed.words[start:end])
    if typed.foreign and owner.sort in _EVERYDAY and owner.languages == "en" and len(said) <= _SHORT:
        return all(typed.capitals[start:end])
    if not _is_form(owner, said) or not _says_all(owner, typed):
        return False
    if owner.is_beside:
        return True
    if all(typed.bare[:start]) and all(typed.bare[end:]):
        return True
    if owner.sort in _CODES or said in ALSO_WORDS or all(typed.bare[start:end]):
        return all(typed.capitals[start:end])
    return True


def _says_all(owner: Owner, typed: Typed) -> bool:
    """Whether the little words of an English label of danger to life were typed as well.

    Without them "end it tonight" is "the programme ends tonight", and "don't want to be here" "is not here".
    """
    if owner.stress <= 0 or not owner.english:
        return True
    return all(word in typed.words for word in owner.folded.split() if word in STOP_WORDS)


def _is_form(owner: Owner, said: str) -> bool:
    """Whether the words ``said`` are a form of a label that has the same tokens.

    A code is no word: "NORS" is not a form of "NOR". Nor is a street word in the plural the common word
    (works are syringes, work is work), nor the root of a country's name it (in Persian, Türkiye's is "quit").
    """
    if owner.sort in _CODES:
        return owner.folded == said
    if owner.sort == "street":
        return owner.folded != f"{said}s"
    article = 1 + 2 * owner.folded.startswith("ال")
    return owner.kind != "country" or len(said) >= len(owner.folded) - article


def labelled(
    base: Base, labels: Iterable[str], *, by: Literal["loose", "bag"] = "loose"
) -> dict[str, list[Owner]]:
    """The records that each of ``labels`` (in the form of that column) stands for.

    A term that is about nothing stands for itself.
    """
    rows = base.connection.execute(
        f"select {by}, holder.kind, holder.id, holder.country, record.id, record.kind, record.country, "
        "case when holder.kind = 'term' and type in ('id', 'name') then 'synonym' else type end, "
        "coalesce(about.position, 0), languages, stress, folded "
        "from label join record as holder on holder.rowid = label.record and holder.active "
        "left join about on about.term = holder.rowid "
        "join record on record.id = coalesce(about.id, holder.id) and record.active "
        f"where {by} in (select value from json_each(?)) "
        f"order by {by}, holder.id, about.position",
        (json.dumps(list(labels)),),
    )
    found: dict[str, list[Owner]] = defaultdict(list)
    for label, kind, holder, country, *owner in rows:
        mark = mark_of(kind, holder, country) if kind in DEFINING else ""
        found[label].append(Owner(holder, mark, *owner))
    return found
