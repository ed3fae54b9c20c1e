"""The HTML pages in a real browser: no overflow, no accessibility violation, sortable, printable.

Needs Chromium with its driver, and axe-core (``RECOVERYKB_AXE`` names its ``axe.min.js``); README says how
to install them. Without them these tests skip.
"""

import base64
import io
import os
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from paper import glyphs, page_sizes, pdf_pages
from recoverykb.render.formats.html_ import render
from recoverykb.render.screen import Screen
from recoverykb.storage.base import Base
from recoverykb.views.sheet import gather
from recoverykb.views.sheet.wish import Wish
from test_forms import build

AXE = Path(os.environ.get("RECOVERYKB_AXE", "axe.min.js"))
PHONE, DESKTOP = (360, 740), (1280, 900)
PAGES = ("countries", "services", "turned", "evidence", "figure", "chart")
SHEETS = {
    "kenya-en": Wish(country="KE"),
    "morocco-ar": Wish(country="MA", language="ar"),
    "thailand-th": Wish(country="TH", language="th"),
}
PAPERS = {"A4": (8.27, 11.69), "Letter": (8.5, 11.0)}
"""Width and height in inches."""
DAY = date(2026, 11, 27)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not chromium or not driver:
        pytest.skip("chromium and chromedriver are not installed")
    from selenium.webdriver import Chrome
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service

    options = Options()
    options.binary_location = chromium
    for switch in ("headless=new", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run",
                   "disable-background-networking", "disable-component-update", "disable-sync",
                   "disable-dev-shm-usage"):  # fmt: skip
        options.add_argument(f"--{switch}")
    opened = Chrome(options=options, service=Service(driver))
    yield opened
    opened.quit()


@pytest.fixture(scope="module")
def folder(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("pages")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RECOVERYKB_CACHE", str(cache))
        patch.delenv("RECOVERYKB_PATH", raising=False)
        with Base.open() as base:
            for name in PAGES:
                page = render(build(base, name), Screen())
                (made / f"{name}.html").write_text(page, encoding="utf-8")
            for name, wish in SHEETS.items():
                for paper in ("a4", "letter"):
                    document = gather.sheet(base, [], wish._replace(paper=paper), today=DAY)
                    target = made / (f"{name}.html" if paper == "a4" else f"{name}-{paper}.html")
                    target.write_text(render(document, Screen()), encoding="utf-8")
    return made


def show(browser: Any, folder: Path, name: str, size: tuple[int, int], scheme: str = "light") -> None:
    """Open a page at a width in CSS pixels, in the light or the dark scheme."""
    metrics = {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": size == PHONE}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    browser.get((folder / f"{name}.html").as_uri())


@pytest.mark.parametrize("name", [*PAGES, *SHEETS])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_nothing_is_wider_than_the_window(
    browser: Any, folder: Path, name: str, size: tuple[int, int]
) -> None:
    show(browser, folder, name, size)
    width, inner = browser.execute_script("return [document.documentElement.scrollWidth, window.innerWidth]")
    assert inner == size[0]
    assert width <= inner
    if size == PHONE:
        wide = browser.execute_script(
            "return [...document.querySelectorAll('.scroll')].filter(e => e.scrollWidth > e.clientWidth).length"
        )
        assert wide == 0


@pytest.mark.parametrize("name", [*PAGES, *SHEETS])
@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "light"), (DESKTOP, "light"), (DESKTOP, "dark")])
def test_axe_finds_no_violation(
    browser: Any, folder: Path, name: str, size: tuple[int, int], scheme: str
) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed (RECOVERYKB_AXE)")
    show(browser, folder, name, size, scheme)
    browser.execute_script(AXE.read_text(encoding="utf-8"))
    browser.set_script_timeout(120)
    found = browser.execute_async_script(
        "const done = arguments[0]; axe.run({resultTypes: ['violations', 'incomplete']}).then(r => done("
        "{violations: r.violations.map(v => [v.id, v.nodes.length, v.nodes[0].html]),"
        " passes: r.passes.map(p => p.id)}))"
    )
    assert found["violations"] == []
    assert "color-contrast" in found["passes"]


def test_a_column_can_be_sorted_with_the_keyboard_and_says_so(browser: Any, folder: Path) -> None:
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    show(browser, folder, "figure", DESKTOP)
    table = browser.find_element(By.CSS_SELECTOR, "table.sortable")
    head = table.find_elements(By.CSS_SELECTOR, "thead th")[1]
    head.find_element(By.TAG_NAME, "button").send_keys(Keys.ENTER)
    assert head.get_attribute("aria-sort") == "ascending"
    values = [
        float(cell.get_attribute("data-sort")) for cell in table.find_elements(By.CSS_SELECTOR, "tbody td")
    ]
    assert values == sorted(values)
    head.find_element(By.TAG_NAME, "button").send_keys(Keys.ENTER)
    values = [
        float(cell.get_attribute("data-sort")) for cell in table.find_elements(By.CSS_SELECTOR, "tbody td")
    ]
    assert values == sorted(values, reverse=True)
    assert browser.find_element(By.ID, "sorted").get_attribute("textContent").endswith("descending")


def test_sorting_by_evidence_puts_benefit_first_and_what_is_not_recorded_last(
    browser: Any, folder: Path
) -> None:
    from selenium.webdriver.common.by import By

    show(browser, folder, "evidence", DESKTOP)
    table = browser.find_element(By.CSS_SELECTOR, "table.sortable")
    for column in (2, 3):
        table.find_elements(By.CSS_SELECTOR, "thead button")[column].click()
        rows = table.find_elements(By.CSS_SELECTOR, "tbody tr")
        told = [row.find_elements(By.TAG_NAME, "td")[column - 1].text for row in rows]
        assert "benefit" in told[0]
        known = ["not recorded" not in text for text in told]
        assert known == sorted(known, reverse=True)
        assert False in known


def test_the_page_asks_the_network_for_nothing(browser: Any, folder: Path) -> None:
    show(browser, folder, "chart", DESKTOP)
    assert browser.execute_script("return performance.getEntriesByType('resource').length") == 0
    assert [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"] == []


@pytest.mark.parametrize("paper", PAPERS)
def test_on_paper_every_sheet_of_the_table_has_its_heads_and_nothing_is_cut_off(
    browser: Any, folder: Path, paper: str
) -> None:
    from pypdf import PdfReader

    show(browser, folder, "services", DESKTOP)
    width, height = PAPERS[paper]
    asked = {"paperWidth": width, "paperHeight": height, "preferCSSPageSize": False, "printBackground": True}
    printed = browser.execute_cdp_cmd("Page.printToPDF", {**asked, "landscape": True})
    sheets = [
        sheet.extract_text() for sheet in PdfReader(io.BytesIO(base64.b64decode(printed["data"]))).pages
    ]
    first, last = (
        next(n for n, sheet in enumerate(sheets) if name in sheet) for name in ("Algeria", "Zimbabwe")
    )
    assert first < last
    for sheet in sheets[first + 1 : last + 1]:
        head = " ".join(sheet.split()[:24])
        assert head.startswith("Country OAT"), head
        assert "Drug checks" in head
    assert any("Sources" in sheet for sheet in sheets[last:])


MARKED = """
return [...document.querySelectorAll('section.keep')].map((entry, number) => {
  const ends = [entry.querySelector('h2, h3, h4'), [...entry.querySelectorAll('dd, p, li')].at(-1)];
  for (const [letter, end] of [['a', ends[0]], ['z', ends[1]]]) {
    const mark = document.createElement('bdi');
    mark.dir = 'ltr';
    mark.textContent = `q${letter}${'x'.repeat(number + 1)}q`;
    end.append(mark);
  }
  return entry.offsetHeight;
})
"""
"""Puts a mark into the first and the last line of each entry; gives how many CSS pixels each is high."""


@pytest.fixture(scope="module", params=[(name, paper) for name in SHEETS for paper in PAPERS], ids="-".join)
def printed(
    browser: Any, folder: Path, request: pytest.FixtureRequest
) -> tuple[str, bytes, bytes, list[int]]:
    """A paper, a sheet as the browser prints it there, the same with marks, and the heights of entries."""
    name, paper = request.param
    show(browser, folder, name if paper == "A4" else f"{name}-letter", DESKTOP)
    clean = on_paper(browser)
    heights = browser.execute_script(MARKED)
    return paper, clean, on_paper(browser), heights


def on_paper(browser: Any) -> bytes:
    asked = {"preferCSSPageSize": True, "printBackground": True}
    return base64.b64decode(browser.execute_cdp_cmd("Page.printToPDF", asked)["data"])


def test_a_sheet_prints_on_its_paper_within_margins(printed: tuple[str, bytes, bytes, list[int]]) -> None:
    paper, content, _, _ = printed
    width, height = (side * 72 for side in PAPERS[paper])
    assert all(size == pytest.approx((width, height), abs=1) for size in page_sizes(content))
    margin = 12 * 72 / 25.4
    for glyph in glyphs(content):
        assert margin - 1 <= glyph.left, glyph
        assert glyph.right <= width - margin + 1, glyph


def test_no_type_of_a_printed_sheet_is_smaller_than_12_points(
    printed: tuple[str, bytes, bytes, list[int]],
) -> None:
    sizes = [glyph.size for glyph in glyphs(printed[1])]
    assert len(sizes) > 2000
    assert min(sizes) >= 11.95  # the browser counts in pixels of 0.75 points


def test_no_entry_of_a_printed_sheet_is_split(printed: tuple[str, bytes, bytes, list[int]]) -> None:
    _, _, content, heights = printed
    pages = {
        mark: number
        for number, page in enumerate(pdf_pages(content))
        for mark in re.findall(r"q[az]x+q", page)
    }
    short = [number for number, height in enumerate(heights) if height < 600]  # it fits a page in any case
    assert len(short) >= 5
    split = [number for number in short if len({pages[f"q{end}{'x' * (number + 1)}q"] for end in "az"}) > 1]
    assert split == []
