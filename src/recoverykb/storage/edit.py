"""Changing a TOML text so that it says something else, with every other byte left as it is.

Comments, order, line ends and spacing stay. The text is changed step by step: the first difference
between what it says and what it should say is mended at its exact place, then it is read again. So
the result is always compared with what was intended, and a change that cannot be made raises.
"""

from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any, NamedTuple

import tomli

from recoverykb.errors import RecoverykbError
from recoverykb.storage import encode
from recoverykb.storage.layout import Group, Layout, Path, Section, Span
from recoverykb.storage.parsing import parse

_CHECKS_FIRST: Mapping[str, tuple[str, ...]] = {"verified": (), "earlier": ("verified",)}
"""What stands before these keys. Checks come first, right under the header: so git can merge one
person's check with another's new field, which comes further down."""
_MOST = 10_000
"""Steps after which something must be wrong."""


class EditError(RecoverykbError):
    """A text cannot be changed to say what is intended. It is left as it was."""


class Step(NamedTuple):
    """One change: take ``path`` out, put ``told`` in its place, or insert it there."""

    do: str
    path: Path
    told: object = None
    before: tuple[str, ...] = ()
    """For a new key: the keys of its table that should stand before it, in order."""


def rewritten(text: str, intended: Mapping[str, Any]) -> str:
    """``text`` changed so that it says what is ``intended``, and nothing else changed.

    Raises :class:`EditError` when that cannot be done, and :class:`tomli.TOMLDecodeError` for a text that
    is no TOML.
    """
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    newline = b"\r\n" if "\r\n" in text else b"\n"
    data = text.removeprefix(mark).encode()
    for _ in range(_MOST):
        step = first_difference(parse(data.decode()), dict(intended))
        if step is None:
            return mark + data.decode()
        data = _apply(Layout(data), step, newline)
        try:
            parse(data.decode())
        except tomli.TOMLDecodeError as error:
            raise _impossible(step) from error
    raise EditError("this takes more changes than can be made in place", _BY_HAND)


_BY_HAND = "change it in an editor: recoverykb edit ID"


def _impossible(step: Step) -> EditError:
    where = ".".join(str(part) for part in step.path)
    return EditError(f"{where}: this cannot be changed in place", _BY_HAND)


def first_difference(said: dict[str, Any], wanted: dict[str, Any], path: Path = ()) -> Step | None:
    """The first step from what is ``said`` to what is ``wanted``; ``None`` when they are the same."""
    for name in said:
        if name not in wanted:
            return Step("remove", (*path, name))
    before: tuple[str, ...] = ()
    for name, told in wanted.items():
        if name not in said:
            return Step("insert", (*path, name), told, before)
        step = _between(said[name], told, (*path, name))
        if step is not None:
            return step
        before = (*before, name)
    return None


def _between(said: object, wanted: object, path: Path) -> Step | None:
    if isinstance(said, dict) and isinstance(wanted, dict):
        return first_difference(said, wanted, path)
    if isinstance(said, list) and isinstance(wanted, list) and said and wanted:
        return _in_list(said, wanted, path)
    return None if same(said, wanted) else Step("replace", path, wanted)


def same(one: object, other: object) -> bool:
    """Whether two values are alike, in type too: 1 is not 1.0, nor true."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and one == other


def _in_list(said: list[Any], wanted: list[Any], path: Path) -> Step | None:
    """The first step between two lists; entries that both have stay untouched."""
    if len(said) == len(wanted):
        steps = (
            _between(one, other, (*path, place))
            for place, (one, other) in enumerate(zip(said, wanted, strict=True))
        )
        return next((step for step in steps if step is not None), None)
    matcher = SequenceMatcher(
        None, [_sign(entry) for entry in said], [_sign(entry) for entry in wanted], False
    )
    for tag, here, end, there, last in matcher.get_opcodes():
        if tag == "equal":
            continue
        if last - there < end - here:
            return Step("remove", (*path, here))
        if last - there > end - here:
            return Step("insert", (*path, here), wanted[there])
        return _between(said[here], wanted[there], (*path, here))
    return None


def _sign(told: object) -> str:
    """The same for values that are alike, in whatever order the keys of a table stand."""
    if isinstance(told, dict):
        return repr(sorted((name, _sign(entry)) for name, entry in told.items()))
    return repr([_sign(entry) for entry in told]) if isinstance(told, list) else repr(told)


def _apply(layout: Layout, step: Step, newline: bytes) -> bytes:
    if step.do == "remove" or (step.do == "replace" and not _has_span(layout, step.path)):
        return _without(layout, _removals(layout, step.path))
    if step.do == "replace":
        span = _span(layout, step.path)
        lines = step.path in layout.pairs and not layout.pairs[step.path].inline
        return _with(layout, span, encode.value(step.told, lines=lines), newline)
    if isinstance(step.path[-1], int):
        return _insert_entry(layout, step, newline)
    return _insert_key(layout, step, newline)


def _with(layout: Layout, span: Span, text: str, newline: bytes) -> bytes:
    """The text with ``text`` in place of ``span``."""
    return layout.data[: span.start] + text.encode().replace(b"\n", newline) + layout.data[span.end :]


def _without(layout: Layout, spans: list[Span]) -> bytes:
    data = layout.data
    for span in sorted(spans, reverse=True):
        data = data[: span.start] + data[span.end :]
    return data


def _has_span(layout: Layout, path: Path) -> bool:
    return path in layout.pairs or path[:-1] in layout.groups


def _span(layout: Layout, path: Path) -> Span:
    """The value at ``path``: behind its key, or in an array."""
    if path in layout.pairs:
        return layout.pairs[path].value
    return layout.groups[path[:-1]].items[int(path[-1])]


# ----- taking out


def _removals(layout: Layout, path: Path) -> list[Span]:
    """What to delete so that ``path`` is gone: of a pair its line, of a section all that is in it."""
    if path[:-1] in layout.groups:
        group = layout.groups[path[:-1]]
        position = path[-1] if isinstance(path[-1], int) else _place_in(layout, group, path)
        return [_entry_removal(layout, group, position)]
    spans = [
        Span(layout.line_start(pair.whole.start), layout.line_end(pair.whole.end))
        for found, pair in layout.pairs.items()
        if found[: len(path)] == path and not pair.inline and pair.table[: len(path)] != path
    ]
    return spans + [_whole(layout, section) for section in layout.below(path)]


def _place_in(layout: Layout, group: Group, path: Path) -> int:
    """Which of the pairs of an inline table is that of ``path``."""
    return group.items.index(layout.pairs[path].whole)


def _entry_removal(layout: Layout, group: Group, position: int) -> Span:
    """The span of an entry with the comma and the white space that belong to it."""
    item, items = group.items[position], group.items
    comma = next((place for place in group.commas if place >= item.end), None)
    end = item.end if comma is None else comma + 1
    last = position == len(items) - 1
    line_end = layout.line_end(end)
    own_line = layout.alone(item) and layout.line_start(item.start) > group.whole.start
    if own_line and (items[position + 1].start if not last else group.whole.end - 1) >= line_end:
        return Span(layout.line_start(item.start), line_end)
    if not last:
        return Span(item.start, items[position + 1].start if not _between_comments(group, end) else end)
    if position:
        before = max(place for place in group.commas if place < item.start)
        return Span(before, item.end) if comma is None else Span(before + 1, end)
    return Span(item.start, end)


def _between_comments(group: Group, place: int) -> bool:
    """Whether a comment follows ``place`` before the next entry."""
    following = min((item.start for item in group.items if item.start >= place), default=group.whole.end)
    return any(place <= comment.start < following for comment in group.comments)


def _whole(layout: Layout, section: Section) -> Span:
    """A section from its header's line to the next header, comments and empty lines before that kept."""
    start = layout.line_start(section.header.start)
    end = layout.line_end(section.end)
    if not layout.data[:start].rstrip():
        return Span(start, end)
    while start and not layout.data[layout.line_start(start - 1) : start].strip():
        start = layout.line_start(start - 1)
    return Span(start, end)


# ----- putting in


def _insert_entry(layout: Layout, step: Step, newline: bytes) -> bytes:
    """Put an entry into an array, or a section into an array of tables."""
    parent, position = step.path[:-1], int(step.path[-1])
    if parent not in layout.groups:
        if not isinstance(step.told, Mapping):
            raise _impossible(step)
        return _insert_section(layout, parent, position, step.told, newline)
    group = layout.groups[parent]
    text = encode.value(step.told, lines=False)
    if position < len(group.items):
        item = group.items[position]
        gap = "\n" + layout.indent(item.start).decode() if _on_own_line(layout, group, item) else " "
        return _with(layout, Span(item.start, item.start), f"{text},{gap}", newline)
    return _append(layout, group, text, newline)


def _on_own_line(layout: Layout, group: Group, item: Span) -> bool:
    return layout.alone(item) and layout.line_start(item.start) > group.whole.start


def _append(layout: Layout, group: Group, text: str, newline: bytes) -> bytes:
    """Put ``text`` behind the last entry of an array or inline table."""
    if not group.items:
        return _with(layout, Span(group.whole.start + 1, group.whole.start + 1), text, newline)
    item = group.items[-1]
    comma = next((place for place in group.commas if place >= item.end), None)
    if not _on_own_line(layout, group, item):
        place = item.end if comma is None else comma
        return _with(layout, Span(place, place), f", {text}", newline)
    line = f"{layout.indent(item.start).decode()}{text},\n"
    if comma is None:
        with_comma = Layout(_with(layout, Span(item.end, item.end), ",", newline))
        return _with_line(with_comma, with_comma.line_end(item.end), line, newline)
    return _with_line(layout, layout.line_end(comma), line, newline)


def _insert_key(layout: Layout, step: Step, newline: bytes) -> bytes:
    parent, name = step.path[:-1], str(step.path[-1])
    if parent in layout.groups:
        return _insert_inline(layout, step, newline)
    if encode.is_tables(step.told) and name not in encode.ON_ONE_LINE:
        return _insert_sections(layout, step, newline)
    section = next((found for found in layout.sections if found.path == parent), None)
    before = _CHECKS_FIRST.get(name, step.before)
    siblings = [layout.pairs[(*parent, other)] for other in before if (*parent, other) in layout.pairs]
    if section is None and not any(found[: len(parent)] == parent for found in layout.pairs):
        return _insert_header(layout, step, newline)
    if section is None:  # the table stands in dotted keys only
        found = [pair for path, pair in layout.pairs.items() if path[: len(parent)] == parent]
        table, place = found[-1].table, layout.line_end(found[-1].whole.end)
        dotted = ".".join(encode.key(str(part)) for part in step.path[len(table) :])
        return _with_line(layout, place, f"{dotted} = {encode.value(step.told)}\n", newline)
    place = layout.line_end(siblings[-1].whole.end) if siblings else _first_line(layout, section)
    return _with_line(layout, place, encode.pair(name, step.told), newline)


def _first_line(layout: Layout, section: Section) -> int:
    """Where the first pair of a section stands or could stand."""
    own = [
        pair.whole.start for pair in layout.pairs.values() if pair.table == section.path and not pair.inline
    ]
    if own:
        return layout.line_start(min(own))
    return layout.line_end(section.header.end) if section.path else 0


def _with_line(layout: Layout, place: int, text: str, newline: bytes) -> bytes:
    """The text with whole lines put in at ``place``, the beginning of a line or the end of the text."""
    if place and not layout.data[:place].endswith(b"\n"):
        text = f"\n{text}"
    return _with(layout, Span(place, place), text, newline)


def _insert_inline(layout: Layout, step: Step, newline: bytes) -> bytes:
    parent, name = step.path[:-1], str(step.path[-1])
    group = layout.groups[parent]
    text = f"{encode.key(name)} = {encode.value(step.told, lines=False)}"
    if not group.items:
        return _with(layout, group.whole, f"{{ {text} }}", newline)
    siblings = [layout.pairs[(*parent, other)] for other in step.before if (*parent, other) in layout.pairs]
    if not siblings:
        start = group.items[0].start
        return _with(layout, Span(start, start), f"{text}, ", newline)
    end = siblings[-1].whole.end
    return _with(layout, Span(end, end), f", {text}", newline)


def _names(path: Path) -> tuple[str, ...]:
    """The keys of a header: a path without its list positions."""
    return tuple(part for part in path if isinstance(part, str))


def _insert_sections(layout: Layout, step: Step, newline: bytes) -> bytes:
    """Put tables with headers of their own behind those that should stand before them."""
    parent = step.path[:-1]
    text = encode.sections(_names(step.path), step.told)
    for other in reversed(step.before):
        found = layout.below((*parent, other))
        if found:
            return _after(layout, found[-1], text, newline)
    inside = layout.below(parent) if parent else layout.sections[1:]
    own = next((section for section in layout.sections if section.path == parent), None)
    if own is not None and (own.path or own.end):
        return _after(layout, own, text, newline)
    if inside:
        return _before(layout, inside[0], text, newline)
    return _with_line(layout, len(layout.data), text, newline)


def _insert_section(layout: Layout, path: Path, position: int, told: object, newline: bytes) -> bytes:
    """Put one more table into an array of tables that have headers."""
    text = encode.sections(_names(path), [told])
    if position:
        return _after(layout, layout.below((*path, position - 1))[-1], text, newline)
    return _before(layout, layout.below((*path, 0))[0], text, newline)


def _insert_header(layout: Layout, step: Step, newline: bytes) -> bytes:
    """Give a table that only its inner tables imply a header, for a key of its own."""
    parent = step.path[:-1]
    below = layout.below(parent)
    if not below:
        raise _impossible(step)
    text = encode.sections(_names(parent), {str(step.path[-1]): step.told})
    return _before(layout, below[0], text, newline)


def _after(layout: Layout, section: Section, text: str, newline: bytes) -> bytes:
    return _with_line(layout, layout.line_end(section.end), text, newline)


def _before(layout: Layout, section: Section, text: str, newline: bytes) -> bytes:
    return _with_line(layout, layout.line_start(section.header.start), f"{text.lstrip()}\n", newline)
