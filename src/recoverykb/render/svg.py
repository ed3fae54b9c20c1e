"""The facts of a table as a picture in SVG, for HTML pages: a shaded matrix, or bars with ranges."""

import textwrap
from collections.abc import Callable, Iterator

from recoverykb.render.marks import key, letter, reach, scale, span
from recoverykb.views.document import Chart, Fact, Table

_LINE = 15
"""Height of a line of text, in pixels of the picture."""
_CHARACTER = 7.2
"""Width of a character at the 12 pixels that the page's style sets, in the wider ones of its fonts."""
_NAME = 22
"""Names longer than this go on two lines."""
_CELL = 30
_BAR = 240
_MARKED = frozenset(("yes", "limited", "pilot", "no"))

Escape = Callable[[str], str]


def figure(chart: Chart, escape: Escape, anchor: str, title: str) -> str:
    """A ``figure`` with the picture and its legend. ``escape`` makes any text safe for HTML.

    A reader who cannot see it is told what it shows and that the table after it says the same.
    """
    draw = _matrix if chart.sort == "matrix" else _bars
    width, height, shapes = draw(chart.table, escape)
    told = f"{title}. {chart.table.caption} The table that follows says the same in words."
    picture = (
        f'<svg viewBox="0 0 {width:.0f} {height:.0f}" role="img" aria-labelledby="{anchor}">'
        f'<title id="{anchor}">{escape(told)}</title>{"".join(shapes)}</svg>'
    )
    return f'<figure class="{chart.sort}">{picture}<figcaption>{escape(_legend(chart))}</figcaption></figure>'


def _legend(chart: Chart) -> str:
    if chart.sort == "matrix":
        return "; ".join(f"{mark}: {word}" for mark, word in key(chart.table))
    return f"Bars from {span(chart.table)}; lighter: up to the upper end of the range."


def _names(table: Table, escape: Escape, top: float) -> Iterator[tuple[float, float, str]]:
    """For each row its upper edge, its height and the drawn name."""
    for name, _ in table.rows:
        lines = textwrap.wrap(name, _NAME) or [""]
        shown = "".join(
            f'<text x="0" y="{top + _LINE * (number + 0.8):.0f}">{escape(line)}</text>'
            for number, line in enumerate(lines)
        )
        height = _LINE * len(lines) + 4
        yield top, height, shown
        top += height


def _left(table: Table) -> float:
    longest = max((len(name) for name, _ in table.rows), default=0)
    return min(longest, _NAME) * _CHARACTER + 8


def _matrix(table: Table, escape: Escape) -> tuple[float, float, list[str]]:
    left = _left(table)
    top = max(len(head) for head in table.columns) * _CHARACTER * 0.75 + 12
    shapes = []
    for number, head in enumerate(table.columns):
        x = left + number * _CELL + _CELL / 2 + 4
        shapes.append(f'<text transform="translate({x:.0f} {top - 6:.0f}) rotate(-45)">{escape(head)}</text>')
    bottom = top
    for (y, height, name), (_, cells) in zip(_names(table, escape, top), table.rows, strict=True):
        shapes.append(name)
        for number, cell in enumerate(cells):
            if cell.facts:
                shapes.append(_mark(cell.facts[0], left + number * _CELL, y, height))
        bottom = y + height
    slant = max(len(table.columns[-1]) * _CHARACTER * 0.75 - _CELL / 2, 0) if table.columns else 0
    return left + _CELL * len(table.columns) + slant, bottom + 2, shapes


def _mark(fact: Fact, x: float, y: float, height: float) -> str:
    shade = f' class="m-{fact.status}"' if fact.status in _MARKED else ""
    ink = "on-yes" if fact.status == "yes" else "on-mark" if fact.status in _MARKED else "soft"
    middle = f'x="{x + _CELL / 2 - 1:.0f}" y="{y + height / 2 + 3:.0f}" text-anchor="middle"'
    return (
        f'<rect x="{x:.0f}" y="{y:.0f}" width="{_CELL - 2}" height="{height - 2:.0f}"{shade}/>'
        f'<text {middle} class="{ink}">{letter(fact)}</text>'
    )


def _bars(table: Table, escape: Escape) -> tuple[float, float, list[str]]:
    most, unit = scale(table)
    left = _left(table)
    shapes, bottom, longest = [], 0.0, 0
    for (y, height, name), (_, cells) in zip(_names(table, escape, 4), table.rows, strict=True):
        fact, first = cells[0].facts[0], cells[0].lines[0]
        label = " ".join(part for part in (first.lead, first.value) if part)
        ends = reach(fact) if fact.unit == unit and most else (0.0, 0.0)
        value, high = (end / most * _BAR if most else 0.0 for end in ends)
        shapes += [name, _rect("range", left, y, high, height), _rect("bar", left, y, value, height)]
        shapes.append(f'<text x="{left + high + 6:.0f}" y="{y + _LINE * 0.8:.0f}">{escape(label)}</text>')
        longest = max(longest, int(left + high + 6 + len(label) * _CHARACTER))
        bottom = y + height
    return longest + 4, bottom + 2, shapes


def _rect(name: str, x: float, y: float, width: float, height: float) -> str:
    return f'<rect class="{name}" x="{x:.0f}" y="{y + 1:.0f}" width="{width:.1f}" height="{height - 4:.0f}"/>'
