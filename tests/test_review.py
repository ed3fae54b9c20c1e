"""What a review of the whole program found, so that it does not come back."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from conftest import KB, TODAY, BaseFolder, Run
from recoverykb.check.runner import check_base
from recoverykb.search.engine import search
from recoverykb.search.filters import Filters
from recoverykb.storage.base import Base
from recoverykb.views.detail_country import number

PRIVATE = {"purpose": "drug-help", "sources": ["src-a"], "confidence": "low", "number": "+254 700 111 222",
           "private": True, "description": "quibblewort at night"}  # fmt: skip
PUBLIC = {"purpose": "drug-help", "sources": ["src-a"], "confidence": "low", "number": "0800 999 111"}


class TestPrivateContacts:
    @pytest.fixture
    def clinic(self, base_folder: BaseFolder) -> Path:
        base_folder.add("organization", "clinic", name="Zebra", country="KE", contacts=[PRIVATE, PUBLIC])
        return base_folder.root

    @pytest.mark.parametrize("query", ["quibblewort", "254700111222", "700 quibblewort"])
    def test_no_search_finds_a_record_by_them(self, run: Run, clinic: Path, query: str) -> None:
        found = run("search", query, "--kb", clinic, "--format", "json").json["hits"]
        assert "clinic" not in [hit["id"] for hit in found]

    def test_their_words_are_no_corrections(self, run: Run, clinic: Path) -> None:
        answer = run("search", "quibblewart", "--kb", clinic, "--format", "json")
        assert answer.json["corrections"] == []
        assert "quibblewort" not in answer.stderr

    @pytest.mark.parametrize("format_name", ["plain", "json", "csv", "table", "markdown"])
    def test_the_page_of_their_source_does_not_tell_them(
        self, run: Run, clinic: Path, format_name: str
    ) -> None:
        printed = run("sources", "src-a", "--kb", clinic, "--format", format_name).stdout
        assert "700 111 222" not in printed
        assert "999 111" in printed

    def test_check_finds_them_wrong_without_printing_them(self, run: Run, base_folder: BaseFolder) -> None:
        base_folder.add(
            "organization", "clinic", country="KE", contacts=[{**PRIVATE, "number": "0712345678999"}]
        )
        printed = run("check", base_folder.root)
        assert "RKB402 clinic: the private number is not possible" in printed.stdout
        assert "0712345678999" not in printed.stdout + printed.stderr


class TestWhatRestsOnASource:
    def test_json_and_csv_tell_it_too(self, run: Run, base_folder: BaseFolder) -> None:
        base_folder.add("strategy", "help-one", service=True, summary="What help is.")
        told = run("sources", "src-a", "--kb", base_folder.root, "--format", "json").json
        assert {"record": "help-one", "kind": "strategy", "path": "", "text": "What help is."} in told[
            "cited_by"
        ]
        rows = run("sources", "src-a", "--kb", base_folder.root, "--format", "jsonl").stdout.splitlines()
        assert [json.loads(row)["record"] for row in rows] == ["help-one"] * 3

    def test_a_claim_that_the_source_refutes_is_not_told_as_resting_on_it(
        self, run: Run, base_folder: BaseFolder
    ) -> None:
        base_folder.add("strategy", "help-one", disputed=[
            {"claim": "It always works.", "verdict": "wrong", "evidence": "It often fails.", "sources": ["src-a"]}])  # fmt: skip
        printed = run("sources", "src-a", "--kb", base_folder.root).stdout
        assert "disputed 1: It often fails." in printed
        assert "It always works." not in printed

    def test_pages_of_several_kinds_share_one_header(self, run: Run) -> None:
        rows = run("show", "naloxone", "sordo-bmj-2017", "--format", "jsonl").stdout.splitlines()
        assert len({tuple(json.loads(row)) for row in rows}) == 1
        assert json.loads(rows[0])["id"] == "naloxone"


class TestNumbers:
    @pytest.mark.parametrize(
        ("value", "shown"),
        [
            (7146, "7,146"),
            (5.0, "5"),
            (2.6, "2.6"),
            (12345678.9, "12,345,678.9"),
            (0.00001, "0.00001"),
            (1e20, "100,000,000,000,000,000,000"),
        ],
    )
    def test_a_number_is_written_out(self, value: float, shown: str) -> None:
        assert number(value) == shown

    def figures(self, run: Run, base_folder: BaseFolder, *figures: dict[str, Any]) -> list[dict[str, Any]]:
        said = [{"measure": "deaths", "unit": "people", "sources": ["src-a"], **figure} for figure in figures]
        base_folder.add("country", "aland", iso2="QA", figures=said)
        base_folder.add("country", "bland", iso2="QB")
        found = run(
            "compare", "aland", "bland", "--fields", "figures", "--kb", base_folder.root, "-f", "json"
        )
        return [cell for cell in found.json["cells"] if cell["record"] == "aland"]

    def test_two_numbers_of_one_year_are_both_told(self, run: Run, base_folder: BaseFolder) -> None:
        found = self.figures(
            run,
            base_folder,
            {"value": 10, "year": 2021},
            {"value": 99, "year": 2021},
            {"value": 1, "year": 2019},
        )
        told = [(cell["item"], cell["value"], cell["unit"]) for cell in found]
        assert told == [("deaths", 10, "people"), ("deaths", 99, "people")]

    def test_one_end_of_a_range_is_told(self, run: Run, base_folder: BaseFolder) -> None:
        found = self.figures(run, base_folder, {"value": 10, "low": 3, "year": 2021})
        assert (found[0]["value"], found[0]["low"], found[0]["high"]) == (10, 3, None)

    def test_the_year_of_a_source_is_not_given_out_as_that_of_the_fact(
        self, run: Run, base_folder: BaseFolder
    ) -> None:
        own = self.figures(run, base_folder, {"value": 10, "year": 2021})[0]
        published = self.figures(run, base_folder, {"value": 10})[0]
        assert (own["year"], own["year_of"]) == (2021, "fact")
        assert (published["year"], published["year_of"]) == (2020, "source")

    def test_spreadsheets_learn_that_an_emergency_number_is_not_confirmed(
        self, run: Run, base_folder: BaseFolder
    ) -> None:
        base_folder.add("country", "aland", iso2="QA", emergency=[{"number": "999", "sources": ["src-a"]}])
        base_folder.add("country", "bland", iso2="QB")
        found = run(
            "compare", "aland", "bland", "--fields", " emergency ", "--kb", base_folder.root, "-f", "csv"
        )
        assert "one source only, TO BE CONFIRMED" in found.stdout


class TestBodiesThatAreNoPlaceToGo:
    def test_a_comparison_says_first_that_a_body_is_no_referral(self, run: Run) -> None:
        printed = run("compare", "world-assistance", "narcotics-anonymous", "--format", "plain").stdout
        assert "World Assistance: Not offered as a referral" in printed
        assert "World Assistance: many countries" not in printed

    @pytest.mark.parametrize("command", [("show", "clinic"), ("show", "KE"), ("compare", "KE", "PT")])
    def test_a_closed_service_is_told_beside_its_number(
        self, run: Run, base_folder: BaseFolder, command: tuple[str, ...]
    ) -> None:
        base_folder.add("organization", "clinic", country="KE", status="defunct", contacts=[PUBLIC])
        printed = run(*command, "--kb", base_folder.root, "--format", "plain").stdout
        line = next(line for line in printed.splitlines() if "0800 999 111" in line)
        assert "DEFUNCT" in line

    def test_a_sheet_hands_out_no_number_of_a_closed_service_and_says_so(
        self, run: Run, base_folder: BaseFolder
    ) -> None:
        base_folder.add("organization", "clinic", country="KE", status="defunct", contacts=[PUBLIC])
        printed = run("sheet", "clinic", "--kb", base_folder.root, "--format", "plain").stdout
        assert "0800 999 111" not in printed
        assert "- Closed, or not working now: Clinic" in printed

    def test_a_closed_service_is_told_on_the_page_of_what_it_offers(
        self, run: Run, base_folder: BaseFolder
    ) -> None:
        base_folder.add(
            "organization", "clinic", country="KE", status="temporarily closed", services=["naloxone"]
        )
        printed = run("show", "naloxone", "--kb", base_folder.root, "--format", "plain").stdout
        assert "Clinic (KE; TEMPORARILY CLOSED; id clinic)" in printed


class TestSheet:
    def test_it_is_for_one_country(self, run: Run) -> None:
        refused = run("sheet", "--country", "KE", "portugal")
        assert (refused.code, refused.stdout) == (2, "")
        assert "one country" in refused.stderr
        assert run("sheet", "--country", "KE", "kenya").code == 0

    def test_a_guide_asked_for_does_not_repeat_what_the_sheet_has(self, run: Run) -> None:
        overdose = run("sheet", "overdose-response").stdout
        assert overdose.count("Shout their name") == 1
        assert "Facts people get wrong" in overdose
        asked = run("sheet", "questions-to-ask").stdout.splitlines()
        questions = [line for line in asked if line.startswith("- ") and line.endswith("?")]
        assert questions
        assert len(questions) == len(set(questions))

    def test_a_law_that_is_not_recorded_does_not_read_as_none(
        self, run: Run, base_folder: BaseFolder
    ) -> None:
        base_folder.add("country", "aland", iso2="QA")
        printed = run("sheet", "--country", "QA", "naloxone", "--kb", base_folder.root, "-f", "plain").stdout
        assert "That does not mean that it is allowed." in printed


class TestSearch:
    def test_a_filter_is_asked_before_the_hits_are_cut(self, base_folder: BaseFolder, cache: Path) -> None:
        lines = "".join(
            f'[[strategy]]\nid = "s{number}"\nname = "Quoll {number}"\nsummary = "quoll quoll quoll"\ncategory = "medication"\n'
            f'sources = ["src-a"]\ncompiled = {TODAY}\n[strategy.evidence]\nrating = "strong"\ndirection = "benefit"\n'
            'basis = "B"\nsources = ["src-a"]\n' for number in range(450)
        )  # fmt: skip
        (base_folder.root / "strategies" / "many.toml").write_text(lines, encoding="utf-8")
        base_folder.add(
            "organization", "den", summary="Long prose about other things, and once a quoll.", country="KE"
        )
        with Base.open([base_folder.root]) as base:
            assert base.get("s449")
            for filters in (
                Filters(kind="organization"),
                Filters(country="KE", kind="organization"),
                Filters(tag="ngo"),
            ):
                assert [hit.row.id for hit in search(base, "quoll", filters).hits] == ["den"]

    def test_a_pasted_page_is_answered_soon(self, run: Run) -> None:
        answer = run("search", "opioid naloxone kenya methadone " * 3000, "--format", "ids")
        assert "kenya" in answer.stdout.split()

    def test_a_word_mistyped_twice_is_corrected_once(self, run: Run) -> None:
        answer = run("search", "nalxone nalxone", "--format", "json")
        assert answer.json["corrections"] == [{"from": "nalxone", "to": "naloxone"}]


class TestCheck:
    def test_two_records_of_one_file_with_one_id(self, base_folder: BaseFolder) -> None:
        entry = f'[[term]]\nid = "twin"\nname = "N"\nabout = ["src-a"]\ncompiled = {TODAY}\nlabels = [{{text = "x", type = "street"}}]\n'
        (base_folder.root / "terms" / "all.toml").write_text(entry * 2, encoding="utf-8")
        found = [problem for problem in check_base(base_folder.root, today=TODAY) if problem.code == "RKB004"]
        assert [(problem.line, "earlier record of this file" in problem.message) for problem in found] == [
            (8, True)
        ]

    def test_a_personal_base_may_refer_to_the_teams(self, run: Run, tmp_path: Path) -> None:
        team, personal = BaseFolder(tmp_path / "team"), BaseFolder(tmp_path / "personal")
        team.add("strategy", "team-help", sources=["src-a"])
        personal.add("organization", "mine", services=["team-help"])
        variable = {"RECOVERYKB_PATH": os.pathsep.join(map(str, (team.root, personal.root)))}
        assert "team-help" not in run("check", env=variable).stdout
        assert "team-help" not in run("check", personal.root, env=variable).stdout
        assert "no record 'team-help'" in run("check", personal.root).stdout
        team.add("strategy", "looks-up", related=["mine"])
        assert "no record 'mine'" in run("check", env=variable).stdout

    def test_several_files_of_one_base_are_checked_once(self, run: Run, base_folder: BaseFolder) -> None:
        one = base_folder.add("strategy", "one", related=["nowhere"])
        two = base_folder.add("strategy", "two", related=["nowhere"])
        alone = run("check", one, "--format", "json").json["problems"]
        both = run("check", one, two, "--format", "json").json["problems"]
        every = run("check", base_folder.root, one, "--format", "json").json["problems"]
        assert [Path(problem["file"]).name for problem in alone] == ["one.toml"]
        assert [Path(problem["file"]).name for problem in both] == ["one.toml", "two.toml"]
        assert len(every) >= len(both)

    def test_a_byte_order_mark_moves_no_line_or_column(self, base_folder: BaseFolder) -> None:
        path = base_folder.add("strategy", "one", related=["nowhere"])
        plain = check_base(base_folder.root, today=TODAY)
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
        assert check_base(base_folder.root, today=TODAY) == plain


class TestTheSystemRefuses:
    def test_a_full_disk_or_a_name_too_long_is_one_line(self, run: Run, tmp_path: Path) -> None:
        name = "a" * 300
        for arguments in (
            ["sheet", "naloxone", "-o", f"{tmp_path}/{name}.md"],
            ["list", "--kb", f"{tmp_path}/{name}"],
        ):
            refused = run(*arguments)
            assert refused.code == 3
            assert "File name too long" in refused.stderr
            assert refused.stderr.count("\n") == 1

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
    @pytest.mark.parametrize("to", ["> /dev/full", ">&-"])
    def test_stdout_that_takes_nothing_leaves_no_traceback(self, cache: Path, to: str) -> None:
        done = subprocess.run(
            ["bash", "-c", f'"{sys.executable}" -m recoverykb list --format json {to}'],
            env={**os.environ, "RECOVERYKB_CACHE": str(cache)}, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        assert "Traceback" not in done.stderr
        assert (done.returncode, done.stderr.count("\n")) == ((3, 1) if "full" in to else (0, 0))

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
    def test_a_named_pipe_among_the_records_does_not_stop_the_program(
        self, run: Run, base_folder: BaseFolder
    ) -> None:
        os.mkfifo(base_folder.root / "strategies" / "pipe.toml")
        answer = run("list", "source", "--kb", base_folder.root, "--format", "ids")
        assert "src-a" in answer.stdout.split()
        assert "cannot be read: not a plain file" in answer.stderr

    def test_the_locale_of_characters_counts_before_lang(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from recoverykb.cli.environment import _ascii_locale

        for name, value in (("LC_ALL", ""), ("LC_CTYPE", "en_US.UTF-8"), ("LANG", "C")):
            monkeypatch.setenv(name, value)
        assert not _ascii_locale()
        monkeypatch.setenv("LC_ALL", "C")
        assert _ascii_locale()


def test_a_base_named_by_a_dot_has_the_name_of_its_folder(run: Run, base_folder: BaseFolder) -> None:
    layers = run("info", "--kb", ".", "--format", "json", cwd=base_folder.root).json["layers"]
    assert layers[-1]["name"] == "team-kb"


def test_every_source_a_record_names_is_resolved_in_its_json(opened: Base) -> None:
    from recoverykb.views.assemble import detail
    from recoverykb.views.citing import source_ids

    for row in opened.rows():
        if row.kind != "source":
            data = detail(opened, row.id).data
            resolved = {source["id"] for source in data["sources_resolved"]}
            named = {name for name in source_ids(opened.get(row.id)) if name}
            assert named <= resolved, row.id


def test_the_country_of_a_list_is_said_to_be_strict(run: Run) -> None:
    nothing = run("list", "strategy", "--country", "KE")
    assert (nothing.stdout, nothing.code) == ("", 1)
    assert "also finds what serves every country" in nothing.stderr


def test_a_tier_does_not_go_with_ids(run: Run) -> None:
    assert run("sources", "sordo-bmj-2017", "--tier", "official").code == 2


def test_the_bundled_base_is_checked_against_itself_alone() -> None:
    assert not [problem for problem in check_base(KB, today=date.max) if problem.code in ("RKB101", "RKB102")]


@pytest.mark.parametrize(("name", "examples"), [("list", 4), ("compare", 6)])
def test_each_example_of_help_stands_on_its_own_line(run: Run, name: str, examples: int) -> None:
    lines = [line.split("Example: ")[-1].strip() for line in run(name, "--help").stdout.splitlines()]
    assert len([line for line in lines if line.startswith(f"recoverykb {name} ")]) == examples
    assert not [line for line in lines if "\\b" in line]
