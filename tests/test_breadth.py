"""How far the bundled base reaches: each number here may grow, and never falls unseen."""

import pytest

from conftest import Run

RECORDS = {"strategy": 82, "country": 165, "organization": 390, "guide": 12, "source": 1500, "term": 112}

BREADTH = {
    "countries with service rows": 140,
    "countries with a written model": 15,
    "countries with the law on possession": 15,
    "countries with an emergency number": 165,
    "emergency numbers confirmed by two sources": 130,
    "countries with a help line": 98,
    "countries with a help line or an emergency number": 165,
    "strategies with outcome rows": 80,
    "outcome rows of strategies": 250,
    "labels of terms": 1100,
    "languages of terms": 8,
}


@pytest.fixture(scope="module")
def told() -> dict[str, dict[str, int]]:
    """What ``recoverykb info`` says of the bundled base."""
    answer: dict[str, dict[str, int]] = Run()("info", "-f", "json").json
    return answer


@pytest.mark.parametrize(("kind", "floor"), RECORDS.items())
def test_no_kind_of_record_falls_below_its_floor(
    told: dict[str, dict[str, int]], kind: str, floor: int
) -> None:
    assert told["records"][kind] >= floor


@pytest.mark.parametrize(("measure", "floor"), BREADTH.items())
def test_no_measure_of_breadth_falls_below_its_floor(
    told: dict[str, dict[str, int]], measure: str, floor: int
) -> None:
    assert told["breadth"][measure] >= floor
