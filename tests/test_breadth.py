"""How far the bundled base reaches: each number here may grow, and never falls unseen."""

from conftest import Run

RECORDS = {"strategy": 88, "country": 167, "organization": 410, "guide": 12, "source": 2839, "term": 450}

BREADTH = {
    "countries with service rows": 158,
    "countries with a written model": 82,
    "countries with the law on possession": 81,
    "countries with an emergency number": 167,
    "emergency numbers confirmed by two sources": 120,
    "countries with a help line": 99,
    "countries with a help line or an emergency number": 171,
    "strategies with outcome rows": 88,
    "outcome rows of strategies": 336,
    "labels of terms": 3763,
    "languages of terms": 22,
}


def test_no_count_falls_below_its_floor(run: Run) -> None:
    told = run("info", "-f", "json").json
    short = {kind: told["records"][kind] for kind, floor in RECORDS.items() if told["records"][kind] < floor}
    assert short == {}
    short = {name: told["breadth"][name] for name, floor in BREADTH.items() if told["breadth"][name] < floor}
    assert short == {}
    assert told["breadth"]["records due for review"] == 0


def test_the_words_of_info_are_the_measures_kept_here(run: Run) -> None:
    told = run("info", "-f", "json").json["breadth"]
    assert told.keys() - BREADTH.keys() == {"records due for review"}
