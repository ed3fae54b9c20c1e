"""The format for pipes: nothing wrapped, nothing cut, one line a record for lists."""

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conftest import Run
from recoverykb.records.vocabulary import PUBLIC_KINDS
from recoverykb.render.formats.plain_ import render
from recoverykb.render.safe import ascii_only, one_line
from recoverykb.render.screen import Screen
from recoverykb.storage.base import Base
from recoverykb.views import assemble
from recoverykb.views.document import (
    Bullets,
    Cell,
    Document,
    Fields,
    NoteBox,
    Paragraph,
    Part,
    Reference,
    Strip,
    Table,
    Text,
)
from recoverykb.views.listing import list_document, sources_document

LONG = " ".join(f"word{number}" for number in range(400))
any_text = st.text(max_size=40) | st.lists(
    st.sampled_from(["a", "word", " ", "\n", "\r\n", "\t", "\x1b[31m", "\x85", "\u2028", "\u202e", "\x00", "é", "日本", "\n\n- x"]),
    max_size=10,
).map("".join)  # fmt: skip


def every_block(text: str) -> dict[str, Any]:
    """Each sort of block with this text in it."""
    item = Text(text, (1, 12), "danger", f"lead {text}")
    table = Table(
        text, [text, "two"], [(text, [Cell([item]), Cell([item, Text("x")])])], caption=text, notes=[text]
    )
    return {
        "paragraph": Paragraph(item),
        "list": Bullets([item, item]),
        "steps": Bullets([item, item], ordered=True),
        "fields": Fields([(text, item)]),
        "comparison": table,
        "strip": Strip(text, [Bullets([item])]),
        "part": Part(text, [Part(text, [Bullets([item])], 3)]),
        "box": NoteBox(text),
    }


@pytest.mark.parametrize("name", every_block(""))
@pytest.mark.parametrize("width", [30, 80])
def test_a_long_text_is_one_line_in_every_block(name: str, width: int) -> None:
    shown = render(Document("T", [every_block(LONG)[name]], {}, footer=[LONG]), Screen(width=width))
    lines = [line for line in shown.splitlines() if "word7" in line.lower()]
    assert len(lines) >= 2
    assert all(LONG.lower() in line.lower() for line in lines)
    assert "…" not in shown


@settings(max_examples=100, deadline=None)
@given(any_text, st.sampled_from(sorted(every_block(""))))
@example("a\nb\u2028c\x85d", "comparison")
def test_no_text_can_break_its_line(text: str, name: str) -> None:
    def lines(value: str) -> int:
        document = Document(
            "T", [every_block(value)[name]], {}, footer=[value], references=[Reference(1, value, "u")]
        )
        return render(document, Screen()).count("\n")

    shown = render(
        Document("T", [every_block(f"x{text}")[name]], {}, subtitle=f"x{text}", footer=[f"x{text}"]), Screen()
    )
    assert lines(f"x{text}") == lines("x")
    assert one_line(f"x{text}") in shown
    assert len(shown.splitlines()) == shown.count("\n")


rows = st.lists(
    st.tuples(any_text, st.lists(st.lists(any_text, min_size=1, max_size=2), min_size=3, max_size=3)),
    min_size=1,
    max_size=5,
)


@settings(max_examples=150, deadline=None)
@given(rows, st.booleans())
@example([("id", [["a\tb"], ["c\nd"], ["e\u2028f"]])], True)
def test_a_listing_is_one_line_a_record_with_a_tab_between_the_columns(
    entries: list[tuple[str, list[list[str]]]], unicode: bool
) -> None:
    table = Table("id", ("a", "b", "c"), [(head, [Cell([Text(text) for text in cell]) for cell in cells]) for head, cells in entries],
                  listing=True)  # fmt: skip
    shown = render(Document("List", [table], {}), Screen(width=30, unicode=unicode))
    lines = shown.splitlines()
    assert len(lines) == shown.count("\n") == len(entries)
    for line, (head, cells) in zip(lines, entries, strict=True):
        parts = line.split("\t")
        assert len(parts) == 4
        wanted = [one_line(head), *(" ".join(one_line(text) for text in cell) for cell in cells)]
        assert parts == (wanted if unicode else [ascii_only(part) for part in wanted])


@settings(max_examples=100, deadline=None)
@given(any_text, st.sampled_from(sorted(every_block(""))))
def test_width_and_colour_change_nothing_and_ascii_is_ascii(text: str, name: str) -> None:
    document = Document(
        text, [every_block(text)[name]], {}, references=[Reference(1, text, "https://example.org/é")]
    )
    shown = render(document, Screen(width=200))
    assert render(document, Screen(width=30, colour=True)) == shown
    assert "\x1b" not in shown
    assert render(document, Screen(unicode=False)).isascii()


def test_a_comparison_is_one_fact_a_line_under_the_head_of_its_row() -> None:
    table = Table(
        "",
        ["Kenya", "Portugal"],
        [("Law", [Cell([Text("one", (1,)), Text("two")]), Cell([Text("three")])])],
        notes=["n"],
    )
    assert render(Document("T", [table], {}), Screen()) == (
        "T\n\nLaw\n  Kenya: one [1]\n  Kenya: two\n  Portugal: three\nNote: n\n"
    )


def test_sources_stand_at_the_end_each_on_a_line_with_its_address() -> None:
    document = Document(
        "T", [Paragraph(Text("fact", (1,)))], {}, references=[Reference(1, "Who says", "https://a.example/b")]
    )
    assert render(document, Screen()).splitlines()[-2:] == ["Sources", "[1] Who says https://a.example/b"]


def test_a_list_of_the_real_base_has_as_many_lines_as_records(opened: Base) -> None:
    for kind in PUBLIC_KINDS:
        found = opened.rows(kind)
        assert found
        for document in (list_document(found, "Records"), sources_document(found, {})):
            lines = render(document, Screen(width=40)).splitlines()
            assert [line.split("\t")[0] for line in lines] == [row.id for row in found]
            assert all(one_line(row.summary) in line for row, line in zip(found, lines, strict=True))


def test_a_page_of_the_real_base_holds_its_summary_and_its_facts_unbroken(opened: Base) -> None:
    data = assemble.detail(opened, "kenya")
    lines = render(data, Screen(width=40)).splitlines()
    facts = [
        text
        for key in ("strengths", "cautions")
        for text in (claim["text"] for claim in data.data["model"].get(key, ()))
    ]
    assert facts
    for text in (data.data["summary"], *facts):
        assert any(one_line(text) in line for line in lines)


def test_a_pipe_gets_plain_text_whatever_the_width(run: Run) -> None:
    wide = run("list", "strategy", "--width", "200")
    narrow = run("list", "strategy", "--width", "40", env={"COLUMNS": "40"})
    assert wide.stdout == narrow.stdout
    assert len(wide.stdout.splitlines()) == len(run("list", "strategy", "--format", "json").json)
    assert "\x1b" not in wide.stdout
