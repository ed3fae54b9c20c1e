"""The headline rule, the review calendar and the reading grade: pure functions, case by case."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverykb.check.rules.reading_grade import reading_grade
from recoverykb.records.headline import headline
from recoverykb.records.review import due_on
from recoverykb.records.strategy import OutcomeEvidence
from recoverykb.records.vocabulary import DIRECTIONS, GRADES, OUTCOMES, RATINGS


def row(rating: str, direction: str, critical: bool = True) -> OutcomeEvidence:
    return OutcomeEvidence(
        outcome="retention", rating=rating, direction=direction, basis="A", sources=["s"], critical=critical
    )  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], ("insufficient", "unclear")),
        ([row("strong", "benefit", critical=False)], ("insufficient", "unclear")),
        ([row("limited", "unclear"), row("insufficient", "benefit")], ("insufficient", "unclear")),
        ([row("limited", "benefit"), row("strong", "benefit")], ("strong", "benefit")),
        ([row("moderate", "benefit"), row("insufficient", "unclear")], ("moderate", "benefit")),
        ([row("moderate", "no-benefit"), row("limited", "no-benefit")], ("moderate", "no-benefit")),
        ([row("strong", "benefit"), row("limited", "harm")], ("mixed", "mixed")),
        ([row("strong", "benefit"), row("moderate", "no-benefit")], ("mixed", "mixed")),
        ([row("mixed", "benefit")], ("mixed", "mixed")),
        ([row("moderate", "mixed")], ("mixed", "mixed")),
        ([row("limited", "harm")], ("harmful", "harm")),
        ([row("limited", "harm"), row("strong", "no-benefit")], ("harmful", "harm")),
        ([row("limited", "harm"), row("strong", "benefit", critical=False)], ("harmful", "harm")),
    ],
)
def test_the_headline_follows_from_the_critical_rows(
    rows: list[OutcomeEvidence], expected: tuple[str, str]
) -> None:
    assert headline(rows) == expected


ROWS = st.lists(st.builds(row, st.sampled_from(GRADES), st.sampled_from(list(DIRECTIONS)), st.booleans()))


@given(ROWS)
def test_any_rows_give_a_known_headline_whatever_their_order(rows: list[OutcomeEvidence]) -> None:
    found = headline(rows)
    assert found.rating in RATINGS
    assert found.direction in DIRECTIONS
    assert headline(reversed(rows)) == found


@given(ROWS)
def test_harm_on_a_critical_outcome_never_becomes_a_plain_benefit(rows: list[OutcomeEvidence]) -> None:
    assert headline([*rows, row("limited", "harm")]).rating in ("harmful", "mixed")


def test_every_outcome_has_words() -> None:
    assert all(OUTCOMES.values())
    assert len(set(OUTCOMES.values())) == len(OUTCOMES)


@pytest.mark.parametrize(
    ("kind", "day", "due"),
    [
        ("organization", date(2026, 11, 27), date(2027, 11, 27)),
        ("country", date(2024, 2, 29), date(2025, 2, 28)),
        ("strategy", date(2026, 12, 31), date(2028, 12, 31)),
        ("guide", date(2026, 1, 1), date(2028, 1, 1)),
        ("source", date(2026, 1, 1), None),
    ],
)
def test_a_record_is_due_again_by_its_kind(kind: str, day: date, due: date | None) -> None:
    assert due_on(kind, day) == due


def test_plain_words_have_a_low_grade_and_long_ones_a_high_one() -> None:
    assert reading_grade("The cat sat on the mat. It was warm.") < 3
    assert reading_grade("Comprehensive psychopharmacological methodologies necessitate rehabilitation.") > 15
    assert reading_grade("…") == 0
