"""Exceptions live in the base, say why and until when, and are themselves checked."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from conftest import Run
from recoverykb.check.choice import choose
from recoverykb.check.runner import check_base
from recoverykb.problem import Problem
from spoilt import BODY, CLEAN, GUIDE, TODAY, changed, write

NUMBERS = changed(BODY, ('number = "044 262 66 66"', 'number = "044 262 66 66 77 88 99"'), ('"143"', '"1"'))
"""Two numbers that cannot be, in one record."""


def exception(**fields: str | date) -> str:
    """One exception; ``reason`` and ``expires`` are there unless said."""
    whole = {"code": "RKB402", "reason": "The line moves.", "expires": TODAY + timedelta(days=30), **fields}
    lines = [f"{key} = {value if isinstance(value, date) else repr(value)}" for key, value in whole.items()]
    return "\n".join(["[[exception]]", *lines, ""])


def found(root: Path, text: str, today: date = TODAY, **files: str) -> list[Problem]:
    """What a base with the two numbers, and these exceptions, has."""
    write(root, {**CLEAN, **NUMBERS, "exceptions.toml": text})
    return check_base(root, today=today)


def codes(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(problem.file.split("/")[0], problem.code) for problem in problems]


TWO = [("organizations", "RKB402")] * 2


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("", TWO),
        (exception(record="a-body"), []),
        (exception(file=BODY), []),
        (exception(record="a-body", says="'1'"), [("organizations", "RKB402")]),
        (exception(record="a-body", says="'1'") + exception(record="a-body", says="044"), []),
        (exception(record="a-guide"), [("exceptions.toml", "RKB702"), *TWO]),
        (exception(record="a-body", says="999"), [("exceptions.toml", "RKB702"), *TWO]),
        (exception(record="a-body", code="RKB401"), [("exceptions.toml", "RKB702"), *TWO]),
        (exception(record="a-body", expires=TODAY), []),
        (exception(record="a-body", expires=TODAY - timedelta(days=1)), [("exceptions.toml", "RKB701"), *TWO]),
        (exception(record="a-body", expires=TODAY + timedelta(days=366)), []),
        (exception(record="a-body", expires=date(2099, 1, 1)), [("exceptions.toml", "RKB701"), *TWO]),
    ],
)  # fmt: skip
def test_what_an_exception_leaves_out(text: str, left: list[tuple[str, str]], tmp_path: Path) -> None:
    assert codes(found(tmp_path, text)) == left


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (
            exception(record="a-body").replace("reason = 'The line moves.'\n", ""),
            1,
            "key 'reason' is missing",
        ),
        (exception(record="a-body").replace("expires", "expire"), 1, "key 'expires' is missing"),
        (exception(record="a-body", reason=""), 3, "exception.0.reason"),
        (exception(record="a-body", expires="2021-12-31"), 4, "expected a date"),
        (exception(record="a-body", code="402"), 2, "exception.0.code"),
        (exception(record="a-body", code="RKB999"), 2, "no check has the code 'RKB999'"),
        (exception(record="a-body", code="RKB002"), 2, "allows no exception"),
        (exception(record="a-body", code="RKB701"), 2, "allows no exception"),
        (exception(), 2, "either a record or a file"),
        (exception(record="a-body", file=BODY), 2, "either a record or a file"),
        ("[exception]\n" + exception(record="a-body").partition("\n")[2], 1, "expected a list"),
    ],
)
def test_what_is_no_exception_is_an_error_at_its_place(
    text: str, line: int, says: str, tmp_path: Path
) -> None:
    problems = found(tmp_path, "# why\n" + text)
    assert [problem for problem in problems if problem.file != "exceptions.toml"] == found(
        tmp_path / "without", ""
    )
    told = [problem for problem in problems if says in problem.message]
    assert [(problem.code, problem.severity, problem.line) for problem in told] == [
        ("RKB002", "error", line + 1)
    ]
    assert all(problem.hint for problem in problems)


def test_one_wrong_exception_does_not_take_the_others_with_it(tmp_path: Path) -> None:
    text = exception(record="a-body", code="RKB9") + exception(record="a-body")
    assert codes(found(tmp_path, text)) == [("exceptions.toml", "RKB002")]


def test_a_file_of_exceptions_that_cannot_be_read_excepts_nothing(tmp_path: Path) -> None:
    problems = found(tmp_path, exception(record="a-body") + "\n= oops")
    assert codes(problems) == [("exceptions.toml", "RKB001"), *TWO]


def test_an_exception_from_a_check_that_did_not_run_is_not_called_needless(tmp_path: Path) -> None:
    found(tmp_path, exception(record="a-guide"))
    chosen = check_base(tmp_path, today=TODAY, choice=choose(["RKB5", "RKB7"]))
    assert chosen == []
    assert codes(check_base(tmp_path, today=TODAY, choice=choose(["RKB4", "RKB7"]))) == [
        ("exceptions.toml", "RKB702"),
        *TWO,
    ]


def test_the_file_of_exceptions_can_be_checked_alone(tmp_path: Path, run: Run) -> None:
    found(tmp_path, exception(record="a-guide", expires=date.today()))
    result = run("check", "exceptions.toml", cwd=tmp_path)
    assert result.code == 0
    assert [line.split()[1] for line in result.stdout.splitlines()] == ["RKB702"]


def test_the_command_says_how_much_exceptions_leave_out(tmp_path: Path, run: Run) -> None:
    found(tmp_path, exception(record="a-body", expires=date.today()))
    result = run("check", tmp_path)
    assert (result.code, result.stdout) == (0, "")
    assert "0 errors, 0 warnings; 2 more left out by exceptions.toml" in result.stderr


def test_a_file_of_exceptions_needs_no_record_folder_and_is_no_stray_file(tmp_path: Path) -> None:
    write(tmp_path, {GUIDE: CLEAN[GUIDE], "exceptions.toml": ""})
    assert "exceptions.toml" not in {problem.file for problem in check_base(tmp_path, today=TODAY)}
