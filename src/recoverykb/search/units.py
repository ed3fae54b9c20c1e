"""What the words of a query stand for: concepts, places, or just words."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Literal, NamedTuple

from recoverykb.search.area import Area, area_of
from recoverykb.search.languages import little_words, script_language
from recoverykb.search.query import Query
from recoverykb.stop_words import ALL_STOP_WORDS, NEGATIONS, STOP_WORDS
from recoverykb.storage.base import Base
from recoverykb.storage.concepts import DEFINING, mark_of
from recoverykb.tokens import stem, tokens_of

_CODES = ("code", "short")
"""Sorts of labels that are words as well."""
_SHORT = 3
"""Letters of an English abbreviation that may be a word of another language."""
_LONGEST_BAG = 6
"""Words of the longest label that is looked for whatever the order of its words."""
_LONGEST = 12
"""Tokens of the longest label that is looked for inside a query."""
_LONGEST_UNSPACED = 40
"""The same for a label of a script without spaces, where every two letters make a token."""


_MOST_BEGUN, _KEPT_BEGUN = 2000, 60
"""So many labels that begin as what is typed are looked at, and so many of them, the shortest, are kept."""

_Places = dict[str, list[tuple[int, int]]]
"""Runs of tokens as labels are compared, and where each begins and ends."""


class Owner(NamedTuple):
    """A record a label stands for: directly, or as the ``position``-th thing that a term is about."""

    mark: str
    id: str
    kind: str
    country: str | None
    sort: str
    position: int
    languages: str
    """Tags of the languages of the label, with a space between."""
    background: bool
    """Whether it is mostly what stands around a question."""
    folded: str
    """The label as it is, folded only."""

    @property
    def english(self) -> bool:
        """Whether the label is English, maybe among others."""
        return "en" in self.languages.split()


class Span(NamedTuple):
    """A run of tokens that is a label: from ``start`` to before ``end``."""

    start: int
    end: int
    label: str
    owners: list[Owner]
    form: Literal["whole", "loose", "mixed"]
    """Whether the tokens are the label; or so but for little words; or in another order, or other forms."""

    def is_inside(self, other: "Span") -> bool:
        """Whether it is a part of ``other``."""
        return other.start <= self.start and self.end <= other.end and other[:2] != self[:2]


class Unit(NamedTuple):
    """A part of the query that full text looks for: its tokens, and the marks that mean the same."""

    tokens: list[str]
    marks: list[str]


class Reading(NamedTuple):
    """A query as understood."""

    tokens: list[str]
    bare: list[bool]
    """For each token, whether it carries no subject (see ``STOP_WORDS``)."""
    spans: list[Span]
    units: list[Unit]
    places: set[str]
    """ISO codes of the countries named."""
    area: Area = Area()
    """Where it is asked, by its language or its words; nowhere if it names a place."""
    open_end: bool = False
    """Whether the last word is still being typed."""
    begun: Sequence[tuple[Owner, float]] = ()
    """Records one of whose labels begins with all that is typed, and the share of it that is typed."""


class _Typed(NamedTuple):
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


def read(base: Base, query: Query, replaced: dict[str, list[str]], *, open_end: bool = False) -> Reading:
    """Understand ``query``, with the words in ``replaced`` corrected.

    With ``open_end`` the last word is still being typed.
    """
    typed = _Typed([], [], [], [], [])
    for number, spoken in enumerate(query.spoken):
        for word in replaced.get(spoken.word, [spoken.word]):
            for token in tokens_of([word]):
                typed.tokens.append(token)
                typed.words.append(word)
                typed.belongs.append(number)
                typed.capitals.append(spoken.capitals)
                empty = STOP_WORDS if word.isascii() else ALL_STOP_WORDS
                typed.bare.append(word in empty and not spoken.capitals)
    if all(typed.bare):
        typed = typed._replace(bare=[False] * len(typed.bare))
    spans = _spans(base, typed)
    languages = _languages(typed, spans)
    if languages:
        without = _without_foreign(typed)
        typed = typed._replace(bare=typed.bare if all(without) else without, foreign=True)
        spans = _spans(base, typed)
    local = {owner.country for span in spans for owner in span.owners if owner.sort == "local"} - {None}
    spans = _without_local(spans)
    places = {owner.country for span in spans for owner in span.owners if owner.kind == "country"} - {None}
    units = _units(typed, spans)
    begun = _begun(base, " ".join(query.words) + ("" if open_end else " "))
    ending = open_end and bool(units)
    area = _area(places, local, languages)
    return Reading(typed.tokens, typed.bare, spans, units, places, area, ending, begun)  # type: ignore[arg-type]


def _without_local(spans: Sequence[Span]) -> list[Span]:
    """``spans`` without the labels that only say where somebody asks."""
    named = [
        span._replace(owners=[owner for owner in span.owners if owner.sort != "local"]) for span in spans
    ]
    return [span for span in named if span.owners]


def _area(places: Collection[str | None], local: Collection[str | None], languages: Sequence[str]) -> Area:
    """Where a query is asked: as its words or its language say, unless it names a place."""
    if places:
        return Area()
    return area_of(languages)._replace(local=frozenset(filter(None, local)))


def _without_foreign(typed: _Typed) -> list[bool]:
    """For each token whether it carries no subject, if the query is in another language than English."""
    return [
        empty or (word in ALL_STOP_WORDS and not capitals)
        for empty, word, capitals in zip(typed.bare, typed.words, typed.capitals, strict=True)
    ]


def _languages(typed: _Typed, spans: Sequence[Span]) -> list[str]:
    """Tags of the languages a query may be in but English, best guess; several where they are as likely.

    The script tells, or the labels that are not English as well, together with the little words.
    """
    script = script_language(typed.words)
    if script:
        return [script]
    said: dict[str, set[int]] = defaultdict(set)
    for span in spans:
        if any(owner.english and owner.mark for owner in span.owners):  # others have names in any language
            continue
        words = typed.words[span.start : span.end]
        owners = [owner for owner in span.owners if owner.mark and _is_typed(owner.folded, words)]
        for language in {one for owner in owners for one in owner.languages.split()}:
            said[language].update(range(span.start, span.end))
    little = little_words(typed.words)
    english = len(STOP_WORDS.intersection(typed.words))
    likely = set(said) or {tag for tag, number in little.items() if number > max(1, english)}
    scores = {tag: len(said.get(tag, ())) + little.get(tag, 0) for tag in likely}
    most = max(scores.values(), default=0)
    return [tag for tag, score in scores.items() if score == most]


def _is_typed(folded: str, words: Collection[str]) -> bool:
    """Whether every word of a label was typed as it is; in a script without spaces, inside a longer run."""
    return all(
        word in words or (not word.isascii() and any(word in run for run in words)) for word in folded.split()
    )


def _begun(base: Base, typed: str) -> list[tuple[Owner, float]]:
    rows = base.connection.execute(
        "select loose from (select distinct loose from label where folded >= ? and folded < ? limit ?) "
        "order by length(loose), loose limit ?",
        (typed, typed + "\U0010ffff", _MOST_BEGUN, _KEPT_BEGUN),
    ).fetchall()
    found = labelled(base, [label for (label,) in rows])
    return [
        (owner, min(1.0, len(typed) / len(label)))
        for label, owners in found.items()
        for owner in owners
        if owner.sort != "local"
    ]


def _spans(base: Base, typed: _Typed) -> list[Span]:
    """Every run of tokens that is a label, the query as a whole included."""
    tokens = typed.tokens
    places: _Places = defaultdict(list)
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
    without = _without_foreign(typed)
    if without != typed.bare:
        bags = _bags(tokens, without)
        abroad = {
            label: [owner for owner in owners if not owner.english]
            for label, owners in labelled(base, bags, by="bag").items()
        }
        mixed += _spans_of(abroad, bags, typed, whole=False)
    known = {(span.start, span.end) for span in found}
    return found + [span for span in mixed if (span.start, span.end) not in known]


def _bags(tokens: Sequence[str], bare: Sequence[bool]) -> _Places:
    """Where the words that carry a subject stand, run by run; a run of one only where its forms are many."""
    core = [place for place, empty in enumerate(bare) if not empty]
    bags: _Places = defaultdict(list)
    for first in range(len(core)):
        alone = not tokens[core[first]].isascii()
        for last in range(first if alone else first + 1, min(first + _LONGEST_BAG, len(core))):
            inside = [stem(tokens[place]) for place in core[first : last + 1]]
            bags[" ".join(sorted(inside))].append((core[first], core[last] + 1))
    return bags


def _spans_of(
    owners: dict[str, list[Owner]], places: _Places, typed: _Typed, *, whole: bool = True
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
    """The tokens of folded words that carry a subject, or turn it round."""
    return tokens_of(word for word in folded.split() if word not in STOP_WORDS or word in NEGATIONS)


def _fits(owner: Owner, start: int, end: int, typed: _Typed) -> bool:
    """Whether the label may be meant: codes and words like "who" only in capitals, or alone.

    In another language short letters are words ("od" is Slavic for from).
    """
    said = " ".join(typed.words[start:end])
    if typed.foreign and owner.sort == "abbreviation" and owner.english and len(said) <= _SHORT:
        return all(typed.capitals[start:end])
    if not _is_form(owner, said):
        return False
    if all(typed.bare[:start]) and all(typed.bare[end:]):
        return True
    if owner.sort in _CODES or all(typed.bare[start:end]):
        return all(typed.capitals[start:end])
    return True


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
    """The records that each of ``labels`` (in the form of that column) stands for."""
    rows = base.connection.execute(
        f"select {by}, holder.kind, holder.id, holder.country, record.id, record.kind, record.country, "
        "case when holder.kind = 'term' and type in ('id', 'name') then 'synonym' else type end, "
        "coalesce(about.position, 0), languages, background, folded "
        "from label join record as holder on holder.rowid = label.record and holder.active "
        "left join about on about.term = holder.rowid "
        "join record on record.id = coalesce(about.id, holder.id) and record.active "
        f"where {by} in (select value from json_each(?)) and record.kind != 'term' "
        f"order by {by}, holder.id, about.position",
        (json.dumps(list(labels)),),
    )
    found: dict[str, list[Owner]] = defaultdict(list)
    for label, kind, holder, country, *owner in rows:
        mark = mark_of(kind, holder, country) if kind in DEFINING else ""
        found[label].append(Owner(mark, *owner))
    return found


def _units(typed: _Typed, spans: Sequence[Span]) -> list[Unit]:
    """The query cut into labels (the longest first) and the words left over.

    A word of a script without spaces is left out where a label was found inside it.
    """
    tokens, belongs, bare = typed.tokens, typed.belongs, typed.bare
    units: list[tuple[int, Unit]] = []
    taken = [False] * len(tokens)
    for span in sorted(spans, key=lambda span: (span.form != "whole", span.start - span.end, span.start)):
        marks = sorted({owner.mark for owner in span.owners if owner.mark})
        inside = range(span.start, span.end)
        if not marks or any(taken[place] for place in inside):
            continue
        for place in inside:
            taken[place] = True
        run = [tokens[place] for place in inside if span.form == "whole" or not bare[place]]
        units.append((span.start, Unit(run, marks)))
    labelled_words = {belongs[place] for place, known in enumerate(taken) if known}
    for number in dict.fromkeys(belongs):
        pieces = [place for place, word in enumerate(belongs) if word == number]
        if number not in labelled_words and not bare[pieces[0]]:
            units.append((pieces[0], Unit([tokens[place] for place in pieces], [])))
    return list({tuple(unit.tokens): unit for _, unit in sorted(units, key=lambda entry: entry[0])}.values())
