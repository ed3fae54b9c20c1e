"""Strategies by outcome: what the evidence says, how good it is, and what it rests on."""

from collections.abc import Sequence

from recoverykb.errors import UsageError
from recoverykb.records.types import OutcomeEvidence, Strategy
from recoverykb.records.vocabulary import DIRECTIONS, GRADES, OUTCOMES, RATINGS
from recoverykb.views.citing import capital
from recoverykb.views.compare.cells import Context, absent
from recoverykb.views.compare.matrix import PLAIN, Column, Layout, document, legend
from recoverykb.views.compare.strategy import outcome_fact, outcome_tone, rating_fact
from recoverykb.views.document import Cell, Document, Text, Tone
from recoverykb.views.phrases import short

OVERALL = "overall"
_AGAINST: dict[str, int] = {"benefit": 0, "mixed": 1, "unclear": 2, "no-benefit": 3, "harm": 4}


def evidence_document(
    strategies: Sequence[Strategy],
    context: Context,
    *,
    outcomes: Sequence[str] = (),
    named: bool = False,
    layout: Layout = PLAIN,
) -> Document:
    """One row a strategy, one column an outcome; bases and notes by number.

    ``outcomes`` chooses columns; then only strategies with evidence for one of them are shown, the best
    evidence of benefit first, unless they were ``named`` one by one.
    Raises :class:`UsageError` for an outcome that does not exist.
    """
    unknown = [name for name in outcomes if name not in OUTCOMES]
    if unknown:
        raise UsageError(f"no outcome '{unknown[0]}'", f"outcomes: {', '.join(OUTCOMES)}")
    present = {row.outcome for record in strategies for row in record.evidence.outcomes}
    shown = list(dict.fromkeys(outcomes)) or [outcome for outcome in OUTCOMES if outcome in present]
    kept = [
        record
        for record in strategies
        if named or not outcomes or any(row.outcome in outcomes for row in record.evidence.outcomes)
    ]
    if not kept:
        raise UsageError(
            f"no strategy here has evidence for {' or '.join(outcomes)}",
            f"recorded: {', '.join(sorted(present))}",
        )
    ordered = sorted(kept, key=lambda record: (_strength(record, outcomes), record.name.casefold()))
    columns = [Column(OVERALL, "Overall"), *(Column(name, capital(OUTCOMES[name])) for name in shown)]
    matrix, left = layout.arranged(
        columns, ordered, lambda record, column, known: _cell(record, column.name, known), context
    )
    order = "by rating for the first outcome, benefit first" if outcomes else "by name"
    counted = f"{len(ordered)} {'strategy' if len(ordered) == 1 else 'strategies'}, sorted {order}."
    table = matrix.table(
        context.notes,
        corner="Outcome" if layout.transpose else "Strategy",
        compact=True,
        caption=f"{counted} {matrix.as_of()}",
        definitions=[*RATINGS.items(), ("direction", _DIRECTION), *legend(matrix, notes=True)],
        notes=_left_out(len(strategies) - len(kept), left),
    )
    return document("Evidence by outcome", matrix, [table], context)


_DIRECTION = "the word after the rating says which way the evidence points"


def _strength(record: Strategy, outcomes: Sequence[str]) -> tuple[int, int]:
    """Sorts benefit first, the better grade first; then mixed, unclear, no benefit and harm."""
    if not outcomes:
        return (0, 0)
    rows = [row for row in record.evidence.outcomes if row.outcome == outcomes[0]]
    ranks = [(_AGAINST[row.direction], GRADES.index(row.rating)) for row in rows]
    return min(ranks, default=(len(_AGAINST), 0))


def _left_out(without: int, alike: Sequence[str]) -> list[str]:
    """What is not shown, so that absence is not taken for a finding."""
    lines = []
    if without:
        told = "strategy without a row" if without == 1 else "strategies without a row"
        lines.append(f"{without} {told} for these outcomes left out; that says nothing about their effect.")
    return [*lines, *alike]


def _overall(record: Strategy, context: Context) -> Cell:
    evidence = record.evidence
    when = short(context.cites.when(evidence.sources, evidence.year))
    tone: Tone = "danger" if evidence.rating == "harmful" else ""
    told = f"{_DIRECTION_WORDS[evidence.direction]}, {when}"
    notes = context.notes.number(evidence.basis)
    text = Text(told, context.cites.refs(evidence.sources), tone, f"{evidence.rating}:", notes=notes)
    order = _AGAINST[evidence.direction] * len(RATINGS) + list(RATINGS).index(evidence.rating)
    return Cell([text], [rating_fact(record, context)], order)


_DIRECTION_WORDS = {direction: direction.replace("-", " ") for direction in DIRECTIONS}


def _cell(record: Strategy, outcome: str, context: Context) -> Cell:
    if outcome == OVERALL:
        return _overall(record, context)
    rows = [row for row in record.evidence.outcomes if row.outcome == outcome]
    if not rows:
        return absent()
    order = min(_AGAINST[row.direction] * len(RATINGS) + GRADES.index(row.rating) for row in rows)
    return Cell([_line(row, context) for row in rows], [outcome_fact(row, context) for row in rows], order)


def _line(row: OutcomeEvidence, context: Context) -> Text:
    when = short(context.cites.when(row.sources, row.year))
    told = f"{_DIRECTION_WORDS[row.direction]}, {when}"
    notes = context.notes.number(row.basis, row.note)
    return Text(told, context.cites.refs(row.sources), outcome_tone(row), f"{row.rating}:", notes=notes)
