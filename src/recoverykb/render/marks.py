"""How the facts of a table look as a picture, in characters: letters for marks, bars for numbers."""

from collections.abc import Sequence

from recoverykb.views.detail_country import number
from recoverykb.views.document import Cell, Fact, Status, Table, Text

LETTERS: dict[Status, str] = {
    "value": "+",
    "yes": "Y",
    "limited": "L",
    "pilot": "P",
    "no": "N",
    "not-applicable": "-",
    "unknown": "?",
    "not-recorded": ".",
}
"""One character a mark, in ASCII; none can be taken for another. A star after it: not certain."""

SHADES: dict[Status, str] = {"yes": "█", "limited": "▓", "pilot": "▒", "no": "░"}
"""How full a cell of a matrix looks; what is not known stays empty."""

_EIGHTHS = " ▏▎▍▌▋▊▉"


def letter(fact: Fact) -> str:
    """The letter of a fact's status, with a star where the fact is not certain."""
    return LETTERS[fact.status] + "*" * bool(fact.certainty)


def key(table: Table) -> list[tuple[str, str]]:
    """The letters that a matrix of ``table`` uses, with the words they stand for."""
    used = {cell.facts[0].status for _, cells in table.rows for cell in cells if cell.facts}
    found = [(mark, status.replace("-", " ")) for status, mark in LETTERS.items() if status in used]
    uncertain = any(cell.facts[0].certainty for _, cells in table.rows for cell in cells if cell.facts)
    return [*found, ("*", "not certain")] if uncertain else found


def told(cells: Sequence[Cell]) -> Text:
    """The numbers of every note and source behind the cells of a row."""
    texts = [text for cell in cells for text in cell.lines]
    refs = dict.fromkeys(number for text in texts for number in text.refs)
    notes = dict.fromkeys(number for text in texts for number in text.notes)
    return Text("", tuple(refs), notes=tuple(notes))


def scale(table: Table) -> tuple[float, str]:
    """The largest number of a table of one column, and its unit: the one that most rows have."""
    facts = [cells[0].facts[0] for _, cells in table.rows]
    units = [fact.unit for fact in facts if isinstance(fact.value, int | float)]
    unit = max(units, key=units.count, default="")
    return max((reach(fact)[1] for fact in facts if fact.unit == unit), default=0.0), unit


def span(table: Table) -> str:
    """The scale of the bars of a table in words: ``0 to 300,000 people``."""
    most, unit = scale(table)
    return f"0 to {number(most)} {unit}"


def reach(fact: Fact) -> tuple[float, float]:
    """Where a fact's bar ends, and where its range ends; nought without a number."""
    value = float(fact.value) if isinstance(fact.value, int | float) else 0.0
    return max(value, 0.0), max(value, fact.high or 0.0, 0.0)


def bar(fact: Fact, most: float, width: int, *, unicode: bool) -> str:
    """A bar of at most ``width`` characters where ``most`` is the full width; a range is shaded."""
    if most <= 0:
        return ""
    value, high = (end / most * width for end in reach(fact))
    full = int(value)
    if not unicode:
        return "#" * (full or int(value > 0)) + "-" * (int(high) - full)
    part = _EIGHTHS[int((value - full) * 8)].strip()
    solid = "█" * full + part
    return (solid or ("▏" if value > 0 else "")) + "░" * max(int(high) - len(solid), 0)


def letters(cells: Sequence[Cell]) -> list[str]:
    """The letters of a row of a matrix."""
    return [letter(cell.facts[0]) if cell.facts else LETTERS["not-recorded"] for cell in cells]
