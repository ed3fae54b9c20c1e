"""``compare`` through the real command on real records: which rows, columns and marks, and what goes together."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import BaseFolder, Run
from pages import Page
from recoverykb.records.types import Country, Strategy
from recoverykb.records.vocabulary import SERVICES
from recoverykb.render.marks import LETTERS, bar, letter
from recoverykb.storage.base import Base
from recoverykb.views.compare.cells import MARK_WORDS, MARKS
from recoverykb.views.document import Fact

OAT, NSP = SERVICES[:2]


def newest(answer: Any, field: str) -> dict[str, dict[str, Any]]:
    """By record, the fact that the cell of ``field`` goes by."""
    found: dict[str, dict[str, Any]] = {}
    for cell in answer["cells"]:
        if cell["field"] == field:
            found.setdefault(cell["record"], cell)
    return found


def test_every_mark_has_its_own_word_and_its_own_letter() -> None:
    assert set(MARK_WORDS) == set(MARKS) == set(LETTERS) - {"value"}
    assert len(set(MARK_WORDS.values())) == len(MARK_WORDS)
    letters = [
        letter(Fact(None, status, certainty=doubt)) for status in LETTERS for doubt in ("", "not certain")
    ]
    assert len(letters) == len(set(letters))
    assert all(mark.isascii() and mark == mark.upper() for mark in letters)


def test_no_cell_of_the_table_of_all_services_lacks_year_and_source_unless_its_source_has_none(
    run: Run, opened: Base
) -> None:
    answer = run("compare", "--services", "--all", "-f", "json").json
    years = {source["id"]: source.get("year") for source in answer["sources"]}
    assert len(newest(answer, OAT)) == len(list(opened.every(Country)))
    for cell in answer["cells"]:
        if cell["status"] == "not-recorded":
            assert (cell["value"], cell["sources"], cell["year"]) == (None, [], None)
        else:
            assert cell["sources"], cell
            assert cell["year"] or all(years[source] is None for source in cell["sources"]), cell


def test_totals_count_every_country_once(run: Run) -> None:
    answer = run("compare", "--services", "--region", "africa", "-f", "json").json
    for row in answer["totals"]:
        counted = Counter(cell["status"] for cell in newest(answer, row["field"]).values())
        assert {mark: row[mark] for mark in MARKS if row[mark]} == dict(counted)
        assert sum(counted.values()) == row["of"]


@pytest.mark.parametrize("word", ["OAT", "oat", "Opioid agonist treatment", OAT])
def test_only_with_keeps_countries_that_have_the_service_and_counts_the_others(run: Run, word: str) -> None:
    every = newest(run("compare", "--services", "--region", "africa", "-f", "json").json, OAT)
    there = {name for name, cell in every.items() if cell["status"] in ("yes", "limited", "pilot")}
    asked = ("compare", "--services", "--region", "africa", "--only-with", word)
    assert set(newest(run(*asked, "-f", "json").json, OAT)) == there
    shown = run(*asked).stdout
    counts = Counter(cell["status"] for name, cell in every.items() if name not in there)
    assert f"not recorded {counts['not-recorded']}" in shown
    assert "Note: Left out for Opioid agonist treatment: " in shown


def test_two_services_must_both_be_there(run: Run) -> None:
    answer = run("compare", "--services", "--only-with", "OAT", "--only-with", "NSP", "-f", "json").json
    for field in (OAT, NSP):
        assert {cell["status"] for cell in newest(answer, field).values()} <= {"yes", "limited", "pilot"}


def test_sort_by_a_service_and_by_how_many_are_there(run: Run) -> None:
    answer = run("compare", "--services", "--region", "europe", "--sort", "HAT", "-f", "json").json
    order = [
        list(MARKS).index(cell["status"]) for cell in newest(answer, "heroin-assisted-treatment").values()
    ]
    assert order == sorted(order)
    answer = run("compare", "--services", "--region", "europe", "--sort", "yes", "-f", "json").json
    there = Counter(
        name
        for field in SERVICES
        for name, cell in newest(answer, field).items()
        if cell["status"] in ("yes", "limited", "pilot")
    )
    ids = list(newest(answer, OAT))
    assert [there[name] for name in ids] == sorted((there[name] for name in ids), reverse=True)
    assert (
        "sorted by how many of the services are there"
        in run("compare", "--services", "--region", "europe", "--sort", "yes").stdout
    )


def test_transpose_turns_the_table_and_keeps_its_facts(run: Run) -> None:
    asked = ("compare", "--services", "kenya", "portugal")
    key: Callable[[dict[str, Any]], str] = str
    turned = run(*asked, "--transpose", "-f", "json").json["cells"]
    assert sorted(turned, key=key) == sorted(run(*asked, "-f", "json").json["cells"], key=key)
    lines = run(*asked, "--transpose").stdout.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("OAT"))
    heads = [line.split(":")[0].split("[")[0].strip() for line in lines[start + 1 : start + 3]]
    assert heads == ["Kenya", "Portugal"]


def test_diff_only_leaves_out_what_is_alike_and_says_so(run: Run, base_folder: BaseFolder) -> None:
    for record_id, code, other in (("aland", "QA", "yes"), ("bland", "QB", "no")):
        rows = [{"service": OAT, "availability": "yes", "sources": ["src-a"], "year": 2000 + len(other)},
                {"service": NSP, "availability": other, "sources": ["src-a"], "year": 2020}]  # fmt: skip
        base_folder.add("country", record_id, iso2=code, services=rows)
    asked = ("aland", "bland", "--diff-only", "--kb", base_folder.root)
    answer = run("compare", *asked, "-f", "json").json
    fields = {cell["field"] for cell in answer["cells"]}
    assert NSP in fields
    assert not fields & {OAT, "law", "helplines"}
    shown = run("compare", *asked).stdout
    assert "Left out, because all say the same there (years aside): In short" in shown
    assert "Left out, because nothing is recorded for any of them: Model, Law on possession" in shown
    assert set(re.findall(r"\[(\d+)\]", shown.split("\nSources\n")[0])) == {"1"}
    matrix = run("compare", "--services", *asked, "-f", "json").json
    assert {cell["field"] for cell in matrix["cells"]} == {NSP}


def test_evidence_shows_rating_direction_and_basis_of_each_outcome(run: Run, opened: Base) -> None:
    answer = run("compare", "--evidence", "methadone", "buprenorphine", "-f", "json").json
    records = {record.id: record for record in opened.every(Strategy)}
    for name in ("methadone", "buprenorphine"):
        evidence = records[name].evidence
        mine = [cell for cell in answer["cells"] if cell["record"] == name]
        assert (mine[0]["field"], mine[0]["value"]) == ("overall", evidence.rating)
        told = [
            (cell["field"], cell["value"], cell["qualifier"], cell["method"])
            for cell in mine[1:]
            if cell["status"] == "value"
        ]
        wanted = [(row.outcome, row.rating, row.direction, row.basis) for row in evidence.outcomes]
        assert sorted(told) == sorted(wanted)
    shown = run("compare", "--evidence", "methadone", "buprenorphine").stdout
    notes = shown[shown.index("\nNotes\n") : shown.index("\nSources\n")]
    assert all(row.basis.rstrip(".") in notes for row in records["methadone"].evidence.outcomes)


def test_an_outcome_chooses_the_strategies_and_puts_benefit_before_harm(run: Run, opened: Base) -> None:
    answer = run("compare", "--evidence", "--outcome", "overdose-death", "-f", "json").json
    cells = newest(answer, "overdose-death")
    assert {cell["status"] for cell in cells.values()} == {"value"}
    left = len(list(opened.every(Strategy))) - len(cells)
    shown = run("compare", "--evidence", "--outcome", "overdose-death").stdout
    assert f"{left} strategies without a row for these outcomes left out" in shown
    named = (
        "compare",
        "--evidence",
        "methadone",
        "extended-release-naltrexone",
        "--outcome",
        "overdose-death",
    )
    assert (
        newest(run(*named, "-f", "json").json, "overdose-death")["extended-release-naltrexone"]["value"]
        is None
    )
    directions = [cell["qualifier"] for cell in cells.values()]
    order = ["benefit", "mixed", "unclear", "no-benefit", "harm"]
    ranks = [order.index(direction) for direction in directions]
    assert ranks == sorted(ranks)
    assert ranks[0] == 0


def test_a_figure_keeps_range_unit_and_qualifier_and_counts_who_has_none(run: Run, opened: Base) -> None:
    countries = {record.id: record for record in opened.every(Country)}
    having = {
        name for name, record in countries.items() if any(f.measure == "oat-clients" for f in record.figures)
    }
    asked = ("compare", "--figure", "oat-clients", "--sort", "value")
    answer = run(*asked, "-f", "json").json
    cells = newest(answer, "oat-clients")
    assert set(cells) == having
    values = [cell["value"] for cell in cells.values()]
    assert values == sorted(values, reverse=True)
    for name, cell in cells.items():
        (figure, *_) = [
            f for f in countries[name].figures if f.measure == "oat-clients" and f.value == cell["value"]
        ]
        assert (cell["unit"], cell["qualifier"]) == (figure.unit, figure.qualifier or "")
        assert (cell["low"], cell["high"]) == (figure.low, figure.high)
    assert (
        f"{len(countries) - len(having)} countries without a recorded number left out." in run(*asked).stdout
    )


def test_a_named_country_without_the_number_is_not_recorded_and_not_nought(run: Run) -> None:
    row = newest(
        run("compare", "--figure", "oat-clients", "kenya", "benin", "-f", "json").json, "oat-clients"
    )
    assert (row["benin"]["value"], row["benin"]["status"]) == (None, "not-recorded")


def test_years_far_apart_are_flagged_where_they_stand(run: Run, base_folder: BaseFolder) -> None:
    for record_id, code, year in (("aland", "QA", 2010), ("bland", "QB", 2016)):
        rows = [{"service": OAT, "availability": "yes", "sources": ["src-a"], "year": year},
                {"service": NSP, "availability": "yes", "sources": ["src-a"], "year": 2016}]  # fmt: skip
        base_folder.add("country", record_id, iso2=code, services=rows)
    shown = run("compare", "--services", "aland", "bland", "--kb", base_folder.root).stdout
    note = "Years here run from 2010 to 2016: differences may come from time alone."
    number = next(line for line in shown.splitlines() if line.endswith(note)).split("]")[0].strip("[")
    assert f"  OAT [{number}]: yes, 2010" in shown
    assert "  NSP: yes, 2016" in shown
    assert "Years of this record lie more than 5 years apart." in shown
    assert "\nAland [n" in shown


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--services", "--evidence"], "are two tables"),
        (["kenya", "portugal", "--only-with", "OAT"], "it goes with --services"),
        (["--services", "--outcome", "hiv"], "it goes with --evidence"),
        (["kenya", "portugal", "--chart"], "it goes with --services, --figure"),
        (["--figure", "oat-clients", "--transpose"], "--transpose does not go with --figure"),
        (["--services", "--all", "kenya"], "--all and named records"),
        (["--services", "--only-with", "gold"], "services: opioid-agonist-treatment"),
        (["--services", "--sort", "size"], "services: opioid-agonist-treatment"),
        (["--evidence", "--outcome", "luck"], "outcomes: death, "),
        (["--evidence", "--category", "luck"], "categories: "),
        (["--evidence", "kenya"], "no record 'kenya'"),
        (["--figure", "luck"], "numbers: oat-clients ("),
        (["--figure", "oat-clients", "--sort", "yes"], "sort by name or value"),
        (["kenya", "methadone"], "compare countries with countries"),
        (["kenya", "portugal", "--wide", "-f", "markdown"], "formats: csv, tsv"),
        (["kenya", "portugal", "--excel", "-f", "json"], "--excel writes CSV"),
        (["kenya", "portugal", "--excel", "-o", "x.html"], "--excel writes CSV"),
    ],
)
def test_what_does_not_go_together_is_said_with_what_does(run: Run, arguments: list[str], told: str) -> None:
    done = run("compare", *arguments)
    assert done.code == 2
    assert told in done.stderr
    assert done.stdout == ""


def test_a_kind_that_cannot_be_compared_is_named(run: Run) -> None:
    done = run("compare", "kenya", "nacada")
    assert done.code == 2
    assert "kenya (country), nacada (organization)" in done.stderr


def test_wide_has_one_record_a_row_and_tells_mark_year_and_sources(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("compare", "--services", "--all", "--wide").stdout)))
    answer = run("compare", "--services", "--all", "-f", "json").json
    for field in SERVICES:
        for row, (record, cell) in zip(rows, newest(answer, field).items(), strict=True):
            assert row["record"] == record
            assert row[field].split(" | ")[0].startswith(MARK_WORDS[cell["status"]])
            if cell["sources"]:
                assert row[f"{field} year"].split(" | ")[0] == str(cell["year"] or "undated")
                assert row[f"{field} sources"].split(" | ")[0] == " ".join(cell["sources"])


def test_excel_gets_a_byte_order_mark_and_its_line_ends(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    assert run("compare", "kenya", "portugal", "--excel", "-o", path).code == 0
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbfrecord,field,")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    plain = list(csv.DictReader(io.StringIO(run("compare", "kenya", "portugal", "-f", "csv").stdout)))
    assert rows == plain
    assert content.endswith(b"\r\n")


def test_a_picture_in_the_terminal_has_the_marks_of_the_table_and_every_source(run: Run) -> None:
    asked = ("compare", "--services", "kenya", "portugal", "--width", "120")
    shown = run(*asked, "--chart", "-f", "table").stdout
    cells = run(*asked, "-f", "json").json
    line = next(line for line in shown.splitlines() if line.strip().startswith("Kenya"))
    marks = [
        LETTERS[cell["status"]] + "*" * bool(cell["certainty"])
        for field in SERVICES
        if (cell := newest(cells, field)["kenya"])
    ]
    assert [word for word in line.split()[1:] if not set(word) & set("█▓▒░[")][: len(SERVICES)] == marks
    listed = run(*asked).stdout.split("\nSources\n")[1].splitlines()
    numbers = [line.split("]")[0] + "]" for line in listed if line.startswith("[")]
    assert len(numbers) > 10
    assert [number for number in numbers if number not in shown] == []


@pytest.mark.parametrize(
    ("value", "high", "unicode", "drawn"),
    [
        (10, None, True, "██████████"),
        (5, 10, True, "█████░░░░░"),
        (5, 10, False, "#####-----"),
        (0.5, None, True, "▌"),
        (0.01, None, True, "▏"),
        (0.01, None, False, "#"),
        (0, None, True, ""),
        (-4, None, True, ""),
    ],
)
def test_a_bar_is_as_long_as_its_number(value: float, high: float | None, unicode: bool, drawn: str) -> None:
    assert bar(Fact(value, high=high), 10, 10, unicode=unicode) == drawn


def test_a_doubt_is_a_difference(run: Run, base_folder: BaseFolder) -> None:
    for record_id, code, unsure in (("aland", "QA", False), ("bland", "QB", True)):
        row = {"service": OAT, "availability": "yes", "sources": ["src-a"], "year": 2020, "uncertain": unsure}
        number = {"number": "112", "sources": ["src-a"]}
        base_folder.add("country", record_id, iso2=code, services=[row], emergency=[number])
    asked = ("aland", "bland", "--diff-only", "--kb", base_folder.root, "-f", "json")
    assert OAT in {cell["field"] for cell in run("compare", *asked).json["cells"]}


@pytest.mark.parametrize(
    "arguments",
    [
        ("--services", "portugal", "--diff-only"),
        ("--evidence", "methadone", "--diff-only"),
        ("--services", "portugal", "--transpose", "--chart"),
    ],
)
def test_one_record_differs_from_nothing_and_is_shown_whole(run: Run, arguments: tuple[str, ...]) -> None:
    for name in ("table", "markdown", "html", "csv"):
        done = run("compare", *arguments, "-f", name)
        assert done.code == 0, done.stderr
        assert done.stdout


def test_where_all_is_alike_the_table_says_what_it_left_out(run: Run, base_folder: BaseFolder) -> None:
    for record_id, code in (("aland", "QA"), ("bland", "QB")):
        base_folder.add("country", record_id, iso2=code)
    for arguments in ((), ("--services",)):
        asked = (*arguments, "aland", "bland", "--diff-only", "--kb", base_folder.root)
        for name in ("plain", "table", "markdown", "html"):
            done = run("compare", *asked, "-f", name, "--width", "200")
            assert done.code == 0, done.stderr
            assert "because nothing is recorded for any of them" in done.stdout


def test_no_country_left_is_nothing_found_and_not_no(run: Run) -> None:
    done = run("compare", "--services", "portugal", "kenya", "--only-with", "HAT")
    assert (done.code, done.stdout) == (1, "")
    assert "not recorded is not" in done.stderr


def test_a_rating_says_which_way_it_points(run: Run) -> None:
    shown = run("compare", "scare-tactic-prevention", "methadone", "--fields", "evidence").stdout
    assert "points to no benefit. " in shown
    assert "Methadone: Strong: points to benefit. " in shown
    assert "moderate: good studies point one way" in shown


def test_spreadsheets_learn_all_that_people_read_of_a_contact(run: Run) -> None:
    answer = run("compare", "insite", "nacada", "--fields", "contacts", "-f", "json").json
    shown = run("compare", "insite", "nacada", "--fields", "contacts").stdout
    contacts = [cell for cell in answer["cells"] if cell["status"] == "value"]
    assert contacts
    for cell in contacts:
        assert cell["note"] in shown
        assert "not checked by a person" in cell["note"]


def test_of_two_rows_of_one_year_the_certain_one_counts(run: Run, base_folder: BaseFolder) -> None:
    rows = [{"service": OAT, "availability": "yes", "sources": ["src-a"], "year": 2018, "uncertain": True},
            {"service": OAT, "availability": "no", "sources": ["src-a"], "year": 2018}]  # fmt: skip
    base_folder.add("country", "aland", iso2="QA", services=rows)
    asked = ("compare", "--services", "aland", "--kb", base_folder.root)
    assert newest(run(*asked, "-f", "json").json, OAT)["aland"]["status"] == "no"
    assert "other: yes?, 2018" in run(*asked).stdout


def test_totals_say_how_many_rows_are_not_certain(run: Run) -> None:
    answer = run("compare", "--services", "--region", "africa", "-f", "json").json
    for row in answer["totals"]:
        doubts = [cell for cell in newest(answer, row["field"]).values() if cell["certainty"]]
        assert row["not-certain"] == len(doubts)
    assert "of all these, not certain" in run("compare", "--services", "--region", "africa").stdout


def test_a_very_wide_table_comes_in_parts_that_fit_a_sheet(run: Run) -> None:
    page = Page(run("compare", "--evidence", "-f", "html").stdout)
    assert len(page.tables) > 1
    assert all(len(table.heads) <= 11 for table in page.tables)
    answer = run("compare", "--evidence", "-f", "json").json
    heads = [head for table in page.tables for head in table.heads[1:]]
    assert len(heads) == len({cell["field"] for cell in answer["cells"]})
    assert len({table.caption for table in page.tables}) == len(page.tables)
