"""How long the table of all countries by all services takes, against Rich with a bare table of the same cells.

Run: python tests/benchmarks/bench_compare.py [--rounds N]. Both render to text at 120 columns, in one process,
in turn. "table" is the table as a person gets it: blocks that fit, heads, notes by number; "whole" also prints
the totals, the numbered notes and every source under it.
"""

import argparse
from io import StringIO

from rich import box
from rich.console import Console
from rich.table import Table as Grid
from rounds import calls, table

from recoverykb.render.formats.table_ import render
from recoverykb.render.screen import Screen
from recoverykb.render.words import sentence
from recoverykb.storage.base import Base
from recoverykb.views.compare import fetch
from recoverykb.views.document import Document, Table

WIDTH = 120


def bare(found: Table) -> str:
    """The same cells as Rich alone lays them out, with the same rules."""
    console = Console(
        file=StringIO(), width=WIDTH, color_system=None, markup=False, highlight=False, emoji=False
    )
    grid = Grid(box=box.SIMPLE_HEAD, show_lines=True, pad_edge=False, padding=(0, 1, 0, 0))
    for head in (found.corner, *map(sentence, found.heads())):
        grid.add_column(head, overflow="fold")
    for head, (_, cells) in zip(found.row_heads(), found.rows, strict=True):
        grid.add_row(sentence(head), *("\n".join(map(sentence, cell.lines)) for cell in cells))
    console.print(grid)
    return console.file.getvalue()  # type: ignore[attr-defined, no-any-return]


def main() -> None:
    """Print the ratios."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    with Base.open() as base:
        document = fetch.services(base)
        assert document is not None
        whole: Document = document
        first = whole.blocks[0]
        assert isinstance(first, Table)
        only = Document(whole.title, [first], {})
        screen = Screen(width=WIDTH)
        measured = calls(
            {
                "Rich, bare table": lambda: bare(first),
                "table": lambda: render(only, screen),
                "whole": lambda: render(whole, screen),
                "services_document": lambda: fetch.services(base),
            },
            rounds=rounds,
        )
    print(f"{len(first.rows)} countries by {len(first.columns)} services, {len(whole.references)} sources")
    print(table(measured, "Rich, bare table"))


if __name__ == "__main__":
    main()
