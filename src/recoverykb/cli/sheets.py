"""From the words of a command or a recipe to the document of a sheet."""

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Literal, NamedTuple

from recoverykb.errors import UsageError
from recoverykb.records.recipe import Form, Recipe
from recoverykb.records.types import Organization
from recoverykb.storage.base import Base
from recoverykb.storage.recipes import placed, read_logo, read_recipe
from recoverykb.views.document import Document, Logo
from recoverykb.views.language import language
from recoverykb.views.places import country_code
from recoverykb.views.sheet.cut import can_drop, cut
from recoverykb.views.sheet.freshness import Clock
from recoverykb.views.sheet.gather import sheet_parts
from recoverykb.views.sheet.needs import chosen_needs
from recoverykb.views.sheet.page import printed_records, sheet_document
from recoverykb.views.sheet.wish import SheetParts, Wish

_KINDS = ("strategy", "organization", "guide", "country")


class Ordered(NamedTuple):
    """What a recipe asks for: how the sheet is to be, what it is made of, and the forms to make."""

    recipe: Path
    wish: Wish
    parts: SheetParts
    forms: Sequence[Form]

    def document(self, *, today: date) -> Document:
        """The sheet. Raises :class:`UsageError` where it cannot be made to fit its pages."""
        with placed(self.recipe, "pages"):
            return _document(self.parts, self.wish, today)


def ordered(base: Base, path: Path, *, today: date) -> Ordered:
    """What the recipe in a file asks for.

    Raises :class:`UsageError` with file, line and column for what is wrong in it or not in the base.
    """
    recipe = read_recipe(path)
    if recipe.country:
        with placed(path, "country"):
            base.resolve(recipe.country, ("country",))
    words = []
    for number, word in enumerate(recipe.records):
        with placed(path, "records", number):
            words.append(_resolved(base, word))
    wish = _wish_of(recipe, path)
    with placed(path, "records"):
        parts = parts_of(base, words, wish, today=today)
    return Ordered(path, wish, parts, recipe.forms or ["pdf"])


def _wish_of(recipe: Recipe, path: Path) -> Wish:
    """What the recipe in that file asks for, apart from its records. Raises as :func:`ordered`."""
    with placed(path, "language"):
        language(recipe.language)
    with placed(path, "logo"):
        content = read_logo(recipe, path.parent)
        kind = _kind_of(content) if content is not None else "png"
    needs: list[str] = []
    for number, need in enumerate(recipe.needs):
        with placed(path, "needs", number):
            needs += chosen_needs(need)
    if not recipe.records and not recipe.country and not needs:
        with placed(path):
            raise UsageError("the recipe names nothing to print", "give it 'records', 'country' or 'needs'")
    return Wish(
        country=recipe.country,
        needs=tuple(dict.fromkeys(needs)),
        audience=recipe.audience,
        language=recipe.language,
        title=recipe.title,
        agency=recipe.agency,
        contact=recipe.contact,
        logo=Logo(content, kind, recipe.agency or recipe.title or "logo") if content else None,
        paper=recipe.paper,
        large=recipe.large_print,
        pages=recipe.pages,
        stale=recipe.include_stale,
    )


def _kind_of(content: bytes) -> Literal["png", "jpeg", "svg"]:
    """What sort of picture it is, by its first bytes."""
    if content.startswith(b"\x89PNG"):
        return "png"
    if content.startswith(b"\xff\xd8"):
        return "jpeg"
    if b"<svg" in content[:1000]:
        return "svg"
    raise UsageError("the logo is no PNG, JPEG or SVG picture")


def document_of(base: Base, words: Sequence[str], wish: Wish, *, today: date) -> Document:
    """The sheet of the records that ``words`` name.

    Raises :class:`UnknownRecordError` for unknown words, :class:`UsageError` where it cannot be made to
    fit its pages.
    """
    return _document(parts_of(base, words, wish, today=today), wish, today)


def _document(parts: SheetParts, wish: Wish, today: date) -> Document:
    if wish.pages is None:
        return sheet_document(parts, wish, today=today)
    return _fitted(parts, wish, wish.pages, today)


def parts_of(base: Base, words: Sequence[str], wish: Wish, *, today: date) -> SheetParts:
    """What the sheet is made of. Raises :class:`UnknownRecordError` for unknown words."""
    code = country_code(base, wish.country) if wish.country else None
    return sheet_parts(
        base, [_resolved(base, word) for word in words], wish._replace(country=code), today=today
    )


def _resolved(base: Base, word: str) -> str:
    """The id a word stands for; ``overdose`` and ``questions`` stand for the guides of that use."""
    from recoverykb.records.types import Guide

    guide = next((guide.id for guide in base.every(Guide) if guide.use == word != "other"), None)
    return guide or base.resolve(word, _KINDS)


def digests_of(parts: SheetParts, wish: Wish, *, today: date) -> dict[str, str]:
    """A digest of each record a sheet prints or cites; it changes when the record does, or becomes due."""
    import msgspec

    spoken, clock = language(wish.language), Clock(today, parts.policies)
    found = {}
    for record in printed_records(parts):
        contacts = record.contacts if isinstance(record, Organization) else ()
        due = [clock.due_mark(record, spoken, contact) for contact in (None, *contacts)]
        found[record.id] = digest(msgspec.json.encode((record, due)))
    for source in sheet_document(parts, wish, today=today).data["sources"]:
        found[source["id"]] = digest(msgspec.json.encode(parts.sources[source["id"]]))
    found["left out"] = digest(repr(sorted(parts.left_out)).encode())
    return found


def digest(content: bytes) -> str:
    """A short name for ``content`` that changes when it does."""
    return sha256(content).hexdigest()[:16]


def _fitted(parts: SheetParts, wish: Wish, pages: int, today: date) -> Document:
    """The sheet with as few entries left out as it takes to fit ``pages``, counted in the PDF."""
    from recoverykb.render.formats.pdf_ import count_pages

    def made(dropped: int) -> Document:
        return sheet_document(cut(parts, dropped), wish, today=today)

    fewest, most = 0, can_drop(parts)
    needed = count_pages(made(most))
    if needed > pages:
        raise UsageError(
            f"the sheet does not fit {pages} {'page' if pages == 1 else 'pages'}: with all that may be left "
            f"out it still needs {needed}",
            f"--pages {needed}, or name fewer records; type is never made smaller",
        )
    while fewest < most:
        middle = (fewest + most) // 2
        if count_pages(made(middle)) <= pages:
            most = middle
        else:
            fewest = middle + 1
    return made(fewest)
