"""Numbered sources: one bibliography a document, and the words that go with a fact."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

from recoverykb.records.types import Claim, Disputed, Source
from recoverykb.records.vocabulary import SEEN, SEEN_BRIEFLY, TIERS, VERDICTS
from recoverykb.views.document import Reference, Text, Tone


class Dated(Protocol):
    """A part of a record with sources, and perhaps a year."""

    @property
    def sources(self) -> list[str]: ...  # noqa: D102 (said by the class)
    @property
    def year(self) -> int | None: ...  # noqa: D102


class Bibliography:
    """Hands out a number for each source in the order in which it is first cited.

    ``sources`` maps source ids to records. An id without a record is cited as missing, so that a
    fact never looks better founded than it is.
    """

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._sources = sources
        self._numbers: dict[str, int] = {}

    def fresh(self) -> "Bibliography":
        """The same sources, none of them numbered yet."""
        return Bibliography(self._sources)

    def refs(self, source_ids: Iterable[str]) -> tuple[int, ...]:
        """The numbers of ``source_ids``."""
        return tuple(
            self._numbers.setdefault(source_id, len(self._numbers) + 1)
            for source_id in dict.fromkeys(source_ids)
        )

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
        return f"source of {published}" if published else "source undated"

    def disputed(self, entry: Disputed) -> Text:
        """A claim that circulates, marked, with what the evidence says."""
        text = f"{capital(VERDICTS[entry.verdict])}. {entry.evidence}"
        cited = self.cite(text, entry.sources, entry.year)
        return Text(cited.value, cited.refs, "warning", f"“{entry.claim}”")

    def references(self, *, brief: bool = False) -> list[Reference]:
        """Every source cited so far, by number; ``brief`` for paper."""
        return [
            Reference(number, *_describe(source_id, self._sources.get(source_id), brief=brief))
            for source_id, number in self._numbers.items()
        ]

    def data(self) -> list[dict[str, object]]:
        """The cited sources as records for JSON, by number."""
        import msgspec

        return [
            {"number": number, **msgspec.to_builtins(source)}
            for source_id, number in self._numbers.items()
            if (source := self._sources.get(source_id))
        ]


def _describe(source_id: str, source: Source | None, *, brief: bool) -> tuple[str, str]:
    if source is None:
        return f"{source_id}: this source is missing from the base; treat the fact as unfounded", ""
    published = f"{source.publisher}, {source.year or 'undated'}"
    seen = SEEN_BRIEFLY[source.seen]
    if brief:
        parts: tuple[str, ...] = (source.title, f"{published} ({seen})" if seen else published)
    else:
        parts = (source.title, published, kind_in_words(source))
    return " ".join(f"{part.removesuffix('.')}." for part in parts), source.url


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
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


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
