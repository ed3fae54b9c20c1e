"""Every code has a page made from the code; the pages in the repository are current, and their examples are true."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import tomli_w

from conftest import TODAY, Run, record_defaults
from recoverykb.check.pages import FOLDER, pages
from recoverykb.check.registry import RuleInfo, every_info
from recoverykb.check.runner import check_base
from recoverykb.records.vocabulary import FOLDERS

KIND_OF = {folder: kind for kind, folder in FOLDERS.items()}
TERM = {"about": ["methadone"], "labels": [{"text": "a word", "type": "synonym"}]}
WITHOUT = {"RKB006", "RKB008"}
"""Blanks cannot be shown on a page, and a schema is too long for one."""


def merged(under: Any, over: Any) -> Any:
    """``over`` on top of ``under``, table by table; lists are replaced whole."""
    if not (isinstance(under, Mapping) and isinstance(over, Mapping)):
        return over
    return {**under, **{name: merged(under.get(name), value) for name, value in over.items()}}


def completed(kind: str, record_id: str, piece: Mapping[str, Any]) -> dict[str, Any]:
    """The piece of a record that an example shows, made whole."""
    whole = record_defaults(kind, record_id) | (TERM if kind == "term" else {})
    record: dict[str, Any] = merged({"id": record_id, **whole}, piece)
    return record


def text_of(path: str, text: str) -> str:
    """What the file at ``path`` of an example holds, its pieces of records made whole."""
    kind = KIND_OF.get(path.split("/", maxsplit=1)[0])
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return text
    if kind is None:
        return text
    if list(table) == [kind]:
        whole: Any = {kind: [completed(kind, entry["id"], entry) for entry in table[kind]]}
    else:
        whole = completed(kind, Path(path).stem, table)
    comments = "".join(re.findall(r"^#.*\n", text, re.MULTILINE))
    return comments + tomli_w.dumps(whole).replace('"src-a"', '"sordo-bmj-2017"')


def codes(root: Path, files: Mapping[str, str]) -> set[str]:
    """The codes that a base of these files sets off."""
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text_of(path, text), encoding="utf-8")
    return {problem.code for problem in check_base(root, today=TODAY)}


@pytest.mark.parametrize("info", every_info(), ids=lambda info: info.code)
def test_the_example_of_a_page_breaks_the_rule_and_its_mended_form_does_not(
    info: RuleInfo, tmp_path: Path
) -> None:
    assert (info.example is None) == (info.code in WITHOUT)
    if info.example is None:
        return
    for name in ("wrong", "right"):
        (tmp_path / name / "schemas").mkdir(parents=True)
    assert info.code in codes(tmp_path / "wrong", info.example.wrong)
    assert info.code not in codes(tmp_path / "right", info.example.right)
    assert info.example.wrong != info.example.right


def test_the_pages_in_the_repository_are_current() -> None:
    """``python -m recoverykb.check.pages`` writes them anew."""
    assert {file.name: file.read_text(encoding="utf-8") for file in FOLDER.iterdir()} == pages()


@pytest.mark.parametrize("info", every_info(), ids=lambda info: info.code)
def test_a_page_says_what_why_and_what_to_do(info: RuleInfo) -> None:
    page = pages()[f"{info.code}.md"]
    assert page.startswith(f"# {info.code} ({info.severity}): {info.title}\n\n{info.explanation}")
    assert len(info.explanation) > 60
    assert ("`recoverykb check --fix` mends it" in page) == info.mends
    assert max(map(len, page.splitlines())) <= 110


def test_explain_prints_the_page(run: Run) -> None:
    for code in ("RKB102", "rkb502"):
        assert f"# {run('check', '--explain', code).stdout}" == pages()[f"{code.upper()}.md"]


def test_explain_all_lists_every_code(run: Run) -> None:
    lines = run("check", "--explain", "all").stdout.splitlines()
    assert [line.split()[:2] for line in lines] == [[info.code, info.severity] for info in every_info()]
