"""The evidence of a strategy, one outcome a row."""

from recoverykb.records.types import Evidence
from recoverykb.records.vocabulary import DIRECTIONS, OUTCOMES
from recoverykb.views.citing import Bibliography, capital
from recoverykb.views.document import Cell, Table, Text, Tone

_CRITICAL = "counts for the rating"


def outcomes_table(evidence: Evidence, cites: Bibliography) -> Table:
    """Every outcome with grade, direction and basis; those that the headline rests on come first."""
    rows = []
    for row in sorted(evidence.outcomes, key=lambda row: not row.critical):
        tone: Tone = "danger" if row.direction == "harm" else ""
        grade = [Text(DIRECTIONS[row.direction], tone=tone, lead=f"{row.rating}:")]
        if row.critical:
            grade.append(Text(_CRITICAL, tone="quiet"))
        basis = cites.cite(row.basis, row.sources, row.year, row.note)
        rows.append((capital(OUTCOMES[row.outcome]), [Cell(grade), Cell([basis])]))
    return Table("Outcome", ("evidence", "rests on"), rows)
