"""The language a page is put into: the frame's words, dates, and which texts exist in it.

Messages are gettext catalogues (``locale/LANG/LC_MESSAGES``), keyed by the English text:
``sheet`` holds the frame, ``records`` the guides and options that sheets print. A text that has no
translation, or whose English changed since, stays English and says so. ``.maintenance/catalogues.py``
keeps the files.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Protocol

from recoverykb.errors import UsageError

_LOCALE = Path(__file__).parents[1] / "locale"

LANGUAGE_NAMES = {
    "ar": "العربية",
    "en": "English",
    "es": "español",
    "fr": "français",
    "pt": "português",
    "ru": "русский",
    "sw": "Kiswahili",
    "th": "ไทย",
}
"""The languages sheets come in, each by its own name (as Unicode CLDR has it)."""

_RIGHT_TO_LEFT = frozenset({"ar"})

UNREVIEWED = "nobody yet"
"""What a catalogue's header names as its last translator until a native speaker has reviewed it."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Catalogue(Protocol):
    """What of a gettext catalogue is used."""

    def gettext(self, message: str) -> str: ...  # noqa: D102 (gettext's own)
    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str: ...  # noqa: D102


class Language:
    """English, unless catalogues are given.

    ``code`` is a BCP 47 tag. ``reviewed_by`` names the native speaker who read the translation;
    it is empty while nobody has.
    """

    def __init__(
        self,
        code: str = "en",
        frame: Catalogue | None = None,
        records: Catalogue | None = None,
        reviewed_by: str = "",
    ) -> None:
        self.code = code
        self.reviewed_by = reviewed_by
        self._frame = frame
        self._records = records

    @property
    def english(self) -> bool:
        """Whether the page is in the language of the records."""
        return self.code == "en"

    @property
    def rtl(self) -> bool:
        """Whether the language runs from right to left."""
        return self.code in _RIGHT_TO_LEFT

    @property
    def name(self) -> str:
        """The language's own name."""
        return LANGUAGE_NAMES.get(self.code, self.code)

    def say(self, message: str, /, **values: object) -> str:
        """A message of the frame, with ``values`` put into its braces."""
        told = self._frame.gettext(message) if self._frame else message
        return told.format(**values) if values else told

    def word(self, english: str) -> str:
        """A word of a vocabulary or the name of a record, where it is translated; else as it is."""
        return self._frame.gettext(english) if self._frame and english else english

    def knows(self, english: str) -> bool:
        """Whether a text of a record can be shown in this language."""
        return self.english or self.record(english) != english

    def record(self, english: str) -> str:
        """A text of a record, translated where a translation of these very words exists."""
        return self._records.gettext(english) if self._records and english else english

    def day(self, value: date) -> str:
        """A date as people write it: ``20 Nov 2026``."""
        # Translators: a date, e.g. 20 Nov 2026
        return self.say(
            "{day} {month} {year}",
            day=value.day,
            month=self.word(MONTHS[value.month - 1]),
            year=value.year,
        )

    def called(self, english: str, labels: Mapping[str, str]) -> str:
        """A country's name in this language; ``labels`` holds the names that differ from English."""
        return labels.get(self.code, english)


ENGLISH = Language()


@cache
def language(code: str) -> Language:
    """The language of that tag. Raises :class:`UsageError` for one that sheets do not come in."""
    if code == "en":
        return ENGLISH
    if code not in LANGUAGE_NAMES:
        known = ", ".join(f"{tag} ({name})" for tag, name in LANGUAGE_NAMES.items())
        raise UsageError(f"no sheets in '{code}'", f"languages: {known}")
    from gettext import GNUTranslations

    def catalogue(domain: str) -> GNUTranslations:
        with (_LOCALE / code / "LC_MESSAGES" / f"{domain}.mo").open("rb") as stream:
            return GNUTranslations(stream)

    frame, records = catalogue("sheet"), catalogue("records")
    reviewers = list(dict.fromkeys(found.info()["last-translator"] for found in (frame, records)))
    reviewed_by = "" if UNREVIEWED in reviewers else ", ".join(reviewers)
    return Language(code, frame, records, reviewed_by)
