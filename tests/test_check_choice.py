"""``--select`` and ``--ignore``: codes and beginnings of codes, and what cannot be left out."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Run
from recoverykb.check.choice import EVERYTHING, choose
from recoverykb.check.registry import every_info
from recoverykb.errors import UsageError
from spoilt import BODY, CLEAN, GUIDE, TERM, changed, write

CODES = [info.code for info in every_info()]
beginnings = st.sampled_from(sorted({code[:length] for code in CODES for length in range(1, 7)}))
ignorable = beginnings.filter(lambda code: code not in {"RKB001", "RKB002"})


@pytest.mark.parametrize(
    ("select", "ignore", "wanted"),
    [
        ([], [], CODES),
        (["RKB4"], [], [code for code in CODES if code.startswith("RKB4")]),
        (["rkb402"], [], ["RKB402"]),
        (["RKB402, RKB502", "RKB601"], [], ["RKB402", "RKB502", "RKB601"]),
        (["RKB4"], ["RKB403"], ["RKB401", "RKB402", "RKB404"]),
        (["RKB403"], ["RKB4"], ["RKB403"]),
        (["RKB4"], ["RKB4"], []),
        ([], ["RKB"], []),
        (["RKB501"], ["RKB"], ["RKB501"]),
    ],
)
def test_which_codes_are_asked_for(select: list[str], ignore: list[str], wanted: list[str]) -> None:
    choice = choose(select, ignore)
    assert [code for code in CODES if choice.wants(code)] == wanted


@given(st.lists(beginnings), st.lists(ignorable))
def test_the_order_does_not_matter_and_ignoring_more_never_adds(select: list[str], ignore: list[str]) -> None:
    chosen = {code for code in CODES if choose(select, ignore).wants(code)}
    assert chosen == {code for code in CODES if choose([",".join(reversed(select))] if select else [], ignore[::-1]).wants(code)}  # fmt: skip
    assert chosen <= {code for code in CODES if choose(select).wants(code)}
    for code in ignore:
        assert chosen >= {name for name in CODES if choose(select, [*ignore, code]).wants(name)}


def test_without_a_choice_everything_is_asked_for() -> None:
    assert all(EVERYTHING.wants(code) for code in CODES)


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("RBK402", "RKB402"),
        ("RKB42", "RKB402"),
        ("RKB999", "codes look like"),
        ("phone", "codes look like"),
        ("RKB402,,RKB5", "empty"),
        ("", "empty"),
    ],
)
def test_a_code_that_does_not_exist_is_a_usage_error_with_the_nearest(code: str, says: str) -> None:
    for chosen in (([code], []), ([], [code])):
        with pytest.raises(UsageError) as caught:
            choose(*chosen)
        assert says in f"{caught.value.message} {caught.value.hint}"


@pytest.mark.parametrize("code", ["RKB001", "rkb002"])
def test_what_cannot_be_read_cannot_be_left_out(code: str) -> None:
    with pytest.raises(UsageError, match="cannot be left out"):
        choose([], [code])


@pytest.fixture
def spoilt(tmp_path: Path) -> Path:
    """A base with a reading problem, an error and a warning."""
    write(
        tmp_path,
        {
            **CLEAN,
            **changed(TERM, ('name = "Some term"', "name = Some term")),
            **changed(GUIDE, ('sources = ["src-a"]', 'sources = ["src-a", "src-nowhere"]')),
            **changed(BODY, ('summary = "It answers the phone."', 'summary = "It helps addicts."')),
        },
    )
    return tmp_path


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        ([], ["RKB102", "RKB501", "RKB001"]),
        (["--select", "RKB102"], ["RKB102", "RKB001"]),
        (["--select", "RKB102", "--select", "RKB5"], ["RKB102", "RKB501", "RKB001"]),
        (["--ignore", "RKB102,RKB5"], ["RKB001"]),
        (["--ignore", "RKB"], ["RKB001"]),
    ],
)
def test_the_command_reports_what_is_asked_for_and_always_what_cannot_be_read(
    options: list[str], codes: list[str], spoilt: Path, run: Run
) -> None:
    result = run("check", spoilt, "--format", "json", *options)
    assert result.code == 1
    assert [problem["code"] for problem in result.json["problems"]] == codes


def test_the_command_says_which_code_is_wrong(spoilt: Path, run: Run) -> None:
    result = run("check", spoilt, "--select", "RBK402")
    assert (result.code, result.stdout) == (2, "")
    assert "RBK402" in result.stderr
    assert "nearest: RKB402" in result.stderr


def test_tab_offers_the_codes_that_begin_so_after_a_comma_too() -> None:
    from recoverykb.cli.completing import check_codes

    assert [word for word, _ in check_codes("rkb40")] == ["RKB401", "RKB402", "RKB403", "RKB404"]
    assert ("RKB5,RKB402", "a phone number that cannot be") in check_codes("RKB5,RKB4")
    assert len(check_codes("")) == len(CODES)
