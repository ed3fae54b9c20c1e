"""Which bases are in use: ``--kb``, ``RECOVERYKB_PATH``, the configuration file, and their order."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
import tomli_w

from conftest import BaseFolder, Run
from recoverykb.storage.layers import bundled_root

Settings = dict[str, str]


@pytest.fixture
def bases(tmp_path: Path) -> Callable[[str], BaseFolder]:
    """A new base of that name with the record ``shared``, called after the base, and one of its own."""

    def make(name: str) -> BaseFolder:
        base = BaseFolder(tmp_path / name)
        base.add("organization", "shared-by-all", name=f"from {name}")
        base.add("organization", f"only-in-{name}")
        return base

    return make


def config(tmp_path: Path, content: str | bytes) -> Settings:
    path = tmp_path / "config" / "config.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return {"RECOVERYKB_CONFIG": str(path)}


def name_of(run: Run, *arguments: str | Path, env: Settings | None = None, cwd: Path | None = None) -> str:
    done = run("show", "shared-by-all", "--format", "json", *arguments, env=env, cwd=cwd)
    assert done.code == 0, done.stderr
    return str(done.json["name"])


def has(run: Run, record: str, *arguments: str | Path, env: Settings | None = None) -> bool:
    return run("show", record, "--format", "json", *arguments, env=env).code == 0


def test_without_settings_only_the_bundled_base_is_in_use(run: Run) -> None:
    done = run("info")
    assert done.code == 0
    assert str(bundled_root()) in done.stdout
    assert run("show", "shared-by-all").code == 2


def test_each_way_to_name_a_base_adds_it_to_the_bundled_one(
    run: Run, tmp_path: Path, bases: Callable[[str], BaseFolder]
) -> None:
    root = bases("one").root
    ways: list[tuple[list[str | Path], Settings]] = [
        (["--kb", root], {}),
        ([], {"RECOVERYKB_PATH": str(root)}),
        ([], config(tmp_path, tomli_w.dumps({"layers": [str(root)]}))),
    ]
    for arguments, env in ways:
        assert name_of(run, *arguments, env=env) == "from one"
        assert f"in {bundled_root()}" in run("info", *arguments, env=env).stdout


def test_the_option_wins_over_the_variable_and_the_variable_over_the_file(
    run: Run, tmp_path: Path, bases: Callable[[str], BaseFolder]
) -> None:
    option, variable, file = (bases(name).root for name in ("option", "variable", "file"))
    in_file = config(tmp_path, tomli_w.dumps({"layers": [str(file)]}))
    both = {**in_file, "RECOVERYKB_PATH": str(variable)}
    assert name_of(run, env=in_file) == "from file"
    assert name_of(run, env=both) == "from variable"
    assert name_of(run, "--kb", option, env=both) == "from option"
    for name in ("option", "variable", "file"):  # all of them stay in use
        assert has(run, f"only-in-{name}", "--kb", option, env=both)


def test_the_last_of_several_wins(run: Run, tmp_path: Path, bases: Callable[[str], BaseFolder]) -> None:
    one, two = bases("one").root, bases("two").root
    assert name_of(run, "--kb", one, "--kb", two) == "from two"
    assert name_of(run, "--kb", two, "--kb", one) == "from one"
    assert name_of(run, env={"RECOVERYKB_PATH": f"{two}{os.pathsep}{os.pathsep}{one}"}) == "from one"
    assert name_of(run, env=config(tmp_path, tomli_w.dumps({"layers": [str(one), str(two)]}))) == "from two"


def test_a_base_named_twice_is_one_layer_at_its_later_place(
    run: Run, bases: Callable[[str], BaseFolder]
) -> None:
    one, two = bases("one").root, bases("two").root
    env = {"RECOVERYKB_PATH": str(one)}
    assert name_of(run, "--kb", two, "--kb", one, env=env) == "from one"
    assert run("info", "--kb", two, "--kb", one, env=env).stdout.count(f"in {one}\n") == 1


def test_the_bundled_base_may_be_named_to_put_it_on_top(run: Run, bases: Callable[[str], BaseFolder]) -> None:
    one = bases("one").root
    done = run("info", "--kb", one, "--kb", bundled_root())
    assert done.code == 0
    assert done.stdout.count(f"in {bundled_root()}\n") == 1
    assert done.stdout.index(f"in {one}\n") < done.stdout.index(f"in {bundled_root()}\n")


def test_relative_folders_start_at_the_working_folder_or_at_the_file_that_names_them(
    run: Run, tmp_path: Path, bases: Callable[[str], BaseFolder]
) -> None:
    bases("one")
    assert name_of(run, "--kb", "one", cwd=tmp_path) == "from one"
    assert name_of(run, env={"RECOVERYKB_PATH": "one"}, cwd=tmp_path) == "from one"
    assert name_of(run, env=config(tmp_path, 'layers = ["../one"]')) == "from one"


def test_a_tilde_in_the_file_is_the_home_folder(
    run: Run, tmp_path: Path, bases: Callable[[str], BaseFolder]
) -> None:
    bases("one")
    assert name_of(run, env={**config(tmp_path, 'layers = ["~/one"]'), "HOME": str(tmp_path)}) == "from one"


def test_the_file_is_looked_for_in_the_users_configuration_folder(
    run: Run, tmp_path: Path, bases: Callable[[str], BaseFolder]
) -> None:
    bases("one")
    folder = tmp_path / "xdg" / "recoverykb"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text(f'layers = ["{tmp_path / "one"}"]')
    assert name_of(run, env={"XDG_CONFIG_HOME": str(tmp_path / "xdg")}) == "from one"


def test_the_layers_shown_are_named_after_their_folders(run: Run, bases: Callable[[str], BaseFolder]) -> None:
    done = run("show", "only-in-one", "--kb", bases("one").root, "--format", "json")
    assert done.json["layer"] == "one"


def test_a_folder_whose_name_is_no_text_can_be_a_base(run: Run, tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9"))
    BaseFolder(folder).add("organization", "shared-by-all", name="from afar")
    assert name_of(run, env={"RECOVERYKB_PATH": str(folder)}) == "from afar"


# ----- what cannot be read stops the command with exit 3


def _missing(tmp_path: Path) -> Path:
    return tmp_path / "missing"


def _file(tmp_path: Path) -> Path:
    (tmp_path / "file").write_text("")
    return tmp_path / "file"


def _without_records(tmp_path: Path) -> Path:
    (tmp_path / "empty" / "photos").mkdir(parents=True)
    return tmp_path / "empty"


def _loop(tmp_path: Path) -> Path:
    (tmp_path / "loop").symlink_to("loop")
    return tmp_path / "loop"


@pytest.mark.parametrize("make", [_missing, _file, _without_records, _loop])
def test_a_folder_that_is_no_base_stops_the_command(
    run: Run, tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    root = make(tmp_path)
    ways: list[tuple[list[str | Path], Settings]] = [
        (["--kb", root], {}),
        ([], {"RECOVERYKB_PATH": str(root)}),
        ([], config(tmp_path, tomli_w.dumps({"layers": [str(root)]}))),
    ]
    for arguments, env in ways:
        done = run("list", *arguments, env=env)
        assert (done.code, done.stdout) == (3, "")
        assert done.stderr.count("\n") == 1
        assert str(root) in done.stderr


@pytest.mark.parametrize(
    "content",
    [
        "layers = [",
        'layers = "team-kb"',
        "layers = [1]",
        "layers = { a = 1 }",
        'layers = ["a\\u0000b"]',
        "layers = ['one'] layers = ['two']",
        b"layers = ['caf\xe9']",
        b"\xff\xfe\x00",
        "a = " + "[" * 5000,
        "a = " + "9" * 5000,
    ],
)
def test_a_configuration_file_that_makes_no_sense_stops_the_command(
    run: Run, tmp_path: Path, content: str | bytes
) -> None:
    env = config(tmp_path, content)
    done = run("list", env=env)
    assert (done.code, done.stdout) == (3, "")
    assert done.stderr.count("\n") == 1
    assert env["RECOVERYKB_CONFIG"] in done.stderr


def test_a_configuration_file_that_is_a_folder_stops_the_command(run: Run, tmp_path: Path) -> None:
    done = run("list", env={"RECOVERYKB_CONFIG": str(tmp_path)})
    assert (done.code, done.stdout) == (3, "")
    assert str(tmp_path) in done.stderr


@pytest.mark.parametrize("content", ["", "# nothing yet\n", "layers = []\n"])
def test_a_configuration_file_without_layers_changes_nothing(run: Run, tmp_path: Path, content: str) -> None:
    assert run("info", env=config(tmp_path, content)).stdout == run("info").stdout


def test_an_unknown_key_of_the_configuration_file_is_named(run: Run, tmp_path: Path) -> None:
    done = run("list", env=config(tmp_path, 'layer = ["team"]\n'))
    assert (done.code, done.stdout) == (3, "")
    assert "unknown key 'layer'" in done.stderr
    assert "layers" in done.stderr


def test_a_home_that_cannot_hold_a_configuration_file_is_no_obstacle(
    run: Run, bases: Callable[[str], BaseFolder]
) -> None:
    """Services often run with such a home."""
    env = {"HOME": "/dev/null", "XDG_CONFIG_HOME": "/dev/null/.config"}
    assert name_of(run, "--kb", bases("one").root, env=env) == "from one"
