"""Leaving entries out so that a sheet fits its pages; type never shrinks for it."""

from dataclasses import replace

from recoverykb.views.sheet.wish import LeftOut, SheetParts

_SECTIONS = {"law": "The law on having drugs for yourself", "questions": "Questions to ask"}
"""Sections that may go, by their headings; the overdose card, numbers and cautions never do."""


def can_drop(parts: SheetParts) -> int:
    """How many entries may be left out. What was asked for by name, lines and the strip always stay."""
    return len(_candidates(parts))


def cut(parts: SheetParts, count: int) -> SheetParts:
    """The parts without the ``count`` least important entries, which are noted as left out."""
    dropped = _candidates(parts)[:count]
    if not dropped:
        return parts
    gone = {entry.id for entry in dropped}
    return replace(
        parts,
        strategies=[strategy for strategy in parts.strategies if strategy.id not in gone],
        places=[body for body in parts.places if body.id not in gone],
        guides=[guide for guide in parts.guides if guide.id not in gone],
        left_out=[*parts.left_out, *dropped],
        dropped=frozenset(gone & _SECTIONS.keys()),
    )


def _candidates(parts: SheetParts) -> list[LeftOut]:
    """What may go, the least important first: guides of a need, places, options; law; questions."""
    guides = [guide for guide in parts.guides if guide.id not in parts.asked]
    options = [strategy for strategy in parts.strategies if strategy.id not in parts.asked]
    entries = [
        LeftOut(record.id, record.name, "space")
        for record in (*reversed(guides), *reversed(parts.places), *reversed(options))
    ]
    there = {"law": parts.country is not None, "questions": _asks(parts)}
    return [
        *entries,
        *(LeftOut(section, name, "space") for section, name in _SECTIONS.items() if there[section]),
    ]


def _asks(parts: SheetParts) -> bool:
    """Whether the sheet has questions to ask, so that they can be left out."""
    options = any(option.questions for option in parts.strategies if option.id in parts.asked)
    return options or (parts.questions is not None and parts.questions.id not in parts.asked)
