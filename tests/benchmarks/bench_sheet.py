"""A PDF sheet against Typst with the same words as static text, on the same paper, in the same fonts, tagged alike.

Run: python tests/benchmarks/bench_sheet.py [--rounds N]. Asked for: a two-page sheet takes at most twice as long.
The static page is plain Typst markup, compiled by the same ``typst`` package, with every sheet written out again
from its document. "whole process" is a command from its start to the file; "in the process" is the first rendering
in a fresh one, when everything is imported and the document or markup is at hand (a second rendering would find
most of the page in Typst's cache). All run once a round, in turn. No sheet of the curated base is as short as two
pages, so that sheet comes from a layer in which the overdose guide and the questions are cut; the other is whole.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import tomli_w
from rounds import ROUNDS, table

from recoverykb.records.types import Guide
from recoverykb.render.fonts import FAMILY, font_folder
from recoverykb.render.formats import pdf_
from recoverykb.render.safe import one_line
from recoverykb.render.screen import Screen
from recoverykb.render.words import sentence
from recoverykb.storage.base import Base
from recoverykb.views.document import (
    Block,
    Bullets,
    Document,
    Fields,
    NoteBox,
    Paragraph,
    Part,
    Strip,
    Text,
)
from recoverykb.views.sheet.gather import sheet
from recoverykb.views.sheet.wish import Wish

ASKED = "naloxone"
HEAD = """#set document(title: [TITLE])
#set page(paper: "a4", margin: (x: 24mm, top: 17mm, bottom: 25mm), footer: context [#counter(page).display("1 / 1", both: true)])
#set text(font: "FONT", size: 13pt, lang: "en", hyphenate: false)
#set par(justify: false, leading: 0.55em, spacing: 0.75em)
#set list(spacing: 0.6em)
#set enum(spacing: 0.6em)
#show heading: set block(above: 1.1em, below: 0.6em, sticky: true)
#show heading.where(level: 1): set text(size: 1.2em)
#show heading.where(level: 2): set text(size: 1.05em)
#show heading.where(level: 3): set text(size: 1em)
#show title: set text(size: 1.1em)
#title()
"""
STATIC = """
import sys, time, typst
source, folder, target = sys.argv[1:]
begin = time.perf_counter()
fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
typst.compile(source, output=target, format="pdf", font_paths=fonts, pdf_standards=["ua-1"])
print(time.perf_counter() - begin)
"""


def markup(document: Document) -> str:
    """The words of a sheet as a Typst file that is nothing but text."""
    head = HEAD.replace("TITLE", literal(document.title)).replace("FONT", FAMILY)
    lines = [head, literal(document.subtitle), "", *written(document.blocks, 1), "= Sources"]
    for entry in document.references:
        lines += [literal(f"[{entry.number}] {entry.text} {entry.url}"), ""]
    for line in document.footer:
        lines += [literal(line), ""]
    return "\n".join(lines)


def literal(text: str) -> str:
    """``text`` as markup that shows it letter by letter."""
    return re.sub(r"([\\#$*_`<>@=+/~\[\]\"'-])", r"\\\1", one_line(text))


def told(text: Text) -> str:
    """A text with its lead in bold."""
    lead = f"*{literal(text.lead)}* " if text.lead else ""
    return lead + literal(sentence(text._replace(lead="")))


def written(blocks: Sequence[Block], level: int) -> Iterator[str]:
    """Blocks of a sheet as markup."""
    for block in blocks:
        match block:
            case Paragraph(text):
                yield from (told(text), "")
            case Bullets(items, ordered):
                yield from (f"{'+' if ordered else '-'} {told(item)}" for item in items)
                yield ""
            case Fields(rows):
                for label, text in rows:
                    yield from (f"*{literal(label)}:* {told(text)}", "")
            case Strip(heading, inner):
                yield f"#block(width: 100%, stroke: 2pt, radius: 2mm, inset: 4mm)[\n= {literal(heading)}"
                yield from written(inner, level + 1)
                yield "]"
            case Part(heading, inner):
                yield f"{'=' * level} {literal(heading)}"
                yield from written(inner, level + 1)
            case NoteBox(label, lines):
                yield f"#block(width: 100%, height: {lines * 2.2}em, stroke: 1pt, inset: 3mm)[*{literal(label)}*]"


def short_layer(base: Base, folder: Path) -> None:
    """A layer whose overdose guide and questions leave room on two pages."""
    (folder / "guides").mkdir(parents=True)
    for guide in base.every(Guide):
        if guide.use not in ("overdose", "questions"):
            continue
        first = next(part for part in guide.sections if part.card or guide.use == "questions")
        items = [{"text": item.text, "sources": [*item.sources][:1]} for item in first.items[:4]]
        section = {
            "heading": first.heading,
            "card": first.card,
            "items": items,
            "questions": [*first.questions][:3],
        }
        cut = {"id": guide.id, "name": guide.name, "summary": guide.summary, "use": guide.use,
               "sources": [*guide.sources], "compiled": guide.compiled, "sections": [section]}  # fmt: skip
        (folder / "guides" / f"{guide.id}.toml").write_text(tomli_w.dumps(cut), encoding="utf-8")


def once(layers: Sequence[Path]) -> None:
    """Render the sheet, and print the seconds of that alone."""
    with Base.open(layers) as base:
        document = sheet(base, [ASKED], Wish(), today=date.today())
    import typst  # noqa: F401 (its import is not the rendering)

    begin = time.perf_counter()
    pdf_.render(document, Screen())
    print(time.perf_counter() - begin)


def measure(layers: Sequence[Path], folder: Path, rounds: int) -> None:
    """Print the table of one sheet."""
    with Base.open(layers) as base:
        document = sheet(base, [ASKED], Wish(), today=date.today())
    source, target = folder / "static.typ", folder / "out.pdf"
    source.write_text(markup(document), encoding="utf-8")
    kb = [word for layer in layers for word in ("--kb", str(layer))]
    static = [sys.executable, "-c", STATIC, str(source), str(font_folder()), str(target)]
    ours = [sys.executable, "-m", "recoverykb", "sheet", ASKED, *kb, "-o", str(target)]
    first = [sys.executable, __file__, "--once", *map(str, layers)]
    whole: dict[str, list[float]] = {"Typst, static text": [], "recoverykb sheet -o x.pdf": []}
    inside: dict[str, list[float]] = {"Typst, static text": [], "render": []}
    pages = {}
    for number in range(rounds + 1):
        taken, printed, pages["static"] = timed(static, target)
        sheet_taken, _, pages["sheet"] = timed(ours, target)
        _, rendered, _ = timed(first, target)
        if number:  # the first round is not counted
            whole["Typst, static text"].append(taken)
            whole["recoverykb sheet -o x.pdf"].append(sheet_taken)
            inside["Typst, static text"].append(float(printed))
            inside["render"].append(float(rendered))
    print(f"\n{pages['sheet']} pages ({pages['static']} as static text), {rounds} rounds\n")
    for heading, seconds in (("whole process", whole), ("in the process", inside)):
        print(table(seconds, "Typst, static text").replace("| |", f"| {heading} |", 1) + "\n")


def timed(command: Sequence[str], target: Path) -> tuple[float, str, int]:
    """Seconds of a command, what it printed, and how many pages the file has."""
    begin = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ)
    taken = time.perf_counter() - begin
    return taken, done.stdout.strip(), len(re.findall(rb"/Type\s*/Page\b", target.read_bytes()))


def main() -> None:
    """Measure a two-page sheet and a whole one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--once", nargs="*", type=Path, help="render once, on these layers (used by itself)")
    options = parser.parse_args()
    if options.once is not None:
        once(options.once)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Base.open() as base:
            short_layer(base, folder / "short")
        measure([folder / "short"], folder, options.rounds)
        measure([], folder, options.rounds)


if __name__ == "__main__":
    main()
