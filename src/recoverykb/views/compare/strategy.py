"""The rows of strategies side by side."""

from collections.abc import Callable, Sequence

from recoverykb.records.types import OutcomeEvidence, Strategy
from recoverykb.records.vocabulary import CATEGORIES, DIRECTIONS, OUTCOMES
from recoverykb.views.citing import capital
from recoverykb.views.compare.cells import Context, RowSpec, absent, claims, fact, not_applicable, own, prose
from recoverykb.views.document import Cell, Fact, Text, Tone

OUTCOME = "outcome-"
"""Begins the names of the rows that hold the evidence for one outcome."""


def strategy_rows(records: Sequence[Strategy]) -> tuple[RowSpec, ...]:
    """The rows of strategies, in order; of the outcomes only those that one of ``records`` has."""
    present = {row.outcome for record in records for row in record.evidence.outcomes}
    return (
        RowSpec("summary", "What it is", own("summary")),
        RowSpec("category", "Sort", _category_cell),
        RowSpec("how-it-works", "How it works", own("how_it_works")),
        RowSpec("suits", "Who it may suit", own("suits")),
        RowSpec("start", "How to start", own("how_to_start")),
        RowSpec("evidence", "Evidence", _rating_cell),
        *(
            RowSpec(f"{OUTCOME}{outcome}", f"Evidence: {meaning}", _outcome_row(outcome))
            for outcome, meaning in OUTCOMES.items()
            if outcome in present
        ),
        RowSpec(
            "findings", "Key findings", lambda record, context: claims(record.evidence.findings, context)
        ),
        RowSpec("cautions", "Cautions", lambda record, context: claims(record.cautions, context)),
        RowSpec("alternatives", "Offer instead", _alternatives_cell),
        RowSpec("questions", "Questions to ask", _questions_cell),
    )


def _category_cell(record: Strategy, context: Context) -> Cell:
    return prose(CATEGORIES[record.category], record, context)


def _rating_cell(record: Strategy, context: Context) -> Cell:
    evidence = record.evidence
    lead = f"{capital(evidence.rating)}: {DIRECTIONS[evidence.direction]}."
    tone: Tone = "danger" if evidence.rating == "harmful" else ""
    text = context.cites.cite(evidence.basis, evidence.sources, evidence.year, tone=tone, lead=lead)
    return Cell([text], [rating_fact(record, context)])


def rating_fact(record: Strategy, context: Context) -> Fact:
    """The headline rating of a strategy."""
    evidence = record.evidence
    return fact(evidence.rating, context, evidence, qualifier=evidence.direction, method=evidence.basis)


def _outcome_row(outcome: str) -> Callable[[Strategy, Context], Cell]:
    def cell(record: Strategy, context: Context) -> Cell:
        rows = [row for row in record.evidence.outcomes if row.outcome == outcome]
        if not rows:
            return absent()
        lines = [
            context.cites.cite(
                row.basis, row.sources, row.year, row.note, tone=outcome_tone(row), lead=f"{graded(row)}."
            )
            for row in rows
        ]
        return Cell(lines, [outcome_fact(row, context) for row in rows])

    return cell


def graded(row: OutcomeEvidence) -> str:
    """Grade and direction in words: ``strong: points to benefit``."""
    return f"{row.rating}: {DIRECTIONS[row.direction]}"


def outcome_tone(row: OutcomeEvidence) -> Tone:
    """Harm must stand out."""
    return "danger" if row.direction == "harm" else ""


def outcome_fact(row: OutcomeEvidence, context: Context) -> Fact:
    """The evidence for one outcome."""
    return fact(row.rating, context, row, qualifier=row.direction, method=row.basis, note=row.note)


def _alternatives_cell(record: Strategy, context: Context) -> Cell:
    """What to offer instead; the question arises only where evidence points away from the strategy."""
    names = [context.names.get(other, other) for other in record.alternatives]
    if not names:
        return absent() if record.evidence.direction in ("harm", "no-benefit") else not_applicable()
    return Cell([Text(name) for name in names], [Fact(name) for name in names])


def _questions_cell(record: Strategy, context: Context) -> Cell:  # noqa: ARG001 (every cell has the context)
    if not record.questions:
        return absent()
    return Cell([Text(text) for text in record.questions], [Fact(text) for text in record.questions])
