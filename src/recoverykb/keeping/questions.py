"""What to ask for a new record: the fields of its type, in order, and what an answer to each means."""

import re
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple, get_args, get_origin

import msgspec

from recoverykb.keeping.assign import is_list, plain, understood
from recoverykb.records.decode import description_of, problems_of
from recoverykb.storage.encode import struct_in

_NOT_ASKED = frozenset({
    "id", "compiled", "accessed", "retired", "checks", "reviews", "disputed", "verified", "earlier", "labels",
    "private", "referral", "alert", "figures", "programmes", "illustrations", "practised", "family", "parent",
    "conflict",
})  # fmt: skip
"""Fields that are not asked for: set by other commands, or rare enough for an editor."""


class Question(NamedTuple):
    """A field to ask for."""

    name: str
    annotation: object
    required: bool
    help: str
    """What the field is for."""

    @property
    def struct(self) -> type[msgspec.Struct] | None:
        """The type of the table, or of the tables, that the field holds."""
        return struct_in(self.annotation)

    @property
    def many(self) -> bool:
        """Whether the field holds a list."""
        return is_list(self.annotation)

    @property
    def choices(self) -> tuple[str, ...]:
        """The words to choose from, where only these are allowed."""
        inner = plain(self.annotation)
        inner = plain(get_args(inner)[0]) if self.many else inner
        if inner is bool:
            return ("yes", "no")
        return tuple(map(str, get_args(inner))) if get_origin(inner) is Literal else ()

    def value(self, text: str) -> Any:
        """What an answer means. Raises :class:`recoverykb.errors.UsageError`."""
        if plain(self.annotation) is bool and text.lower() in ("yes", "no", "y", "n"):
            return text.lower().startswith("y")
        if self.many:
            between = r"[,;\s]+" if self._are_ids else r"\s*;\s*"
            return [entry for entry in re.split(between, text.strip()) if entry]
        return understood(self.annotation, text, self.name)

    @property
    def _are_ids(self) -> bool:
        """Whether the list holds ids or codes, which have no spaces and no commas."""
        return self.name in REFERRING or self.name in ("tags", "languages") or bool(self.choices)

    def wrong(self, value: object) -> str:
        """What is wrong with a value, in words; empty where nothing is."""
        struct = msgspec.defstruct("Answer", [(self.name, self.annotation)])
        flaws = problems_of(struct, {self.name: value})
        return "; ".join(f"{flaw.message} ({flaw.hint})" if flaw.hint else flaw.message for flaw in flaws)


REFERRING = {
    "sources": "source",
    "services": "strategy",
    "service": "strategy",
    "alternatives": "strategy",
    "related": "",
    "about": "",
    "see": "",
}
"""Fields that name records, with the kind of these, where it is one."""


def questions(struct: type[msgspec.Struct]) -> Iterator[Question]:
    """The questions for a record or a table of this type, in the order of its fields."""
    for field in msgspec.structs.fields(struct):
        if field.encode_name not in _NOT_ASKED:
            yield Question(
                field.encode_name, field.type, field.required, description_of(field.type) or field.encode_name
            )
