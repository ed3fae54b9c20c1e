"""Making a base of one's own, its manifest, and hiding records of lower layers."""

import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest

from conftest import KB, BaseFolder, Run


@pytest.fixture
def team(run: Run, tmp_path: Path) -> Path:
    """A new base, as ``init`` makes it."""
    root = tmp_path / "our-base"
    done = run("init", root, "--title", "Riverside", "--owner", "Riverside Outreach")
    assert done.code == 0, done.stderr
    return root


def test_a_new_base_is_checked_and_has_what_git_needs(run: Run, team: Path) -> None:
    done = run("check", team, "--strict")
    assert (done.code, done.stdout) == (0, "")
    manifest = tomllib.loads((team / "base.toml").read_text())
    assert (manifest["title"], manifest["owner"], manifest["licence"]) == (
        "Riverside", "Riverside Outreach", "CC-BY-4.0",
    )  # fmt: skip
    assert manifest["review"]["organization"] == 12
    assert "*.toml text eol=lf" in (team / ".gitattributes").read_text()
    assert "recoverykb check --strict" in (team / ".pre-commit-config.yaml").read_text()
    assert "Riverside" in (team / "README.md").read_text()
    shown = run("show", "example-clinic", "--kb", team)
    assert "Not offered as a referral" in shown.stdout
    assert "Layer: our-base." in shown.stdout


def test_nothing_that_is_there_is_overwritten(run: Run, team: Path) -> None:
    (team / "README.md").write_text("ours")
    (team / "organizations" / "example-clinic.toml").unlink()
    (team / "base.toml").unlink()
    (team / "base.toml").symlink_to("nowhere")  # a link that leads to nothing is there, too
    done = run("init", team)
    assert done.code == 0
    assert (team / "README.md").read_text() == "ours"
    assert (team / "base.toml").is_symlink()
    assert done.stdout.splitlines() == [str(team / "organizations/example-clinic.toml")]
    assert f"{team}/README.md was there already and stays as it is" in done.stderr


def test_a_file_is_no_place_for_a_base(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("kept")
    done = run("init", tmp_path / "file")
    assert (done.code, done.stdout) == (2, "")
    assert (tmp_path / "file").read_text() == "kept"


def test_use_names_it_in_the_configuration_and_leaves_the_rest_of_it(run: Run, tmp_path: Path) -> None:
    other = BaseFolder(tmp_path / "other").root
    config = tmp_path / "config.toml"
    config.write_text(f'# ours\nlayers = [\n  "{other}", # first\n]\n')
    env = {"RECOVERYKB_CONFIG": str(config)}
    assert run("init", "our-base", "--use", cwd=tmp_path, env=env).code == 0
    assert config.read_text() == f'# ours\nlayers = [\n  "{other}", # first\n  "{tmp_path}/our-base",\n]\n'
    assert run("show", "example-clinic", env=env).code == 0
    found = run("layers", "--format", "json", env=env).json
    assert [layer["name"] for layer in found] == ["bundled", "other", "our-base"]
    assert [layer["origin"] for layer in found] == ["part of recoverykb", str(config), str(config)]


def test_layers_say_whose_they_are_and_what_they_do_to_those_below(
    run: Run, team: Path, base_folder: BaseFolder
) -> None:
    base_folder.add("organization", "nacada", name="Ours")
    assert run("hide", "mewa", "--reason", "it closed", "--kb", base_folder.root, "--kb", team).code == 0
    found = run("layers", "--kb", base_folder.root, "--kb", team, "--format", "json").json
    bundled, middle, top = found
    assert bundled["title"] == "recoverykb: the curated base"
    assert (middle["replaces"], middle["records"], middle["hides"]) == (1, 2, {})
    assert (top["title"], top["owner"], top["hides"]) == (
        "Riverside", "Riverside Outreach", {"mewa": "it closed"},
    )  # fmt: skip
    told = run("show", "nacada", "--kb", base_folder.root).stdout
    assert "Layer: team-kb, in place of bundled." in told


def test_a_hidden_record_is_nowhere_until_it_is_shown_again(run: Run, team: Path) -> None:
    kb = ("--kb", team)
    assert run("show", "mewa", *kb).code == 0
    done = run("hide", "mewa", "--reason", "it closed", *kb)
    assert (done.code, done.stdout) == (0, "")
    assert run("show", "mewa", *kb).code == 2
    assert "mewa" not in run("list", "organization", "--country", "KE", "--format", "ids", *kb).stdout.split()
    assert "mewa" not in run("search", "mewa", "--format", "ids", *kb).stdout.split()
    fresh = {"RECOVERYKB_CACHE": str(team.parent / "fresh")}
    assert run("show", "mewa", *kb, env=fresh).code == 2  # in an index that is made anew, too
    assert run("show", "mewa").code == 0  # the bundled base knows nothing of it
    assert run("hide", "mewa", "--undo", *kb).code == 0
    assert run("show", "mewa", *kb).code == 0
    assert run("check", team, "--strict").code == 0


def test_a_record_of_a_higher_layer_is_not_hidden(run: Run, team: Path, base_folder: BaseFolder) -> None:
    base_folder.add("organization", "mewa", name="Ours, above")
    assert run("hide", "mewa", "--reason", "it closed", "--kb", team).code == 0
    done = run("show", "mewa", "--kb", team, "--kb", base_folder.root, "--format", "json")
    assert done.json["name"] == "Ours, above"
    assert run("hide", "mewa", "--reason", "x", "--kb", team, "--kb", base_folder.root).code == 2


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("mewa",), 2),
        (("mewa", "--reason", "x", "--undo"), 2),
        (("mewa", "--undo"), 2),
        (("no-such-record", "--reason", "x"), 2),
        (("example-clinic", "--reason", "x"), 2),
    ],
)
def test_what_cannot_be_hidden_is_said_and_changes_nothing(
    run: Run, team: Path, words: tuple[str, ...], code: int
) -> None:
    before = (team / "base.toml").read_bytes()
    done = run("hide", *words, "--kb", team)
    assert (done.code, done.stdout) == (code, "")
    assert done.stderr.startswith(("recoverykb: ", "Usage: "))
    assert (team / "base.toml").read_bytes() == before


def test_without_a_base_of_ones_own_nothing_is_written_to_the_bundled_one(run: Run) -> None:
    before = (KB / "base.toml").read_bytes()
    done = run("hide", "mewa", "--reason", "x")
    assert done.code == 2
    assert "recoverykb init" in done.stderr
    assert (KB / "base.toml").read_bytes() == before


def test_a_manifest_that_cannot_be_read_is_told_and_the_records_work(run: Run, team: Path) -> None:
    (team / "base.toml").write_text('title = "T"\n\n[review]\norganization = "often"\n')
    done = run("show", "example-clinic", "--kb", team)
    assert done.code == 0
    assert f"skipped {team}/base.toml:4:1: review.organization: expected" in done.stderr
    checked = run("check", team)
    assert checked.code == 1
    assert "base.toml:4:1: RKB002 review.organization: expected" in checked.stdout


def test_the_review_policy_decides_when_records_are_due(run: Run, team: Path) -> None:
    text = (team / "base.toml").read_text()
    (team / "base.toml").write_text(text.replace("organization = 12", "organization = 1"))
    rows = run("list", "organization", "--kb", team, "--format", "json").json
    due = {row["id"]: date.fromisoformat(row["due"]) for row in rows}
    looked = {row["id"]: date.fromisoformat(row["looked_at"]) for row in rows}
    assert timedelta(27) < due["example-clinic"] - looked["example-clinic"] < timedelta(32)
    assert due["mewa"] - looked["mewa"] > timedelta(360)  # the bundled base has its own
    listed = run("list", "--due", "32", "--kb", team, "--format", "ids")
    assert listed.stdout.split() == ["example-clinic"]


def test_an_own_record_may_refer_to_bundled_ones(run: Run, team: Path) -> None:
    told = {"name": "Our clinic", "summary": "It gives methadone.", "type": "provider", "services": "methadone",
            "sources": "cochrane-methadone-2009", "country": "KE"}  # fmt: skip
    words = [word for name, value in told.items() for word in ("--set", f"{name}={value}")]
    done = run("add", "organization", *words, "--kb", team)
    assert (done.code, done.stdout) == (0, f"{team}/organizations/our-clinic.toml\n"), done.stderr
    assert run("check", team, "--strict").code == 0
    assert "Methadone" in run("show", "our-clinic", "--kb", team).stdout
