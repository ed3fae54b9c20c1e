"""HTML shows every text letter by letter, and no record can add or end an element."""

import re
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pages import Page
from recoverykb.render.formats.html_ import render
from recoverykb.render.safe import one_line
from recoverykb.render.screen import Screen
from recoverykb.views.document import Bullets, Document, Paragraph, Reference, Text
from test_markdown import DOCUMENTS, Words, build, expected_texts, hostile

LIVE = ("script", "img", "iframe", "object", "embed", "form", "input", "base", "link")


@pytest.mark.parametrize("name", DOCUMENTS)
@settings(max_examples=15, deadline=None)
@given(hostile, st.booleans())
@example('"><script>alert(1)</script>', False)
@example("</style></title></td><img src=x onerror=alert(1)>", True)
@example("&lt;b&gt; &amp; &#60;", False)
@example("\x1b]8;;https://evil.example\x07x\u202e", False)
def test_hostile_records_cannot_change_the_build_of_a_page(name: str, text: str, after: bool) -> None:
    harmless = Page(render(build(name, Words()), Screen()))
    words, counterpart = Words(text, after), Words()
    page = Page(render(build(name, words), Screen()))
    build(name, counterpart)
    assert Counter(page.tags) == Counter(harmless.tags)
    assert page.ids == harmless.ids
    assert page.open_elements == []
    shown, shown_harmless = "\n".join(page.text), "\n".join(harmless.text)
    expected = expected_texts(words, counterpart, shown_harmless)
    assert expected
    assert [wanted for wanted in expected if wanted not in shown] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_pages_load_nothing_and_run_only_our_own_script(name: str) -> None:
    text = render(build(name, Words()), Screen())
    page = Page(text)
    assert [tag for tag in page.tags if tag in LIVE] == ["script"] * (name == "services")
    assert "default-src &#x27;none&#x27;" in text
    assert all(re.match(r"https?://|tel:[+]?\d+$", address) for address in page.addresses)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,<b>", "JaVaScRiPt:1", " https://x"])
def test_only_web_addresses_can_be_followed(url: str) -> None:
    document = Document("T", [Paragraph(Text(url, link=True))], {}, references=[Reference(1, "S", url)])
    page = Page(render(document, Screen()))
    assert page.addresses == []
    assert one_line(url) in "".join(page.text)


def test_several_documents_on_a_page_keep_their_numbers_apart() -> None:
    one = Document(
        "One", [Bullets([Text("a", (1,), notes=(1,))])], {}, notes=["n"], references=[Reference(1, "S", "")]
    )
    page = Page(render(Document("both", (), {}, pages=[one, one]), Screen()))
    assert len(page.ids) == len(set(page.ids)) == 4
    assert sorted(page.targets) == sorted(page.ids)


def test_headings_step_down_by_one() -> None:
    for name in DOCUMENTS:
        page = Page(render(build(name, Words()), Screen()))
        levels = [int(tag[1]) for tag in page.tags if tag[0] == "h" and tag[1:].isdigit()]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels)), (
            name,
            levels,
        )
