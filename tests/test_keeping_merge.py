"""Two people's clones of one base: what merges by fields, what a person must decide, and what happens without."""

import os
import subprocess
from pathlib import Path

import pytest

from conftest import BaseFolder, Result, Run
from recoverykb.keeping.merge.install import ATTRIBUTES, driver
from test_keeping_git import CLINIC, Repository
from test_merge_fields import merged, resolved

PATH = "organizations/clinic.toml"


class Clone(Repository):
    """One person's clone."""

    @property
    def clinic(self) -> Path:
        return self.root / PATH

    def replace(self, old: str, new: str, message: str = "edit") -> None:
        """Change the clinic's file by hand, and commit it."""
        text = self.clinic.read_bytes().decode()
        assert old in text
        self.clinic.write_bytes(text.replace(old, new, 1).encode())
        self.commit(message)

    def said(self, *words: str) -> None:
        """Run the program, and commit what it changed."""
        self.do(*words)
        self.commit(" ".join(words[:2]))

    def attempt(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Git, where it may stop for a person."""
        people = {f"GIT_{who}_{what}": "t@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}  # fmt: skip
        settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_EDITOR": "true"}
        return subprocess.run(
            ["git", "-C", str(self.root), *words], env={**os.environ, **settings, **people},
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    def pull(self, other: "Clone", way: str = "merge") -> subprocess.CompletedProcess[str]:
        """Take in what another person has."""
        self.git("fetch", "-q", str(other.root), "main")
        return self.attempt(way, *(["-m", "both"] if way == "merge" else []), "FETCH_HEAD")

    @property
    def record(self) -> dict[str, object]:
        found: dict[str, object] = self.run("show", "clinic", "--format", "json").json
        return found

    def install(self, run: Run) -> Result:
        return run("merge", "--install", cwd=self.root)


Pair = tuple[Clone, Clone]


def pair_of(tmp_path: Path, run: Run, base: BaseFolder, text: str = CLINIC, *, on: bool = True) -> Pair:
    """Two clones of a base with a clinic, in which merging by fields is on, or not."""
    (base.root / PATH).write_bytes(text.encode())
    (base.root / ".gitattributes").write_text(ATTRIBUTES)
    shared = Clone(base.root, run)
    shared.git("init", "-q", "-b", "main")
    shared.commit("start")
    clones = []
    for name in ("amina", "joseph"):
        shared.git("clone", "-q", str(base.root), str(tmp_path / name))
        clones.append(Clone(tmp_path / name, run))
        if on:
            assert clones[-1].install(run).code == 0
    return clones[0], clones[1]


@pytest.fixture
def clones(tmp_path: Path, run: Run, base_folder: BaseFolder) -> Pair:
    return pair_of(tmp_path, run, base_folder)


@pytest.fixture
def plain(tmp_path: Path, run: Run, base_folder: BaseFolder) -> Pair:
    """Clones in which nobody turned it on."""
    return pair_of(tmp_path, run, base_folder, on=False)


CONTACT = '\n# {0}\n[[contacts]]\npurpose = "{0}"\nnumber = "{1}"  # from the poster\nconfidence = "low"\nsources = ["src-a"]\n'


def fill(amina: Clone, joseph: Clone) -> None:
    """Edits that contradict nothing, and that lines alone cannot merge."""
    amina.do("verify", "clinic", "--by", "Amina", "--how", "call", "--on", "2026-11-25")
    amina.do(
        "edit", "clinic", "--set", "tags+=youth", "--set", "services+=naloxone", "--set", "alert=Bring an ID."
    )
    amina.clinic.write_text(amina.clinic.read_text() + CONTACT.format("family", "020 888"))
    amina.commit("amina")
    joseph.do("verify", "clinic", "--by", "Joseph", "--how", "visit", "--on", "2026-11-24")
    joseph.do("edit", "clinic", "--set", "tags+=women", "--set", "services-=methadone", "--set", "acronym=CL",
              "--set", "services+=buprenorphine")  # fmt: skip
    joseph.clinic.write_text(joseph.clinic.read_text() + CONTACT.format("crisis", "020 777"))
    joseph.commit("joseph")


def test_what_does_not_contradict_merges(clones: Pair, run: Run) -> None:
    amina, joseph = clones
    fill(amina, joseph)
    done = amina.pull(joseph)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    record = amina.record
    assert (record["tags"], record["services"]) == (["youth", "women"], ["naloxone", "buprenorphine"])
    assert (record["alert"], record["acronym"]) == ("Bring an ID.", "CL")
    first, *others = record["contacts"]  # type: ignore[misc]
    assert first["verified"] == {"on": "2026-11-25", "by": "Amina", "how": "call"}
    assert first["earlier"] == [{"on": "2026-11-24", "by": "Joseph", "how": "visit"}]
    assert [entry["number"] for entry in others] == ["020 888", "020 777"]
    text = amina.clinic.read_text()
    assert text.count("# from the poster") == 2
    assert "# family\n[[contacts]]" in text
    assert "# crisis\n[[contacts]]" in text
    assert "RKB00" not in run("check", amina.root).stdout


def test_without_it_git_merges_by_lines_as_ever(plain: Pair) -> None:
    amina, joseph = plain
    fill(amina, joseph)
    assert amina.pull(joseph).returncode == 1
    text = amina.clinic.read_text()
    assert "<<<<<<< HEAD" in text
    assert '"youth"' in text
    assert '"women"' in text


@pytest.mark.parametrize("way", ["rebase", "cherry-pick"])
def test_so_do_a_rebase_and_a_cherry_pick(clones: Pair, way: str) -> None:
    amina, joseph = clones
    fill(amina, joseph)
    assert amina.pull(joseph, way).returncode == 0
    record = amina.record
    assert sorted(record["tags"]) == ["women", "youth"]  # type: ignore[call-overload]
    assert record["contacts"][0]["verified"]["by"] == "Amina"  # type: ignore[index]
    assert len(record["contacts"]) == 3  # type: ignore[arg-type]


def test_two_numbers_are_a_conflict_in_their_place_only(clones: Pair, run: Run) -> None:
    amina, joseph = clones
    amina.said("edit", "clinic", "--set", "contacts[0].number=020 555 0000", "--set", "city=Nairobi")
    joseph.said("edit", "clinic", "--set", "contacts[0].number=020 666 0000", "--set", "tags+=youth")
    done = amina.pull(joseph)
    assert done.returncode == 1
    wanted = (
        f"recoverykb: {PATH}:14:1: clinic, contacts, 020 123 4567, number: ours says “020 555 0000”; "
        "theirs says “020 666 0000”; before: “020 123 4567”\n"
    )
    assert wanted in done.stderr
    text = CLINIC.replace("Kisumu", "Nairobi").replace(
        '["src-a"]\ncompiled', '["src-a"]\ntags = ["youth"]\ncompiled'
    )
    number = 'number = "020 {} 0000"\n'
    block = f"<<<<<<< ours\n{number.format(555)}=======\n{number.format(666)}>>>>>>> theirs\n"
    assert amina.clinic.read_text() == text.replace('number = "020 123 4567"\n', block)
    problem = f"{PATH}:14:1: RKB001 two versions of this record wait for a decision (git conflict); keep one"
    assert problem in run("check", amina.root).stdout
    for words in (("search", "clinic"), ("show", "other"), ("list",)):
        told = amina.run(*words).stderr
        assert f"{amina.clinic}:14:1: two versions of this record wait for a decision (git conflict)" in told
    told = amina.run("diff").stdout
    assert f"{PATH}: two versions of this record wait for a decision" in told
    assert "Deleted" not in told
    between = amina.run("diff", "HEAD", "FETCH_HEAD").stdout
    assert "number: “020 555 0000” → “020 666 0000”" in between
    amina.clinic.write_text(resolved(amina.clinic.read_text(), 2))
    amina.commit("decided")
    assert amina.record["contacts"][0]["number"] == "020 666 0000"  # type: ignore[index]


@pytest.mark.parametrize("turned", [False, True])
def test_a_changed_number_never_counts_as_verified(clones: Pair, turned: bool) -> None:
    """Whoever merges: a check of the old number is no check of the new one. Lines alone would merge both."""
    amina, joseph = clones
    amina.said("verify", "clinic", "--by", "Amina", "--how", "call", "--on", "2026-11-25")
    joseph.said("edit", "clinic", "--set", "contacts[0].number=020 555 0000")
    one, other = (joseph, amina) if turned else (amina, joseph)
    done = one.pull(other)
    assert done.returncode == 1
    assert "number “020 123 4567”, verified on 2026-11-25 by Amina (call)" in done.stderr
    assert "number “020 555 0000”, not verified" in done.stderr
    new, old = (1, 2) if turned else (2, 1)
    text = one.clinic.read_text()
    assert 'by = "Amina", how = "call", note = "of 020 123 4567"' in resolved(text, new)
    one.clinic.write_text(resolved(text, new))
    (contact,) = one.record["contacts"]  # type: ignore[misc]
    assert (contact["number"], contact.get("verified")) == ("020 555 0000", None)
    assert contact["earlier"][0]["by"] == "Amina"
    one.clinic.write_text(resolved(text, old))
    (contact,) = one.record["contacts"]  # type: ignore[misc]
    assert (contact["number"], contact["verified"]["by"]) == ("020 123 4567", "Amina")


def test_lines_alone_would_have_called_the_changed_number_verified(plain: Pair) -> None:
    amina, joseph = plain
    amina.said("verify", "clinic", "--by", "Amina", "--how", "call", "--on", "2026-11-25")
    joseph.said("edit", "clinic", "--set", "contacts[0].number=020 555 0000")
    assert amina.pull(joseph).returncode == 0
    (contact,) = amina.record["contacts"]  # type: ignore[misc]
    assert (contact["number"], contact["verified"]["by"]) == ("020 555 0000", "Amina")


def test_the_same_number_in_other_spaces_stays_verified(clones: Pair) -> None:
    amina, joseph = clones
    amina.said("verify", "clinic", "--by", "Amina", "--how", "call", "--on", "2026-11-25")
    joseph.said("edit", "clinic", "--set", "contacts[0].number=020-1234567")
    assert amina.pull(joseph).returncode == 0
    (contact,) = amina.record["contacts"]  # type: ignore[misc]
    assert (contact["number"], contact["verified"]["by"]) == ("020-1234567", "Amina")


def test_a_source_for_the_old_number_is_none_for_the_new(clones: Pair) -> None:
    amina, joseph = clones
    amina.replace(
        'confidence = "low"\nsources = ["src-a"]', 'confidence = "low"\nsources = ["src-a", "src-b"]'
    )
    joseph.said("edit", "clinic", "--set", "contacts[0].number=020 555 0000")
    done = amina.pull(joseph)
    assert done.returncode == 1
    assert "sources “src-a, src-b”; theirs says number “020 555 0000”, sources src-a" in done.stderr


def test_a_deleted_record_is_a_matter_for_git(clones: Pair) -> None:
    amina, joseph = clones
    amina.clinic.unlink()
    amina.commit("gone")
    joseph.said("edit", "clinic", "--set", "city=Nairobi")
    done = amina.pull(joseph)
    assert done.returncode == 1
    assert "(modify/delete)" in done.stdout
    assert 'city = "Nairobi"' in amina.clinic.read_text()


def test_a_record_that_both_added(clones: Pair) -> None:
    amina, joseph = clones
    for clone, extra in ((amina, 'city = "Kisumu"'), (joseph, 'acronym = "N"')):
        text = CLINIC.replace('"clinic"', '"new"').replace('city = "Kisumu"', extra)
        (clone.root / "organizations" / "new.toml").write_text(text)
        clone.commit("new")
    assert amina.pull(joseph).returncode == 0
    record = amina.run("show", "new", "--format", "json").json
    assert (record["city"], record["acronym"], len(record["contacts"])) == ("Kisumu", "N", 1)


GROUP = """\
# Of the county list.
[[organization]]
id = "one"
name = "One"
summary = "A clinic."
sources = ["src-a"]
compiled = 2026-11-20
type = "provider"
tags = ["a"]

# The second.
[[organization]]
id = "two"
name = "Two"
summary = "A clinic."
sources = ["src-a"]
compiled = 2026-11-20
type = "provider"
"""


def test_many_records_in_one_file(clones: Pair) -> None:
    amina, joseph = clones
    (amina.root / "organizations" / "group.toml").write_text(GROUP)
    amina.commit("group")
    joseph.git("pull", "-q", str(amina.root), "main")
    for clone, new in ((amina, "three"), (joseph, "four")):
        clone.do("edit", "one", "--set", f"tags+={new}")
        file = clone.root / "organizations" / "group.toml"
        file.write_text(
            file.read_text() + GROUP[GROUP.index("\n# The second") :].replace('"two"', f'"{new}"')
        )
        clone.commit(new)
    assert amina.pull(joseph).returncode == 0
    one = amina.run("show", "one", "--format", "json").json
    assert one["tags"] == ["a", "three", "four"]
    assert [amina.run("show", name).code for name in ("two", "three", "four")] == [0, 0, 0]
    text = (amina.root / "organizations" / "group.toml").read_text()
    assert text.count("# The second.") == 3


def test_in_a_group_one_record_deleted_and_edited_is_a_conflict(clones: Pair) -> None:
    text, clean = merged(
        GROUP, GROUP[: GROUP.index("\n# The second")], GROUP.replace('"Two"', '"The second"')
    )
    assert not clean
    assert "<<<<<<< ours\n=======\n" in text
    assert 'name = "The second"' in resolved(text, 2)
    assert 'id = "two"' not in resolved(text, 1)


def test_line_ends_stay(tmp_path: Path, run: Run, base_folder: BaseFolder) -> None:
    amina, joseph = pair_of(tmp_path, run, base_folder, CLINIC.replace("\n", "\r\n"))
    fill(amina, joseph)
    for clone in (amina, joseph):
        clone.clinic.write_bytes(clone.clinic.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
        clone.commit("line ends")
    assert amina.pull(joseph).returncode == 0
    content = amina.clinic.read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n") > 25
    assert len(amina.record["contacts"]) == 3  # type: ignore[arg-type]


def test_comments_of_both_sides_stay(clones: Pair) -> None:
    """Also those on lines that both changed, which are written anew."""
    amina, joseph = clones
    amina.replace('services = ["methadone"]', 'services = ["methadone", "naloxone"]  # asked at the desk')
    joseph.replace(
        'services = ["methadone"]', '# as their page says\nservices = ["methadone", "buprenorphine"]  # twice'
    )
    assert amina.pull(joseph).returncode == 0
    assert amina.clinic.read_text() == CLINIC.replace(
        'services = ["methadone"]',
        '# as their page says\n# twice\nservices = ["methadone", "naloxone", "buprenorphine"]  # asked at the desk',
    )


def test_what_cannot_be_read_is_merged_by_lines(clones: Pair) -> None:
    amina, joseph = clones
    amina.replace('name = "Clinic"', 'name = "Clinic')
    joseph.replace('confidence = "low"', 'confidence = "low"\nyear = 2026')
    done = amina.pull(joseph)
    assert done.returncode == 0
    assert f"{PATH}: merged by lines: ours is not valid TOML" in done.stderr
    assert "year = 2026" in amina.clinic.read_text()


def test_by_lines_too_no_changed_number_comes_out_as_verified() -> None:
    """As where what both sides started from is itself a merge in which a conflict was left."""
    mark = "<<<<<<< ours\n=======\n>>>>>>> theirs\n"
    check = '[[contacts]]\nverified = { on = 2026-11-25, by = "Amina", how = "call" }\n'
    text, clean = merged(
        CLINIC + mark, CLINIC.replace("[[contacts]]\n", check), CLINIC.replace("123 4567", "555 0000"), PATH
    )
    assert not clean
    assert "555 0000" in text


def test_other_files_are_merged_by_lines(clones: Pair) -> None:
    amina, joseph = clones
    amina.do("hide", "mewa", "--reason", "it closed")
    amina.commit("hidden")
    joseph.do("hide", "kenpud", "--reason", "it closed")
    joseph.commit("hidden")
    done = amina.pull(joseph)
    assert done.returncode == 1
    assert done.stderr == ""
    assert "<<<<<<< HEAD" in (amina.root / "base.toml").read_text()
    text, clean = merged('title = "T"\n', 'title = "A"\n', 'title = "B"\n', "base.toml")
    assert (text, clean) == ('<<<<<<< ours\ntitle = "A"\n=======\ntitle = "B"\n>>>>>>> theirs\n', False)


def test_a_private_number_is_not_told(clones: Pair) -> None:
    private = CLINIC + "private = true\n"
    _, clean = merged(private, private.replace("4567", "0001"), private.replace("4567", "0002"))
    assert not clean
    amina, joseph = clones
    for clone, number in ((amina, "0001"), (joseph, "0002")):
        clone.clinic.write_text(private.replace("4567", number))
        clone.commit("private")
    done = amina.pull(joseph)
    assert "differ about a private contact" in done.stderr
    assert "020" not in done.stderr


def test_a_check_of_what_changed_meanwhile_is_for_a_person_to_judge(clones: Pair) -> None:
    amina, joseph = clones
    for clone in clones:
        clone.replace('city = "Kisumu"', 'city = "Kisumu"\nurl = "https://example.org/old"', "same")
    amina.said("verify", "clinic", "--field", "url", "--by", "Amina", "--how", "site", "--on", "2026-11-25")
    joseph.said("edit", "clinic", "--set", "url=https://example.org/new")
    done = amina.pull(joseph)
    assert done.returncode == 1
    assert "clinic, checks: ours says url on 2026-11-25 by Amina (site); theirs says nothing" in done.stderr


def test_turning_it_on_twice_changes_nothing(run: Run, tmp_path: Path, base_folder: BaseFolder) -> None:
    clone = Clone(base_folder.root, run)
    clone.git("init", "-q", "-b", "main")
    (clone.root / ".gitattributes").write_text("*.png binary")
    done = clone.install(run)
    assert done.code == 0
    assert ".gitattributes: commit it" in done.stderr
    assert (clone.root / ".gitattributes").read_text() == f"*.png binary\n{ATTRIBUTES}"
    assert clone.git("config", "merge.recoverykb.name") == "recoverykb: records are merged by their fields\n"
    config = (clone.root / ".git" / "config").read_bytes()
    again = clone.install(run)
    assert (again.code, again.stderr.count("\n")) == (0, 1)
    assert "already" in again.stderr
    assert (clone.root / ".git" / "config").read_bytes() == config


def test_where_there_is_no_repository_or_base_one_line_says_so(run: Run, tmp_path: Path) -> None:
    base = BaseFolder(tmp_path / "alone").root
    done = run("merge", "--install", cwd=base)
    assert (done.code, done.stderr.count("\n")) == (2, 1)
    assert "git init" in done.stderr
    done = run("merge", "--install", cwd=tmp_path)
    assert (done.code, done.stderr.count("\n")) == (3, 1)
    for words in ((), ("a",), ("a", "b", "c", "--install")):
        assert run("merge", *words, cwd=tmp_path).code == 2
    done = run("merge", "a", "b", "c", cwd=tmp_path)
    assert (done.code, done.stderr) == (3, "recoverykb: a cannot be read: No such file or directory\n")


def test_a_new_base_in_a_repository_merges_by_fields_at_once(run: Run, tmp_path: Path) -> None:
    clone = Clone(tmp_path, run)
    clone.git("init", "-q")
    assert "merges" in run("init", "base", cwd=tmp_path).stderr
    assert "recoverykb" in clone.git("config", "merge.recoverykb.driver")
    told = clone.git("check-attr", "merge", "base/organizations/kenya/x.toml", "base/base.toml")
    assert told.splitlines() == [
        "base/organizations/kenya/x.toml: merge: recoverykb", "base/base.toml: merge: unspecified"
    ]  # fmt: skip


def test_where_the_program_is_gone_git_merges_by_lines(clones: Pair, tmp_path: Path) -> None:
    """The clone still names it; both sides must be in the file, between marks."""
    amina, joseph = clones
    program = driver().split(" merge ", 1)[0]
    amina.git(
        "config", "merge.recoverykb.driver", driver().replace(program, str(tmp_path / "gone" / "recoverykb"))
    )
    amina.said("edit", "clinic", "--set", "city=Nairobi")
    joseph.said("edit", "clinic", "--set", "city=Mombasa")
    assert amina.pull(joseph).returncode == 1
    text = amina.clinic.read_text()
    assert '<<<<<<< ours\ncity = "Nairobi"\n=======\ncity = "Mombasa"\n>>>>>>> theirs\n' in text


def test_what_cannot_be_written_leaves_ours_as_it_was(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    for name, city in (("base", "A"), ("ours", "B"), ("theirs", "A")):
        (folder / name).write_text(
            CLINIC.replace("Kisumu", city).replace("clinic", name if name == "theirs" else "clinic")
        )
    files = [folder / name for name in ("base", "ours", "theirs")]
    before = files[1].read_bytes()
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)); sys.argv[0] = 'recoverykb'; "
        "from recoverykb.cli.start import main; main()"
    )
    import sys

    done = subprocess.run(
        [sys.executable, "-c", code, "merge", *map(str, files), "--path", PATH],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode > 1
    assert done.stderr.count("\n") == 1
    assert files[1].read_bytes() == before
    assert sorted(path.name for path in folder.iterdir()) == ["base", "ours", "theirs"]


def test_marks_inside_a_text_are_seen_though_it_could_be_read(base_folder: BaseFolder, run: Run) -> None:
    text = CLINIC.replace('"A clinic."', '"""\n<<<<<<< HEAD\nOne.\n=======\nTwo.\n>>>>>>> joseph\n"""')
    (base_folder.root / PATH).write_text(text)
    assert f"{PATH}:4:1: RKB001 two versions" in run("check", base_folder.root).stdout
    done = run("show", "clinic", "--kb", base_folder.root)
    assert done.code == 2
