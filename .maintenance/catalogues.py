"""Keep the message catalogues of sheets: collect what is to be translated, merge it, compile it.

    python .maintenance/catalogues.py update    # after a change to English words: .pot, then every .po
    python .maintenance/catalogues.py compile   # after a change to a .po: the .mo that the program reads
    python .maintenance/catalogues.py check     # says what is stale or missing; exit 1 if anything is

Two domains: ``sheet`` (the frame, and the words of vocabularies) and ``records`` (the guides and the
options that sheets print most). The key of a message is the English text, so that a text whose
English changed falls back to English, marked as such, and never shows an old translation. Names of
languages and months come from Unicode CLDR. Needs ``babel`` (in the ``test`` extra).
"""

import io
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from recoverykb.records import vocabulary
from recoverykb.views.language import MONTHS, UNREVIEWED
from recoverykb.views.phrases import NOT_CERTAIN

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "src" / "recoverykb" / "locale"
LANGUAGES = ("ar", "es", "fr", "pt", "ru", "sw", "th")
GUIDES = ("overdose-response", "questions-to-ask")
OPTIONS = (
    *vocabulary.SERVICES,
    "methadone",
    "buprenorphine",
    "extended-release-buprenorphine",
    "naloxone",
    "counselling",
    "peer-recovery-support",
    "residential-rehabilitation",
    "craft-family-training",
    "housing-first",
)
"""The options whose texts are translated: the services of the tables, and what people ask for most."""
DOMAINS = ("sheet", "records")
FIXED = datetime(2026, 11, 27, tzinfo=UTC)
"""A date in the headers that does not change from run to run, so that files change only with their words."""


def record(kind: str, record_id: str) -> dict[str, Any]:
    """A record of the curated base as TOML gives it."""
    return tomllib.loads((ROOT / "kb" / kind / f"{record_id}.toml").read_text(encoding="utf-8"))


def record_messages() -> Iterator[tuple[str, str]]:
    """Every text of the guides and options that sheets carry, with the place it stands in."""
    for guide in GUIDES:
        found = record("guides", guide)
        yield found["name"], guide
        for section in found["sections"]:
            where = f"{guide}/{section['heading']}"
            yield from ((text, where) for text in (section["heading"], section.get("intro", "")))
            for item in section.get("items", []):
                yield from ((text, where) for text in (item["text"], item.get("note", "")))
            yield from ((question, where) for question in section.get("questions", []))
    for option in OPTIONS:
        found = record("strategies", option)
        texts = [found["summary"], found.get("how_to_start", ""), *found.get("questions", [])]
        yield from ((text, option) for text in texts)


def sheet_messages() -> Iterator[tuple[str, str]]:
    """Every message of the frame: the calls of ``say``, and the words that sheets show."""
    keywords = {"say": None}
    views = ROOT / "src" / "recoverykb" / "views"
    for file, _, message, _, _ in extract_from_dir(views, keywords=keywords):
        yield message, f"views/{file}"
    for table in (
        vocabulary.PURPOSES,
        vocabulary.RATINGS,
        vocabulary.POSSESSION,
        vocabulary.EMERGENCY_ROLES,
        vocabulary.SEEN_BRIEFLY,
        vocabulary.LANGUAGES,
    ):
        yield from ((word, "records/vocabulary") for word in table.values())
    words = (*vocabulary.RATINGS, *vocabulary.AVAILABILITY, *get_args(vocabulary.How), *MONTHS, NOT_CERTAIN)
    yield from ((word, "records/vocabulary") for word in words)
    for file in sorted((ROOT / "kb" / "strategies").glob("*.toml")):
        yield record("strategies", file.stem)["name"], "names-of-options"


def template(domain: str) -> Catalog:
    """The messages of a domain in English, in the order in which they are met."""
    catalog = Catalog()
    for message, where in record_messages() if domain == "records" else sheet_messages():
        if message:
            catalog.add(message, locations=[(where.replace(" ", "-"), 1)])
    return catalog


def po_file(language: str, domain: str) -> Path:
    """Where the translation of a domain into a language stands."""
    return LOCALE / language / "LC_MESSAGES" / f"{domain}.po"


def po_text(catalog: Catalog) -> bytes:
    """A catalogue as the text of a .po file, without line numbers, which change too often."""
    stream = io.BytesIO()
    write_po(stream, catalog, width=100, include_lineno=False, ignore_obsolete=True)
    return stream.getvalue()


def merged(language: str, domain: str) -> Catalog:
    """The translation of a domain with the messages of today; what is no longer said is dropped."""
    file = po_file(language, domain)
    catalog = Catalog(locale=language)
    if file.exists():
        catalog = read_po(io.BytesIO(file.read_bytes()), locale=language)
    catalog.project, catalog.version = "recoverykb", ""
    catalog.header_comment = (
        "# Sheets of recoverykb. 'Last-Translator' names the native speaker who reviewed them."
    )
    catalog.msgid_bugs_address = catalog.language_team = ""
    catalog.last_translator = catalog.last_translator if file.exists() else UNREVIEWED
    catalog.fuzzy = False
    catalog.update(template(domain), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.creation_date = catalog.revision_date = FIXED
    if domain == "sheet":
        cldr = Locale(language)
        for tag, english in vocabulary.LANGUAGES.items():
            catalog[english].string = cldr.languages[tag]
        for number, month in enumerate(MONTHS, 1):
            catalog[month].string = cldr.months["format"]["abbreviated"][number]
    return catalog


def compiled(language: str, domain: str) -> bytes:
    """What the program reads: a .po file as a .mo file."""
    stream = io.BytesIO()
    write_mo(stream, read_po(io.BytesIO(po_file(language, domain).read_bytes()), locale=language))
    return stream.getvalue()


def stale() -> Iterator[str]:
    """What a check finds: messages without a translation, and files that are not of today."""
    for language in LANGUAGES:
        for domain in DOMAINS:
            file = po_file(language, domain)
            if not file.exists():
                yield f"{language} {domain}: no catalogue"
                continue
            catalog = merged(language, domain)
            missing = [entry.id for entry in catalog if entry.id and not entry.string]
            yield from (f"{language} {domain}: not translated: {message!r}" for message in missing)
            if po_text(catalog) != file.read_bytes():
                yield f"{language} {domain}: run 'catalogues.py update'"
            if (
                not file.with_suffix(".mo").exists()
                or compiled(language, domain) != file.with_suffix(".mo").read_bytes()
            ):
                yield f"{language} {domain}: run 'catalogues.py compile'"


def main(task: str) -> int:
    """Do one of the tasks of the module's docstring; the exit code."""
    if task == "check":
        problems = list(stale())
        print("\n".join(problems) or "every catalogue is complete and of today")
        return bool(problems)
    for language in LANGUAGES:
        for domain in DOMAINS:
            file = po_file(language, domain)
            file.parent.mkdir(parents=True, exist_ok=True)
            if task == "update":
                file.write_bytes(po_text(merged(language, domain)))
            else:
                file.with_suffix(".mo").write_bytes(compiled(language, domain))
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in ("update", "compile", "check"):
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
