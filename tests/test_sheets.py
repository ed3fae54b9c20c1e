"""Sheets as a worker asks for them: by need, for whom, how old they may be, from recipes.

What stands on the paper itself is proved in test_paper.py.
"""

import ctypes
import io
import os
import re
import signal
import struct
import subprocess
import sys
import zlib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pexpect
import pytest

from conftest import TODAY, BaseFolder, Run
from paper import pdf_text
from recoverykb.cli.sheets import digests_of, ordered
from recoverykb.records.types import Strategy
from recoverykb.records.vocabulary import RATINGS
from recoverykb.storage.base import Base
from recoverykb.storage.recipes import LARGEST_LOGO, MEMORY, Made, read_memory, write_memory
from recoverykb.views.sheet.needs import NEEDS

LINE = {"purpose": "drug-help", "sources": ["src-a"], "confidence": "high", "number": "0800 999 111"}
HARMFUL = "rapid-opioid-detoxification"


def ago(days: int) -> date:
    return date.today() - timedelta(days=days)


FRESH, DUE, STALE = ago(30), ago(400), ago(580)
"""Looked at last month; more than 12 months ago; more than 18 months ago."""


def evidence(rating: str, direction: str = "benefit", basis: str = "Review A (2020)") -> dict[str, Any]:
    row = {"outcome": "retention", "direction": direction, "rating": "limited", "basis": "Trial Q (2019)",
           "sources": ["src-a"], "critical": True}  # fmt: skip
    return {"rating": rating, "direction": direction, "basis": basis, "sources": ["src-a"], "outcomes": [row]}


@pytest.fixture
def team(base_folder: BaseFolder) -> BaseFolder:
    """A base with a country that has nothing but an ambulance number."""
    base_folder.add("country", "aland", name="Aland", iso2="XZ", emergency=[
        {"number": "112", "sources": ["src-a"]}])  # fmt: skip
    return base_folder


def field(printed: str, label: str) -> str:
    """The first line of a plain sheet with that label."""
    return next(line for line in printed.splitlines() if line.startswith(f"{label}:"))


def section(printed: str, heading: str) -> str:
    """The lines of a plain sheet under a heading, up to the next empty line."""
    return printed.split(f"\n{heading}\n", 1)[1].split("\n\n", 1)[0]


class TestNeed:
    def test_options_that_answer_it_come_best_evidence_first_and_no_others(
        self, run: Run, opened: Base
    ) -> None:
        known = {strategy.id: strategy for strategy in opened.every(Strategy)}
        for need in ("medicine", "counselling", "peers"):
            asked = run("sheet", "--country", "GB", "--need", need, "-f", "json").json
            options = [known[record] for record in asked["records"] if record in known]
            places = [list(RATINGS).index(option.evidence.rating) for option in options]
            assert len(options) >= 3
            assert {option.id for option in options} <= set(NEEDS[need].strategies)
            assert places == sorted(places)

    def test_several_needs_are_one_list_without_repeats(self, run: Run) -> None:
        both = run("sheet", "--need", "needles, Health,needles", "-f", "json").json["records"]
        assert len(both) == len(set(both))
        assert "wound-care" in both
        assert {"needle-and-syringe-programmes", "tuberculosis-care"} <= set(both)

    def test_what_the_country_is_said_to_lack_is_no_option_and_is_said(
        self, run: Run, team: BaseFolder
    ) -> None:
        said = [("methadone", "no"), ("buprenorphine", "no"), ("buprenorphine", "limited")]
        rows = [
            {"service": service, "availability": answer, "sources": ["src-a"]} for service, answer in said
        ]
        team.add("country", "aland", name="Aland", iso2="XZ", services=rows)
        asked = ("sheet", "--country", "XZ", "--need", "medicine", "--kb", team.root)
        records = run(*asked, "-f", "json").json["records"]
        assert "methadone" not in records
        assert "buprenorphine" in records  # one source says no, another that there is some
        assert "- Methadone: not available" in section(
            run(*asked, "-f", "plain").stdout, "Not found in Aland"
        )

    def test_what_is_not_recorded_stays_an_option_and_is_no_no(self, run: Run, team: BaseFolder) -> None:
        printed = run(
            "sheet", "--country", "XZ", "--need", "needles", "--kb", team.root, "-f", "plain"
        ).stdout
        assert field(printed, "In Aland") == "In Aland: not recorded. That does not mean “no”."
        assert "Not found in Aland" not in printed

    @pytest.mark.parametrize(
        "change", [{"evidence": evidence("harmful", "harm")}, {"category": "avoid-or-caution"}]
    )
    def test_what_harms_never_answers_a_need(
        self, run: Run, team: BaseFolder, change: dict[str, Any]
    ) -> None:
        assert "family-therapy" in run("sheet", "--need", "family", "-f", "json").json["records"]
        team.add("strategy", "family-therapy", **change)
        answer = run("sheet", "--need", "family", "--kb", team.root, "-f", "json").json["records"]
        assert "craft-family-training" in answer
        assert "family-therapy" not in answer

    def test_guides_of_a_need_are_printed_whole(self, run: Run) -> None:
        for need, guide in (("rights", "rights-and-stigma"), ("family", "families-and-friends")):
            assert guide in run("sheet", "--need", need, "-f", "json").json["records"]
        sections = run("show", "rights-and-stigma", "-f", "json").json["sections"]
        headings = [section["heading"] for section in sections]
        printed = [
            line
            for line in run("sheet", "--need", "rights", "-f", "plain").stdout.splitlines()
            if line in headings
        ]
        assert headings[0] == "Words"  # its card, which only the overdose guide has in the strip
        assert printed == headings

    def test_places_of_the_country_that_answer_it_are_listed_and_others_not(
        self, run: Run, team: BaseFolder
    ) -> None:
        common = {"country": "XZ", "compiled": FRESH, "contacts": [LINE]}
        team.add("organization", "den", name="Den", services=["housing-first"], **common)
        team.add("organization", "needle-van", name="Needle Van", services=["wound-care"], **common)
        team.add("organization", "chapel", name="Chapel", faith_based=True, **common)
        for need, wanted in (("housing", {"den"}), ("needles", {"needle-van"}), ("faith", {"chapel"})):
            asked = run("sheet", "--country", "XZ", "--need", need, "--kb", team.root, "-f", "json").json
            assert set(asked["records"]) & {"den", "needle-van", "chapel"} == wanted

    def test_an_unknown_need_is_an_error_that_lists_the_needs(self, run: Run) -> None:
        refused = run("sheet", "--need", "housing,bananas")
        assert (refused.code, refused.stdout) == (2, "")
        assert "no need 'bananas'" in refused.stderr
        assert all(need in refused.stderr for need in NEEDS)

    def test_every_need_names_records_that_exist(self, opened: Base) -> None:
        for need in NEEDS.values():
            for record in (*need.strategies, *need.guides):
                assert opened.get(record), record


class TestForWhom:
    @pytest.fixture
    def asked(self, team: BaseFolder) -> tuple[Any, ...]:
        for name in ("src-b", "src-c"):
            team.add("source", name, title=f"Paper {name}", url=f"https://example.org/{'long/' * 12}{name}")
        team.add("strategy", "help-one", sources=["src-a", "src-b", "src-c"], evidence=evidence("moderate"),
                 cautions=[{"text": "Mind the gap.", "sources": ["src-c"], "year": 2021}])  # fmt: skip
        numbers = [{"number": "112", "sources": ["src-a", "src-b", "src-c"]},
                   {"number": "555", "sources": ["src-a"], "role": "disputed", "note": "An old list."}]  # fmt: skip
        team.add("country", "aland", name="Aland", iso2="XZ", emergency=numbers)
        return ("sheet", "help-one", "--country", "XZ", "--kb", team.root, "-f", "plain", "--for")

    def test_a_person_gets_at_most_two_sources_a_fact_and_a_worker_all(
        self, run: Run, asked: tuple[Any, ...]
    ) -> None:
        person, worker = run(*asked, "person").stdout, run(*asked, "worker").stdout
        most = {
            who: max(len(found.split(",")) for found in re.findall(r"\[(\d+(?:, \d+)*)\]", printed))
            for who, printed in (("person", person), ("worker", worker))
        }
        assert most["person"] == 2
        assert most["worker"] >= 3
        summary = next(line for line in worker.splitlines() if line.startswith("A plain summary."))
        assert summary.count(",") == 2
        assert "names up to two sources for each fact" in person
        assert "names up to two sources" not in worker

    def test_a_worker_gets_the_outcomes_what_they_rest_on_and_long_addresses(
        self, run: Run, asked: tuple[Any, ...]
    ) -> None:
        person, worker = run(*asked, "person").stdout, run(*asked, "worker").stdout
        for said in ("Rests on: Review A (2020)", "Trial Q (2019)", "long/long/"):
            assert said in worker
            assert said not in person
        assert "Mind the gap." in person  # it was asked for by name

    def test_cautions_of_what_comes_with_a_need_are_for_workers(self, run: Run) -> None:
        caution = run("show", "methadone", "-f", "json").json["cautions"][0]["text"][:40]
        asked = ("sheet", "--need", "medicine", "-f", "plain", "--for")
        assert caution in run(*asked, "worker").stdout
        assert caution not in run(*asked, "person").stdout

    def test_a_disputed_emergency_number_is_for_workers_and_a_person_is_told_that_sources_differ(
        self, run: Run, asked: tuple[Any, ...]
    ) -> None:
        person, worker = run(*asked, "person").stdout, run(*asked, "worker").stdout
        assert "SOURCES DIFFER" in person
        assert "555" not in person
        assert "555" in worker
        assert "An old list" in worker
        assert 'href="tel:555"' not in run(*asked[:-3], "-f", "html").stdout

    def test_questions_for_a_person_are_few_and_for_a_worker_all(self, run: Run) -> None:
        asked = ("sheet", "methadone", "-f", "plain", "--for")
        few, every = (
            section(run(*asked, who).stdout, "Questions to ask").count("\n- ") + 1
            for who in ("person", "worker")
        )
        assert few <= 9 < every


class TestStaleness:
    def add(self, team: BaseFolder, name: str, compiled: date, **fields: Any) -> None:
        team.add("organization", name, name=name.title(), country="XZ", compiled=compiled,
                 services=["naloxone"], **{"contacts": [LINE], **fields})  # fmt: skip

    def printed(self, run: Run, team: BaseFolder, *more: str) -> str:
        answer = run("sheet", "--country", "XZ", "--kb", team.root, "-f", "plain", *more)
        assert answer.code == 0
        return answer.stdout

    def test_a_fresh_contact_has_no_mark(self, run: Run, team: BaseFolder) -> None:
        self.add(team, "clinic", FRESH)
        printed = self.printed(run, team)
        assert "0800 999 111" in printed
        assert "REVIEW DUE" not in field(printed, "Checked")
        assert "Left out" not in printed

    def test_past_its_review_date_it_is_marked(self, run: Run, team: BaseFolder) -> None:
        self.add(team, "clinic", DUE)
        assert "REVIEW DUE since" in field(self.printed(run, team), "Checked")

    def test_past_18_months_it_is_left_out_and_said(self, run: Run, team: BaseFolder) -> None:
        self.add(team, "clinic", STALE)
        printed = self.printed(run, team)
        assert "0800 999 111" not in printed
        assert "- Nobody looked at it for more than 18 months: Clinic" in printed
        told = run("sheet", "--country", "XZ", "--kb", team.root, "-f", "json").json
        assert told["left_out"] == [{"id": "clinic", "name": "Clinic", "reason": "stale"}]
        assert "clinic" not in told["records"]

    def test_include_stale_brings_it_back_with_its_mark(self, run: Run, team: BaseFolder) -> None:
        self.add(team, "clinic", STALE)
        printed = self.printed(run, team, "--include-stale")
        assert "0800 999 111" in printed
        assert "REVIEW DUE since" in field(printed, "Checked")
        assert "Nobody looked at it" not in printed

    def test_a_check_by_a_person_makes_one_contact_fresh_and_leaves_the_others_stale(
        self, run: Run, team: BaseFolder
    ) -> None:
        done = {"on": FRESH, "by": "Amina", "how": "call"}
        old = {**LINE, "number": "0800 222 333"}
        self.add(team, "clinic", STALE, contacts=[{**LINE, "verified": done}, old])
        printed = self.printed(run, team)
        assert "by Amina (" in field(printed, "Checked")
        assert "0800 222 333" not in printed
        assert "Nobody looked at it for more than 18 months: Clinic" in printed

    def test_a_stale_emergency_number_stays_and_is_marked(self, run: Run, team: BaseFolder) -> None:
        team.add("country", "aland", name="Aland", iso2="XZ", compiled=STALE,
                 emergency=[{"number": "112", "sources": ["src-a"]}])  # fmt: skip
        assert "REVIEW DUE since" in field(self.printed(run, team), "Ambulance")

    def test_an_option_is_due_after_two_years(self, run: Run, team: BaseFolder) -> None:
        for name, compiled in (("help-new", ago(700)), ("help-old", ago(760))):
            team.add("strategy", name, name=name, compiled=compiled)
            printed = run("sheet", name, "--kb", team.root, "-f", "plain").stdout
            assert ("REVIEW DUE" in field(printed, "Evidence")) is (name == "help-old")


class TestLeftOut:
    @pytest.mark.parametrize(
        ("fields", "says"),
        [
            ({"status": "defunct"}, "Closed, or not working now: Clinic"),
            ({"status": "temporarily closed"}, "Closed, or not working now: Clinic"),
            ({"referral": False}, "No independent source vouches for it: Clinic"),
        ],
    )
    @pytest.mark.parametrize("country", [(), ("--country", "XZ")])
    def test_what_was_asked_for_and_may_not_be_handed_out_is_said_with_the_reason(
        self, run: Run, team: BaseFolder, fields: dict[str, Any], says: str, country: tuple[str, ...]
    ) -> None:
        team.add("organization", "clinic", country="XZ", compiled=FRESH, contacts=[LINE], **fields)
        printed = run("sheet", "clinic", *country, "--kb", team.root, "-f", "plain").stdout
        assert f"- {says}" in section(printed, "Left out of this sheet")
        assert "0800 999 111" not in printed

    @pytest.mark.parametrize("form", ["plain", "markdown", "html", "json"])
    def test_private_contacts_are_in_no_form_and_said(self, run: Run, team: BaseFolder, form: str) -> None:
        secret = {**LINE, "number": "0800 555 000", "private": True, "description": "Knock twice"}
        team.add("organization", "clinic", country="XZ", compiled=FRESH, contacts=[LINE, secret])
        printed = run("sheet", "clinic", "--kb", team.root, "-f", form).stdout
        assert form == "json" or "0800 999 111" in printed.replace("\u00a0", " ")
        assert "555 000" not in printed.replace("\u00a0", " ")
        assert "Knock twice" not in printed
        assert ('"reason": "private"' if form == "json" else "Has contacts that are private:") in printed

    def test_what_harms_is_marked_where_an_organization_offers_it(self, run: Run, team: BaseFolder) -> None:
        team.add("organization", "clinic", compiled=FRESH, services=["naloxone", HARMFUL], contacts=[LINE])
        printed = run("sheet", "clinic", "--kb", team.root, "-f", "plain").stdout
        assert field(printed, "Offers") == "Offers: Naloxone"
        assert field(printed, "Offers too, not recommended").endswith("detoxification under anaesthesia")


class TestHarm:
    def test_what_harms_is_answered_with_the_evidence_and_what_to_ask_for_instead(self, run: Run) -> None:
        printed = run("sheet", HARMFUL, "naloxone", "-f", "plain").stdout
        warned = section(printed, "Not recommended: Rapid opioid detoxification under anaesthesia")
        assert warned.startswith("Evidence: harmful.")
        assert "Ask for instead: Opioid agonist treatment; Buprenorphine; Methadone" in warned
        assert "How to start" not in warned
        assert printed.index("\nNaloxone\n") < printed.index("Not recommended: Rapid")

    def test_a_country_that_has_it_does_not_make_it_an_option(self, run: Run, team: BaseFolder) -> None:
        team.add("strategy", "quick-cure", name="Quick Cure", service=True, category="avoid-or-caution",
                 evidence=evidence("harmful", "harm"), alternatives=["methadone"])  # fmt: skip
        rows = [
            {"service": name, "availability": "yes", "sources": ["src-a"]}
            for name in ("quick-cure", "methadone")
        ]
        team.add("country", "aland", name="Aland", iso2="XZ", services=rows)
        printed = run("sheet", "--country", "XZ", "--kb", team.root, "-f", "plain").stdout
        assert "\nQuick Cure\n" not in printed
        assert "Ask for instead: Methadone" in section(printed, "Not recommended: Quick Cure")


class TestGuidesByName:
    def test_overdose_is_the_guide_of_that_use_with_the_numbers_of_the_country(self, run: Run) -> None:
        printed = run("sheet", "overdose", "--country", "CH", "-f", "plain").stdout
        assert printed.startswith("What to do in an opioid overdose in Switzerland\n")
        assert "Ambulance: 144 or 112" in printed
        assert "\nSigns\n" in printed
        assert run("sheet", "overdose", "--country", "CH", "-f", "json").json["records"] == [
            "overdose-response"
        ]

    def test_questions_is_the_guide_of_that_use(self, run: Run) -> None:
        printed = run("sheet", "questions", "-f", "plain").stdout
        assert printed.startswith("Questions to ask a provider\n")
        assert "Write the local one here: ____" in printed
        assert run("sheet", "questions", "-f", "json").json["records"] == ["questions-to-ask"]


class TestUsage:
    @pytest.mark.parametrize("tag", ["xx", "EN", "pt-BR", "", "../en"])
    def test_a_language_that_sheets_do_not_come_in_is_an_error_that_lists_those(
        self, run: Run, tag: str
    ) -> None:
        refused = run("sheet", "naloxone", "--lang", tag)
        assert (refused.code, refused.stdout) == (2, "")
        assert f"no sheets in '{tag}'" in refused.stderr
        assert "ar (العربية), en (English)" in refused.stderr

    @pytest.mark.parametrize(
        ("arguments", "says"),
        [
            (["--recipe", "r.toml", "--country", "KE"], "write it into the recipe"),
            (["--recipe", "r.toml", "--lang", "fr"], "write it into the recipe"),
            (["--recipe", "r.toml", "--large-print"], "write it into the recipe"),
            (["--recipe", "r.toml", "naloxone"], "write it into the recipe"),
            (["--recipe", "nowhere.toml"], "no recipe at nowhere.toml"),
            (["--recipe", "."], "it is no file"),
            (["build"], "takes one folder"),
            (["build", "a", "b"], "takes one folder"),
            (["build", "."], "no recipes in"),
            (["build", ".", "--lang", "fr"], "takes all of it from the recipes"),
            (["build", ".", "-o", "x.pdf"], "takes all of it from the recipes"),
            (["naloxone", "--check"], "--check goes with 'build'"),
            (["--country", "XX"], "no record for the country XX"),
        ],
    )  # fmt: skip
    def test_words_that_do_not_fit_together_are_errors(
        self, run: Run, tmp_path: Path, arguments: list[str], says: str
    ) -> None:
        refused = run("sheet", *arguments, cwd=tmp_path)
        assert (refused.code, refused.stdout) == (2, "")
        assert says in refused.stderr
        assert refused.stderr.count("\n") == 1


class TestPdfOut:
    def test_a_terminal_gets_no_bytes_but_what_to_do(self, cache: Path) -> None:
        child = pexpect.spawn(
            sys.executable,
            ["-m", "recoverykb", "sheet", "naloxone", "-f", "pdf"],
            env={**os.environ, "RECOVERYKB_CACHE": str(cache), "TERM": "xterm"},
            dimensions=(24, 200),
            timeout=60,
        )
        child.expect(pexpect.EOF)
        child.close()
        assert child.exitstatus == 2
        assert child.before.decode().strip() == "recoverykb: pdf is no text for a terminal (-o FILE.pdf)"

    def test_a_pipe_gets_the_same_bytes_as_a_file(self, run: Run, cache: Path, tmp_path: Path) -> None:
        command = [sys.executable, "-m", "recoverykb", "sheet", "naloxone", "-f", "pdf"]
        env = {**os.environ, "RECOVERYKB_CACHE": str(cache)}
        done = subprocess.run(command, env=env, capture_output=True, check=True, timeout=60)
        assert run("sheet", "naloxone", "-o", tmp_path / "x.pdf").code == 0
        assert done.stdout.startswith(b"%PDF-")
        assert done.stdout == (tmp_path / "x.pdf").read_bytes()
        assert done.stderr == b""


def picture(width: int = 8) -> bytes:
    """A small square in PNG, of one grey."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    rows = (b"\x00" + b"\x60" * width) * width
    head = struct.pack(">IIBBBBB", width, width, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "sheets"
    made.mkdir()
    return made


def recipe(folder: Path, text: str, name: str = "one.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


class TestRecipe:
    def test_it_says_what_is_on_the_sheet_and_how_it_looks(self, run: Run, folder: Path) -> None:
        path = recipe(folder, 'title = "Our page"\nagency = "Team Q"\ncontact = "desk 4"\ncountry = "KE"\n'
                              'records = ["naloxone"]\nneeds = ["housing"]\nfor = "worker"\nlanguage = "sw"\n'
                              'paper = "letter"\nlarge_print = true\n')  # fmt: skip
        assert run("sheet", "--recipe", path, "-o", folder / "x.html").code == 0
        page = (folder / "x.html").read_text(encoding="utf-8")
        for said in ('lang="sw"', "<h1>Our page</h1>", "Team Q", "desk 4", "size: letter", "--points: 18pt"):
            assert said in page
        told = run("sheet", "--recipe", path, "-f", "json").json
        assert (told["country"], told["for"], told["language"]) == ("kenya", "worker", "sw")
        assert {"naloxone", "housing-first"} <= set(told["records"])

    @pytest.mark.parametrize(
        ("text", "place", "says"),
        [
            ('title = "x"\ncountrry = "KE"\n', "2:1", "unknown key 'countrry' (did you mean 'country'?)"),
            ('records = ["naloxone"]\ntitle = \n', "2:9", "not valid TOML"),
            ('records = ["naloxone"]\npages = 0\n', "2:1", "pages:"),
            ('records = ["naloxone"]\npages = "two"\n', "2:1", "pages: expected"),
            ('records = ["naloxone"]\n  paper = "a5"\n', "2:3", "not one of a4, letter"),
            ('records = ["naloxone"]\nforms = [\n  "pdf",\n  "docx",\n]\n', "4:3", "not one of"),
            ('records = ["naloxone",\n  "nope"]\n', "2:3", "no record 'nope'"),
            ('records = [\n  "kenya",\n "portugal"]\n', "1:1", "a sheet is for one country"),
            ('\ncountry = "XX"\n', "2:1", "no record 'XX'"),
            ('\ncountry = "Kenya"\n', "2:1", "country: not of the right form"),
            ('records = ["naloxone"]\nlanguage = "xx"\n', "2:1", "no sheets in 'xx'"),
            ('needs = ["housing", "bananas"]\n', "1:21", "no need 'bananas'"),
            ('title = "x"\n', "1:1", "names nothing to print"),
            ("", "1:1", "names nothing to print"),
            ('country = "KE"\npages = 1\n', "2:1", "does not fit 1 page"),
            ('records = ["naloxone"]\nlogo = "gone.png"\n', "2:1", "cannot be read"),
            ('records = ["naloxone"]\nlogo = "\\u0000.png"\n', "2:1", "no name that a file can have"),
            ("records = " + "[" * 3000 + "]" * 3000, "1:1", "nested too deeply"),
            ("pages = " + "9" * 5000, "1:1", "a number is too long"),
        ],
    )  # fmt: skip
    def test_every_error_has_its_place_and_makes_nothing(
        self, run: Run, folder: Path, text: str, place: str, says: str
    ) -> None:
        path = recipe(folder, text)
        refused = run("sheet", "--recipe", path, "-o", folder / "x.md")
        assert (refused.code, refused.stdout) == (2, "")
        assert refused.stderr.startswith(f"recoverykb: {path}:{place}: ")
        assert says in refused.stderr
        assert refused.stderr.count("\n") == 1
        assert not (folder / "x.md").exists()

    def test_bytes_that_are_no_text_have_a_line_and_a_mark_or_other_line_ends_do_no_harm(
        self, run: Run, folder: Path
    ) -> None:
        path = folder / "one.toml"
        path.write_bytes(b'records = ["naloxone"]\ntitle = "\xe9"\n')
        refused = run("sheet", "--recipe", path)
        assert (refused.code, f"{path}:2:1: not UTF-8" in refused.stderr) == (2, True)
        path.write_bytes(b'\xef\xbb\xbfrecords = ["naloxone"]\r\ntitle = "T"\r\n')
        assert run("sheet", "--recipe", path).stdout.startswith("# T\n")
        path.write_bytes(b'\xef\xbb\xbfrecords = ["naloxone"]\r\ntittle = "T"\r\n')
        assert f"{path}:2:1: " in run("sheet", "--recipe", path).stderr

    def test_a_title_of_control_characters_reaches_no_terminal(self, run: Run, folder: Path) -> None:
        path = recipe(
            folder, 'records = ["naloxone"]\ntitle = "\\u001b[31mred\\u0007"\nagency = "\\u009b1m"\n'
        )
        for form in ("plain", "markdown", "html", "table"):
            printed = run("sheet", "--recipe", path, "-f", form).stdout
            assert "red" in printed
            assert not set(printed) & set("\x1b\x07\x9b")


class TestLogo:
    def build(self, folder: Path, logo: str) -> Path:
        return recipe(folder, f'records = ["naloxone"]\nagency = "Team \\"Q\\""\nlogo = {logo}\n')

    def test_it_stands_on_the_page_with_its_words(self, run: Run, folder: Path) -> None:
        (folder / "logo.png").write_bytes(picture())
        path = self.build(folder, "'logo.png'")
        page = run("sheet", "--recipe", path, "-f", "html").stdout
        assert re.search(r'<img class="logo" alt="Team &quot;Q&quot;" src="data:image/png;base64,iVBOR', page)
        assert run("sheet", "--recipe", path, "-o", folder / "x.pdf").code == 0
        content = (folder / "x.pdf").read_bytes()
        assert list(figures(content)) == ['Team "Q"']
        assert b"/Subtype/Image" in content.replace(b" ", b"")

    def test_a_drawing_and_a_link_inside_the_folder_are_taken(self, run: Run, folder: Path) -> None:
        drawing = (
            '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
        )
        (folder / "real.svg").write_text(drawing, encoding="utf-8")
        (folder / "logo.svg").symlink_to("real.svg")
        path = self.build(folder, "'logo.svg'")
        assert "data:image/svg+xml;base64," in run("sheet", "--recipe", path, "-f", "html").stdout
        assert run("sheet", "--recipe", path, "-o", folder / "x.pdf").code == 0
        assert list(figures((folder / "x.pdf").read_bytes())) == ['Team "Q"']

    @pytest.mark.parametrize("logo", ["../logo.png", "sub/../../logo.png", "link.png", "/logo.png"])
    def test_outside_the_folder_it_is_refused(self, run: Run, folder: Path, logo: str) -> None:
        outside = folder.parent / "logo.png"
        outside.write_bytes(picture())
        (folder / "link.png").symlink_to(outside)
        path = self.build(folder, f"'{folder.parent if logo.startswith('/') else ''}{logo}'")
        refused = run("sheet", "--recipe", path, "-o", folder / "x.html")
        assert refused.code == 2
        assert f"{path}:3:1: the logo" in refused.stderr
        assert "lies outside the recipe's folder (copy it beside the recipe)" in refused.stderr
        assert not (folder / "x.html").exists()

    @pytest.mark.parametrize(
        ("content", "says"),
        [
            (picture() + b"\0" * LARGEST_LOGO, "is larger than 300 kB (make it smaller)"),
            (b"GIF89a", "is no PNG, JPEG or SVG picture"),
            (b"", "is no PNG, JPEG or SVG picture"),
        ],
    )
    def test_too_large_or_no_picture_it_is_refused(
        self, run: Run, folder: Path, content: bytes, says: str
    ) -> None:
        (folder / "logo.png").write_bytes(content)
        path = self.build(folder, "'logo.png'")
        refused = run("sheet", "--recipe", path, "-o", folder / "x.html")
        assert (refused.code, says in refused.stderr) == (2, True)
        assert f"{path}:3:1: " in refused.stderr
        assert not (folder / "x.html").exists()

    @pytest.mark.parametrize("content", [picture()[:40], b"\xff\xd8\xff", b"<svg"])
    def test_a_broken_picture_is_named_and_makes_no_pdf(self, run: Run, folder: Path, content: bytes) -> None:
        (folder / "logo.png").write_bytes(content)
        refused = run("sheet", "--recipe", self.build(folder, "'logo.png'"), "-o", folder / "x.pdf")
        assert refused.code == 2
        assert "the logo cannot be drawn" in refused.stderr
        assert not (folder / "x.pdf").exists()

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
    def test_a_folder_or_named_pipe_does_not_stop_the_program(self, run: Run, folder: Path) -> None:
        os.mkfifo(folder / "logo.png")
        assert "is no file" in run("sheet", "--recipe", self.build(folder, "'logo.png'")).stderr
        assert "is no file" in run("sheet", "--recipe", self.build(folder, "'.'")).stderr


def figures(content: bytes) -> Iterator[str]:
    """What the figures of a tagged PDF are called aloud."""
    from pypdf import PdfReader

    def walk(node: Any) -> Iterator[str]:
        node = node.get_object()
        if isinstance(node, list):
            for inner in node:
                yield from walk(inner)
        elif isinstance(node, dict):
            if node.get("/S") == "/Figure":
                yield str(node.get("/Alt"))
            if "/K" in node:
                yield from walk(node["/K"])

    yield from walk(PdfReader(io.BytesIO(content)).trailer["/Root"]["/StructTreeRoot"])


class TestBuild:
    @pytest.fixture
    def sheets(self, team: BaseFolder, folder: Path) -> tuple[Any, ...]:
        """Two recipes in a folder, on records of the team."""
        team.add("strategy", "help-one")
        team.add("strategy", "help-two")
        recipe(folder, 'records = ["help-one"]\nforms = ["txt", "md"]\n', "a.toml")
        recipe(folder, 'records = ["help-two"]\nforms = ["txt"]\n', "b.toml")
        return ("sheet", "build", folder, "--kb", team.root)

    def test_every_form_is_made_and_pdf_where_none_is_named(self, run: Run, folder: Path) -> None:
        recipe(folder, 'records = ["naloxone"]\nforms = ["pdf", "html", "md", "txt"]\n', "all.toml")
        recipe(folder, 'records = ["naloxone"]\n', "plain.toml")
        made = run("sheet", "build", folder)
        assert (made.code, made.stdout) == (0, "")
        assert {path.name for path in folder.iterdir()} == {
            "all.toml", "all.pdf", "all.html", "all.md", "all.txt", "plain.toml", "plain.pdf", MEMORY,
        }  # fmt: skip
        assert (folder / "all.html").read_text().startswith("<!doctype html>")
        assert (folder / "all.md").read_text().startswith("# Naloxone\n")
        assert (folder / "all.txt").read_text().startswith("Naloxone\n")
        assert pdf_text((folder / "all.pdf").read_bytes()).startswith("Naloxone")
        assert (folder / "all.pdf").read_bytes() == (folder / "plain.pdf").read_bytes()
        assert "1/2 all.toml: was never made" in made.stderr
        assert "2 recipes: 2 made anew, 0 failed" in made.stderr

    def test_a_second_build_makes_nothing(self, run: Run, folder: Path, sheets: tuple[Any, ...]) -> None:
        assert run(*sheets).code == 0
        before = {path.name: (path.stat().st_mtime_ns, path.stat().st_ino) for path in folder.iterdir()}
        again = run(*sheets)
        assert (again.code, again.stderr) == (0, "recoverykb: 2 recipes: 0 made anew, 0 failed\n")
        assert before == {
            path.name: (path.stat().st_mtime_ns, path.stat().st_ino) for path in folder.iterdir()
        }

    def test_check_tells_what_is_out_of_date_and_why_and_makes_nothing(
        self, run: Run, team: BaseFolder, folder: Path, sheets: tuple[Any, ...]
    ) -> None:
        first = run(*sheets, "--check")
        assert (first.code, first.stdout) == (1, "a.toml: was never made\nb.toml: was never made\n")
        assert {path.suffix for path in folder.iterdir()} == {".toml"}
        run(*sheets)
        fine = run(*sheets, "--check")
        assert (fine.code, fine.stdout) == (0, "")
        team.add("strategy", "help-one", summary="Another summary.")
        changed = run(*sheets, "--check")
        assert changed.code == 1
        assert changed.stdout == f"a.toml: changed since {date.today()}: help-one\n"
        assert "Another summary." not in (folder / "a.txt").read_text()
        made = run(*sheets)
        assert made.code == 0
        assert "a.toml: changed since" in made.stderr
        assert "b.toml" not in made.stderr
        assert "Another summary." in (folder / "a.txt").read_text()
        assert run(*sheets, "--check").code == 0

    def test_a_changed_source_a_missing_file_and_a_changed_recipe_are_noticed(
        self, run: Run, team: BaseFolder, folder: Path, sheets: tuple[Any, ...]
    ) -> None:
        run(*sheets)
        (folder / "a.md").unlink()
        assert run(*sheets, "--check").stdout == "a.toml: a.md is missing\n"
        run(*sheets)
        recipe(folder, 'records = ["help-two"]\nforms = ["txt"]\ntitle = "Mine"\n', "b.toml")
        assert run(*sheets, "--check").stdout == f"b.toml: changed since {date.today()}: the recipe\n"
        run(*sheets)
        recipe(folder, 'records = ["help-one"]\nforms = ["txt"]\ntitle = "Mine"\n', "b.toml")
        told = run(*sheets, "--check").stdout
        assert "new since" in told
        assert "gone since" in told
        run(*sheets)
        team.add("source", "src-a", title="Another title", url="https://example.org/a", accessed=TODAY)
        assert run(*sheets, "--check").stdout.splitlines() == [
            f"{name}.toml: changed since {date.today()}: src-a" for name in "ab"
        ]

    def test_a_bad_recipe_does_not_stop_the_others(
        self, run: Run, folder: Path, sheets: tuple[Any, ...]
    ) -> None:
        bad = recipe(folder, 'records = ["nope"]\n', "aa.toml")
        worse = recipe(folder, "= no TOML", "ab.toml")
        (folder / "ac.toml").mkdir()
        done = run(*sheets)
        assert done.code == 1
        assert f"{bad}:1:12: no record 'nope'" in done.stderr
        assert f"{worse}:1:1: not valid TOML" in done.stderr
        assert f"{folder / 'ac.toml'}: cannot be read: it is no file" in done.stderr
        assert "5 recipes: 2 made anew, 3 failed" in done.stderr
        assert (folder / "a.txt").exists()
        assert (folder / "b.txt").exists()
        checked = run(*sheets, "--check")
        assert (checked.code, checked.stdout) == (1, "")

    def test_the_name_of_a_recipe_reaches_no_terminal_as_control_characters(
        self, run: Run, folder: Path
    ) -> None:
        recipe(folder, 'records = ["naloxone"]\n', "a\x1b[31m.toml")
        told = run("sheet", "build", folder, "--check")
        assert "was never made" in told.stdout
        assert "\x1b" not in told.stdout + told.stderr

    @pytest.mark.parametrize(
        "content",
        [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"a.toml": 1}',
         b'{"a.toml": {"files": 3, "day": 5, "digests": []}}',
         b'{"a.toml": {"files": ["a.txt"], "day": "x", "digests": {"help-one": null}}}'],
    )  # fmt: skip
    def test_a_broken_memory_means_that_all_are_made_again(
        self, run: Run, folder: Path, sheets: tuple[Any, ...], content: bytes
    ) -> None:
        (folder / MEMORY).write_bytes(content)
        done = run(*sheets)
        assert "Traceback" not in done.stderr
        assert (done.code, "2 made anew, 0 failed" in done.stderr) == (0, True)
        assert run(*sheets, "--check").code == 0

    def test_memory_is_read_as_it_was_written(self, folder: Path) -> None:
        memory = {"ä.toml": Made(["ä.pdf"], "2026-11-27", {"left out": "0", "x": "1"})}
        write_memory(folder, memory)
        assert read_memory(folder) == memory

    def test_a_contact_that_becomes_due_makes_the_sheet_out_of_date(
        self, team: BaseFolder, folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("RECOVERYKB_CACHE", str(cache))
        done = {"on": date(2026, 6, 1), "by": "Amina", "how": "call"}
        team.add("organization", "clinic", compiled=date(2025, 6, 1), contacts=[{**LINE, "verified": done}])
        path = recipe(folder, 'records = ["clinic"]\ninclude_stale = true\n')
        with Base.open([team.root]) as base:
            before, after = (
                digests_of(asked.parts, asked.wish, today=today)
                for today in (date(2027, 5, 31), date(2027, 6, 2))
                for asked in [ordered(base, path, today=today)]
            )
        assert [name for name in before if before[name] != after[name]] == ["clinic"]


class TestNothingIsLost:
    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
    @pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
    def test_a_kill_between_files_leaves_them_whole_and_the_next_build_makes_the_rest(
        self, run: Run, cache: Path, folder: Path, how: signal.Signals
    ) -> None:
        recipe(folder, 'records = ["naloxone"]\nforms = ["txt"]\n', "a.toml")
        run("sheet", "build", folder)
        first = (folder / "a.txt").read_bytes()
        recipe(folder, 'records = ["methadone"]\nforms = ["txt", "html"]\n', "b.toml")
        (folder / "b.txt").write_text("of yesterday")
        os.mkfifo(folder / "b.html")  # nobody reads it: there the program waits
        process = subprocess.Popen(
            [sys.executable, "-m", "recoverykb", "sheet", "build", str(folder)],
            env={**os.environ, "RECOVERYKB_CACHE": str(cache)}, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert process.stderr
        said = ""
        while f"wrote {folder / 'b.txt'}" not in said:
            said = process.stderr.readline()
            assert said
        while not waits_to_open(process.pid):
            assert process.poll() is None
        process.send_signal(how)
        rest = process.stderr.read()
        assert process.wait(timeout=30) == (-how if how == signal.SIGKILL else 130)
        assert "Traceback" not in rest
        (folder / "b.html").unlink()
        assert (folder / "a.txt").read_bytes() == first
        assert (folder / "b.txt").read_text(encoding="utf-8").rstrip().endswith("gave you this page.")
        assert list(read_memory(folder)) == ["a.toml"]
        again = run("sheet", "build", folder)
        assert (again.code, "2/2 b.toml" in again.stderr, "1/2" in again.stderr) == (0, True, False)
        assert sorted(path.name for path in folder.iterdir()) == [
            MEMORY, "a.toml", "a.txt", "b.html", "b.toml", "b.txt",
        ]  # fmt: skip
        assert (folder / "b.html").read_text(encoding="utf-8").endswith("</html>\n")

    def test_a_folder_that_may_not_be_written_gives_one_clear_line_a_recipe(
        self, cache: Path, folder: Path
    ) -> None:
        path = recipe(folder, 'records = ["naloxone"]\nforms = ["txt", "md"]\n')
        folder.chmod(0o555)
        done = subprocess.run(
            [sys.executable, "-m", "recoverykb", "sheet", "build", str(folder)],
            env={**os.environ, "RECOVERYKB_CACHE": str(cache)}, capture_output=True, text=True, check=False,
            preexec_fn=heed_permissions,
        )  # fmt: skip
        folder.chmod(0o755)
        refused = f"cannot write {folder / 'one.txt'}: Permission denied (see that you may write there)"
        assert done.returncode == 1
        assert done.stderr.splitlines()[-2:] == [
            f"recoverykb: {path}: {refused}",
            "recoverykb: 1 recipe: 0 made anew, 1 failed",
        ]
        assert [left.name for left in folder.iterdir()] == ["one.toml"]


def heed_permissions() -> None:
    """Take from root, for a program about to start, the right to write where the folder forbids it."""
    if os.geteuid() == 0:
        drop_from_bounding_set, write_anywhere = 24, 1  # PR_CAPBSET_DROP, CAP_DAC_OVERRIDE (Linux)
        ctypes.CDLL(None).prctl(drop_from_bounding_set, write_anywhere, 0, 0, 0)


def waits_to_open(pid: int) -> bool:
    """Whether the process sleeps in opening a file (where the system tells it; else it is taken as given)."""
    state = Path(f"/proc/{pid}/wchan")
    return not state.exists() or "fifo" in state.read_text() or "wait_for_partner" in state.read_text()


def test_a_sheet_goes_by_the_review_policy_of_its_base_and_by_checks_of_whole_records(
    run: Run, base_folder: BaseFolder
) -> None:
    """One decision, as ``list --due`` makes it: when a record is due again, and what counts as a look at it."""
    old = date.today() - timedelta(days=200)
    contact = {"purpose": "intake", "number": "0800 111 222", "sources": ["src-a"], "confidence": "high"}
    base_folder.add("organization", "clinic", country="KE", compiled=old, contacts=[contact])
    kb = ("--kb", base_folder.root, "-f", "plain")
    assert "REVIEW DUE" not in run("sheet", "clinic", *kb).stdout
    manifest = base_folder.root / "base.toml"
    manifest.write_text('title = "Ours"\nowner = "Us"\nlicence = "CC0-1.0"\n[review]\norganization = 6\n')
    due = run("sheet", "clinic", *kb)
    assert "REVIEW DUE since" in due.stdout, due.stderr
    visit = {"on": date.today(), "by": "Amina", "how": "visit"}
    base_folder.add("organization", "clinic", country="KE", compiled=old, contacts=[contact], checks=[visit])
    assert "REVIEW DUE" not in run("sheet", "clinic", *kb).stdout


def test_pages_say_of_no_section_that_it_was_left_out_that_was_never_there(run: Run) -> None:
    """A sheet without a country has no law to leave out."""
    refused = run("sheet", "naloxone", "--pages", "1")
    assert refused.code == 2
    kept = run(
        "sheet", "naloxone", "--pages", re.findall(r"still needs (\d+)", refused.stderr)[0], "-f", "json"
    )
    assert "law" not in [entry["id"] for entry in kept.json["left_out"]]
