"""The compiled base of the wheel: the same answers as from the files, alone and under a team's layer."""

import sqlite3
from pathlib import Path

import pytest

from conftest import BaseFolder
from recoverykb.errors import BaseError
from recoverykb.search.engine import search
from recoverykb.storage.base import Base
from recoverykb.storage.compiled import compile_base, open_compiled
from recoverykb.storage.folders import CACHE_VARIABLE
from recoverykb.storage.index import open_index, peek
from recoverykb.storage.layers import Layer


@pytest.fixture
def bundled(base_folder: BaseFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Layer:
    """A layer with a compiled copy, as in an installed package; its files are then changed behind its back."""
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))
    base_folder.add("strategy", "naloxone", aliases=["Narcan"], summary="It reverses an overdose.")
    base_folder.add("organization", "clinic", country="KE", name="Clinic")
    compiled = tmp_path / "base.sqlite3"
    compile_base(base_folder.root, compiled)
    return Layer("bundled", base_folder.root, packaged=True, compiled=compiled)


def team(tmp_path: Path) -> Layer:
    folder = BaseFolder(tmp_path / "team")
    folder.add("organization", "clinic", country="KE", name="Clinic of the team")
    return Layer("team", folder.root)


def test_alone_it_is_read_as_it_is_and_nothing_is_written(bundled: Layer, tmp_path: Path) -> None:
    plain = Layer("bundled", bundled.root, packaged=True)
    with Base([bundled], open_index([bundled], pytest.fail)) as compiled:
        assert Path(compiled.index_file()) == bundled.compiled
        assert not (tmp_path / "cache").exists()
        with Base([plain], open_index([plain], pytest.fail)) as fresh:
            assert compiled.rows() == fresh.rows()
            for query in ("narcan", "clinic kenya", "overdos", "naloxne"):
                assert search(compiled, query) == search(fresh, query)


def test_a_team_layer_builds_on_a_copy_and_wins(bundled: Layer, tmp_path: Path) -> None:
    layers = [bundled, team(tmp_path)]
    for _ in range(2):
        with Base(layers, open_index(layers, pytest.fail)) as base:
            assert base.row("clinic").name == "Clinic of the team"
            assert base.row("clinic").layer == "team"
            assert base.row("naloxone").layer == "bundled"
            assert base.counts_by_layer() == [1, 2]
    assert open_compiled(bundled.compiled or Path()) is not None


def test_completion_reads_it_too(bundled: Layer) -> None:
    assert peek([bundled]) is not None


@pytest.mark.parametrize("content", [b"", b"no database at all" * 100])
def test_one_that_is_no_index_of_this_version_is_passed_over(bundled: Layer, content: bytes) -> None:
    assert bundled.compiled is not None
    bundled.compiled.write_bytes(content)
    with Base([bundled], open_index([bundled], pytest.fail)) as base:
        assert base.row("naloxone").name == "Naloxone"
        assert Path(base.index_file()) != bundled.compiled


def test_another_version_is_passed_over(bundled: Layer) -> None:
    connection = sqlite3.connect(bundled.compiled or "")
    connection.execute("update meta set value = 'of last year'")
    connection.commit()
    connection.close()
    assert open_compiled(bundled.compiled or Path()) is None


def test_damage_is_told_and_the_package_is_left_alone(bundled: Layer) -> None:
    with (
        pytest.raises(BaseError, match="compiled base is damaged"),
        Base([bundled], open_index([bundled], print)),
    ):
        raise sqlite3.DatabaseError("malformed")
    assert bundled.compiled is not None
    assert bundled.compiled.is_file()
