"""Tokens: which spellings and forms meet when text is searched, and which must not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recoverykb.fold import words
from recoverykb.search.languages import _WORDS
from recoverykb.stop_words import ALL_STOP_WORDS, STOP_WORDS
from recoverykb.tokens import _CYRILLIC, bag, level, loose, stem, tokens, tokens_of

TEXT = st.text(max_size=24) | st.text(
    st.sampled_from("abcdeilnorsuyzเมทาโดน美沙酮维持المساعدةн "), max_size=24
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("programmes", "program"),
        ("Centre", "centers"),
        ("decriminalisation", "decriminalization"),
        ("organised", "organized"),
        ("analyse", "analyze"),
        ("behaviours", "behavior"),
        ("behavioural", "behavioral"),
        ("counselling", "counseling"),
        ("counsellors", "counselor"),
        ("labelled", "labeled"),
        ("paediatric", "pediatric"),
        ("anaesthesia", "anesthesia"),
        ("haemophilia", "hemophilia"),
        ("therapies", "therapy"),
        ("syringes", "syringe"),
        ("women's", "womens"),
        ("المساعدة", "مساعدة"),
        ("والإدمان", "إدمان"),
        ("Ha Noi", "Hà Nội"),
    ],
)
def test_forms_that_meet(one: str, other: str) -> None:
    assert loose(one) == loose(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("four", "for"), ("hour", "hor"), ("crisis", "crisi"), ("this", "thi"), ("is", "i"), ("selling", "seling"),
     ("heroin", "heroine"), ("aids", "aides"), ("methadone", "meth")],
)  # fmt: skip
def test_words_that_stay_apart(one: str, other: str) -> None:
    assert loose(one) != loose(other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Needle-and-syringe programmes", ["needle", "and", "syringe", "program"]),
        ("美沙酮", ["美沙", "沙酮"]),
        ("酮", ["酮"]),
        ("HIV感染者", ["hiv", "感染", "染者"]),
        ("เมทา", ["เม", "มท", "ทา"]),
    ],
)
def test_runs_without_spaces_become_pairs(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize(("part", "run"), [("เมทาโดน", "ศูนย์เมทาโดนกรุงเทพ"), ("美沙酮", "社区美沙酮维持治疗")])
def test_a_word_inside_a_run_is_a_run_of_its_tokens(part: str, run: str) -> None:
    assert loose(part) in loose(run)


@given(TEXT)
def test_tokens_need_no_quoting_and_hold_no_space(text: str) -> None:
    assert all(
        token and not any(char.isspace() or char in "\"'_\ue000\ue001" for char in token)
        for token in tokens(text)
    )


@given(TEXT)
def test_levelling_twice_changes_little(text: str) -> None:
    """A token that is typed again is found: what is indexed under it begins with the same letters."""
    for token in tokens_of(text.split()):
        assert level(token)[:3] == token[:3] or not token.isascii()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kicked", "kicking"),
        ("release", "releasing"),
        ("героин", "героином"),
        ("тюрьма", "тюрьмы"),
        ("ломка", "ломку"),
        ("передоз", "передозу"),
        ("в'язниця", "в'язниці"),
    ],
)
def test_forms_whose_stem_is_the_same(one: str, other: str) -> None:
    assert stem(loose(one)) == stem(loose(other))


@pytest.mark.parametrize("word", ["bed", "ring", "shed", "сын", "дом", "मदद"])
def test_short_words_are_their_own_stem(word: str) -> None:
    assert stem(word) == word


def test_a_bag_holds_the_stems_of_what_carries_a_subject() -> None:
    assert bag(["rights", "of", "a", "patient"], STOP_WORDS) == bag(["patient", "rights"], STOP_WORDS)
    assert bag(["mujer", "en", "prision"], ALL_STOP_WORDS) == "mujer prision"
    assert bag(["who", "is", "it"], STOP_WORDS)


@given(TEXT)
def test_a_stem_is_a_beginning(text: str) -> None:
    for token in tokens(text):
        assert token.startswith(stem(token))
        assert stem(token)


def test_the_tables_of_words_are_folded() -> None:
    """An entry that folding changes would never be met."""
    tables = [ALL_STOP_WORDS, *_WORDS.values(), _CYRILLIC]
    assert [word for table in tables for word in table if words(word) != [word]] == []
