"""What the words of a query stand for: concepts, places, or just words."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from recoverykb.search.area import Area, area_of
from recoverykb.search.english import is_english
from recoverykb.search.joint import joints_of
from recoverykb.search.languages import little_words, script_language
from recoverykb.search.query import Query
from recoverykb.search.reading import Owner, Reading, Span, Unit
from recoverykb.search.spans import Typed, labelled, spans_in, without_foreign
from recoverykb.stop_words import ALL_STOP_WORDS, STOP_WORDS
from recoverykb.storage.base import Base
from recoverykb.tokens import tokens_of

_MOST_BEGUN, _KEPT_BEGUN = 2000, 60
"""So many labels that begin as what is typed are looked at, and so many of them, the shortest, are kept."""


def read(base: Base, query: Query, replaced: dict[str, list[str]], *, open_end: bool = False) -> Reading:
    """Understand ``query``, with the words in ``replaced`` corrected.

    With ``open_end`` the last word is still being typed.
    """
    typed, spans, languages = _in_its_language(base, _typed(query, replaced))
    joints = joints_of(base, spans)
    local = _local(typed, spans)
    spans = _leading(spans)
    countries = (owner.country for span in spans for owner in span.owners if _is_place(owner))
    places = set(filter(None, countries))
    units = _units(typed, spans)
    said = [word for one in query.words for word in replaced.get(one, [one])]
    begun = _begun(base, " ".join(said) + ("" if open_end else " "))
    share = max(local.values(), default=0.0)
    area = Area() if places else area_of(languages)._replace(local=frozenset(local), share=share)
    return Reading(
        typed.tokens, typed.bare, spans, joints, units, places, area, open_end and bool(units), begun
    )


def _typed(query: Query, replaced: dict[str, list[str]]) -> Typed:
    """``query`` token by token; where it has nothing but little words, they carry the subject."""
    typed = Typed([], [], [], [], [])
    for number, spoken in enumerate(query.spoken):
        for word in replaced.get(spoken.word, [spoken.word]):
            for token in tokens_of([word]):
                typed.tokens.append(token)
                typed.words.append(word)
                typed.belongs.append(number)
                typed.capitals.append(spoken.capitals)
                empty = STOP_WORDS if word.isascii() else ALL_STOP_WORDS
                typed.bare.append(word in empty and not spoken.capitals)
    return typed._replace(bare=[False] * len(typed.bare)) if all(typed.bare) else typed


def _in_its_language(base: Base, typed: Typed) -> tuple[Typed, list[Span], list[str]]:
    """A query as its language has it, the labels in it, and the languages it may be in but English."""
    spans = spans_in(base, typed)
    languages = _languages(typed, spans)
    if not languages:
        return typed, spans, languages
    without = without_foreign(typed)
    typed = typed._replace(bare=typed.bare if all(without) else without, foreign=True)
    return typed, spans_in(base, typed), languages


def _is_place(owner: Owner) -> bool:
    """Whether a label names a country; not if what it means only has to do with one."""
    return owner.kind == "country" and (owner.position == 0 or owner.sort == "place")


def _leads(owner: Owner) -> bool:
    """Whether a label leads to it by itself: not if it says only where, or counts only beside others."""
    return owner.sort != "local" and not owner.is_beside


def _leading(spans: Sequence[Span]) -> list[Span]:
    """``spans`` without the labels that lead nowhere by themselves."""
    named = [span._replace(owners=list(filter(_leads, span.owners))) for span in spans]
    return [span for span in named if span.owners]


def _local(typed: Typed, spans: Sequence[Span]) -> dict[str, float]:
    """The countries whose own words a query has, and the share of its subject that those words are."""
    subject = sum(not empty for empty in typed.bare)
    found: dict[str, float] = {}
    for span in spans:
        share = sum(not typed.bare[place] for place in range(span.start, span.end)) / subject
        for owner in span.owners:
            if owner.sort == "local" and owner.country:
                found[owner.country] = max(share, found.get(owner.country, 0.0))
    return found


def _languages(typed: Typed, spans: Sequence[Span]) -> list[str]:
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
        if all(map(is_english, words)):
            continue
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
        if _leads(owner)
    ]


def _units(typed: Typed, spans: Sequence[Span]) -> list[Unit]:
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
