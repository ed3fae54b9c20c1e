"""The incremental finder: type, the list narrows, a preview shows the record; Enter takes it.

``recoverykb search`` without words starts it on a terminal. Built on prompt_toolkit, imported only here.
"""

from collections.abc import Callable
from typing import Any

from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import (
    BufferControl,
    ConditionalContainer,
    FormattedTextControl,
    HSplit,
    Layout,
    VSplit,
    Window,
)
from prompt_toolkit.layout.processors import BeforeInput
from prompt_toolkit.styles import Style

from recoverykb.records.vocabulary import RETIRED
from recoverykb.render.registry import renderer
from recoverykb.render.safe import one_line
from recoverykb.render.screen import Screen
from recoverykb.search.engine import Hit, search
from recoverykb.search.filters import Filters
from recoverykb.storage.base import Base

_MOST = 30
_WIDE = 90
"""From this width on the preview stands beside the list; below it only the list is shown."""
_STYLE = Style([("chosen", "reverse"), ("quiet", "ansibrightblack"), ("danger", "ansired"), ("name", "bold")])
_HELP = "↑ ↓ choose · Enter show · Esc leave"


class Finder:
    """The state of a running finder: the words typed, the hits, and which of them is chosen."""

    def __init__(self, base: Base, filters: Filters, preview: Callable[[str], str]) -> None:
        self.base = base
        self.filters = filters
        self.preview = preview
        self.hits: list[Hit] = []
        self.said = "Type what you look for: a name, a street word, a place, a question."
        self.chosen = 0
        self.typed = Buffer(multiline=False, on_text_changed=lambda _: self.look())

    def look(self) -> None:
        """Search again for what is typed now."""
        text = self.typed.text
        outcome = search(self.base, text, self.filters, limit=_MOST, spelling="unfinished")
        self.hits, self.chosen = list(outcome.hits), 0
        told = ", ".join(f"'{entry.to}'" for entry in outcome.corrections)
        self.said = f"showing results for {told}" if told else ""
        if text.strip() and not self.hits:
            self.said = "nothing found; try fewer or other words"

    def move(self, by: int) -> None:
        """Choose the hit so many lines below (or above) the chosen one."""
        self.chosen = max(0, min(self.chosen + by, len(self.hits) - 1))

    @property
    def current(self) -> str | None:
        """The id of the chosen hit."""
        return self.hits[self.chosen].row.id if self.hits else None

    def list_text(self) -> StyleAndTextTuples:
        """The hits as styled lines; the cursor stands in the chosen one."""
        parts: StyleAndTextTuples = []
        for number, hit in enumerate(self.hits):
            chosen = "class:chosen" if number == self.chosen else ""
            place = f" {hit.row.country}" if hit.row.country and hit.row.kind == "organization" else ""
            if chosen:
                parts.append(("[SetCursorPosition]", ""))
            parts += [
                (chosen or "class:name", one_line(hit.row.name)),
                (chosen or "class:quiet", f"  {hit.row.kind}{place}"),
            ]
            if hit.row.mark:
                danger = "harmful" in hit.row.mark or hit.row.mark in ("not a referral", RETIRED)
                parts.append((chosen or ("class:danger" if danger else "class:quiet"), f"  {hit.row.mark}"))
            parts.append(("", "\n"))
        return parts

    def preview_text(self) -> str:
        """The chosen record as text."""
        return self.preview(self.current) if self.current else ""


def find_interactively(base: Base, filters: Filters, **streams: Any) -> str | None:
    """Let a person find a record; its id, or ``None`` when they left. ``streams`` are for tests."""
    finder = Finder(base, filters, _previewer(base))
    application: Application[str | None] = Application(
        layout=Layout(_layout(finder)),
        key_bindings=_keys(finder),
        style=_STYLE,
        full_screen=True,
        erase_when_done=True,
        **streams,
    )
    application.ttimeoutlen = 0.05
    return application.run()


def _previewer(base: Base) -> Callable[[str], str]:
    """A function that gives a record as plain text, and remembers it."""
    from recoverykb.views.assemble import detail

    plain = renderer("plain")
    known: dict[str, str] = {}

    def preview(record_id: str) -> str:
        if record_id not in known:
            known[record_id] = str(plain.render(detail(base, record_id), Screen(width=80)))
        return known[record_id]

    return preview


def _layout(finder: Finder) -> HSplit:
    entry = Window(BufferControl(finder.typed, [BeforeInput("search: ")]), height=1)
    said = Window(FormattedTextControl(lambda: [("class:quiet", finder.said)]), height=1)
    hits = Window(FormattedTextControl(finder.list_text), cursorline=False)
    preview = Window(FormattedTextControl(finder.preview_text), wrap_lines=True)
    rule = Window(width=1, char="│", style="class:quiet")

    def wide() -> bool:
        from prompt_toolkit.application import get_app

        return get_app().output.get_size().columns >= _WIDE

    beside = ConditionalContainer(VSplit([rule, preview]), Condition(wide))
    return HSplit([entry, said, VSplit([hits, beside]), Window(FormattedTextControl(_HELP), height=1)])


def _keys(finder: Finder) -> KeyBindings:
    keys = KeyBindings()
    for name, by in (("up", -1), ("down", 1), ("c-p", -1), ("c-n", 1), ("pageup", -10), ("pagedown", 10)):
        keys.add(name)(_mover(finder, by))

    @keys.add("enter")
    def _take(event: KeyPressEvent) -> None:
        if finder.current:
            event.app.exit(result=finder.current)

    @keys.add("escape", eager=True)
    @keys.add("c-c")
    @keys.add("c-d")
    def _leave(event: KeyPressEvent) -> None:
        event.app.exit(result=None)

    return keys


def _mover(finder: Finder, by: int) -> Callable[[KeyPressEvent], None]:
    def move(event: KeyPressEvent) -> None:
        finder.move(by)

    return move
