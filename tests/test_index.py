"""The compiled index: always the answers of the files as they are now, whatever became of the cache."""

import gc
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest
import tomli_w
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import TODAY, BaseFolder, Run, record_defaults, write_group
from recoverykb import weights
from recoverykb.errors import UnknownRecordError
from recoverykb.records.vocabulary import FOLDERS
from recoverykb.search.engine import search
from recoverykb.storage import build
from recoverykb.storage.base import Base
from recoverykb.storage.concepts import mark_of
from recoverykb.storage.folders import CACHE_VARIABLE
from recoverykb.storage.frequent import candidates, is_kept
from recoverykb.storage.index import cache_file, open_index
from recoverykb.storage.layers import Layer

QUERIES = ("naloxone", "clinic", "clinic nairobi", "naloxne", "review", "กิน", "don't", "zzz")


@contextmanager
def opened_at(cache: Path, *roots: Path) -> Iterator[tuple[Base, list[str]]]:
    """A base of exactly the folders ``roots``, indexed in ``cache``, and the lines it warned with."""
    lines: list[str] = []
    layers = [Layer(root.name, root) for root in roots]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(CACHE_VARIABLE, str(cache))
        with Base(layers, open_index(layers, lines.append)) as base:
            yield base, lines


def answers(base: Base) -> dict[str, Any]:
    """What the base says to everything a command may ask."""
    rows = base.rows()
    return {
        "rows": rows,
        "records": [msgspec.to_builtins(base.get(row.id)) for row in rows],
        "labels": {row.name: _resolved(base, row.name) for row in rows},
        "citations": {row.id: base.citations(row.id) for row in rows if row.kind == "source"},
        "citation counts": base.citation_counts(),
        "counts": [base.counts(), base.counts_by_layer()],
        "searches": [
            (outcome.corrections, [(hit.row.id, hit.score) for hit in outcome.hits])
            for outcome in (search(base, query) for query in QUERIES)
        ],
        "skipped": base.skipped(),
    }


def _resolved(base: Base, name: str) -> str:
    try:
        return base.resolve(name)
    except UnknownRecordError as error:
        return error.hint


def answers_at(cache: Path, *roots: Path) -> dict[str, Any]:
    with opened_at(cache, *roots) as (base, lines):
        assert lines == []
        return answers(base)


def ids(cache: Path, *roots: Path) -> set[str]:
    with opened_at(cache, *roots) as (base, _):
        return {row.id for row in base.rows()}


def later(path: Path) -> Path:
    """Let ``path`` look as if it was changed a second after it was."""
    stat = path.stat()
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns + 10**9))
    return path


@pytest.fixture
def caches(tmp_path: Path) -> Callable[[], Path]:
    """A new cache folder at each call."""
    folders = iter(range(100))
    return lambda: tmp_path / f"cache-{next(folders)}"


@pytest.fixture
def team(base_folder: BaseFolder) -> BaseFolder:
    """A base with something of most kinds, and words that tell records apart."""
    base_folder.add("source", "src-b", year=2024)
    base_folder.add(
        "strategy", "naloxone", aliases=["Narcan"], summary="It don't harm. Naloxone reverses an overdose."
    )
    base_folder.add(
        "organization", "clinic-one", acronym="CO", country="KE", city="Nairobi", name="Clinic One"
    )
    base_folder.add("organization", "clinic-two", name="Clinic Two", sources=["src-b"])
    base_folder.add("term", "thai-food", about=["clinic-two"], labels=[{"text": "กิน", "type": "translation"}])
    return base_folder


# ----- refreshing


def _add(team: BaseFolder) -> None:
    team.add("organization", "clinic-three", name="Clinic Three", aliases=["Third"], sources=["src-b"])


def _add_label(team: BaseFolder) -> None:
    """A term gets a label that other records hold in their text: they must be found by its other labels."""
    team.add("term", "thai-food", about=["clinic-two"], labels=[{"text": "กิน", "type": "translation"},
             {"text": "reverses an overdose", "type": "synonym"}])  # fmt: skip


def _change(team: BaseFolder) -> None:
    later(
        team.add(
            "organization", "clinic-one", name="House One", summary="Another naloxone place.", city="Mombasa"
        )
    )


def _change_one_digit(team: BaseFolder) -> None:
    path = team.root / "sources/src-b.toml"
    path.write_text(path.read_text().replace("2024", "2023"))
    later(path)


def _rename(team: BaseFolder) -> None:
    (team.root / "organizations/clinic-two.toml").rename(team.root / "organizations/renamed.toml")


def _delete(team: BaseFolder) -> None:
    (team.root / "strategies/naloxone.toml").unlink()


def _delete_a_folder(team: BaseFolder) -> None:
    for path in (team.root / "organizations").iterdir():
        path.unlink()
    (team.root / "organizations").rmdir()


def _break(team: BaseFolder) -> None:
    later(team.root / "organizations/clinic-two.toml").write_text("name = ")


def _move_into_a_folder(team: BaseFolder) -> None:
    (team.root / "organizations/kenya").mkdir()
    (team.root / "organizations/clinic-one.toml").rename(team.root / "organizations/kenya/clinic-one.toml")


CHANGES = [
    _add,
    _add_label,
    _change,
    _change_one_digit,
    _rename,
    _delete,
    _delete_a_folder,
    _break,
    _move_into_a_folder,
]


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_change_the_answers_are_those_of_a_fresh_build(
    team: BaseFolder, caches: Callable[[], Path], change: Callable[[BaseFolder], None]
) -> None:
    cache = caches()
    before = answers_at(cache, team.root)
    change(team)
    after = answers_at(cache, team.root)
    assert after == answers_at(caches(), team.root)
    assert after != before or change is _rename or change is _move_into_a_folder


def test_every_change_in_a_row_and_back_again(team: BaseFolder, caches: Callable[[], Path]) -> None:
    cache = caches()
    whole = {path: path.read_bytes() for path in team.root.rglob("*.toml")}
    before = answers_at(cache, team.root)
    for change in (_add, _change, _change_one_digit, _delete, _break):
        change(team)
        assert answers_at(cache, team.root) == answers_at(caches(), team.root)
    (team.root / "organizations/clinic-three.toml").unlink()
    for number, (path, content) in enumerate(whole.items()):
        path.write_bytes(content)
        os.utime(path, ns=(10**18 + number, 10**18 + number))
    assert answers_at(cache, team.root) == before


def test_what_a_record_no_longer_says_finds_it_no_more(team: BaseFolder, caches: Callable[[], Path]) -> None:
    """One record changes three times: what the index kept of it must go each time."""
    cache = caches()
    old = ""
    for step, word in enumerate(("first", "second", "third", "fourth")):
        fields = {"acronym": word.upper(), "summary": f"{word}text", "aliases": [f"{word} alias"]}
        path = team.add(
            "organization", "clinic-two", name=f"{word} name", sources=[f"src-{'ab'[step % 2]}"], **fields
        )
        os.utime(path, ns=(step, step))
        with opened_at(cache, team.root) as (base, _):
            for label in (word, f"{word} name", f"{word} alias"):
                assert base.resolve(label) == "clinic-two"
            cited = {
                source: [place.record for place in base.citations(source)] for source in ("src-a", "src-b")
            }
            assert [source for source in cited if "clinic-two" in cited[source]] == [f"src-{'ab'[step % 2]}"]
            assert [hit.row.id for hit in search(base, f"{word}text").hits] == ["clinic-two"]
            if old:
                assert search(base, f"{old}text").hits == []
                for label in (old, f"{old} name", f"{old} alias"):
                    with pytest.raises(UnknownRecordError):
                        base.resolve(label)
        old = word


def _thai_term(team: BaseFolder, *labels: str) -> None:
    texts = [{"text": text, "type": "synonym"} for text in ("กิน", *labels)]
    later(team.add("term", "thai-food", about=["clinic-two"], labels=texts))


CONCEPTS: list[Callable[[BaseFolder], object]] = [
    lambda team: _thai_term(team, "reverses an overdose"),
    lambda team: team.add("organization", "spray-house", summary="The spray reverses an overdose."),
    lambda team: team.add("organization", "food-house", summary="Zettish food."),
    lambda team: team.add(
        "organization", "zet-house", summary="A Zettish house in Upper Zetland. It harms nobody."
    ),
    lambda team: team.add(
        "term", "zettish", about=["zetland"], labels=[{"text": "Zettish", "type": "synonym"}]
    ),
    lambda team: team.add("country", "zetland", name="Zetland", labels={"de": "Upper Zetland"}),
    lambda team: later(team.add("country", "zetland", name="Zetland", iso2="ZE", iso3="ZET")),
    lambda team: _thai_term(team, "reverses"),
    lambda team: later(
        team.add("term", "zettish", about=["clinic-one"], labels=[{"text": "harm", "type": "synonym"}])
    ),
    lambda team: (team.root / "countries/zetland.toml").unlink(),
    lambda team: (team.root / "terms/thai-food.toml").unlink(),
    lambda team: later(team.add("organization", "zet-house", summary="Zetland again.")),
]
"""Concepts that come, change and go, and records that name them."""


def indexed_texts(cache: Path, root: Path) -> dict[str, list[str]]:
    """What the full text holds of each record, marks included, and the labels of each."""
    with opened_at(cache, root) as (base, lines):
        assert lines == []
        rows = base.connection.execute(
            "select id, content.name, labels, content.summary, content.body, (select group_concat(folded || type) "
            "from (select * from label where label.record = content.rowid order by folded, type)) "
            "from content join record on record.rowid = content.rowid"
        ).fetchall()
        base.connection.execute("insert into search(search, rank) values('integrity-check', 1)")
    return {record_id: texts for record_id, *texts in rows}


@pytest.mark.parametrize("worth", [0, 2**30])
def test_concepts_that_come_change_and_go_leave_the_marks_of_a_fresh_build(
    team: BaseFolder, caches: Callable[[], Path], monkeypatch: pytest.MonkeyPatch, worth: int
) -> None:
    monkeypatch.setattr(build, "_WORTH", worth)
    cache = caches()
    seen = [indexed_texts(cache, team.root)]
    for change in CONCEPTS:
        change(team)
        seen.append(indexed_texts(cache, team.root))
        assert seen[-1] == indexed_texts(caches(), team.root)
    assert all(one != other for one, other in pairwise(seen))


def test_a_text_that_stands_keeps_its_marks_until_what_decides_on_them_changes(
    team: BaseFolder, caches: Callable[[], Path]
) -> None:
    cache = caches()
    plain: dict[str, Any] = {"summary": "A house.", "country": "KE", "fees_description": "Narcan is free."}
    changes: list[dict[str, Any]] = [
        {}, {"summary": "A new house."}, {"country": "ZZ"}, {"country": "KE", "tags": ["narcan"]},
        {"tags": ["narcan"], "summary": "Narcan."}, {"fees_description": "Nothing is free."},
    ]  # fmt: skip
    seen = []
    for step, fields in enumerate(changes):
        path = team.add("organization", "clinic-one", **{**plain, **fields})
        os.utime(path, ns=(step, step))
        seen.append(indexed_texts(cache, team.root)["clinic-one"])
        assert seen[-1] == indexed_texts(caches(), team.root)["clinic-one"]
    assert all(one != other for one, other in pairwise(seen))
    mark = mark_of("strategy", "naloxone", None)
    assert [mark in texts[3] for texts in seen] == [True, True, True, True, True, False]


STATES = st.lists(
    st.lists(
        st.tuples(
            st.sampled_from(["one", "two", "three", "zetland", "thai-food"]),
            st.sampled_from(["It gives naloxone.", "It reverses an overdose.", "Plain."]),
            st.sampled_from(["", "ZZ", "KE"]),
            st.sampled_from(["2025-01-01", "2026-01-01"]),
        ),
        max_size=6,
    ),
    min_size=2,
    max_size=4,
)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STATES, st.sampled_from([0, 2**30]))
def test_a_grouped_file_that_changes_leaves_the_index_of_a_fresh_build(
    team: BaseFolder, states: list[list[tuple[str, str, str, str]]], worth: int
) -> None:
    """Records come, go, change places and ids, are there twice, and take the ids of concepts."""
    team.add("country", "zetland", name="Zetland")
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "_WORTH", worth)
        for number, state in enumerate(states):
            records = [
                {"id": record_id, **record_defaults("organization", record_id), "name": f"The {record_id}",
                 "summary": summary, "country": country, "compiled": date.fromisoformat(day)}
                for record_id, summary, country, day in state
            ]  # fmt: skip
            path = write_group(team, "many", [{k: v for k, v in one.items() if v != ""} for one in records])
            os.utime(path, ns=(number, number))
            fresh = Path(name, f"fresh-{number}")
            assert whole_index(Path(name, "kept"), team.root) == whole_index(fresh, team.root)


def whole_index(cache: Path, root: Path) -> dict[str, Any]:
    """Everything the index holds, but for its row numbers."""
    with opened_at(cache, root) as (base, _):
        base.connection.execute("insert into search(search, rank) values('integrity-check', 1)")
        tables = {
            "record": "select file.path, record.position, active, record.id, kind, looked_at, body from record "
            "join file on file.id = file",
            "text": "select id, record.position, content.name, labels, content.summary, content.body, said "
            "from content left join record on record.rowid = content.rowid",
            "label": "select id, record.position, folded, label.type from label "
            "join record on record.rowid = label.record",
            "spelling": "select word, records, labels from spelling where records > 0",
        }
        found = {name: sorted(base.connection.execute(select), key=repr) for name, select in tables.items()}
    return {**found, "answers": answers_at(cache, root)}


def test_a_run_in_which_nothing_changed_writes_nothing(team: BaseFolder, caches: Callable[[], Path]) -> None:
    cache = caches()
    answers_at(cache, team.root)
    (index,) = cache.iterdir()
    before = (index.read_bytes(), index.stat().st_mtime_ns)
    answers_at(cache, team.root)
    assert (index.read_bytes(), index.stat().st_mtime_ns) == before
    assert list(cache.iterdir()) == [index]


def test_making_the_index_leaves_garbage_collection_as_it_was(
    team: BaseFolder, caches: Callable[[], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert gc.isenabled()
    ids(caches(), team.root)
    assert gc.isenabled()
    monkeypatch.setattr(build.Builder, "apply", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        ids(caches(), team.root)
    assert gc.isenabled()


def test_one_who_has_the_base_open_goes_on_while_another_refreshes(
    team: BaseFolder, caches: Callable[[], Path]
) -> None:
    cache = caches()
    with opened_at(cache, team.root) as (first, _):
        _delete(team)
        assert "naloxone" not in ids(cache, team.root)
        assert first.get("clinic-one").name == "Clinic One"


_OPERATIONS = st.lists(
    st.tuples(
        st.sampled_from(["low", "high"]),
        st.sampled_from(["one", "two", "three"]),
        st.sampled_from(["delete", "group", "Clinic", "Naloxone", "don't Nairobi"]),
    ),
    max_size=5,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_OPERATIONS, _OPERATIONS)
def test_any_changes_in_two_layers_end_in_the_answers_of_a_fresh_build(
    first: list[tuple[str, str, str]], second: list[tuple[str, str, str]]
) -> None:
    """Files come, change, go, turn into grouped files and shadow each other; the index follows."""
    with tempfile.TemporaryDirectory() as folder:
        bases = {name: BaseFolder(Path(folder) / name) for name in ("low", "high")}
        roots = [base.root for base in bases.values()]
        clock = 10**18
        for operations in (first, second):
            for layer, record, what in operations:
                path = bases[layer].root / "organizations" / f"{record}.toml"
                clock += 10**9
                if what == "delete":
                    path.unlink(missing_ok=True)
                    continue
                bases[layer].add("organization", record, name=f"{what} {record}", city=layer)
                if what == "group":
                    both = [tomllib_table(path), {**tomllib_table(path), "id": "grouped", "name": record}]
                    path.write_text(tomli_w.dumps({"organization": both}))
                os.utime(path, ns=(clock, clock))
            refreshed = answers_at(Path(folder) / "cache", *roots)
        assert refreshed == answers_at(Path(folder) / "other", *roots)


def tomllib_table(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


# ----- grouped files


def _organization(number: int, **fields: Any) -> dict[str, Any]:
    return {"id": f"group-{number:05}", "name": f"Group {number}", "summary": "A group.",
            "type": "mutual-aid", "sources": ["src-a"], "compiled": TODAY, **fields}  # fmt: skip


def test_a_grouped_file_holds_many_records(team: BaseFolder, caches: Callable[[], Path]) -> None:
    write_group(team, "groups", [_organization(number) for number in range(3)])
    cache = caches()
    assert {"group-00000", "group-00001", "group-00002", "clinic-one"} <= ids(cache, team.root)
    with opened_at(cache, team.root) as (base, _):
        assert base.resolve("Group 2") == "group-00002"


def test_a_record_taken_out_of_a_grouped_file_goes_alone(
    team: BaseFolder, caches: Callable[[], Path]
) -> None:
    cache = caches()
    write_group(team, "groups", [_organization(number) for number in range(3)])
    before = ids(cache, team.root)
    later(write_group(team, "groups", [_organization(0), _organization(2, name="Second, moved up")]))
    assert before - ids(cache, team.root) == {"group-00001"}
    assert answers_at(cache, team.root) == answers_at(caches(), team.root)


def test_a_bad_record_in_a_grouped_file_leaves_the_others(
    team: BaseFolder, caches: Callable[[], Path]
) -> None:
    records = [_organization(0), _organization(1, type="shop"), _organization(2)]
    path = write_group(team, "groups", records)
    line = path.read_text().split("\n").index('type = "shop"') + 1
    with opened_at(caches(), team.root) as (base, _):
        assert {"group-00000", "group-00002"} <= {row.id for row in base.rows()}
        assert "group-00001" not in {row.id for row in base.rows()}
        ((skipped, problem),) = base.skipped()
        assert (skipped, problem.line) == (path, line)


@pytest.mark.parametrize("content", ['organization = [1, "two"]', "organization = [[]]"])
def test_a_group_of_things_that_are_no_tables_is_told(
    team: BaseFolder, caches: Callable[[], Path], content: str
) -> None:
    path = team.root / "organizations/groups.toml"
    path.write_text(content)
    with opened_at(caches(), team.root) as (base, _):
        assert [skipped for skipped, _ in base.skipped()] == [path]
        assert base.get("clinic-one").name == "Clinic One"


def test_the_first_of_two_files_with_one_id_counts_until_it_goes(
    team: BaseFolder, caches: Callable[[], Path]
) -> None:
    cache = caches()
    write_group(team, "aaa", [_organization(1, name="In the first file")])
    write_group(team, "bbb", [_organization(1, name="In the second"), _organization(1, name="Again")])
    with opened_at(cache, team.root) as (base, _):
        assert base.get("group-00001").name == "In the first file"
    (team.root / "organizations/aaa.toml").unlink()
    with opened_at(cache, team.root) as (base, _):
        assert base.get("group-00001").name == "In the second"
        assert [row.name for row in base.rows("organization") if row.id == "group-00001"] == ["In the second"]


# ----- layers


def test_the_upper_layer_shadows_by_id_and_gives_back_when_its_file_goes(
    team: BaseFolder, tmp_path: Path, caches: Callable[[], Path]
) -> None:
    cache = caches()
    own = BaseFolder(tmp_path / "own")
    path = own.add("organization", "clinic-one", name="Ours", summary="Zanzibar", aliases=["Uno"])
    before = answers_at(cache, team.root, own.root)
    with opened_at(cache, team.root, own.root) as (base, _):
        assert base.get("clinic-one").name == "Ours"
        assert base.row("clinic-one").layer == "own"
        assert base.resolve("uno") == "clinic-one"
        assert [hit.row.id for hit in search(base, "zanzibar").hits] == ["clinic-one"]
        assert search(base, "nairobi").hits == []  # a shadowed record is not found by what only it says
        assert [row.name for row in base.rows("organization")] == ["Clinic Two", "Ours"]
    path.unlink()
    with opened_at(cache, team.root, own.root) as (base, _):
        assert base.get("clinic-one").name == "Clinic One"
        assert base.row("clinic-one").layer == "team-kb"
        assert [hit.row.id for hit in search(base, "nairobi").hits] == ["clinic-one"]
        assert search(base, "zanzibar").hits == []
    assert answers_at(cache, team.root, own.root) == answers_at(caches(), team.root, own.root)
    own.add("organization", "clinic-one", name="Ours", summary="Zanzibar", aliases=["Uno"])
    assert answers_at(cache, team.root, own.root) == before


def test_a_broken_file_in_the_upper_layer_does_not_hide_the_lower_record(
    team: BaseFolder, tmp_path: Path, caches: Callable[[], Path]
) -> None:
    own = BaseFolder(tmp_path / "own")
    own.add("organization", "clinic-one", name="Ours", type="shop")
    with opened_at(caches(), team.root, own.root) as (base, _):
        assert base.get("clinic-one").name == "Clinic One"
        assert len(base.skipped()) == 1


def test_the_order_of_layers_decides(team: BaseFolder, tmp_path: Path, caches: Callable[[], Path]) -> None:
    cache = caches()
    own = BaseFolder(tmp_path / "own")
    own.add("organization", "clinic-one", name="Ours")
    for roots, name in (((team.root, own.root), "Ours"), ((own.root, team.root), "Clinic One")) * 2:
        with opened_at(cache, *roots) as (base, _):
            assert base.get("clinic-one").name == name


# ----- a cache that is damaged, foreign or not writable


def _index_of(cache: Path, root: Path) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(CACHE_VARIABLE, str(cache))
        return cache_file([Layer(root.name, root)])


def _garbage(index: Path) -> None:
    index.write_bytes(b"not a database at all " * 500)


def _empty(index: Path) -> None:
    index.write_bytes(b"")


def _truncated(index: Path) -> None:
    content = index.read_bytes()
    index.write_bytes(content[: len(content) // 2])


def _header_only(index: Path) -> None:
    index.write_bytes(index.read_bytes()[:100])


def _foreign(index: Path) -> None:
    index.unlink()
    with sqlite3.connect(index) as connection:
        connection.execute("create table something(else_ text)")
    connection.close()


def _other_version(index: Path) -> None:
    """An index as another version of the program left it: other stamp, other tables."""
    with sqlite3.connect(index) as connection:
        connection.execute("update meta set value = ? where name = 'stamp'", (json.dumps([0, "0.0.1"]),))
        connection.execute("drop table label")
        connection.execute("update record set name = 'stale'")
    connection.close()


def _no_stamp(index: Path) -> None:
    with sqlite3.connect(index) as connection:
        connection.execute("delete from meta")
    connection.close()


@pytest.mark.parametrize(
    "damage", [_garbage, _empty, _truncated, _header_only, _foreign, _other_version, _no_stamp]
)
def test_an_index_that_cannot_be_used_is_made_anew(
    team: BaseFolder, caches: Callable[[], Path], damage: Callable[[Path], None]
) -> None:
    cache = caches()
    expected = answers_at(cache, team.root)
    index = _index_of(cache, team.root)
    damage(index)
    with opened_at(cache, team.root) as (base, lines):
        assert answers(base) == expected
        assert len(lines) <= 1
    with opened_at(cache, team.root) as (base, lines):  # and the damage does not last
        assert answers(base) == expected
        assert lines == []
        assert base.index_file() == str(index)


def _cache_is_a_file(cache: Path, index: Path) -> None:
    cache.write_text("a file")


def _cache_lies_under_a_file(cache: Path, index: Path) -> None:
    cache.parent.joinpath("file").write_text("a file")
    cache.symlink_to(cache.parent / "file" / "inside")


def _index_is_a_folder(cache: Path, index: Path) -> None:
    index.mkdir(parents=True)


@pytest.mark.parametrize("spoil", [_cache_is_a_file, _cache_lies_under_a_file, _index_is_a_folder])
def test_where_nothing_can_be_written_the_index_lives_in_memory_with_one_line(
    team: BaseFolder, caches: Callable[[], Path], spoil: Callable[[Path, Path], None]
) -> None:
    expected = answers_at(caches(), team.root)
    cache = caches()
    spoil(cache, _index_of(cache, team.root))
    for _ in range(2):
        with opened_at(cache, team.root) as (base, lines):
            assert answers(base) == expected
            assert base.index_file() == ""
            assert len(lines) == 1
            assert "memory" in lines[0]


def test_the_program_says_one_line_and_answers_when_the_cache_is_a_file(
    team: BaseFolder, tmp_path: Path, run: Run
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file")
    arguments = ("show", "clinic-one", "--kb", team.root, "--format", "json")
    done = run(*arguments, env={CACHE_VARIABLE: str(blocked)})
    assert done.code == 0
    assert done.json == run(*arguments).json
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("recoverykb: ")
    assert blocked.read_text() == "a file"


def test_a_full_disk_costs_one_line_and_no_answer(team: BaseFolder, tmp_path: Path, run: Run) -> None:
    """The limit on file size stands in for the full disk: SQLite's writes really fail half-way."""
    cache = tmp_path / "cache"
    arguments = ["list", "organization", "--kb", str(team.root), "--format", "json"]
    limited = _program(
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))", arguments, cache
    )
    out, err = limited.communicate(timeout=60)
    assert limited.returncode == 0
    assert err.count(b"\n") == 1
    assert b"memory" in err
    assert b"rollback" not in err  # the line tells the cause, not what it led to
    healthy = run(*arguments, env={CACHE_VARIABLE: str(cache)})
    assert (healthy.code, healthy.stderr) == (0, "")
    assert json.loads(out) == healthy.json


# ----- words that stand in very many records


def _with_word(numbers: range) -> list[dict[str, Any]]:
    return [_organization(number, city="Zanziville") for number in numbers]


def test_a_word_that_became_frequent_after_the_lists_were_made_finds_every_record(
    team: BaseFolder, caches: Callable[[], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weights, "RARE", 20)
    write_group(team, "many", [*_with_word(range(18)), *map(_organization, range(18, 400))])
    cache = caches()
    with opened_at(cache, team.root) as (base, _):
        assert is_kept(base.connection)
    later(write_group(team, "more", _with_word(range(500, 506))))
    with opened_at(cache, team.root) as (base, _):
        found = {hit.row.id for hit in search(base, "Zanziville", limit=50).hits}
        assert found == {f"group-{number:05}" for number in (*range(18), *range(500, 506))}


def test_the_best_records_of_a_frequent_word_are_those_that_weighing_all_gives(
    team: BaseFolder, caches: Callable[[], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [{"name": f"Zanziville {n}"} if n % 40 == 0 else {"city": "Zanziville"} for n in range(400)]
    write_group(team, "many", [_organization(number, **field) for number, field in enumerate(names)])
    with opened_at(caches(), team.root) as (base, _):
        exact = [hit.row.id for hit in search(base, "Zanziville group", limit=10).hits]
    monkeypatch.setattr(weights, "RARE", 20)
    monkeypatch.setattr(weights, "KEPT", 50)
    with opened_at(caches(), team.root) as (base, _):
        assert candidates(base.connection, {"zanziville"}) is not None
        assert [hit.row.id for hit in search(base, "Zanziville group", limit=10).hits] == exact


# ----- killed, and side by side


def _program(before: str, arguments: list[str], cache: Path) -> "subprocess.Popen[bytes]":
    """The program in a process of its own, after the statements ``before``."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RECOVERYKB_")}
    home = str(cache.parent / "home")
    return subprocess.Popen(
        [sys.executable, "-c", f"{before}\nfrom recoverykb.cli.start import main\nmain()", *arguments],
        env={**kept, CACHE_VARIABLE: str(cache), "HOME": home, "XDG_CONFIG_HOME": home, "LANG": "C.UTF-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def _kill_when_opened(path: Path) -> str:
    """Statements that end the process with SIGKILL at the moment it opens ``path``."""
    return (
        "import os, signal, sys\n"
        "def hook(event, arguments):\n"
        f"    if event == 'open' and str(arguments[0]) == {str(path)!r}:\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "sys.addaudithook(hook)"
    )


@pytest.fixture
def big(base_folder: BaseFolder) -> BaseFolder:
    """A base of three thousand records in grouped files, and one file that is read last."""
    for part in range(6):
        numbers = range(part * 500, part * 500 + 500)
        write_group(base_folder, f"part-{part}", [_organization(n, city=f"Town {n}") for n in numbers])
    base_folder.add(
        "term", "zz-last", about=["group-00001"], labels=[{"text": "lastword", "type": "synonym"}]
    )
    base_folder.add("organization", "zz-place")
    return base_folder


def _killed_while_indexing(base: BaseFolder, cache: Path) -> None:
    last = base.root / "organizations/zz-place.toml"
    at_once = "from recoverykb.storage import build\nbuild._WORTH = 0\nimport os\nos.cpu_count = lambda: 1\n"
    process = _program(at_once + _kill_when_opened(last), ["info", "--kb", str(base.root)], cache)
    process.communicate(timeout=120)
    assert process.returncode == -signal.SIGKILL
    left = {path.suffix: path.stat().st_size for path in cache.iterdir()}
    assert left[".sqlite3-journal"] > 0, "the kill came in the middle of the transaction"


def test_a_build_killed_in_the_middle_is_done_again(big: BaseFolder, tmp_path: Path, run: Run) -> None:
    cache = tmp_path / "cache"
    _killed_while_indexing(big, cache)
    arguments = ("list", "organization", "--kb", big.root, "--format", "ids")
    after = run(*arguments, env={CACHE_VARIABLE: str(cache)})
    assert (after.code, after.stderr) == (0, "")
    assert len([line for line in after.stdout.split() if line.startswith("group-")]) == 3000
    assert after.stdout == run(*arguments, env={CACHE_VARIABLE: str(tmp_path / "other")}).stdout
    found = run("search", "lastword", "--kb", big.root, "--format", "ids", env={CACHE_VARIABLE: str(cache)})
    assert found.stdout.split() == ["group-00001"]


def test_a_refresh_killed_in_the_middle_leaves_the_old_index_or_makes_the_new(
    big: BaseFolder, tmp_path: Path, run: Run
) -> None:
    cache = tmp_path / "cache"
    setting = {CACHE_VARIABLE: str(cache)}
    assert run("info", "--kb", big.root, env=setting).code == 0
    for part in range(6):
        later(
            write_group(
                big, f"part-{part}", [_organization(part * 500 + n, name=f"New {n}") for n in range(400)]
            )
        )
    later(big.root / "organizations/zz-place.toml")
    _killed_while_indexing(big, cache)
    arguments = ("list", "organization", "--kb", big.root, "--format", "json")
    after = run(*arguments, env=setting)
    assert (after.code, after.stderr) == (0, "")
    assert after.json == run(*arguments, env={CACHE_VARIABLE: str(tmp_path / "other")}).json
    names = [entry["name"] for entry in after.json if entry["id"].startswith("group-")]
    assert len(names) == 2400
    assert all(name.startswith("New ") for name in names)


def test_several_processes_that_build_at_once_all_answer(big: BaseFolder, tmp_path: Path, run: Run) -> None:
    cache = tmp_path / "cache"
    arguments = ["list", "organization", "--kb", str(big.root), "--format", "ids"]
    processes = [_program("", arguments, cache) for _ in range(3)]
    outcomes = [process.communicate(timeout=120) for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert [err for _, err in outcomes] == [b"", b"", b""]
    assert len({out for out, _ in outcomes}) == 1
    assert outcomes[0][0].count(b"\ngroup-") + outcomes[0][0].startswith(b"group-") == 3000
    after = run(*arguments, env={CACHE_VARIABLE: str(cache)})
    assert (after.stdout.encode(), after.stderr) == (outcomes[0][0], "")


# ----- what lies in a base besides good files


def _skipped(cache: Path, root: Path) -> list[tuple[str, int]]:
    """File name and line of what was skipped, by ``cache``; everything else must answer."""
    with opened_at(cache, root) as (base, lines):
        assert lines == []
        assert base.get("clinic-one").name == "Clinic One"
        assert [hit.row.id for hit in search(base, "narcan").hits] == ["naloxone"]
        return [(path.name, problem.line) for path, problem in base.skipped()]


BAD_FILES = [
    pytest.param(b'id = "bad"\nname = "x"\nsummary = \n', 3, id="syntax"),
    pytest.param(b'id = "bad"\nname = "caf\xe9"\n', 2, id="latin-1"),
    pytest.param("id = 'bad'".encode("utf-16"), 1, id="utf-16"),
    pytest.param(b'id = "bad"\nid = "bad"\n', 2, id="a key twice"),
    pytest.param(b'id = "bad"\n\x00\n', 2, id="nul"),
    pytest.param(b"", 1, id="empty"),
    pytest.param(
        b'\n\nid = "Bad Id"\nname = "n"\nsummary = "s"\ntype = "ngo"\ncompiled = 2026-01-01\n', 3, id="id"
    ),
    pytest.param(
        b'id = "bad"\nname = "n"\nsummary = "s"\ntype = "ngo"\ncompiled = "2026-01-01"\n', 5, id="date"
    ),
    pytest.param(
        b'id = "bad"\nname = "n"\nsummary = "s"\ntype = "ngo"\ncompiled = 2026-01-01\nx = 1\n', 6, id="key"
    ),
    pytest.param(b"id = " + b"[" * 5000 + b"]" * 5000, 0, id="nested too deeply"),
    pytest.param(b"id = " + b"9" * 5000, 0, id="a number of 5000 digits"),
]


@pytest.mark.parametrize(("content", "line"), BAD_FILES)
def test_a_bad_file_is_skipped_with_its_line_and_the_rest_answers(
    team: BaseFolder, caches: Callable[[], Path], content: bytes, line: int
) -> None:
    (team.root / "organizations/bad.toml").write_bytes(content)
    cache = caches()
    assert _skipped(cache, team.root) == [("bad.toml", line)]
    assert _skipped(cache, team.root) == [("bad.toml", line)]  # told again, from the index


@pytest.mark.parametrize(("content", "line"), BAD_FILES)
def test_a_file_that_turns_bad_is_skipped_by_an_index_that_knew_it(
    team: BaseFolder, caches: Callable[[], Path], content: bytes, line: int
) -> None:
    cache = caches()
    good = team.add("organization", "bad", name="Good so far")
    assert _skipped(cache, team.root) == []
    good.write_bytes(content)
    later(good)
    assert _skipped(cache, team.root) == [("bad.toml", line)]
    assert "bad" not in ids(cache, team.root)
    later(later(team.add("organization", "bad", name="Good again")))
    assert _skipped(cache, team.root) == []
    assert "bad" in ids(cache, team.root)


def test_the_program_says_one_line_for_each_bad_file(team: BaseFolder, run: Run) -> None:
    (team.root / "organizations/bad.toml").write_bytes(b'id = "bad"\nname = \xff\n')
    (team.root / "sources/worse.toml").write_text('id = "worse"\ntitle = 1\nurl = 2\nyear = "x"\n')
    for _ in range(2):
        done = run("show", "clinic-one", "--kb", team.root, "--format", "json")
        assert done.code == 0
        assert done.json["name"] == "Clinic One"
        mine = [line for line in done.stderr.splitlines() if str(team.root) in line]
        assert len(mine) == 2
        assert f"{team.root}/organizations/bad.toml:2:1: " in mine[0]
        assert f"{team.root}/sources/worse.toml:1:1: " in mine[1]


def test_a_file_larger_than_any_base_is_skipped(team: BaseFolder, caches: Callable[[], Path]) -> None:
    with (team.root / "organizations/huge.toml").open("wb") as stream:
        stream.truncate(65 * 1024 * 1024)
    assert _skipped(caches(), team.root) == [("huge.toml", 0)]


def test_a_file_name_that_is_no_text_is_told_and_harms_nothing(
    team: BaseFolder, caches: Callable[[], Path]
) -> None:
    name = os.fsencode(team.root / "organizations") + b"/caf\xe9.toml"
    Path(os.fsdecode(name)).write_text('id = "cafe"')
    cache = caches()
    for _ in range(2):
        ((skipped, _),) = _skipped(cache, team.root)
        assert skipped.startswith("caf\\")


def test_hidden_files_other_endings_and_other_folders_are_passed_over(
    team: BaseFolder, caches: Callable[[], Path]
) -> None:
    whole = (team.root / "organizations/clinic-one.toml").read_text()
    before = ids(caches(), team.root)
    (team.root / "drafts").mkdir()
    (team.root / "organizations/.git").mkdir()
    for path in (
        ".clinic-nine.toml",
        "clinic-nine.toml~",
        "notes.md",
        ".git/clinic-nine.toml",
        "../drafts/nine.toml",
    ):
        (team.root / "organizations" / path).write_text(whole.replace("clinic-one", "clinic-nine"))
    assert ids(caches(), team.root) == before


def test_a_symbolic_link_out_of_the_base_is_not_followed(
    team: BaseFolder, tmp_path: Path, caches: Callable[[], Path]
) -> None:
    outside = BaseFolder(tmp_path / "outside")
    secret = outside.add("organization", "secret", name="Secret")
    beside = BaseFolder(tmp_path / "team-kb-beside")  # its path begins with the path of the base
    also = beside.add("organization", "also-secret", name="Also secret")
    before = answers_at(caches(), team.root)
    links = team.root / "organizations"
    (links / "secret.toml").symlink_to(secret)
    (links / "also-secret.toml").symlink_to(also)
    (links / "relative.toml").symlink_to("../../outside/organizations/secret.toml")
    (links / "folder").symlink_to(outside.root / "organizations")
    (links / "up").symlink_to("../..")
    assert answers_at(caches(), team.root) == before


def test_a_record_folder_that_is_a_link_out_of_the_base_is_not_followed(
    team: BaseFolder, tmp_path: Path, caches: Callable[[], Path]
) -> None:
    outside = BaseFolder(tmp_path / "outside")
    outside.add("guide", "secret", name="Secret")
    before = answers_at(caches(), team.root)
    (team.root / FOLDERS["guide"]).rmdir()
    (team.root / FOLDERS["guide"]).symlink_to(outside.root / FOLDERS["guide"])
    assert answers_at(caches(), team.root) == before


def test_links_inside_the_base_are_followed_and_loops_end(
    team: BaseFolder, caches: Callable[[], Path]
) -> None:
    (team.root / "shared").mkdir()
    whole = (team.root / "organizations/clinic-one.toml").read_text()
    (team.root / "shared/four.toml").write_text(whole.replace("clinic-one", "clinic-four"))
    before = ids(caches(), team.root)
    links = team.root / "organizations"
    (links / "shared").symlink_to("../shared")
    (links / "again").symlink_to(".")
    (team.root / "shared/back").symlink_to("../organizations")
    assert ids(caches(), team.root) == before | {"clinic-four"}


def test_a_base_reached_through_a_link_is_a_base_like_any_other(
    team: BaseFolder, tmp_path: Path, caches: Callable[[], Path]
) -> None:
    (tmp_path / "link").symlink_to(team.root)
    assert ids(caches(), tmp_path / "link") == ids(caches(), team.root)


@pytest.mark.parametrize("target", ["nowhere.toml", "dangling.toml"])
def test_a_link_that_leads_nowhere_is_told_and_harms_nothing(
    team: BaseFolder, caches: Callable[[], Path], target: str
) -> None:
    """A dangling link, and one that points at itself."""
    (team.root / "organizations/dangling.toml").symlink_to(target)
    cache = caches()
    for _ in range(2):
        assert _skipped(cache, team.root) == [("dangling.toml", 0)]
    (team.root / "organizations/dangling.toml").unlink()
    assert _skipped(cache, team.root) == []


def test_links_to_nowhere_that_are_no_records_are_passed_over(
    team: BaseFolder, caches: Callable[[], Path]
) -> None:
    (team.root / "organizations/notes").symlink_to("notes")
    (team.root / "organizations/gone").symlink_to("gone-folder")
    assert _skipped(caches(), team.root) == []


# ----- words of other scripts


def test_thai_labels_that_differ_in_a_vowel_find_different_records(
    team: BaseFolder, caches: Callable[[], Path]
) -> None:
    team.add("organization", "eat", name="กิน")
    team.add("organization", "together", name="กัน")
    with opened_at(caches(), team.root) as (base, _):
        assert base.resolve("กัน") == "together"
        assert [hit.row.id for hit in search(base, "กัน").hits] == ["together"]


def test_full_text_holds_thai_words_whole_and_words_with_apostrophes(
    team: BaseFolder, caches: Callable[[], Path]
) -> None:
    team.add("organization", "one", summary="Eat: กิน, and they don't close.")
    team.add("organization", "two", summary="Each other: กัน, and they close.")
    (team.root / "strategies/naloxone.toml").unlink()
    (team.root / "terms/thai-food.toml").unlink()
    with opened_at(caches(), team.root) as (base, _):
        for query in ("กิน", "don't", "Don’t", "dont"):
            assert [hit.row.id for hit in search(base, query).hits] == ["one"], query


def test_an_index_begins_with_that_of_the_lower_layers(
    run: Run, base_folder: BaseFolder, tmp_path: Path
) -> None:
    """The files of the lower layer are not read again, and what changed in them since is."""
    cache = tmp_path / "cache"
    lower, upper = BaseFolder(tmp_path / "lower"), base_folder
    shared = lower.add("organization", "shared-clinic", name="Shared clinic")
    upper.add("organization", "own-clinic", name="Own clinic")
    env = {"RECOVERYKB_CACHE": str(cache)}
    assert run("show", "shared-clinic", "--kb", lower.root, "-f", "ids", env=env).code == 0
    lower.add("organization", "shared-clinic", name="Renamed clinic")
    os.utime(shared, ns=(1, 1))
    both = ("--kb", lower.root, "--kb", upper.root)
    shown = run("show", "own-clinic", "shared-clinic", *both, "-f", "plain", env=env)
    assert "Own clinic" in shown.stdout
    assert "Renamed clinic" in shown.stdout
    assert sorted(file.suffix for file in cache.iterdir()) == [".sqlite3", ".sqlite3"]


def test_an_empty_or_broken_index_of_the_lower_layers_is_no_start(
    run: Run, base_folder: BaseFolder, tmp_path: Path
) -> None:
    from recoverykb.storage.index import cache_file
    from recoverykb.storage.layers import resolve

    env = {"RECOVERYKB_CACHE": str(tmp_path)}
    base_folder.add("organization", "own-clinic", name="Own clinic")
    name = cache_file(resolve()).name
    for content in (b"", b"no database at all"):
        (tmp_path / name).write_bytes(content)
        shown = run("show", "own-clinic", "--kb", base_folder.root, "-f", "plain", env=env)
        assert "Own clinic" in shown.stdout
        for file in tmp_path.glob("index-*"):
            file.unlink()
