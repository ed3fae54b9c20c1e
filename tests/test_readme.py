"""Every example in README.md does what README says."""

import re
from pathlib import Path

import pytest

from conftest import Run
from readme import README, Example, command, examples, output

TEXT = README.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all examples: later ones use files that earlier ones wrote."""
    return tmp_path_factory.mktemp("readme")


def test_readme_has_examples_of_every_command() -> None:
    from recoverykb.cli.main import COMMANDS

    shown = " ".join(example.command for example in examples(TEXT))
    assert [name for name in COMMANDS if f"recoverykb {name}" not in shown] == []


@pytest.mark.parametrize("example", examples(TEXT), ids=lambda example: example.command)
def test_example_prints_what_readme_shows(
    example: Example, folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECOVERYKB_CACHE", str(cache))
    assert output(example, folder) == example.shown


@pytest.mark.parametrize("line", re.findall(r"\| `(recoverykb [^`]+)` \|", TEXT))
def test_commands_in_tables_work_as_they_stand(
    line: str, tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECOVERYKB_CACHE", str(cache))
    shown = output(Example(line, 3, ""), tmp_path)
    written = [word for word in line.split() if "." in word]
    assert all((tmp_path / name).stat().st_size > 1000 for name in written)
    assert written or shown.startswith("# ")


def test_the_recipe_of_readme_makes_a_sheet(run: Run, tmp_path: Path) -> None:
    (recipe,) = re.findall(r"^```toml \{recipe\}\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    (tmp_path / "nairobi.toml").write_text(recipe.replace("logo =", "# logo ="), encoding="utf-8")
    assert run("sheet", "build", tmp_path).code == 0
    assert (tmp_path / "nairobi.pdf").read_bytes().startswith(b"%PDF")
    assert "Your agency" in (tmp_path / "nairobi.html").read_text(encoding="utf-8")
    assert run("sheet", "build", tmp_path, "--check").code == 0


def test_setup_commands_use_only_what_a_fresh_machine_has() -> None:
    for name in ("install", "test"):
        assert command(name).startswith("python3 -m venv .venv && .venv/bin/")
    assert "pytest" in command("test")


def test_the_records_of_readme_make_a_base_without_errors(tmp_path: Path) -> None:
    import tomllib
    from datetime import date

    from recoverykb.check.runner import check_base

    for text in re.findall(r"^```toml\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL):
        record = tomllib.loads(text)
        kind = "sources" if "publisher" in record else "terms" if "about" in record else "organizations"
        folder = tmp_path / kind
        folder.mkdir(exist_ok=True)
        (folder / f"{record['id']}.toml").write_text(text, encoding="utf-8")
    assert len(list(tmp_path.rglob("*.toml"))) == 3
    assert check_base(tmp_path, today=date(2026, 11, 20)) == []


def test_the_exception_of_readme_leaves_out_what_readme_says_and_no_other_number(tmp_path: Path) -> None:
    import re
    from datetime import date

    from recoverykb.check.runner import check_base

    (text,) = re.findall(r"^```toml \{file=exceptions.toml\}\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    (record,) = [
        found
        for found in re.findall(r"^```toml\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
        if "contacts" in found
    ]
    source = next(
        found
        for found in re.findall(r"^```toml\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
        if "publisher" in found
    )
    contact = record[record.index("[[contacts]]") :]
    wrong = (
        record.replace("020 123 4567", "020 123 4567 89 01")
        + "\n"
        + contact.replace("020 123 4567", "020 999 4567 89 01")
    )
    for path, content in (
        ("organizations/your-clinic.toml", wrong),
        ("sources/your-clinic-page.toml", source),
        ("exceptions.toml", text),
    ):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(content, encoding="utf-8")
    (problem,) = check_base(tmp_path, today=date(2026, 11, 20))
    assert "020 999 4567 89 01" in problem.message
