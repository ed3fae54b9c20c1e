"""The quick way of search: the same answers as through Typer, and everything unusual left to Typer."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Run
from recoverykb.cli.quick import arguments

PLAIN = [
    ["naloxone"],
    ["methadone", "clinic", "--kind", "organization", "-c", "KE"],
    ["nalxone", "--exact"],
    ["nalxone", "-n", "2", "--format=json"],
    ["works nairobi", "--explain", "-f", "table", "--width", "70", "--color", "never"],
    ["kind:country methadone", "--tag", "no-such-tag"],
    ["qqxxyyzz"],
    ["naloxone", "--country", "Atlantis"],
    ["naloxone", "-f", "nonsense"],
]
UNUSUAL = [
    [],
    ["--help"],
    ["naloxone", "-h"],
    ["naloxone", "--limit", "0"],
    ["naloxone", "--limit", "many"],
    ["naloxone", "-n5"],
    ["naloxone", "--kind", "recipe"],
    ["naloxone", "--color", "sometimes"],
    ["naloxone", "--"],
    ["naloxone", "--no-such-option"],
    ["naloxone", "--format"],
]


@pytest.mark.parametrize("words", PLAIN, ids=" ".join)
def test_both_ways_give_the_same(run: Run, words: Sequence[str]) -> None:
    assert arguments(["search", *words]) is not None
    quick = run("search", *words)
    through_typer = run("search", *words, "--", env={"COLUMNS": ""})
    assert arguments(["search", *words, "--"]) is None
    assert (quick.stdout, quick.stderr, quick.code) == (
        through_typer.stdout,
        through_typer.stderr,
        through_typer.code,
    )


@pytest.mark.parametrize("words", UNUSUAL, ids=" ".join)
def test_what_is_not_plain_is_left_to_typer(run: Run, words: Sequence[str]) -> None:
    assert arguments(["search", *words]) is None
    assert "Traceback" not in run("search", *words).stderr


@pytest.mark.parametrize("argv", [[], ["--version"], ["show", "naloxone"], ["searchx", "a"]])
def test_other_commands_are_left_to_typer(argv: list[str]) -> None:
    assert arguments(argv) is None


@settings(max_examples=200)
@given(
    st.lists(
        st.text(max_size=8) | st.sampled_from(["-n", "--limit", "--kb", "-f", "--explain", "3"]), max_size=6
    )
)
def test_no_arguments_raise(argv: list[str]) -> None:
    found = arguments(["search", *argv])
    assert found is None or found[0]
