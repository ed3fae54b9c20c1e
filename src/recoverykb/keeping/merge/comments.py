"""Comments in a merge: those that a side wrote stay, also where its text gave way to what was merged."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from recoverykb.keeping.merge.sides import Side
from recoverykb.records.pairing import paired
from recoverykb.storage.layout import Layout, Path, Span


class Comment(NamedTuple):
    """A comment, and the key or header that it is about: on its line, or the next below it."""

    text: str
    about: Path | None


def with_comments(text: str, said: Mapping[str, Any], side: Side, *, base: str, other: str) -> str:
    """``text``, which says ``said``, with every comment of ``side`` but those that ``other`` took out.

    What is not there yet comes above the line it is about; where that is gone, to the top of the file.
    """
    known = _counted(text) + (_counted(base) - _counted(other))
    for comment in _comments(side.text) if _counted(side.text) - known else ():
        if known[comment.text]:
            known[comment.text] -= 1
            continue
        layout = Layout(text.encode())
        about = None if comment.about is None else _found(comment.about, side.table, said)
        place, indent = _line_of(layout, about)
        line = indent + comment.text.encode() + b"\n"
        text = (layout.data[:place] + line + layout.data[place:]).decode()
    return text


def _counted(text: str) -> Counter[str]:
    """The comments of a text, with how often each stands there."""
    layout = Layout(text.encode()) if "#" in text else None
    return Counter(_said(layout, found) for found in layout.comments()) if layout else Counter()


def _comments(text: str) -> Iterator[Comment]:
    layout = Layout(text.encode())
    anchors = sorted(_anchors(layout))
    starts = [span.start for span, _ in anchors]
    for found in layout.comments():
        before = bisect_right(starts, found.start) - 1
        on_line = before >= 0 and found.start < layout.line_end(anchors[before][0].end)
        at = before if on_line else before + 1
        yield Comment(_said(layout, found), anchors[at][1] if at < len(anchors) else None)


def _said(layout: Layout, comment: Span) -> str:
    return layout.data[comment.start : comment.end].decode().rstrip("\r")


def _anchors(layout: Layout) -> Iterator[tuple[Span, Path]]:
    """The pairs and headers that stand on lines of their own, with what they lead to."""
    yield from ((pair.whole, path) for path, pair in layout.pairs.items() if not pair.inline)
    yield from ((section.header, section.path) for section in layout.sections if section.path)


def _line_of(layout: Layout, about: Path | None) -> tuple[int, bytes]:
    """Where the line of a key or header begins, with its indent; else below the comments at the top."""
    if about is not None:
        for span, path in _anchors(layout):
            if path == about:
                return layout.line_start(span.start), layout.indent(span.start)
    place = 0
    while layout.data[place : place + 1] == b"#":
        place = layout.line_end(place)
    return place, b""


def _found(path: Path, told: Any, said: Any) -> Path | None:
    """Where what stands at ``path`` of one table stands in the other; ``None`` where it does not."""
    found: list[str | int] = []
    name = ""
    for part in path:
        at: str | int | None = part
        if isinstance(part, int):
            tables = all(isinstance(entry, Mapping) for entry in (*told, *said))
            pairs = dict(paired(name, told, said).pairs) if tables else {}
            at = pairs.get(part)
        else:
            name = part
        if at is None or (isinstance(at, str) and at not in said):
            return None
        told, said = told[part], said[at]
        found.append(at)
    return tuple(found)
