"""A base in git: what changed, in words; and two people's edits that merge."""

import os
import subprocess
from pathlib import Path

import pytest

from conftest import BaseFolder, Result, Run

CLINIC = """\
id = "clinic"
name = "Clinic"
summary = "A clinic."
sources = ["src-a"]
compiled = 2026-11-20
type = "provider"
country = "KE"
city = "Kisumu"
services = ["methadone"]

[[contacts]]
purpose = "intake"
number = "020 123 4567"
confidence = "low"
sources = ["src-a"]
"""


class Repository:
    """A base in git, and the program run on it."""

    def __init__(self, root: Path, run: Run) -> None:
        self.root = root
        self._run = run

    def git(self, *words: str) -> str:
        """Run git, without the user's settings. Fails the test where git fails."""
        settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        people = {
            f"GIT_{who}_{what}": "t@example.org"
            for who in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        }
        done = subprocess.run(
            ["git", "-C", str(self.root), *words], env={**os.environ, **settings, **people},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def commit(self, message: str = "state") -> None:
        self.git("add", "-A")
        self.git("commit", "-qm", message)

    def run(self, *words: str) -> Result:
        return self._run(*words, "--kb", self.root)

    def do(self, *words: str) -> None:
        done = self.run(*words)
        assert done.code == 0, done.stderr

    def changes(self, *words: str) -> list[tuple[str, str, str]]:
        """Record, sort and words of every change."""
        return [
            (row["record"], row["change"], row["text"])
            for row in self.run("diff", *words, "--format", "json").json
        ]


@pytest.fixture
def repository(run: Run, base_folder: BaseFolder) -> Repository:
    root = base_folder.root
    (root / "organizations" / "clinic.toml").write_text(CLINIC)
    (root / "organizations" / "other.toml").write_text(
        CLINIC.replace('"clinic"', '"other"').replace("123", "124")
    )
    found = Repository(root, run)
    found.git("init", "-q", "-b", "main")
    found.commit()
    return found


def test_what_changed_is_told_in_words(repository: Repository) -> None:
    do = repository.do
    assert repository.run("diff").stdout == "Changes since HEAD\n\nNothing changed.\n"
    do("verify", "other", "--by", "Amina", "--how", "call", "--on", "2026-11-25", "--note", "a nurse")
    do(
        "edit",
        "clinic",
        "--set",
        "contacts[0].number=020 123 9999",
        "--set",
        "city=Nairobi",
        "--set",
        "tags+=youth",
    )
    do("add", "source", "--set", "id=page", "--set", "title=Hours", "--set", "publisher=C", "--set",
       "url=https://example.org/h", "--set", "tier=official", "--set", "seen=whole")  # fmt: skip
    do("retire", "mewa", "--reason", "it closed", "--successor", "other")
    do("hide", "kenpud", "--reason", "not ours")
    told = [change for change in repository.changes() if change[0] != "base.toml"]
    assert sorted(told) == [
        ("clinic", "changed", "city: Kisumu → Nairobi"),
        ("clinic", "changed", "tags: nothing → youth"),
        ("clinic", "number", "number: “020 123 4567” → “020 123 9999”"),
        ("kenpud", "hidden", "hidden: not ours"),
        ("mewa", "added", "a copy of a record below, to be changed here"),
        ("mewa", "retired", "it closed; instead: other"),
        ("other", "verified", "020 124 4567, 2026-11-25, by Amina (call): a nurse"),
        ("page", "added", "source Hours"),
    ]
    repository.commit()
    assert repository.changes() == []
    do("rename", "page", "hours-page")
    do("verify", "other", "--by", "Amina", "--how", "visit", "--on", "2026-11-26")
    do("edit", "other", "--set", "contacts[0].number=020 125 0000")
    do("hide", "kenpud", "--undo")
    (repository.root / "organizations" / "clinic.toml").unlink()
    assert sorted(repository.changes()) == [
        ("clinic", "deleted", "organization Clinic"),
        ("hours-page", "renamed", "was page"),
        ("kenpud", "hidden", "shown again"),
        ("other", "number", "number: “020 124 4567” → “020 125 0000”"),
        ("other", "unverified", "020 125 0000 is verified no more"),
        ("other", "verified", "020 125 0000, 2026-11-26, by Amina (visit): of 020 124 4567"),
    ]
    assert ("page", "added", "source Hours") in repository.changes("HEAD~1", "HEAD")


def test_a_check_written_by_hand_or_taken_out_shows(repository: Repository) -> None:
    path = repository.root / "organizations" / "clinic.toml"
    path.write_text(CLINIC + 'verified = { on = 2026-11-25, by = "A", how = "call" }\n')
    assert repository.changes() == [("clinic", "verified", "020 123 4567, 2026-11-25, by A (call)")]
    repository.commit()
    path.write_text(CLINIC)
    assert [change for _, change, _ in repository.changes()] == ["unverified", "unverified"]


def test_a_check_that_went_is_told_of_the_number_it_was_of(repository: Repository) -> None:
    path = repository.root / "organizations" / "clinic.toml"
    path.write_text(CLINIC + 'verified = { on = 2026-11-25, by = "A", how = "call" }\n')
    repository.commit()
    path.write_text(CLINIC.replace("123 4567", "123 0000"))
    told = [text for _, change, text in repository.changes() if change == "unverified"]
    assert told == ["020 123 4567, 2026-11-25, by A (call)", "020 123 0000 is verified no more"]
    path.write_text(CLINIC.replace("123 4567", "123 0000") + "private = true\n")
    assert "020 123" not in "".join(
        text for _, change, text in repository.changes() if change == "unverified"
    )


def test_a_private_number_is_not_told(repository: Repository) -> None:
    path = repository.root / "organizations" / "clinic.toml"
    path.write_text(CLINIC + "private = true\n")
    repository.commit()
    path.write_text(path.read_text().replace("123 4567", "123 0000"))
    told = repository.run("diff").stdout
    assert "a private contact" in told
    assert "020" not in told


def test_a_file_that_cannot_be_read_is_named_and_the_rest_is_told(repository: Repository) -> None:
    folder = repository.root / "organizations"
    (folder / "clinic.toml").write_text("<<<<<<< HEAD\n")
    (folder / "other.toml").write_text((folder / "other.toml").read_text().replace("Kisumu", "Nairobi"))
    path = "organizations/clinic.toml"
    assert (path, "unreadable", "cannot be read") in repository.changes()
    assert ("other", "changed", "city: Kisumu → Nairobi") in repository.changes()


def test_where_git_cannot_say_one_line_tells_why(run: Run, repository: Repository, tmp_path: Path) -> None:
    for revision in ("no-such-revision", "--output=x", "HEAD:organizations"):
        done = run("diff", "--kb", repository.root, "--", revision)
        assert (done.code, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    plain = BaseFolder(tmp_path / "plain").root
    done = run("diff", "--kb", plain)
    assert done.code == 2
    assert "git" in done.stderr


def test_edits_of_two_people_merge(repository: Repository) -> None:
    """Different fields of one record, a check and a correction, different new records, hidden ones."""
    repository.git("checkout", "-qb", "amina")
    repository.do("verify", "clinic", "--by", "Amina", "--how", "call", "--on", "2026-11-25")
    repository.do("hide", "mewa", "--reason", "it closed")
    repository.do("edit", "nacada", "--set", "city=Nairobi")
    repository.commit("Amina")
    repository.git("checkout", "-q", "main")
    repository.do("edit", "clinic", "--set", "name=County clinic", "--set", "alert=Bring an ID.")
    repository.do("edit", "other", "--set", "city=Nairobi")
    repository.do("retire", "kenpud", "--reason", "it closed")
    repository.commit("Joseph")
    repository.git("merge", "-q", "-m", "both", "amina")
    record = repository.run("show", "clinic", "--format", "json").json
    assert (record["name"], record["alert"]) == ("County clinic", "Bring an ID.")
    assert record["contacts"][0]["verified"]["by"] == "Amina"
    assert repository.run("show", "mewa").code == 2
    assert "RETIRED" in repository.run("show", "kenpud").stdout
    assert "Nairobi" in repository.run("show", "nacada").stdout


def test_two_answers_to_one_question_are_a_conflict_that_git_shows(repository: Repository, run: Run) -> None:
    """The same field: a person must decide; until then the other records work, and check says where."""
    for branch, city in (("amina", "Nairobi"), ("joseph", "Mombasa")):
        repository.git("checkout", "-q", "-B", branch, "main")
        repository.do("edit", "clinic", "--set", f"city={city}")
        repository.commit(branch)
    merged = subprocess.run(
        ["git", "-C", str(repository.root), "merge", "-q", "amina"], capture_output=True, check=False
    )
    assert merged.returncode == 1
    assert repository.run("show", "other").code == 0
    checked = run("check", repository.root)
    assert checked.code == 1
    assert "organizations/clinic.toml:8:" in checked.stdout
