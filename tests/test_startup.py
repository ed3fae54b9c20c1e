"""Start-up is a feature: what is imported before a command has anything to do."""

import subprocess
import sys

import pytest

from conftest import BaseFolder
from recoverykb.records.types import TYPES

_PROBE = """
import sys, os
sys.argv = ["recoverykb", *{arguments!r}]
from recoverykb.cli.start import main
try:
    main()
except SystemExit:
    pass
print("\\n".join(sorted(sys.modules)), file=sys.stderr)
"""

HEAVY = {
    "rich", "msgspec", "pydantic", "tomllib", "tomli_w", "sqlite3", "json", "rapidfuzz", "tree_sitter",
    "platformdirs", "phonenumbers", "dataclasses", "importlib.metadata", "asyncio",
}  # fmt: skip


def modules(*arguments: str, **environment: str) -> set[str]:
    """The modules a run of the program has loaded when it ends."""
    import os

    done = subprocess.run(
        [sys.executable, "-c", _PROBE.format(arguments=list(arguments))],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stderr.split())


def ours(loaded: set[str]) -> set[str]:
    return {name for name in loaded if name.startswith("recoverykb")}


def test_version_loads_nothing_but_the_entry_point() -> None:
    loaded = modules("--version")
    assert ours(loaded) == {
        "recoverykb",
        "recoverykb.errors",
        "recoverykb.cli",
        "recoverykb.cli.command",
        "recoverykb.cli.main",
        "recoverykb.cli.quick",
        "recoverykb.cli.start",
    }
    assert loaded & HEAVY == set()


def test_a_search_after_a_change_does_without_what_msgspec_need_not_have(
    base_folder: BaseFolder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    base_folder.add("organization", "one-house", summary="A house.")
    environment = {
        "RECOVERYKB_PATH": str(base_folder.root),
        "RECOVERYKB_CACHE": str(tmp_path_factory.mktemp("cache")),
    }
    loaded = modules("search", "house", "--format", "ids", **environment)
    assert "msgspec" in loaded
    assert loaded.isdisjoint({"typing_extensions", "inspect", "ast"})


def test_completion_of_a_command_name_loads_no_records() -> None:
    loaded = modules(_RECOVERYKB_COMPLETE="complete_bash", COMP_WORDS="recoverykb se", COMP_CWORD="1")
    assert loaded & HEAVY == set()
    assert not any(name.startswith(("recoverykb.storage", "recoverykb.views")) for name in loaded)


def test_completion_of_an_option_loads_only_its_command() -> None:
    loaded = modules(
        _RECOVERYKB_COMPLETE="complete_bash", COMP_WORDS="recoverykb search --ki", COMP_CWORD="2"
    )
    assert {name for name in ours(loaded) if ".commands." in name} == {"recoverykb.cli.commands.search_"}
    assert loaded & HEAVY == set()


def test_completion_of_an_id_loads_no_decoder(cache: object) -> None:
    modules("info", RECOVERYKB_CACHE=str(cache))
    loaded = modules(
        _RECOVERYKB_COMPLETE="complete_bash",
        COMP_WORDS="recoverykb show metha",
        COMP_CWORD="2",
        RECOVERYKB_CACHE=str(cache),
    )
    assert "recoverykb.storage.index" in loaded
    assert loaded & ((HEAVY - {"sqlite3"}) | {"typer"}) == set()


def test_the_compiled_base_is_opened_without_json() -> None:
    code = "import sys, recoverykb.storage.compiled; sys.exit('json' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("format_name", ["plain", "json", "csv", "markdown"])
def test_only_the_terminal_format_loads_rich(format_name: str, cache: object) -> None:
    loaded = modules("search", "naloxone", "--format", format_name, RECOVERYKB_CACHE=str(cache))
    assert not any(name == "rich" or name.startswith("rich.") for name in loaded)


def test_a_search_in_an_unchanged_base_decodes_and_parses_nothing(cache: object) -> None:
    modules("search", "naloxone", RECOVERYKB_CACHE=str(cache))
    loaded = modules("search", "naloxone", RECOVERYKB_CACHE=str(cache))
    assert loaded & {"msgspec", "tomllib", "tomli", "rapidfuzz", "tree_sitter"} == set()


def test_after_one_record_changed_no_other_record_type_is_made(
    base_folder: BaseFolder, cache: object
) -> None:
    base_folder.add("strategy", "naloxone")
    ours_of_it = {"RECOVERYKB_PATH": str(base_folder.root), "RECOVERYKB_CACHE": str(cache)}
    modules("search", "naloxone", **ours_of_it)
    base_folder.add("strategy", "naloxone", summary="A medicine that reverses an overdose.")
    loaded = modules("search", "naloxone", **ours_of_it)
    assert "recoverykb.records.strategy" in loaded
    others = {f"recoverykb.records.{kind}" for kind in TYPES if kind != "strategy"}
    assert loaded & (others | {"recoverykb.records.types", "tree_sitter"}) == set()


def test_at_the_end_nothing_is_looked_through_once_more() -> None:
    code = (
        "import gc, sys\nfrom recoverykb.cli.start import main\n"
        "sys.argv = ['recoverykb', '--version']\n"
        "try:\n    main()\nfinally:\n    assert gc.get_freeze_count() > len(gc.get_objects())"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).stderr == b""


def test_a_plain_search_does_without_typer(cache: object) -> None:
    loaded = modules("search", "naloxone", "-n", "3", RECOVERYKB_CACHE=str(cache))
    assert loaded & {"typer", "dataclasses", "inspect", "platformdirs", "hashlib", "subprocess"} == set()


def test_only_a_word_two_slips_away_loads_rapidfuzz(cache: object) -> None:
    assert "rapidfuzz" not in modules("search", "nalxone", RECOVERYKB_CACHE=str(cache))
    assert "rapidfuzz" in modules("search", "therapudic", RECOVERYKB_CACHE=str(cache))
