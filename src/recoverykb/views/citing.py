"""Numbered sources: one bibliography a document, and the words that go with a fact."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from recoverykb.records.types import Claim, Disputed, Source
from recoverykb.records.vocabulary import SEEN, SEEN_BRIEFLY, TIERS, VERDICTS
from recoverykb.views.document import Reference, Text, Tone
from recoverykb.views.language import ENGLISH, Language


class Dated(Protocol):
    """A part of a record with sources, and perhaps a year."""

    @property
    def sources(self) -> list[str]: ...  # noqa: D102 (said by the class)
    @property
    def year(self) -> int | None: ...  # noqa: D102


class Bibliography:
    """Hands out a number for each source in the order in which it is first cited.

    ``sources`` maps source ids to records. An id without a record is cited as missing, so that a
    fact never looks better founded than it is. ``language`` is that of the page, ``most`` how many
    sources of a fact a page has room for: the weightiest, and of those the newest.
    """

    def __init__(
        self, sources: Mapping[str, Source], language: Language = ENGLISH, most: int | None = None
    ) -> None:
        self._sources = sources
        self._numbers: dict[str, int] = {}
        self._most = most
        self.language = language

    def fresh(self) -> "Bibliography":
        """The same sources, none of them numbered yet."""
        return Bibliography(self._sources, self.language, self._most)

    def refs(self, source_ids: Iterable[str]) -> tuple[int, ...]:
        """The numbers of ``source_ids``."""
        return tuple(
            self._numbers.setdefault(source_id, len(self._numbers) + 1)
            for source_id in self._weightiest(list(dict.fromkeys(source_ids)))
        )

    def _weightiest(self, source_ids: list[str]) -> list[str]:
        """So many of ``source_ids`` as there is room for, in the order in which they were given."""
        if self._most is None or len(source_ids) <= self._most:
            return source_ids
        chosen = sorted(source_ids, key=self._weight)[: self._most]
        return [source_id for source_id in source_ids if source_id in chosen]

    def _weight(self, source_id: str) -> tuple[int, int]:
        source = self._sources.get(source_id)
        if source is None:
            return (len(TIERS), 0)
        return (list(TIERS).index(source.tier), -(source.year or 0))

    def known(self, source_ids: Iterable[str]) -> int:
        """How many different ones of ``source_ids`` the base holds."""
        return len(self._sources.keys() & set(source_ids))

    def independent(self, source_ids: Iterable[str]) -> int:
        """How many of ``source_ids`` are witnesses of their own: one family of sources counts once."""
        known = [self._sources[source] for source in set(source_ids) & self._sources.keys()]
        return len({source.family or source.id for source in known})

    def year_of(self, source_ids: Iterable[str]) -> int | None:
        """The newest year among the sources, for facts that state none."""
        years = [
            source.year
            for source_id in source_ids
            if (source := self._sources.get(source_id)) and source.year
        ]
        return max(years, default=None)

    def held(self, part: Dated) -> int:
        """The year a part of a record holds for, or that of its source; 0 where neither has one."""
        return part.year or self.year_of(part.sources) or 0

    def claim(self, claim: Claim, *, lead: str = "") -> Text:
        """A claim with its year, note and source numbers."""
        return self.cite(claim.text, claim.sources, claim.year, claim.note, lead=lead)

    def cite(
        self,
        text: str,
        source_ids: Sequence[str],
        year: int | None = None,
        note: str = "",
        *,
        lead: str = "",
        tone: Tone = "",
    ) -> Text:
        """``text`` followed by its year (or that of its sources) and note, with source numbers."""
        when = self.when(source_ids, year)
        remark = f"{note.rstrip('.')}; {when}" if note else when
        return Text(f"{text} ({remark})", self.refs(source_ids), tone, lead)

    def when(self, source_ids: Iterable[str], year: int | None) -> str:
        """The year a fact holds for, in words: its own, its source's, or that there is none."""
        if year is not None:
            return str(year)
        published = self.year_of(source_ids)
        say = self.language.say
        return say("source of {year}", year=published) if published else say("source undated")

    def words(self, value: str, words: str = "", refs: tuple[int, ...] = (), **more: Any) -> Text:
        """``value``, which is in the language of the page, and after it the ``words`` of a record.

        Where the record is in another language than the page, its words are kept apart. ``more`` are
        fields of :class:`Text`.
        """
        known = self.language.record(words)
        if not words or self.language.knows(words):
            return Text(" ".join(part for part in (value, known) if part), refs, **more)
        return Text(value, refs, quote=words, **more)

    def dated(self, words: str, part: Dated) -> Text:
        """The ``words`` of a part of a record with the year they hold for, and its sources."""
        when = f"({self.when(part.sources, part.year)})"
        refs = self.refs(part.sources)
        if self.language.knows(words):
            return Text(f"{self.language.record(words)} {when}", refs)
        return Text(when, refs, quote=words)

    def disputed(self, entry: Disputed) -> Text:
        """A claim that circulates, marked, with what the evidence says."""
        text = f"{capital(VERDICTS[entry.verdict])}. {entry.evidence}"
        cited = self.cite(text, entry.sources, entry.year)
        return Text(cited.value, cited.refs, "warning", f"“{entry.claim}”")

    def references(self, *, brief: bool = False, longest: int | None = None) -> list[Reference]:
        """Every source cited so far, by number; ``brief`` for paper, without addresses over ``longest``."""
        found = [
            Reference(number, *self._describe(source_id, brief=brief))
            for source_id, number in self._numbers.items()
        ]
        if longest is None:
            return found
        return [entry if len(entry.url) <= longest else entry._replace(url="") for entry in found]

    def _describe(self, source_id: str, *, brief: bool) -> tuple[str, str]:
        say = self.language.say
        source = self._sources.get(source_id)
        if source is None:
            text = say("this source is missing from the base; treat the fact as unfounded")
            return f"{source_id}: {text}", ""
        undated = say("undated")
        published = f"{source.publisher}, {source.year or undated}"
        seen = self.language.word(SEEN_BRIEFLY[source.seen])
        if brief:
            parts: tuple[str, ...] = (source.title, f"{published} ({seen})" if seen else published)
        else:
            parts = (source.title, published, kind_in_words(source))
        return " ".join(f"{part.removesuffix('.')}." for part in parts), source.url

    def data(self) -> list[dict[str, object]]:
        """The cited sources as records for JSON, by number."""
        import msgspec

        return [
            {"number": number, **msgspec.to_builtins(source)}
            for source_id, number in self._numbers.items()
            if (source := self._sources.get(source_id))
        ]


def kind_in_words(source: Source) -> str:
    """What sort of source it is and how much of it was read."""
    seen = SEEN[source.seen]
    if source.via:
        seen = f"{seen} ({source.via})"
    return f"{capital(TIERS[source.tier])}; {seen}, {day(source.accessed)}"


def capital(text: str) -> str:
    """``text`` with its first letter as a capital, the others as they are."""
    return text[:1].upper() + text[1:]


def day(value: date) -> str:
    """A date as people write it, the same in every locale: ``20 Nov 2026``."""
    return ENGLISH.day(value)


def source_ids(value: object) -> list[str]:
    """Every source id that ``value`` (a record, part or list of them) names, in order."""
    import msgspec

    found: list[str] = []

    def walk(node: object) -> None:
        if isinstance(node, dict):
            found.extend(node.get("sources", ()))
            for inner in node.values():
                walk(inner)
        elif isinstance(node, list):
            for inner in node:
                walk(inner)

    walk(msgspec.to_builtins(value))
    return list(dict.fromkeys(found))
