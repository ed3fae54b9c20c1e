"""The written rule by which a strategy's headline rating follows from its outcome rows.

The rule is GRADE's for the quality of evidence across outcomes, as the process book of the Belgian
Health Care Knowledge Centre words it (section 5.1, https://processbook.kce.be/51-introduction), cut to
our grades:

1. Only critical outcomes count. A row that is ``insufficient``, or whose direction is ``unclear``,
   settles nothing and is passed over.
2. Nothing left: the headline is ``insufficient``, direction ``unclear``.
3. Every row points to harm, or some to harm and the others to no benefit: ``harmful``.
4. Every row points the same way, to benefit or to no benefit: the best grade among them, because
   one well-shown critical outcome is enough when no other pulls against it.
5. Otherwise (rows point different ways, or one is itself ``mixed``): ``mixed``.
"""

from collections.abc import Iterable
from typing import NamedTuple

from recoverykb.records.strategy import OutcomeEvidence
from recoverykb.records.vocabulary import GRADES, Direction, Rating


class Headline(NamedTuple):
    """A rating and the direction in which it points."""

    rating: Rating
    direction: Direction


def headline(outcomes: Iterable[OutcomeEvidence]) -> Headline:
    """The rating that ``outcomes`` support, by the rule of this module."""
    telling = [
        row
        for row in outcomes
        if row.critical and row.rating != "insufficient" and row.direction != "unclear"
    ]
    directions = {"mixed" if row.rating == "mixed" else row.direction for row in telling}
    if not directions:
        return Headline("insufficient", "unclear")
    if "harm" in directions and directions <= {"harm", "no-benefit"}:
        return Headline("harmful", "harm")
    if len(directions) == 1 and "mixed" not in directions:
        best = min(telling, key=lambda row: GRADES.index(row.rating))
        return Headline(best.rating, best.direction)
    return Headline("mixed", "mixed")
