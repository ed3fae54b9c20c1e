"""Printed sheets, read back: the checklist P1 to P28 of the research note on printed guides.

Real sheets of the curated base, in every language and form. Where a point is proved elsewhere: P13 and
P14 in test_views.py, P28 in test_forms.py; the HTML in a browser in test_browser.py.
"""

import html
import io
import os
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from page import ValidationProfile, validate_pdf_bytes

from conftest import KB, Run
from pages import Page
from paper import Glyph, glyphs, page_colours, page_sizes, pdf_pages, pdf_text
from recoverykb.check.rules.reading_grade import reading_grade
from recoverykb.check.rules.words_to_avoid import _QUOTED, _WORDS
from recoverykb.records.types import Country, Organization, Strategy
from recoverykb.render.formats import html_, markdown_, pdf_, plain_
from recoverykb.render.safe import one_line
from recoverykb.render.screen import Screen
from recoverykb.storage.base import Base
from recoverykb.views.document import Bullets, Document, Fields, Paragraph, Part, Strip, Text
from recoverykb.views.language import LANGUAGE_NAMES, language
from recoverykb.views.sheet.gather import sheet
from recoverykb.views.sheet.wish import Wish

MM = 72 / 25.4
DAY = date(2026, 11, 27)


class Made(NamedTuple):
    """A sheet in its forms."""

    wish: Wish
    document: Document
    pdf: bytes


SHEETS: dict[str, tuple[list[str], Wish]] = {
    "Nairobi": ([], Wish(country="KE")),
    "Nairobi in Swahili": ([], Wish(country="KE", language="sw")),
    "Nairobi for a worker": (["opioid-agonist-treatment", "mewa"], Wish(country="KE", audience="worker")),
    "Lisbon": ([], Wish(country="PT", language="pt")),
    "Bogota on letter": ([], Wish(country="CO", language="es", paper="letter")),
    "overdose card": (["overdose-response"], Wish(country="CH", language="fr")),
    "questions in Russian": (["questions-to-ask"], Wish(language="ru")),
    "Arabic": (["methadone", "naloxone"], Wish(country="MA", language="ar")),
    "Thai in large print": ([], Wish(country="TH", language="th", large=True)),
    "what harms": (["rapid-opioid-detoxification"], Wish(country="US")),
    "by need": ([], Wish(country="GB", needs=("housing", "family"))),
}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Base]:
    os.environ.setdefault("RECOVERYKB_CACHE", str(tmp_path_factory.mktemp("cache")))
    with Base.open([], print) as opened:
        yield opened


@pytest.fixture(scope="module", params=SHEETS)
def made(base: Base, request: pytest.FixtureRequest) -> Made:
    ids, wish = SHEETS[request.param]
    document = sheet(base, ids, wish, today=DAY)
    return Made(wish, document, pdf_.render(document, Screen()))


def letters(made: Made) -> list[Glyph]:
    return list(glyphs(made.pdf))


def texts(blocks: Any) -> Iterator[Text]:
    for block in blocks:
        match block:
            case Paragraph(text):
                yield text
            case Bullets(items):
                yield from items
            case Fields(rows):
                yield from (text for _, text in rows)
            case Strip(_, inner) | Part(_, inner):
                yield from texts(inner)


def entries(blocks: Any) -> Iterator[Part]:
    for block in blocks:
        if isinstance(block, Part):
            if block.keep:
                yield block
            yield from entries(block.blocks)


def spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00a0", " "))


def bare(text: str) -> str:
    """A text without white space and marks, so that forms with other signs can be compared."""
    return re.sub(r"[\W_]+", "", text)


class TestPaper:
    def test_p1_the_page_is_a4_or_letter(self, made: Made) -> None:
        wanted = {"a4": (595.28, 841.89), "letter": (612.0, 792.0)}[made.wish.paper]
        assert all(size == pytest.approx(wanted, abs=0.5) for size in page_sizes(made.pdf))

    def test_p2_no_type_is_smaller_than_12_points_or_18_in_large_print(self, made: Made) -> None:
        smallest = min(glyph.size for glyph in letters(made))
        assert smallest >= (18 if made.wish.large else 12)

    def test_p3_fonts_are_embedded_upright_and_ours(self, made: Made) -> None:
        from pypdf import PdfReader

        assert {re.sub(r"^[A-Z]{6}\+", "", glyph.font) for glyph in letters(made)} <= {
            "FiraGO-Regular",
            "FiraGO-Bold",
        }
        for page in PdfReader(io.BytesIO(made.pdf)).pages:
            for font in page["/Resources"]["/Font"].values():
                inner = font.get_object()["/DescendantFonts"][0].get_object()
                descriptor = inner["/FontDescriptor"].get_object()
                assert {"/FontFile2", "/FontFile3"} & set(descriptor)

    def test_p4_nothing_stands_outside_the_margins_of_12_millimetres(self, made: Made) -> None:
        width, height = page_sizes(made.pdf)[0]
        for glyph in letters(made):
            assert glyph.left >= 12 * MM - 0.5, glyph
            assert glyph.right <= width - 12 * MM + 0.5, glyph
            assert 12 * MM - 0.5 <= glyph.bottom < glyph.top <= height - 12 * MM + 0.5, glyph

    def test_p5_lines_have_at_most_70_letters_on_the_whole(self, made: Made) -> None:
        lines: dict[tuple[int, int], int] = defaultdict(int)
        for glyph in letters(made):
            lines[glyph.page, round(glyph.bottom / 6)] += 1
        long = sorted(lines.values())[-len(lines) // 20]
        assert long <= 70

    def test_p6_print_is_black(self, made: Made) -> None:
        dark = [colour for colour in page_colours(made.pdf) if min(colour) < 100]
        assert len(dark) > 1000
        assert max(max(colour) - min(colour) for colour in dark) <= 12

    def test_p7_no_number_is_broken_over_two_lines(self, made: Made) -> None:
        lines = [spaced(line) for page in pdf_pages(made.pdf) for line in page.split("\n")]
        numbers = [text.lead for text in texts(made.document.blocks) if text.dial]
        if made.wish.language == "ar":
            return  # its lines run leftwards in the text layer: the order of groups has a test of its own
        for number in numbers:
            assert any(number in line for line in lines), number

    def test_p8_no_entry_is_split_over_two_pages(self, made: Made) -> None:
        pages = [bare(page) for page in pdf_pages(made.pdf)]
        for entry in entries(made.document.blocks):
            ends = [bare(text.value)[:25] for text in texts(entry.blocks) if text.value]
            heading = bare(entry.heading)[:25]
            if made.wish.language in ("ar", "th") or made.wish.large:
                continue  # the text layer of these scripts has its own order; large entries may be a page long
            assert any(heading in page and all(end in page for end in ends) for page in pages), entry.heading

    def test_p9_the_emergency_strip_begins_in_the_first_third_of_the_first_page(self, made: Made) -> None:
        strip = made.document.blocks[0 if made.wish.language == "en" else 1]
        assert isinstance(strip, Strip)
        wanted, found = bare(strip.heading), ""
        for glyph in letters(made):
            found = (found + bare(glyph.letter))[-len(wanted) :]
            if found == wanted:
                break
        if made.wish.language not in ("ar", "th"):
            assert found == wanted
            height = page_sizes(made.pdf)[0][1]
            assert (glyph.page, glyph.bottom > height * 2 / 3) == (0, True)

    def test_p10_title_place_language_days_publisher_and_where_to_report_are_there(self, made: Made) -> None:
        first, last = pdf_pages(made.pdf)[0], pdf_text(made.pdf)
        assert made.document.subtitle.count(" · ") == 2
        assert LANGUAGE_NAMES[made.wish.language] in made.document.subtitle
        spoken = language(made.wish.language)
        assert str(DAY.year) in first
        assert "recoverykb" in last
        wrong = spoken.say("Something is wrong here? Tell the team that gave you this page.")
        assert wrong in made.document.footer

    def test_p11_every_entry_says_how_to_reach_it_its_hours_cost_and_when_it_was_checked(
        self, made: Made, base: Base
    ) -> None:
        say = language(made.wish.language).say
        names = {body.name for body in base.every(Organization)}
        for entry in entries(made.document.blocks):
            if not any(entry.heading.startswith(name) for name in names):
                continue
            labels = {label for block in entry.blocks if isinstance(block, Fields) for label, _ in block.rows}
            reached = {say("Phone"), say("Text message"), say("Web"), say("Mail"), say("Chat")}
            assert labels & reached, entry.heading
            seen_above = [
                text for text in texts(entry.blocks) if say("see “Someone to talk to”") in text.value
            ]
            assert say("Checked") in labels or seen_above
            if any(text.dial for text in texts(entry.blocks)):
                assert {say("Hours"), say("Cost"), say("Checked")} <= labels

    def test_p17_no_remains_of_markup_or_code(self, made: Made) -> None:
        shown = pdf_text(made.pdf)
        assert not re.search(r"<\w+>|&\w+;|\\n|\ufffd|\bNone\b(?!\?)|\bnan\b|\{\w+\}", shown)

    def test_p19_words_are_person_first(self, made: Made) -> None:
        for text in texts(made.document.blocks):
            ours = _QUOTED.sub(" ", text.value)
            found = [re.search(word, ours, re.IGNORECASE) for word in _WORDS]
            assert [hit[0] for hit in found if hit and not hit[0].istitle()] == []

    def test_p21_links_to_phones_equal_the_numbers_shown(self, made: Made) -> None:
        page = html_.render(made.document, Screen())
        links = re.findall(r'<a href="tel:([^"]+)" dir="ltr">([^<]+)</a>', page)
        assert all(re.sub(r"[^+\d]", "", html.unescape(shown)) == number for number, shown in links)
        assert len(links) == sum(1 for text in texts(made.document.blocks) if text.dial)

    def test_p22_addresses_for_people_are_short(self, made: Made) -> None:
        if made.wish.audience == "person":
            assert all(len(entry.url) <= 40 for entry in made.document.references)

    def test_p23_the_pdf_is_accessible(self, made: Made) -> None:
        report = validate_pdf_bytes(made.pdf, profile=ValidationProfile("ua1"))
        assert report.rules.total > 100
        assert [(failure.rule_id, failure.message) for failure in report.failures] == []

    def test_p23_title_and_language_are_set_and_headings_leave_no_gap(self, made: Made) -> None:
        from pypdf import PdfReader

        reader = PdfReader(io.BytesIO(made.pdf))
        assert reader.metadata is not None
        assert reader.metadata.title == one_line(made.document.title)
        assert reader.trailer["/Root"]["/Lang"] == made.wish.language
        page = Page(html_.render(made.document, Screen()))
        levels = [int(tag[1]) for tag in page.tags if re.fullmatch(r"h\d", tag)]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))

    def test_p25_the_same_data_and_day_give_the_same_bytes(self, made: Made) -> None:
        assert pdf_.render(made.document, Screen()) == made.pdf

    def test_p27_every_form_says_the_same(self, made: Made) -> None:
        told = {
            "html": bare(" ".join(Page(html_.render(made.document, Screen())).text)),
            "markdown": bare(re.sub(r"\\(.)|&#\d+;", r"\1", markdown_.render(made.document, Screen()))),
            "plain": bare(plain_.render(made.document, Screen())),
        }
        if made.wish.language not in ("ar", "th"):
            told["pdf"] = bare(pdf_text(made.pdf))
        parts = [part for text in texts(made.document.blocks) for part in (text.lead, text.value, text.quote)]
        parts += [entry.text for entry in made.document.references]
        for form, whole in told.items():
            missing = [part for part in parts if bare(part) and bare(part)[:60] not in whole]
            if form == "pdf":  # a line of the foot may stand within a text that runs over two pages
                missing = [part for part in missing if not all(bare(word) in whole for word in part.split())]
            assert missing == [], form


def test_p15_sections_come_in_the_order_of_the_checklist(base: Base) -> None:
    document = sheet(base, [], Wish(country="KE"), today=DAY)
    headings = [block.heading for block in document.blocks if isinstance(block, Part | Strip)]
    assert headings == [
        "If someone may have overdosed",
        "Someone to talk to",
        "What can help",
        "Not found in Kenya",
        "Places and groups",
        "The law on having drugs for yourself",
        "Questions to ask",
    ]
    empty = sheet(base, ["naloxone"], Wish(), today=DAY)
    assert [block.heading for block in empty.blocks if isinstance(block, Part)] == [
        "Naloxone",
        "Questions to ask",
    ]


def test_p18_our_own_prose_for_people_reads_at_grade_6(base: Base) -> None:
    names = {record.name for kind in (Strategy, Organization, Country) for record in base.every(kind)}
    names |= {alias for strategy in base.every(Strategy) for alias in strategy.aliases}
    names |= {"opioids", "opioid", "World Health Organization", "fentanyl", "hepatitis"}
    plural = {f"{name}s" for name in names}
    known = sorted((re.escape(name) for name in names | plural if len(name) > 2), key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(known)})(?!\w)", re.IGNORECASE)
    for strategy in base.every(Strategy):
        for text in filter(None, (strategy.summary, strategy.how_to_start)):
            assert reading_grade(pattern.sub("it", text)) <= 6, (strategy.id, text)
            assert max(len(line.split()) for line in re.split(r"(?<=[.!?])\s+", text)) <= 20, strategy.id


@pytest.mark.parametrize("tag", sorted(set(LANGUAGE_NAMES) - {"en"}))
def test_p24_a_translated_sheet_has_no_untranslated_label_and_the_same_entries(base: Base, tag: str) -> None:
    english = sheet(base, ["naloxone", "nacada"], Wish(country="KE"), today=DAY)
    other = sheet(base, ["naloxone", "nacada"], Wish(country="KE", language=tag), today=DAY)
    assert other.ids == english.ids
    assert [type(block) for block in other.blocks[1:]] == [type(block) for block in english.blocks]
    labels = {label for label, _ in _labels(english.blocks)}
    assert not labels & {label for label, _ in _labels(other.blocks)} - {"Web", "Note", "Chat"}
    spoken = language(tag)
    assert spoken.reviewed_by == ""
    waits = spoken.say("This translation awaits review by a native speaker.")
    assert waits != "This translation awaits review by a native speaker."
    assert waits in plain_.render(other, Screen())
    page = html_.render(other, Screen())
    assert f'<html lang="{tag}"{" dir=" + chr(34) + "rtl" + chr(34) if tag == "ar" else ""}>' in page
    assert all(f'lang="en" dir="ltr">[EN] {html.escape(text.quote)[:20]}' in page.replace("\u00a0", " ")
               for text in texts(other.blocks) if text.quote)  # fmt: skip


def _labels(blocks: Any) -> Iterator[tuple[str, Text]]:
    for block in blocks:
        if isinstance(block, Fields):
            yield from block.rows
        elif isinstance(block, Part | Strip):
            yield from _labels(block.blocks)


def test_numbers_keep_the_order_of_their_groups_where_lines_run_leftwards(base: Base) -> None:
    document = sheet(base, [], Wish(country="CO", language="ar"), today=DAY)
    number = "300 754 8933"
    assert f"\u2066{number}\u2069" in plain_.render(document, Screen())
    assert f"\u2066{number}\u2069" in markdown_.render(document, Screen())
    lines: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
    for glyph in glyphs(pdf_.render(document, Screen())):
        if glyph.letter.isdigit() and glyph.size == pytest.approx(
            13 * 1.15, abs=0.1
        ):  # as numbers to dial are
            lines[glyph.page, round(glyph.bottom / 8)].append(glyph)
    shown = [
        "".join(glyph.letter for glyph in sorted(line, key=lambda glyph: glyph.left))
        for line in lines.values()
    ]
    assert number.replace(" ", "") in shown


def test_every_catalogue_is_complete_and_of_today() -> None:
    script = KB.parent / ".maintenance" / "catalogues.py"
    done = subprocess.run([sys.executable, script, "check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "every catalogue is complete and of today")


def test_p16_and_p26_pages_are_kept_and_what_was_left_out_is_said(run: Run, tmp_path: Path) -> None:
    whole = run("sheet", "--country", "KE", "-f", "json").json
    target = tmp_path / "short.pdf"
    assert run("sheet", "--country", "KE", "--pages", "5", "-o", target).code == 0
    assert len(pdf_pages(target.read_bytes())) <= 5
    short = run("sheet", "--country", "KE", "--pages", "5", "-f", "json").json
    left_out = [entry["id"] for entry in short["left_out"]]
    assert left_out
    assert sorted(short["records"] + left_out) == sorted(whole["records"])
    assert all(entry["reason"] == "space" for entry in short["left_out"])
    assert "To save pages" in pdf_text(target.read_bytes())


def test_p26_what_cannot_fit_says_how_many_pages_it_needs(run: Run) -> None:
    refused = run("sheet", "--country", "KE", "--pages", "1")
    assert refused.code == 2
    assert re.search(r"does not fit 1 page.*still needs \d+.*type is never made smaller", refused.stderr)


@given(st.text(max_size=60))
@example('#panic("x")')
@example("$x^2$ *b* _i_ @ref <label> // gone /* gone */ `raw` ~ -- --- \\u{41}")
@example("= heading\n- list\n+ list\n/ term: x\n#{}[]")
@example("\x1b[31m\x00\x9b\u202e\u2028")
@example("n" * 10_000)
@settings(max_examples=25)
def test_hostile_words_come_out_of_the_pdf_as_words(text: str) -> None:
    parts = [
        Paragraph(Text(f"a {text} z", lead=text)),
        Bullets([Text(text, dial="1")]),
        Fields([(f"l{text}", Text(text, quote=text))]),
        Part(f"h {text}", [Paragraph(Text("x"))], keep=True),
        Strip(f"s {text}", []),
    ]
    document = Document(f"T {text}", parts, {}, footer=[text])
    shown = pdf_text(pdf_.render(document, Screen()))
    wanted = re.findall(r"[ -~]+", one_line(text))
    assert [word for part in wanted for word in part.split() if bare(word) not in bare(shown)] == []


def test_letters_that_no_font_shows_are_replaced_and_named() -> None:
    strange = "\U00013000\U00012000"  # hieroglyphs and cuneiform
    shown = pdf_text(pdf_.render(Document("T", [Paragraph(Text(f"Ask {strange} now"))], {}), Screen()))
    assert "Ask (?) now" in shown or strange in shown
    assert "no font on this machine can show (Cuneiform, Egyptian)" in shown or strange in shown


def test_without_the_extra_pdf_says_what_to_install(run: Run, tmp_path: Path) -> None:
    (tmp_path / "typst.py").write_text("raise ImportError('not here')\n")
    refused = run("sheet", "naloxone", "-o", tmp_path / "x.pdf", env={"PYTHONPATH": str(tmp_path)})
    assert refused.code == 2
    assert "PDF needs the extra 'pdf' (pip install 'recoverykb[pdf]'" in refused.stderr
    assert not (tmp_path / "x.pdf").exists()
