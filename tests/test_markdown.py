"""Markdown shows every text letter by letter, and no record can change the build of a page.

Judge is markdown-it-py: CommonMark with tables and footnotes, HTML switched on.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from recoverykb.records.types import (
    AnyRecord,
    Claim,
    Contact,
    Country,
    Disputed,
    Emergency,
    Evidence,
    Figure,
    Finding,
    Guide,
    Illustration,
    Item,
    Label,
    Law,
    Model,
    Organization,
    Practice,
    Review,
    Section,
    Service,
    Source,
    Strategy,
    Term,
    Verification,
)
from recoverykb.render.formats.markdown_ import escape, render
from recoverykb.render.safe import one_line
from recoverykb.render.screen import Screen
from recoverykb.views.detail_country import SERVICES
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
from recoverykb.views.sheet.wish import Wish
from test_views import SOURCES, compared, page, printed, services

PARSER = MarkdownIt("commonmark", {"html": True}).enable("table").use(footnote_plugin)

FRAGMENTS = [
    *"\\`*_{}[]()<>#+-.!|~&$=:;/ \t\n\"'^%@0129abcÄ»“”·\u00a0\u3000",
    "**", "__", "~~", "``", "```", "---", "***", "===", "# ", "## ", " #", " ##", "> ", "- ", "+ ", "* ",
    "1. ", "2) ", "    ", "\n\n", "\n    ", "  \n", "\\\n", "\\|", "\\\\|", "| --- |", "|-|", "<b>", "</b>",
    "<br>", "<!--", "-->", "<script>", "<?x", "<![CDATA[", "&amp;", "&#42;", "&#x2a;", "&lt;", "&nbsp;",
    "[a](b)", "![a](b)", "[a]: /b", "[a]", "][", "](", "http://a.example/b", "https://a.example",
    "<https://a.example>", "www.a.example", "me@a.example", "mailto:me@a.example", "javascript:alert(1)",
    "$$", ":::", "[^1]", "[ ]", "[x]", "@user", "*a*", "_a_", "`a`", "~a~", "\x1b[31m", "\u202e", "\u2028",
    "\x00", "\ufeff", "\ue000",
]  # fmt: skip
hostile = st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join) | st.text(max_size=30)
"""Text out of everything that means something to Markdown, HTML or a terminal, and arbitrary text."""

PLAIN_BLOCKS = {"paragraph_open", "paragraph_close", "inline"}


def inline_text(token: Token) -> str:
    """The text of an inline token; anything but text, bold and line breaks is a failure."""
    assert token.children is not None
    shown = []
    for child in token.children:
        if child.type == "html_inline":
            assert child.content == "<br>"
            shown.append("\n")
        elif child.type in ("strong_open", "strong_close"):
            continue
        else:
            assert child.type == "text", (child.type, token.content)
            shown.append(child.content)
    return "".join(shown)


def only_text(source: str) -> str:
    """The text of Markdown that holds one plain paragraph, or nothing."""
    tokens = PARSER.parse(source)
    if not tokens:
        return ""
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"], source
    assert {child.type for child in tokens[1].children or ()} <= {"text"}, source
    return inline_text(tokens[1])


def markdown(*blocks: Any, **fields: Any) -> list[Token]:
    """The tokens of a document with these blocks, without its title."""
    tokens = PARSER.parse(render(Document("Title", blocks, {}, **fields), Screen()))
    assert [token.type for token in tokens[:3]] == ["heading_open", "inline", "heading_close"]
    return tokens[3:]


def inlines(tokens: Sequence[Token]) -> list[str]:
    return [inline_text(token) for token in tokens if token.type == "inline"]


@settings(max_examples=150, deadline=None)
@given(hostile)
@example("# a #")
@example("a ##")
@example("1) a")
@example("a\\")
@example("\\|")
@example("&amp;&#42;")
@example("<https://a.example>")
@example("***")
@example("٣. a")
def test_a_paragraph_of_escaped_text_is_the_cleaned_text(text: str) -> None:
    assert only_text(escape(text)) == one_line(text)


@settings(max_examples=150, deadline=None)
@given(hostile)
@example("Steps #")
@example("#")
@example("=")
def test_headings_hold_the_text_and_stay_headings(text: str) -> None:
    tokens = markdown(Part(text, [Paragraph(Text("x"))]))
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h2"]
    assert inlines(tokens) == [one_line(text), "x"]


@settings(max_examples=150, deadline=None)
@given(hostile, hostile, st.booleans())
@example("*", "*", False)
@example("\u202e", "", False)
@example("a", "- b", True)
def test_lists_keep_their_items_and_bold_stays_inside_the_lead(lead: str, value: str, ordered: bool) -> None:
    items = [Text(f"x{value}", (1, 2), lead=lead), Text(value, lead=f"{lead}x"), Text("last")]
    tokens = markdown(Bullets(items, ordered))
    types = Counter(token.type for token in tokens)
    assert types["list_item_open"] == 3
    assert set(types) <= PLAIN_BLOCKS | {
        f"{kind}_{end}" for kind in ("ordered_list", "bullet_list", "list_item") for end in ("open", "close")
    }
    expected = [" ".join(part for part in (one_line(lead), one_line(f"x{value}"), "[1, 2]") if part)]
    expected += [" ".join(part for part in (one_line(f"{lead}x"), one_line(value)) if part), "last"]
    assert inlines(tokens) == expected
    bold = [child for token in tokens for child in token.children or () if child.type == "strong_open"]
    assert len(bold) == bool(one_line(lead)) + 1


@settings(max_examples=100, deadline=None)
@given(hostile, hostile)
def test_fields_and_paragraphs_stay_what_they_are(label: str, value: str) -> None:
    tokens = markdown(Fields([(label, Text(f"x{value}"))]), Paragraph(Text(value, (3,), lead=label)))
    assert Counter(token.type for token in tokens)["list_item_open"] == 1
    after = " ".join(part for part in (one_line(label), one_line(value), "[3]") if part)
    assert inlines(tokens) == [f"{one_line(label)}: {one_line('x' + value)}", after]


texts = st.lists(hostile, min_size=1, max_size=3)
rows = st.integers(1, 4).flatmap(
    lambda width: st.tuples(
        st.lists(hostile, min_size=width, max_size=width),
        st.lists(st.tuples(hostile, st.lists(texts, min_size=width, max_size=width)), min_size=1, max_size=3),
    )
)


@settings(max_examples=150, deadline=None)
@given(hostile, rows)
@example("", (["a"], [("", [["|", "\\|", "\\\\|"]])]))
@example("|", (["a\\", "b"], [("\\", [["`|`"], ["a | b"]])]))
@example("\u202e", (["\u202e"], [("\u202e", [["\u202e"]])]))
def test_tables_keep_their_columns_and_every_cell_its_text(
    corner: str, table: tuple[list[str], list[tuple[str, list[list[str]]]]]
) -> None:
    columns, lines = table
    cells = [(head, [Cell([Text(text) for text in cell]) for cell in row]) for head, row in lines]
    tokens = markdown(Table(corner, columns, cells))
    types = Counter(token.type for token in tokens)
    assert types["table_open"] == 1
    assert types["tr_open"] == 1 + len(lines)
    assert types["th_open"] == 1 + len(columns)
    assert types["td_open"] == (1 + len(columns)) * len(lines)
    expected = [one_line(text) for text in (corner, *columns)]
    for head, row in lines:
        expected += [one_line(head), *("\n".join(map(one_line, cell)).strip() for cell in row)]
    assert [text.strip() for text in inlines(tokens)] == expected


@settings(max_examples=100, deadline=None)
@given(hostile)
def test_captions_notes_boxes_strips_footers_and_subtitles(text: str) -> None:
    table = Table("", ["c"], [("r", [Cell([Text("v")])])], caption=f"x{text}", notes=[f"y{text}"])
    blocks = [table, Strip(f"z{text}", [Paragraph(Text(f"{text}x"))]), NoteBox(f"{text}y")]
    shown = inlines(markdown(*blocks, subtitle=f"{text}z", footer=[f"{text}w"]))
    for wanted in (f"x{text}", f"y{text}", f"z{text}", f"{text}x", f"{text}y", f"{text}z", f"{text}w"):
        assert one_line(wanted) in shown


addresses = st.lists(
    st.sampled_from([fragment for fragment in FRAGMENTS if fragment.strip()] + ["?a=b&c=d", "%20", "#x"]),
    max_size=6,
).map(lambda parts: "https://example.org/" + "".join(parts))


@settings(max_examples=150, deadline=None)
@given(hostile, addresses)
@example("", "https://example.org/a_(b)*c*[d](e)")
@example("", 'https://example.org/"onmouseover="x')
def test_sources_link_to_their_address_and_to_nothing_else(text: str, url: str) -> None:
    tokens = markdown(references=[Reference(1, f"x{text}", url), Reference(2, "second", "")])
    items = [token for token in tokens if token.type == "inline"][1:]
    assert len(items) == 2
    first = items[0].children or []
    links = [child for child in first if child.type == "link_open"]
    assert len(links) == 1
    assert links[0].markup == "autolink"
    position = first.index(links[0])
    before = "".join(child.content for child in first[:position])
    assert before == f"[1] {one_line('x' + text)} "
    assert {child.type for child in first[:position]} == {"text"}
    assert [child.type for child in first[position:]] == ["link_open", "text", "link_close"]
    assert str(links[0].attrs["href"]).startswith("https://example.org/")
    assert inline_text(items[1]) == "[2] second"


def test_an_address_is_printed_whole_so_that_it_works_on_paper() -> None:
    url = "https://example.org/a_b(c)?d=e&f=g#h"
    shown = render(Document("T", [], {}, references=[Reference(1, "x", url)]), Screen())
    assert f"<{url}>" in shown


# Whole documents: the same page with harmless words and with hostile ones.


class Words:
    """Gives out a text for each place of a record: a word of its own, with ``text`` before or after it."""

    def __init__(self, text: str = "", after: bool = True) -> None:
        self._text, self._after, self.given = text, after, []

    def __call__(self) -> str:
        word = f"w{len(self.given)}w"
        self.given.append(f"{word}{self._text}{word}" if self._after else f"{self._text}{word}")
        return str(self.given[-1])


DAY = date(2024, 5, 1)
CITED = {"sources": ["src-a", "src-b"]}


def claims(words: Words, kind: Callable[..., Any] = Claim) -> list[Any]:
    return [kind(text=words(), note=words(), year=2020, **CITED), kind(text=words(), **CITED)]


def common(words: Words, record_id: str) -> dict[str, Any]:
    heard = Disputed(claim=words(), verdict="wrong", evidence=words(), **CITED)
    return {
        "id": record_id,
        "name": words(),
        "summary": words(),
        "aliases": [words()],
        "compiled": DAY,
        "reviews": [Review(on=DAY, by=words())],
        "disputed": [heard],
        **CITED,
    }


def make_country(words: Words, record_id: str = "c") -> Country:
    year: dict[str, Any] = {"year": 2020, **CITED}
    return Country(
        **common(words, record_id),
        iso2="ZZ",
        iso3="ZZZ",
        region="africa",
        subregion="sub-saharan-africa",
        model=Model(title=words(), text=words(), strengths=claims(words), cautions=claims(words), **year),
        law=Law(possession="criminal", text=words(), statute=words(), **year),
        services=[
            Service(service=SERVICES[0], availability="yes", note=words(), year=2021, **CITED),
            Service(service=SERVICES[0], availability="no", note=words(), **year),
            Service(service="other", availability="limited", note=words(), **year),
        ],
        figures=[Figure(measure="deaths", value=2.5, unit=words(), note=words(), **year)],
        emergency=[
            Emergency(number="112", note=words(), **year),
            Emergency(number="999", role="disputed", **year),
        ],
        programmes=claims(words),
        related=["s"],
    )


def make_strategy(words: Words, record_id: str = "s", **fields: Any) -> Strategy:
    found = Evidence(
        rating="strong", direction="benefit", basis=words(), findings=claims(words, Finding), **CITED
    )
    whole = {
        **common(words, record_id),
        "category": "medication",
        "abbreviation": words(),
        "how_it_works": words(),
        "suits": words(),
        "how_to_start": words(),
        "evidence": found,
        "cautions": claims(words),
        "questions": [words(), words()],
        "practised": [Practice(country="ZZ", note=words(), **CITED)],
        "alternatives": ["s", "unnamed"],
        "related": ["c"],
    }
    return Strategy(**{**whole, **fields})


def make_organization(words: Words, record_id: str = "o", **fields: Any) -> Organization:
    verified = Verification(on=DAY, by=words(), how="call")
    contacts = [
        Contact(
            number="0800 1",
            purpose="drug-help",
            confidence="low",
            description=words(),
            schedule=words(),
            fees_description=words(),
            conflict=words(),
            **CITED,
        ),
        Contact(
            number="0800 2",
            purpose="crisis",
            confidence="high",
            description=words(),
            verified=verified,
            **CITED,
        ),
    ]
    whole = {
        **common(words, record_id),
        "type": "ngo",
        "acronym": words(),
        "country": "ZZ",
        "city": words(),
        "url": "https://example.org/*o*_x_",
        "alert": words(),
        "parent": "c",
        "services": ["s", "unnamed"],
        "contacts": contacts,
        "faith_based": True,
        "fees_description": words(),
        "eligibility_description": words(),
        "application_process": words(),
        "claims": claims(words),
        "cautions": claims(words),
        "related": ["s"],
    }
    return Organization(**{**whole, **fields})


def make_guide(words: Words, record_id: str = "g", use: str = "other") -> Guide:
    story = Illustration(text=words(), origin=words(), see=["s"])
    items = [Item(text=words(), note=words(), see=["s"], **CITED), Item(text=words(), **CITED)]
    section = Section(
        heading=words(),
        intro=words(),
        ordered=True,
        card=True,
        items=items,
        questions=[words()],
        illustrations=[story],
    )
    fields = {**common(words, record_id), "reviews": []}
    return Guide(**fields, use=use, clinical=True, sections=[section, section])


def make_source(words: Words, record_id: str) -> Source:
    return Source(
        id=record_id,
        title=words(),
        publisher=words(),
        url="https://example.org/*a*_b_|c`d`",
        tier="official",
        seen="mirror",
        via=words(),
        accessed=DAY,
        year=2020,
        note=words(),
    )


class World:
    """Records that refer to each other, and what views need around them, all out of the same words."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.sources = {key: make_source(words, key) for key in ("src-a", "src-b")}
        self.names = {key: words() for key in ("s", "c", "ZZ", SERVICES[1])}
        self.country = make_country(words)
        self.strategy = make_strategy(words)
        self.body = make_organization(words)

    def page(self, record: AnyRecord, **fields: Any) -> Document:
        return page(record, sources=self.sources, names=self.names, **fields)

    def compared(self, *records: AnyRecord) -> Document:
        return compared(*records, organizations=[self.body], sources=self.sources)

    def term(self) -> Term:
        labels = [Label(text=self.words(), type="brand"), Label(text=self.words(), type="synonym")]
        return Term(id="t", name=self.words(), about=["s"], labels=labels, compiled=DAY, note=self.words())

    def sheet(self) -> Document:
        here = make_strategy(self.words, SERVICES[0], service=True)
        harmful = make_strategy(self.words, "bad", category="avoid-or-caution")
        dubious = make_organization(self.words, "o2", referral=False)
        return printed(
            country=self.country,
            strategies=[here, self.strategy, harmful],
            organizations=[self.body, dubious],
            lines=[self.body],
            guides=[make_guide(self.words)],
            overdose=make_guide(self.words, "g2", "overdose"),
            questions=make_guide(self.words, "g3", "questions"),
            wish=Wish(title=self.words(), agency=self.words(), contact=self.words()),
            sources=self.sources,
            names=self.names,
        )


DOCUMENTS: dict[str, Callable[[World], Document]] = {
    "page of a country": lambda world: world.page(world.country, who=[world.body]),
    "page of a strategy": lambda world: world.page(
        world.strategy, who=[world.body], where=[(world.country, world.country.services[:2])]
    ),
    "page of an organization": lambda world: world.page(world.body),
    "page of a guide": lambda world: world.page(make_guide(world.words)),
    "page of a source": lambda world: world.page(world.sources["src-a"]),
    "page of a term": lambda world: world.page(world.term()),
    "comparison of countries": lambda world: world.compared(world.country, make_country(world.words, "d")),
    "comparison of strategies": lambda world: world.compared(
        world.strategy, make_strategy(world.words, "s2")
    ),
    "comparison of organizations": lambda world: world.compared(
        world.body, make_organization(world.words, "o2"), make_organization(world.words, "o3")
    ),
    "services": lambda world: services(world.country, make_country(world.words, "d"), sources=world.sources),
    "sheet": lambda world: world.sheet(),
}


def build(name: str, words: Words) -> Document:
    """The document of this name, every text of it out of ``words``."""
    return DOCUMENTS[name](World(words))


def structure(tokens: Sequence[Token]) -> Counter[str]:
    """How many of each block and inline element there are; text itself does not count."""
    return Counter(
        f"{inner.type} {inner.tag} {inner.markup}"
        for token in tokens
        for inner in (token, *(token.children or ()))
        if inner.type not in ("text", "inline")
    )


def layer(tokens: Sequence[Token]) -> str:
    """All the text of a page, a line for each inline element."""
    return "\n".join(
        "".join(child.content for child in token.children or () if child.type == "text")
        for token in tokens
        if token.type == "inline"
    )


def expected_texts(words: Words, counterpart: Words, shown_harmless: str) -> list[str]:
    """The hostile texts that must be shown: those whose harmless counterparts are."""
    return [
        one_line(hostile_text.strip())
        for hostile_text, plain_text in zip(words.given, counterpart.given, strict=True)
        if plain_text in shown_harmless
    ]


@pytest.mark.parametrize("name", DOCUMENTS)
@settings(max_examples=20, deadline=None)
@given(hostile, st.booleans())
@example("# h\n\n- [a](b) | **c** <b>&amp;`d` #", False)
@example("\n\n## h\n\n| a |\n| - |\n\n```\n", True)
def test_hostile_records_cannot_change_the_build_of_a_page(name: str, text: str, after: bool) -> None:
    harmless = PARSER.parse(render(build(name, Words()), Screen()))
    words = Words(text, after)
    tokens = PARSER.parse(render(build(name, words), Screen()))
    assert structure(tokens) == structure(harmless)
    shown, shown_harmless = layer(tokens), layer(harmless)
    counterpart = Words()
    build(name, counterpart)
    expected = expected_texts(words, counterpart, shown_harmless)
    assert expected
    assert [text for text in expected if text not in shown] == []


def links(node: object) -> int:
    """How many texts inside ``node`` are addresses that may be followed."""
    if isinstance(node, Text):
        return int(node.link)
    if isinstance(node, list | tuple):
        return sum(map(links, node))
    return sum(links(getattr(node, field.name)) for field in fields(node)) if is_dataclass(node) else 0


@pytest.mark.parametrize("name", DOCUMENTS)
def test_harmless_pages_have_the_elements_that_they_should(name: str) -> None:
    document = build(name, Words())
    found = structure(PARSER.parse(render(document, Screen())))
    assert found["heading_open h1 #"] == 1
    tables = sum(isinstance(block, Table) for block in document.blocks)
    if name.startswith("comparison") or name == "services":
        assert found["table_open table "] == tables == (2 if name == "services" else 1)
    addresses = sum(bool(reference.url) for reference in document.references)
    assert found["link_open a autolink"] == addresses + links(document)
    assert not any(
        key.startswith(("code", "fence", "html_block", "em_", "image", "blockquote")) for key in found
    )


def test_several_pages_in_one_file_keep_their_titles_apart() -> None:
    pages = [page(make_strategy(Words(), "a")), page(make_strategy(Words(), "b"))]
    tokens = PARSER.parse(render(Document("all", (), {}, pages=pages), Screen()))
    assert structure(tokens)["heading_open h1 #"] == 2


def test_the_sources_of_the_page_stand_at_its_end_with_their_numbers() -> None:
    shown = render(
        compared(make_strategy(Words(), "a"), make_strategy(Words(), "b"), sources=SOURCES), Screen()
    )
    assert shown.index("\n[^1]: Title of src-a.") > shown.index("Key findings")
    listed = render(page(make_strategy(Words(), "a")), Screen())
    assert listed.index("- \\[1\\] ") > listed.index("## Sources") > listed.index("## Cautions")
    assert shown.endswith("\n")
    assert not shown.endswith("\n\n")
