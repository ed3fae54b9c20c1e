"""Asking a person for a record, field by field, with completion, and a check of every answer.

Built on prompt_toolkit, imported only here. Whatever stops it leaves the answers so far with the caller.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec
from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion, DummyCompleter
from prompt_toolkit.document import Document
from prompt_toolkit.validation import DummyValidator, ValidationError, Validator

from recoverykb.errors import UsageError
from recoverykb.keeping.add import free_id, slug
from recoverykb.keeping.likeness import likely_duplicates
from recoverykb.keeping.questions import REFERRING, Question, questions
from recoverykb.records.references import references
from recoverykb.records.types import TYPES
from recoverykb.render.safe import one_line
from recoverykb.storage.base import Base

_STOP = "Ctrl-C stops; what you typed is kept"


class Asker:
    """Asks for the fields of records. ``table`` of each method is filled as answers come in."""

    def __init__(self, base: Base, say: Callable[[str], None], **streams: Any) -> None:
        self.base = base
        self.say = say
        self._country: str | None = None
        self._least = False
        self.session: PromptSession[str] = PromptSession(**streams)
        self.countries = {row.country: row.name for row in base.rows("country") if row.country}
        self.names = {row.id: (row.kind, row.name) for row in base.rows()}

    def record(self, kind: str, table: dict[str, Any], *, least: bool = False) -> None:
        """Ask for what ``table`` (of ``kind``) does not say yet; ``least``: only for what must be there."""
        self._country, self._least = table.get("country"), least
        self._table(kind, TYPES[kind], table, kind)

    def missing_sources(self, kind: str, table: Mapping[str, Any], found: list[dict[str, Any]]) -> None:
        """Ask for the sources that a record names and that are not there yet; they go into ``found``."""
        named = [told for path, told in references(kind, table) if "sources" in path]
        for source in dict.fromkeys(named):
            if source not in self.names:
                self.say(f"there is no source '{source}' yet; what is it?")
                found.append({"id": source})
                self.record("source", found[-1])

    def agreed(self, question: str, *, otherwise: bool = False) -> bool:
        """A yes or no; ``otherwise`` for an empty answer."""
        told = self._prompt(f"{question} [{'Y/n' if otherwise else 'y/N'}] ").lower()
        return told.startswith("y") if told else otherwise

    def _table(self, kind: str, struct: type[msgspec.Struct], table: dict[str, Any], where: str) -> None:
        for question in questions(struct):
            if question.name in table:
                self._mend(kind, question, table[question.name], where)
                continue
            if self._least and not question.required:
                continue
            if question.struct is not None:
                self._inner(kind, question, table, where)
                continue
            answer = self._answer(question)
            if answer is not None:
                table[question.name] = answer
            if where == kind and question.name in ("name", "title"):
                self._named(kind, table)

    def _inner(self, kind: str, question: Question, table: dict[str, Any], where: str) -> None:
        """Ask for the tables in a field, as many as the person wants; one where it must be there."""
        assert question.struct is not None  # noqa: S101 - asked by the caller
        shown = f"{where}.{question.name}"
        if not question.many:
            if question.required or self.agreed(f"Say something on {question.name}?"):
                table[question.name] = {}
                self._table(kind, question.struct, table[question.name], shown)
            return
        entries: list[dict[str, Any]] = []
        while (question.required and not entries) or self.agreed(f"{_one(question.name, entries)}?"):
            entries.append({})
            table[question.name] = entries
            self._table(kind, question.struct, entries[-1], shown)

    def _mend(self, kind: str, question: Question, told: Any, where: str) -> None:
        """Ask for what must be there in the tables that a field holds already."""
        if question.struct is None:
            return
        least, self._least = self._least, True
        for entry in told if isinstance(told, list) else [told]:
            if isinstance(entry, dict):
                self._table(kind, question.struct, entry, f"{where}.{question.name}")
        self._least = least

    def _named(self, kind: str, table: dict[str, Any]) -> None:
        """Once the name is known, see whether it is there already, and ask for the id."""
        twins = likely_duplicates(self.base, kind, table)
        for record_id, why in list(twins.items())[:5]:
            self.say(f"Is it {record_id} ({one_line(self.names.get(record_id, ('', record_id))[1])})? {why}.")
        if twins and not self.agreed("Go on with a new record?"):
            raise UsageError(
                "nothing was added", f"change the one there is: recoverykb edit {next(iter(twins))}"
            )
        if "id" not in table:
            suggested = free_id(self.base, slug(table.get("name") or table["title"]) or kind)
            question = Question("id", str, True, "kebab-case, never used again; Enter takes the one offered")
            check = _Check(question, self._wrong_id)
            table["id"] = self._prompt("id *: ", _toolbar(question), default=suggested, validator=check)

    def _prompt(
        self,
        message: str,
        toolbar: str = _STOP,
        *,
        default: str = "",
        completer: Completer | None = None,
        validator: Validator | None = None,
    ) -> str:
        """One answer. Everything is said each time, because the session remembers what is left out."""
        return self.session.prompt(
            message,
            default=default,
            completer=completer or DummyCompleter(),
            complete_while_typing=completer is not None,
            validator=validator or DummyValidator(),
            bottom_toolbar=toolbar,
        ).strip()

    def _wrong_id(self, question: Question, value: object) -> str:
        if free_id(self.base, str(value)) != value:
            return "there is a record with this id"
        return "" if slug(str(value)) == value else "small letters, digits and single hyphens"

    def _answer(self, question: Question) -> Any:
        """One answer, understood; ``None`` where the person left the field out."""
        text = self._prompt(
            f"{question.name}{' *' if question.required else ''}: ",
            _toolbar(question),
            completer=_Words(self._words(question), many=question.many),
            validator=_Check(question, self._wrong),
        )
        return question.value(text) if text else None

    def _wrong(self, question: Question, value: object) -> str:
        """What is wrong with an answer beyond its type: no such record, a number that cannot be."""
        if question.name == "number" and isinstance(value, str):
            from recoverykb.check.rules.phone_number import possible

            known = self._country
            return "" if possible(value, known) else f"no number of {known or 'any country: begin with +'}"
        if question.name == "country" and isinstance(value, str):
            self._country = value
        if question.name in REFERRING and question.name != "sources":
            for told in value if isinstance(value, list) else [value]:
                if told not in self.names:
                    near = self.base.nearest(str(told))
                    return f"no record '{told}'; nearest: {', '.join(near)}"
        return ""

    def _words(self, question: Question) -> dict[str, str]:
        """What may stand in a field, each word with its meaning."""
        if question.choices:
            return dict.fromkeys(question.choices, "")
        if question.name == "country":
            return self.countries
        if question.name == "tags":
            return dict.fromkeys(sorted({tag for row in self.base.rows() for tag in row.tags}), "")
        if question.name in REFERRING:
            kind = REFERRING[question.name]
            return {
                record: name
                for record, (known, name) in self.names.items()
                if (known == kind if kind else known != "source")
            }
        return {}


def _one(name: str, entries: list[Any]) -> str:
    singular = name.removesuffix("s")
    return f"Add another {singular}" if entries else f"Add a {singular}"


def _toolbar(question: Question) -> str:
    optional = "" if question.required else "Enter leaves it out; "
    several = "several are divided by ';'; " if question.many else ""
    return one_line(f"{question.help}. {several}{optional}{_STOP}.")


class _Check(Validator):
    """Refuses an answer that its field cannot hold, with the reason."""

    def __init__(self, question: Question, further: Callable[[Question, object], str]) -> None:
        self.question = question
        self.further = further

    def validate(self, document: Document) -> None:
        """Raises :class:`ValidationError` for what cannot stand there; the cursor stays at the end."""
        told = self._wrong(document.text.strip())
        if told:
            raise ValidationError(len(document.text), one_line(told))

    def _wrong(self, text: str) -> str:
        if not text:
            missing = f"{self.question.name} must be there: {self.question.help}"
            return missing if self.question.required else ""
        try:
            value = self.question.value(text)
        except UsageError as error:
            return error.message
        return self.question.wrong(value) or self.further(self.question, value)


class _Words(Completer):
    """Completes the word behind the last separator, by how it begins, or by its meaning."""

    def __init__(self, words: Mapping[str, str], *, many: bool) -> None:
        self.words = words
        self.many = many

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """The words that go on from what is typed."""
        typed = document.text_before_cursor
        if self.many:
            typed = typed.replace(",", ";").rpartition(";")[2].lstrip()
        wanted = typed.casefold()
        for word, meaning in self.words.items():
            if word.casefold().startswith(wanted) or (wanted and meaning.casefold().startswith(wanted)):
                yield Completion(word, start_position=-len(typed), display_meta=one_line(meaning))
