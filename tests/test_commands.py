"""The contracts of the command line, through the real program on the real base."""

import csv
import io
import json
from pathlib import Path

import pytest

from conftest import KB, BaseFolder, Run
from recoverykb.cli.main import COMMANDS


def test_version_and_short_help(run: Run) -> None:
    assert run("--version").stdout.startswith("recoverykb ")
    assert run("-h").stdout == run("--help").stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_an_example_and_a_help_line_for_every_option(run: Run, name: str) -> None:
    result = run(name, "-h")
    assert result.code == 0
    assert f"recoverykb {name}" in result.stdout.split("Examples:")[1]
    options = result.stdout.split("Options:")[1].splitlines()
    starts = [line for line in options if line.startswith("  -")]
    assert starts
    for position, line in enumerate(options):
        if line.startswith("  -") and len(line.split("  ")) < 3:
            assert options[position + 1].startswith("     "), f"no help: {line}"


def test_a_mistyped_command_proposes_the_right_one(run: Run) -> None:
    result = run("serch", "x")
    assert result.code == 2
    assert "search" in result.stderr


@pytest.mark.parametrize("word", ["KE", "KEN", "Kenya", "kenya"])
def test_show_takes_ids_names_and_codes(run: Run, word: str) -> None:
    assert run("show", word, "--format", "json").json["id"] == "kenya"


def test_show_json_is_the_whole_record_with_its_sources(run: Run) -> None:
    answer = run("show", "methadone", "--format", "json").json
    assert answer["evidence"]["rating"] == "strong"
    known = {source["id"] for source in answer["sources_resolved"]}
    assert set(answer["sources"]) <= known
    assert {"title", "publisher", "url", "tier"} <= set(answer["sources_resolved"][0])


def test_show_of_several_records_is_an_array(run: Run) -> None:
    answer = run("show", "methadone", "buprenorphine", "--format", "json").json
    assert [record["id"] for record in answer] == ["methadone", "buprenorphine"]


def test_an_unknown_id_names_the_nearest_three(run: Run) -> None:
    result = run("show", "methadon-maintenance")
    assert result.code == 2
    assert result.stdout == ""
    near = result.stderr.split("nearest: ")[1].rstrip(")\n").split(", ")
    assert len(near) == 3
    assert "methadone" in near


def test_an_ambiguous_word_lists_the_candidates(run: Run, base_folder: BaseFolder) -> None:
    base_folder.add("organization", "one-body", acronym="QQZ")
    base_folder.add("organization", "two-body", acronym="QQZ")
    result = run("show", "QQZ", "--kb", base_folder.root)
    assert result.code == 2
    assert "one-body, two-body" in result.stderr


def test_compare_json_and_csv_carry_value_year_and_source(run: Run) -> None:
    cells = run("compare", "portugal", "switzerland", "kenya", "--format", "json").json["cells"]
    assert {cell["record"] for cell in cells} == {"portugal", "switzerland", "kenya"}
    for cell in cells:
        assert {"record", "field", "value", "year", "sources"} <= set(cell)
        assert cell["sources"] or cell["status"] == "not-recorded"
    rows = list(csv.DictReader(io.StringIO(run("compare", "portugal", "kenya", "-f", "csv").stdout)))
    assert {"record", "field", "value", "year", "status", "sources"} <= set(rows[0])


def test_compare_services_has_every_country_and_no_cell_that_looks_like_no(run: Run) -> None:
    answer = run("compare", "--services", "--all", "--format", "json").json
    countries = {cell["record"] for cell in answer["cells"]}
    assert len(countries) >= 15
    for cell in answer["cells"]:
        if cell["status"] == "not-recorded":
            assert cell["value"] is None
        else:
            assert cell["sources"]


def test_compare_by_region_and_field(run: Run) -> None:
    africa = run("compare", "--services", "--region", "africa", "-f", "json").json
    assert {"kenya", "tanzania", "mauritius"} <= {cell["record"] for cell in africa["cells"]}
    assert not {"portugal", "iran"} & {cell["record"] for cell in africa["cells"]}
    chosen = run("compare", "methadone", "buprenorphine", "--fields", "evidence,cautions", "-f", "json").json
    assert {cell["field"] for cell in chosen["cells"]} == {"evidence", "cautions"}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["compare", "kenya", "methadone"], "one kind"),
        (["compare", "kenya"], "two records"),
        (["compare"], "nothing to compare"),
        (["compare", "--services", "--region", "atlantis"], "regions: africa"),
        (["compare", "--services", "--fields", "law"], "--fields"),
        (["compare", "kenya", "portugal", "--fields", "nope"], "fields: summary"),
        (["sheet"], "nothing to print"),
        (["sheet", "naloxone", "-o", "x.xyz"], "no format writes"),
        (["show", "naloxone", "--format", "nope"], "formats: csv"),
        (["list", "--country", "Atlantis"], "no record 'Atlantis'"),
        (["check", "--explain", "RKB999"], "no check has the code"),
        (["sources", "--tier", "gossip"], "tiers: guideline"),
        (["search", "x", "--kind", "thing"], "strategy"),
    ],
)
def test_usage_errors_say_what_to_do_and_exit_2(run: Run, arguments: list[str], says: str) -> None:
    result = run(*arguments)
    assert result.code == 2
    assert says in result.stderr
    assert "Traceback" not in result.stderr


def test_sheet_for_kenya_has_what_the_worker_needs(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "sheet.md"
    assert run("sheet", "--country", "KE", "naloxone", "nacada", "-o", target).code == 0
    text = target.read_text(encoding="utf-8")
    order = ["If someone may have overdosed", "999", "Someone to talk to", "1192", "## Naloxone",
             "## Contacts", "## Questions to ask", "worker’s note", "## Sources",
             "Printed ", "Made with recoverykb", "Something is wrong here?"]  # fmt: skip
    places = [text.find(part) for part in order]
    assert -1 not in places
    assert places == sorted(places)
    assert "No clinician has reviewed them" in text
    assert "compiled from documents between" in text.split("##")[0]
    assert list(tmp_path.iterdir()) == [target]


def test_sheet_takes_ids_from_a_pipe(run: Run) -> None:
    ids = run("search", "methadone", "--kind", "strategy", "-n", "1", "-f", "ids").stdout
    assert ids == "methadone\n"
    assert "# Methadone" in run("sheet", "-", stdin=ids).stdout


def test_sheet_never_offers_what_harms(run: Run) -> None:
    text = run("sheet", "rapid-opioid-detoxification").stdout
    assert "Not recommended: Rapid opioid detoxification" in text
    assert "Ask for instead" in text


def test_sheet_never_refers_to_world_assistance(run: Run) -> None:
    text = run("sheet", "world-assistance", "naloxone").stdout
    assert "Left out" in text
    assert "### World Assistance" not in text
    page = run("show", "world-assistance").stdout
    assert "Not offered as a referral" in page


def test_list_filters_and_stale(run: Run) -> None:
    rows = run("list", "organization", "--country", "KE", "-f", "json").json
    assert {row["country"] for row in rows} == {"KE"}
    assert {"id", "kind", "name", "aliases"} <= set(rows[0])
    assert run("list", "--stale", "36500").code == 1
    everything = run("list", "--stale", "0", "-f", "json")
    assert everything.code in (0, 1)
    assert run("list", "--stale", "x").code == 2


def test_list_stale_finds_an_old_record(run: Run, base_folder: BaseFolder) -> None:
    from datetime import date

    base_folder.add("organization", "old-clinic", compiled=date(2020, 1, 1))
    ids = run("list", "organization", "--stale", "--kb", base_folder.root, "-f", "ids").stdout.split()
    assert ids == ["old-clinic"]
    assert run("list", "--stale", "5000", "--kb", base_folder.root).code == 1


def test_sources_lists_and_tells_what_rests_on_one(run: Run) -> None:
    page = run("sources", "sordo-bmj-2017").stdout
    assert "What rests on it" in page
    assert "aftercare-plan sections 1, items 5:" in page
    assert "items[" not in page
    assert "methadone" in page
    rows = run("sources", "--tier", "guideline-or-review", "-f", "json").json
    assert rows
    assert all(row["cited"] > 0 for row in rows)


def test_info_counts_kinds_and_names_the_index(run: Run, cache: Path) -> None:
    answer = run("info", "-f", "json").json
    assert answer["records"]["country"] >= 15
    compiled = answer["index"].endswith("base.sqlite3")  # where the tests run on an installed wheel
    assert compiled or answer["index"].startswith(str(cache))
    assert answer["layers"][0]["name"] == "bundled"


def test_check_of_the_bundled_base_is_clean(run: Run) -> None:
    result = run("check", KB, "--strict", "--format", "json")
    assert result.json["problems"] == []
    assert result.code == 0


def test_an_invalid_record_is_skipped_with_one_line_and_the_rest_works(
    run: Run, base_folder: BaseFolder
) -> None:
    base_folder.add("strategy", "good-one")
    bad = base_folder.add("strategy", "bad-one")
    bad.write_text(bad.read_text() + '\ncolour = "red"\n', encoding="utf-8")
    for _ in range(2):
        result = run("search", "good one", "--kb", base_folder.root, "-f", "ids")
        assert result.stdout.split()[0] == "good-one"
        lines = [line for line in result.stderr.splitlines() if "skipped" in line]
        assert len(lines) == 1
        assert f"{bad}:" in lines[0]
        assert "colour" in lines[0]


def test_a_closed_pipe_leaves_no_traceback(run: Run, cache: Path) -> None:
    import subprocess
    import sys

    done = subprocess.run(
        f"{sys.executable} -m recoverykb list source | head -n 1",
        shell=True, capture_output=True, text=True, check=False, env={"RECOVERYKB_CACHE": str(cache), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""


@pytest.mark.skipif(
    not Path("/proc/self/syscall").exists(), reason="tells when to interrupt from /proc, as Linux has"
)
def test_ctrl_c_exits_with_130(cache: Path) -> None:
    import os
    import signal
    import subprocess
    import sys

    process = subprocess.Popen(
        [sys.executable, "-m", "recoverykb", "sheet", "-"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, "RECOVERYKB_CACHE": str(cache), "PYTHONUNBUFFERED": "1", "PYTHONFAULTHANDLER": "0"},
    )  # fmt: skip
    while not _reads_stdin(process.pid):  # by then the program has set its handler
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"Traceback" not in errors


def _reads_stdin(pid: int) -> bool:
    """Whether the process sleeps in a read of its standard input."""
    call = Path(f"/proc/{pid}/syscall").read_text().split()
    return call[:2] == ["0", "0x0"]


def test_c_locale_and_no_color_are_respected(run: Run) -> None:
    coloured = run("show", "methadone", "-f", "table", "--color", "always", "--width", "80").stdout
    assert "\x1b[" in coloured
    plain = run("show", "methadone", "-f", "table", env={"NO_COLOR": "1"}).stdout
    assert "\x1b[" not in plain
    ascii_out = run("show", "methadone", "-f", "plain", env={"PYTHONIOENCODING": "ascii"}).stdout
    assert ascii_out.isascii()


def test_json_lines_are_one_object_a_line(run: Run) -> None:
    lines = run("list", "country", "-f", "jsonl").stdout.splitlines()
    assert len(lines) >= 15
    assert all(json.loads(line)["kind"] == "country" for line in lines)


def test_a_damaged_index_is_deleted_with_a_clear_line_and_made_anew(
    run: Run, tmp_path: Path, base_folder: BaseFolder
) -> None:
    env = {"RECOVERYKB_CACHE": str(tmp_path / "cache"), "RECOVERYKB_PATH": str(base_folder.root)}
    assert run("list", "country", "-f", "ids", env=env).code == 0
    (index,) = (tmp_path / "cache").glob("*.sqlite3")
    content = bytearray(index.read_bytes())
    page = 4096
    content[page * 2 :] = b"\xff" * (len(content) - page * 2)
    index.write_bytes(content)
    first = run("search", "methadone", env=env)
    assert "Traceback" not in first.stderr
    if first.code:
        assert (first.code, index.exists()) == (3, False)
        assert "run the command again" in first.stderr
    assert run("search", "methadone", "-f", "ids", "-n", "1", env=env).stdout == "methadone\n"


def test_a_file_saved_with_a_byte_order_mark_is_read(run: Run, base_folder: BaseFolder) -> None:
    path = base_folder.add("strategy", "notepad-record")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    result = run("show", "notepad-record", "--kb", base_folder.root, "-f", "json")
    assert (result.code, result.json["id"]) == (0, "notepad-record")


def test_a_newline_at_the_end_of_an_id_or_number_is_an_error(run: Run, base_folder: BaseFolder) -> None:
    contact = {"purpose": "crisis", "number": "112\n", "confidence": "low", "sources": ["src-a"]}
    base_folder.add("organization", "newline-body", contacts=[contact])
    result = run("check", base_folder.root, "-f", "json")
    assert {(problem["code"], problem["line"] > 1) for problem in result.json["problems"]} >= {
        ("RKB002", True)
    }


def test_where_only_ascii_can_be_shown_nothing_is_styled(run: Run) -> None:
    printed = run(
        "search", "naloxone", "-f", "table", "--color", "always", env={"PYTHONIOENCODING": "ascii"}
    ).stdout
    assert printed.isascii()
    assert "\x1b" not in printed
    assert "?[" not in printed
