"""Words and labels like the one typed: the same, whether the vocabulary goes by at once or in pieces."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from recoverykb.search import spelling
from recoverykb.search.spelling import Correction, correct, sound
from recoverykb.storage import nearest
from recoverykb.storage.base import Base
from recoverykb.storage.vocabulary import is_spellable

FAR = {
    "therapudic": "therapeutic",
    "internatonel": "international",
    "rehabillitashun": "rehabilitation",
    "detoksifikation": "detoxification",
    "phentanil": "fentanyl",
}
"""Words more than one slip away from the one that is meant, by spelling or by sound."""


@pytest.mark.parametrize(("typed", "meant"), FAR.items())
def test_a_word_two_slips_away_or_that_sounds_alike_is_corrected(
    opened: Base, typed: str, meant: str
) -> None:
    assert correct(opened.connection, [typed]) == [Correction(typed, meant)]


def test_in_pieces_the_corrections_are_the_same(opened: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = [*FAR, "kuwantitee", "xqzwvtrp", "prison"]
    at_once = correct(opened.connection, typed)
    monkeypatch.setattr(spelling, "_AT_ONCE", 97)
    assert correct(opened.connection, typed) == at_once


def test_what_sounds_alike_but_is_spelt_far_otherwise_is_no_correction(opened: Base) -> None:
    assert not any(entry.to for entry in correct(opened.connection, ["xqzwvtrp", "fffuuzzz"]))


@pytest.mark.parametrize(
    ("word", "heard"),
    [("phone", "fene"), ("quick", "kek"), ("aorta", "aerte"), ("", ""), ("bookkeeper", "bekeper")],
)
def test_words_are_levelled_to_how_they_sound(word: str, heard: str) -> None:
    assert sound(word) == heard


@pytest.mark.parametrize("typed", ["naloxon", "buprenorfin", "narcotics anonimos", "cuo", "", "zz"])
@pytest.mark.parametrize("kinds", [["strategy", "organization"], ["source"], ["country"]])
def test_in_pieces_the_nearest_labels_are_the_same(
    opened: Base, monkeypatch: pytest.MonkeyPatch, typed: str, kinds: list[str]
) -> None:
    at_once = opened.nearest(typed, kinds)
    assert len(at_once) == 3 or len(typed) < 4
    monkeypatch.setattr(nearest, "_AT_ONCE", 61)
    assert opened.nearest(typed, kinds) == at_once


def test_the_nearest_labels_are_those_most_alike_and_only_of_the_kinds_asked_for(opened: Base) -> None:
    assert opened.nearest("methadome")[0] == "methadone"
    assert opened.nearest("portugul", ["country"])[0] == "portugal"
    assert opened.nearest("methadome", likeness=100) == []
    found = opened.nearest("kenia", ["country"], limit=5)
    assert found[0] == "kenya"
    assert {opened.row(record_id).kind for record_id in found} == {"country"}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_forms_one_slip_away_are_those_of_the_definition(opened: Base, data: st.DataObject) -> None:
    rows = opened.connection.execute("select word from spelling order by word").fetchall()
    known = [word for (word,) in rows if is_spellable(word)]
    word = data.draw(st.sampled_from(known))
    place = data.draw(st.integers(0, len(word)))
    slipped = word[:place] + data.draw(st.sampled_from(["", *word])) + word[place + 1 :]
    found = spelling._slips(slipped, spelling._letters(opened.connection, slipped))
    near = [other for other in known if OSA.distance(slipped, other, score_cutoff=1) <= 1]
    assert set(near) <= found
    assert all(OSA.distance(slipped, form) <= 1 for form in found)
