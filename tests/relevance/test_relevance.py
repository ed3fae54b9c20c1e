"""Search answers the set of queries as well as README says; the floors are a little below what was reached."""

import measure
import pytest

from recoverykb.storage.base import Base

FLOORS = {"name": 0.95, "acronym": 0.95, "brand": 0.90, "language": 0.92, "typo": 0.95, "older": 0.90, "place": 0.88,
          "harmful": 0.88, "question": 0.87, "topic": 0.88, "operator": 0.92, "slang": 0.92, "nonsense": 1.0}  # fmt: skip
"""nDCG@10 by kind of query."""


@pytest.fixture
def reached(opened: Base) -> dict[str, measure.Scores]:
    """What search reaches on the whole set."""
    return measure.scores(measure.ours(opened), measure.queries())


def test_every_kind_of_query_keeps_its_floor(reached: dict[str, measure.Scores]) -> None:
    low = {kind: reached[kind].ndcg for kind, floor in FLOORS.items() if reached[kind].ndcg < floor}
    assert low == {}
    assert set(FLOORS) | {"all"} == set(reached)


def test_all_queries_together(reached: dict[str, measure.Scores]) -> None:
    assert reached["all"].ndcg >= 0.94
    assert reached["all"].third >= 0.96


@pytest.mark.parametrize(
    ("name", "ndcg", "third"),
    [
        ("independent", 0.88, 0.96),
        ("third", 0.82, 0.89),
        ("fourth", 0.88, 0.94),
        ("fifth", 0.82, 0.86),
        ("sixth", 0.74, 0.79),
        ("seventh", 0.84, 0.87),
        ("eighth", 0.82, 0.87),
        ("ninth", 0.82, 0.86),
    ],
)
def test_the_sets_of_other_writers(opened: Base, name: str, ndcg: float, third: float) -> None:
    reached = measure.scores(measure.ours(opened), measure.queries(name=name))["all"]
    assert reached.ndcg >= ndcg
    assert reached.third >= third


def test_two_thirds_of_the_way_from_plain_bm25_are_gone(
    opened: Base, reached: dict[str, measure.Scores]
) -> None:
    plain = measure.scores(measure.plain_bm25(opened), measure.queries())["all"].ndcg
    assert reached["all"].ndcg - plain >= (1 - plain) * 2 / 3


def test_misspelt_queries_find_nearly_what_their_clean_twins_find(opened: Base) -> None:
    engine = measure.ours(opened)
    twins = [query for query in measure.queries() if query.twin]
    typo = sum(measure.ndcg(engine(query.text), query.answers) for query in twins)
    clean = sum(measure.ndcg(engine(query.twin), query.answers) for query in twins)
    assert len(twins) >= 20
    assert typo >= 0.95 * clean


def test_the_set_is_sound(opened: Base) -> None:
    every = measure.queries()
    assert len(every) >= 200
    assert len({query.text for query in every}) == len(every)
    unknown = {answer for query in every for answer in query.answers if answer not in opened.names()}
    assert unknown == set()
    halves = [sum(query.half == half for query in every) for half in ("tune", "hold")]
    assert sum(halves) == len(every)
    assert abs(halves[0] - halves[1]) <= 12
