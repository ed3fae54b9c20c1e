"""What several concepts mean together, and what words without a label must say to be an answer."""

from collections.abc import Callable
from typing import Any

import pytest

from conftest import BaseFolder, Run
from recoverykb.search.engine import search
from recoverykb.search.query import parse
from recoverykb.search.units import read
from recoverykb.storage.base import Base

Ids = Callable[..., list[str]]


@pytest.fixture
def asked(run: Run, base_folder: BaseFolder) -> Ids:
    """Ask a base in which a house, a pill and a refusal together are a rule of the house."""
    base = base_folder
    for name in ("zed-house", "zed-pill", "zed-rule"):
        base.add("strategy", name)
    base.add("term", "t-house", about=["zed-house"], labels=[label("hausa"), label("домик", "ru")])
    base.add(
        "term", "t-pill", about=["zed-pill", "zed-house"], labels=[label("pilla"), label("пилюля", "ru")]
    )
    base.add("term", "w-refusal", labels=[label("turnawaya"), label("refusel"), label("не берут", "ru")])
    base.add(
        "term",
        "t-rule",
        about=["zed-rule", "zed-house"],
        together=[[["t-house"], ["zed-pill"], ["w-refusal"]]],
    )

    def ids(*arguments: str) -> list[str]:
        done = run("search", *arguments, "--kb", base.root, "--format", "ids")
        return done.stdout.split()

    return ids


def label(text: str, language: str = "en", sort: str = "hidden") -> dict[str, Any]:
    """A label of a term."""
    return {"text": text, "type": sort, "language": language}


@pytest.mark.parametrize(
    "query",
    [
        "the hausa turnawaya my pilla",
        "pilla, hausa: refusels me",
        "refusels at hausa because of zed-pill",
        "в домик не берут с пилюля",
        "домик turnawaya pilla",
    ],
)
def test_concepts_in_any_words_order_and_language_mean_another_one(asked: Ids, query: str) -> None:
    assert "zed-rule" in asked(query)


@pytest.mark.parametrize("query", ["hausa pilla", "hausa turnawaya", "turnawaya pilla"])
def test_a_part_of_a_combination_is_not_it(asked: Ids, query: str) -> None:
    found = asked(query)
    assert found
    assert "zed-rule" not in found


def test_what_counts_beside_others_finds_nothing_alone(asked: Ids) -> None:
    assert asked("turnawaya") == []
    assert asked("turnawaya refusel") == []


def test_the_same_words_are_not_two_concepts(run: Run, base_folder: BaseFolder) -> None:
    base_folder.add("strategy", "zed-one")
    base_folder.add("strategy", "zed-both")
    base_folder.add("term", "t-one", about=["zed-one"], labels=[label("zedword")])
    base_folder.add("term", "t-also", about=["zed-one"], labels=[label("zedword")])
    base_folder.add("term", "t-both", about=["zed-both"], together=[[["t-one"], ["t-also"]]])
    found = run("search", "zedword", "--kb", base_folder.root, "--format", "ids").stdout.split()
    assert found == ["zed-one"]


def test_a_combination_is_forgotten_with_its_term(run: Run, base_folder: BaseFolder) -> None:
    for name in ("zed-a", "zed-b", "zed-c"):
        base_folder.add("strategy", name)
    for name in ("a", "b"):
        base_folder.add("term", f"t-{name}", about=[f"zed-{name}"], labels=[label(f"zedword{name}")])
    path = base_folder.add("term", "t-c", about=["zed-c"], together=[[["t-a"], ["t-b"]]])

    def found() -> list[str]:
        return run("search", "zedworda zedwordb", "--kb", base_folder.root, "--format", "ids").stdout.split()

    assert "zed-c" in found()
    path.unlink()
    assert "zed-c" not in found()


def test_explain_says_what_words_mean_together(opened: Base) -> None:
    query = "rehab that does not allow my methadone"
    reading = read(opened, parse(query), {})
    owners = [owner for joint in reading.joints for owner in joint.owners]
    assert "abstinence-only-treatment" in {owner.id for owner in owners if owner.position == 0}
    best = search(opened, query).hits[0]
    assert best.row.id == "abstinence-only-treatment"
    assert any("named by several words" in why for why in best.why)


def test_words_without_a_label_must_say_about_half_of_a_query(run: Run, base_folder: BaseFolder) -> None:
    base_folder.add("strategy", "zed-common", summary="Exchange rates of zedcommon things.")
    for number in range(30):
        base_folder.add("strategy", f"zed-{number}", summary="A rate of zedcommon exchange.")
    base_folder.add("strategy", "zed-rare", summary="The zedrare zedodd zedcommon exchange.")

    def ids(query: str) -> list[str]:
        return run("search", query, "--kb", base_folder.root, "--format", "ids").stdout.split()

    assert ids("zedrare zedodd rate")[0] == "zed-rare"
    assert ids("zedrare exchange bitcoin trombone") == []


def test_a_label_that_shares_most_words_with_a_query_is_like_it(run: Run, base_folder: BaseFolder) -> None:
    base_folder.add("strategy", "zed-like")
    labels = [
        label("zedwalla borrowa pondera"),
        label("zedwalla", sort="place"),
        label("пруд лодка заем", "ru"),
    ]
    base_folder.add("term", "t-like", about=["zed-like"], labels=labels)

    def found(query: str) -> list[str]:
        return run("search", query, "--kb", base_folder.root, "--format", "ids").stdout.split()

    assert "zed-like" in found("borrowa by the harbour of pondera")
    assert "zed-like" not in found("pondera harbour bridge")
    base_folder.add("term", "t-like", about=["zed-like"], labels=[label("something else whole")])
    assert "zed-like" not in found("borrowa by the harbour of pondera")


def test_explain_says_which_label_is_like_the_query(opened: Base) -> None:
    hits = search(opened, "what are my rights as a patient on methadone", limit=3).hits
    assert any("is like" in why for hit in hits for why in hit.why)
