"""What the index stores of one record: columns, labels, searchable text, citations.

Pure functions from a record to rows. Whatever a list or a search shows is a column, so that
showing it decodes nothing.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from recoverykb.fold import words
from recoverykb.records.vocabulary import RETIRED
from recoverykb.stop_words import ALL_STOP_WORDS, NEGATIONS, STOP_WORDS
from recoverykb.storage.concepts import UNLIKE
from recoverykb.tokens import bag, joined_tokens

if TYPE_CHECKING:
    from recoverykb.records.types import AnyRecord, Contact

_ENCODER = msgspec.json.Encoder()
_UNSEARCHED = frozenset({
    "id", "name", "aliases", "summary", "sources", "title", "url", "see", "related",
    "verified", "earlier", "checks",
})  # fmt: skip


_LINE = ("helpline", "help line", "hotline", "someone to talk to")
_CALLED = {"drug-help": (*_LINE, "drug line"), "crisis": (*_LINE, "crisis line")}
"""What people call a line of that purpose, whatever its own words are; never shown."""


_SHORT_NAME = 3
"""Letters of a name in Latin script that counts as a code."""


_LIKENED = ("term", "strategy", "guide")


class LabelRow(NamedTuple):
    """A label of a record: folded, levelled in order, levelled by alphabet; and its sort.

    ``languages`` are tags with a space between; what is of a language that nobody named counts as English.
    ``stress`` is -1 for the background of a question, 1 for danger to life, else 0.
    """

    folded: str
    loose: str
    bag: str
    type: str
    languages: str
    stress: int = 0


class RecordRow(NamedTuple):
    """The columns of a record."""

    id: str
    kind: str
    name: str
    aliases: str
    summary: str
    country: str | None
    tags: str
    looked_at: str
    mark: str
    retired: bool
    body: bytes


def record_row(kind: str, record: "AnyRecord") -> RecordRow:
    """The columns of ``record``; lists are stored as JSON."""
    return RecordRow(
        id=record.id,
        kind=kind,
        name=record.name,
        aliases=_json(shown_aliases(record)),
        summary=_summary(record),
        country=_country(record),
        tags=_json([*getattr(record, "tags", ()), *_own_tags(record)]),
        looked_at=looked_at(record),
        mark=_mark(record),
        retired=is_retired(record),
        body=_ENCODER.encode(record),
    )


def shown_aliases(record: "AnyRecord") -> list[str]:
    """Acronym, abbreviation and aliases, without repeats."""
    short = getattr(record, "acronym", "") or getattr(record, "abbreviation", "")
    names = ([short] if short else []) + list(getattr(record, "aliases", ()))
    return list(dict.fromkeys(names))


def looked_at(record: "AnyRecord") -> str:
    """The day (ISO) on which somebody last compiled, reviewed or checked the record.

    Of contacts that were verified on their own, the one that waits longest decides.
    """
    if record.kind == "source":
        return record.accessed.isoformat()
    whole = whole_look(record)
    contacts = record.contacts if record.kind == "organization" else []
    return min((last_look(contact, whole) for contact in contacts), default=whole).isoformat()


def whole_look(record: "AnyRecord") -> date:
    """The day on which somebody last looked at the whole of a record."""
    if record.kind == "source":
        return record.accessed
    days = [record.compiled]
    if record.kind != "term":
        days += [review.on for review in record.reviews]
        days += [check.on for check in record.checks if not check.part]
    return max(days)


def last_look(contact: "Contact", whole: date) -> date:
    """The day on which somebody last looked at a contact; ``whole`` is that for its record."""
    return max(contact.verified.on, whole) if contact.verified else whole


def is_retired(record: "AnyRecord") -> bool:
    """Whether the record is no longer to be used."""
    return getattr(record, "retired", None) is not None


def labels(record: "AnyRecord") -> list[LabelRow]:
    """Every label that finds ``record`` when it is typed whole."""
    rows = [_label(record.id, "id"), _label(record.name, "name")]
    if record.kind == "term":
        rows += [_label(label.text, label.type, label.language) for label in record.labels]
        rows = [row._replace(stress=record.urgent - record.background) for row in rows]
    if record.kind == "country":
        rows += [_label(code, "code") for code in (record.iso2, record.iso3)]
        rows += [_translated(label, language) for language, label in record.labels.items()]
    rows += [_label(alias, "alias") for alias in shown_aliases(record)]
    return _joined(rows)


def _joined(rows: Iterable[LabelRow]) -> list[LabelRow]:
    """``rows`` that say something, with one row for a label that is the same in several languages."""
    found: dict[tuple[str, str], LabelRow] = {}
    for row in rows:
        if not row.folded:
            continue
        known = found.setdefault((row.folded, row.type), row)
        if row.languages not in known.languages.split():
            languages = f"{known.languages} {row.languages}"
            # what English leaves out others do as well, but not the other way round
            found[row.folded, row.type] = (row if row.languages == "en" else known)._replace(
                languages=languages
            )
    return list(found.values())


def _translated(name: str, language: str) -> LabelRow:
    """The label of a country in another language; a short one is a sort of its own.

    It is mostly a common word as well: "Bỉ" is Belgium, but "bị" is in every second sentence.
    """
    row = _label(name, "translation", language)
    short = row.folded.isascii() and len(row.folded) <= _SHORT_NAME
    return row._replace(type="short") if short else row


def _label(text: str, sort: str, language: str = "en") -> LabelRow:
    found = words(text)
    english = language == "en"
    empty = (STOP_WORDS if english else ALL_STOP_WORDS) - NEGATIONS
    return LabelRow(" ".join(found), joined_tokens(found), bag(found, empty), sort, language)


def about(record: "AnyRecord") -> list[str]:
    """The ids of the records a term stands for; nothing for other kinds."""
    return record.about if record.kind == "term" else []


def joint(record: "AnyRecord") -> list[tuple[int, int, int, str]]:
    """What means a term together, an entry for each concept that may stand there.

    It says the number of the combination, of the part, how many parts there are, and the id of the concept.
    """
    if record.kind != "term":
        return []
    return [
        (number, slot, len(combination), concept)
        for number, combination in enumerate(record.together)
        for slot, concepts in enumerate(combination)
        for concept in dict.fromkeys(concepts)
    ]


def alike(kind: str, rows: Sequence[LabelRow]) -> list[tuple[str, str]]:
    """The words of each English label of several (``rows``: see :func:`labels`), with all of its words.

    By them a label is found that is like a query (:mod:`recoverykb.search.alike`). Names of what there may be
    very many of, organizations and sources, are not kept so.
    """
    if kind not in _LIKENED:
        return []
    bags = {
        row.bag for row in rows if " " in row.bag and "en" in row.languages.split() and row.type not in UNLIKE
    }
    return sorted({(word, bag) for bag in bags for word in bag.split()})


class Said(NamedTuple):
    """What a record says for searching; ``body`` is the remaining text, a statement a line."""

    name: str
    labels: str
    summary: str
    body: str


def searchable(record: "AnyRecord", statements: Iterable[str]) -> Said:
    """What ``record`` says, as it stands; ``statements`` as :func:`survey` found them."""
    others = shown_aliases(record)
    if record.kind == "term":
        others = [label.text for label in record.labels]
    elif record.kind == "country":
        others = [*others, record.iso2, record.iso3, *record.labels.values()]
    if record.kind == "organization":
        purposes = {contact.purpose for contact in record.contacts if not contact.private}
        others = [*others, *(name for purpose in _CALLED if purpose in purposes for name in _CALLED[purpose])]
    others = [*others, *getattr(record, "tags", ())]
    body = "\n".join(" ".join(text.split()) for text in statements)
    return Said(record.name, " ; ".join(others), _summary(record), body)


def survey(table: Mapping[str, Any]) -> tuple[list[str], Counter[str]]:
    """Every statement in a record (as in its file), and how many places rest on each source."""
    statements: list[str] = []
    cited: Counter[str] = Counter()
    _survey(table, statements, cited)
    return statements, cited


def _survey(value: Any, statements: list[str], cited: Counter[str]) -> None:
    if isinstance(value, str):
        statements.append(value)
    elif isinstance(value, list):
        for inner in value:
            _survey(inner, statements, cited)
    elif isinstance(value, dict) and value.get("private") is not True:
        for source in value.get("sources", ()):
            cited[source] += 1
        for name, inner in value.items():
            if name in _UNSEARCHED:
                continue
            if isinstance(inner, str):  # most are: a call for each takes longer than all else here
                statements.append(inner)
            else:
                _survey(inner, statements, cited)


def cited_places(value: Any, source: str, path: str = "") -> Iterator[tuple[str, str]]:
    """Each place in a record (as a table) that rests on ``source``: its path of keys, and what it says."""
    if _is_private(value):
        return
    if isinstance(value, dict):
        if source in value.get("sources", ()):
            telling = _TELLING if path else ("summary",)
            yield path, next((str(value[name]) for name in telling if value.get(name)), "")
        for name, inner in value.items():
            yield from cited_places(inner, source, f"{path}.{name}".lstrip("."))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from cited_places(inner, source, f"{path}[{position}]")


_TELLING = ("text", "evidence", "number", "basis", "service", "measure", "country", "email", "url", "title")
"""The key that says what the sources of a table inside a record state, in order of preference."""


def _is_private(value: Any) -> bool:
    """Whether ``value`` is a private contact, of which nothing may be found, listed or used as a spelling."""
    return isinstance(value, dict) and value.get("private") is True


def _json(values: list[str]) -> str:
    return _ENCODER.encode(values).decode()


def _summary(record: "AnyRecord") -> str:
    if record.kind == "source":
        return f"{record.publisher}, {record.year or 'undated'}"
    return record.note if record.kind == "term" else record.summary


def _country(record: "AnyRecord") -> str | None:
    if record.kind == "country":
        return record.iso2
    return record.country if record.kind == "organization" else None


def _own_tags(record: "AnyRecord") -> list[str]:
    if record.kind == "strategy":
        return [record.category]
    if record.kind == "organization":
        return [record.type]
    return [record.tier] if record.kind == "source" else []


def _mark(record: "AnyRecord") -> str:
    """What a list must say beside the name, so that nobody takes the record for a recommendation."""
    if is_retired(record):
        return RETIRED
    if record.kind == "strategy":
        return f"evidence: {record.evidence.rating}"
    if record.kind == "organization":
        if not record.referral:
            return "not a referral"
        return record.status if record.status and record.status != "active" else ""
    return ""
