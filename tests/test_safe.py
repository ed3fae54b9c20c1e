"""No character that steers a terminal or turns text around gets through, whatever a record says."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recoverykb.render.safe import ascii_only, clean, one_line

C0 = {chr(code) for code in range(0x20)}
C1 = {chr(code) for code in range(0x7F, 0xA0)}
TURNS = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
BREAKS = {"\u2028", "\u2029"}
FORBIDDEN = (C0 - {"\n"}) | C1 | TURNS | BREAKS

hostile = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from(sorted(FORBIDDEN | {"\n", " "})))
)
"""Any text, but with far more forbidden characters than chance would bring."""


@settings(max_examples=150, deadline=None)
@given(hostile)
def test_clean_lets_no_control_or_override_through(text: str) -> None:
    assert not FORBIDDEN & set(clean(text))


@settings(max_examples=150, deadline=None)
@given(hostile)
def test_one_line_is_clean_and_one_line(text: str) -> None:
    shown = one_line(text)
    assert not (FORBIDDEN | {"\n"}) & set(shown)
    assert len(shown.splitlines()) <= 1
    assert shown == " ".join(shown.split())


@settings(max_examples=150, deadline=None)
@given(hostile)
def test_ascii_only_is_printable_ascii_even_for_text_nobody_cleaned(text: str) -> None:
    assert all(" " <= char <= "~" or char in "\n\t" for char in ascii_only(text))
    assert all(" " <= char <= "~" for char in ascii_only(one_line(text)))


@settings(max_examples=100, deadline=None)
@given(hostile)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert one_line(one_line(text)) == one_line(text)
    assert ascii_only(ascii_only(text)) == ascii_only(text)


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(categories=["L", "M", "N", "P", "S"])))
def test_clean_keeps_letters_digits_marks_and_signs_of_every_script(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    "char", sorted(C0 - {"\n", "\t"} | C1 | BREAKS), ids=lambda char: f"U+{ord(char):04X}"
)
def test_a_control_leaves_a_visible_mark_so_that_nobody_takes_the_text_for_whole(char: str) -> None:
    assert clean(f"a{char}b") == "a\ufffdb"


@pytest.mark.parametrize("char", sorted(TURNS), ids=lambda char: f"U+{ord(char):04X}")
def test_direction_overrides_are_taken_out(char: str) -> None:
    assert clean(f"1192{char}2911") == "11922911"


def test_an_escape_sequence_is_no_longer_one() -> None:
    assert (
        one_line("\x1b[2J\x1b]0;title\x07call\x9b31m 1192")
        == "\ufffd[2J\ufffd]0;title\ufffdcall\ufffd31m 1192"
    )


def test_newlines_stay_in_clean_and_become_spaces_in_one_line() -> None:
    assert clean("a\r\nb\n\tc") == "a\nb\n c"
    assert one_line(" a\r\n\r\nb \t c\u00a0\n") == "a b c"


def test_a_lone_carriage_return_cannot_overwrite_the_line() -> None:
    assert "\r" not in clean("call 1192\rcall 6666")
    assert "1192" in one_line("call 1192\rcall 6666")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Größe", "Grosse"),
        ("São Tomé", "Sao Tome"),
        ("Tromsø, Łódź", "Tromso, Lodz"),
        ("“quoted” – it’s…", '"quoted" - it\'s...'),
        ("≥ 5 €", ">= 5 EUR"),
        ("0800\u00a0123\u202f456", "0800 123 456"),
        ("1\u20112", "1-2"),
    ],
)
def test_ascii_only_keeps_what_can_be_kept(text: str, shown: str) -> None:
    assert ascii_only(text) == shown


def test_ascii_only_marks_what_it_cannot_show() -> None:
    assert ascii_only("สายด่วน 1165").endswith(" 1165")
    assert set(ascii_only("สายดวน")) == {"?"}
    assert not unicodedata.normalize("NFKD", "日本").isascii()
    assert ascii_only("日本") == "??"
