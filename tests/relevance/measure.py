"""How well search answers: success@1, success@3 and nDCG@10 by kind of query, beside two plain baselines.

Run: python tests/relevance/measure.py [--set independent] [--half tune|hold] [--misses], or with --overview for all
sets. The queries stand in ``queries.toml`` and, by writers who did not know the program, in the other files, each with
graded answers (3: what is wanted, 2: good, 1: acceptable). nDCG as in Järvelin and Kekäläinen (2002): gain is
the grade, discount the logarithm of the rank; the ideal order is that of the grades. The baselines see
the same records in the same run: SQLite's FTS5 with its own tokenizer and bm25 over all of a record's text (all
words, then any word), and rapidfuzz's WRatio over names and other labels.
"""

import argparse
import math
import sqlite3
import tomllib
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from rapidfuzz import fuzz, process

from recoverykb.search.engine import search
from recoverykb.storage.base import Base

SETS = {
    name: Path(__file__).with_name(f"{name}.toml")
    for name in ("queries", "independent", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
}
DEPTH = 10
Engine = Callable[[str], list[str]]


class Query(NamedTuple):
    """One query of the set. ``twin`` is the clean form of a misspelt one; no answers: it should find nothing."""

    text: str
    kind: str
    half: str
    answers: dict[str, int]
    twin: str = ""


class Scores(NamedTuple):
    """What one engine reached on some queries, each a share from 0 to 1."""

    first: float
    third: float
    ndcg: float
    number: int


def queries(half: str | None = None, name: str = "queries") -> list[Query]:
    """The queries of the set called ``name``, or of one half of it."""
    tables = tomllib.loads(SETS[name].read_text(encoding="utf-8"))["query"]
    return [query for query in (Query(**table) for table in tables) if half in (None, query.half)]


def ndcg(found: Sequence[str], answers: dict[str, int]) -> float:
    """Normalised discounted cumulative gain of the first ten; for a query without answers, 1 if nothing is found."""
    if not answers:
        return float(not found)

    def total(grades: Sequence[int]) -> float:
        return sum(grade / math.log2(rank + 2) for rank, grade in enumerate(grades[:DEPTH]))

    return total([answers.get(record_id, 0) for record_id in found]) / total(
        sorted(answers.values(), reverse=True)
    )


def success(found: Sequence[str], answers: dict[str, int], depth: int) -> bool:
    """Whether a best answer (one of the highest grade) is among the first ``depth``; or rightly nothing is found."""
    if not answers:
        return not found
    best = max(answers.values())
    return any(answers.get(record_id) == best for record_id in found[:depth])


def scores(engine: Engine, chosen: Sequence[Query]) -> dict[str, Scores]:
    """The scores of ``engine`` by kind of query, and under ``all`` those of every query."""
    by_kind: dict[str, list[tuple[bool, bool, float]]] = defaultdict(list)
    for query in chosen:
        found = engine(query.text)
        measured = (
            success(found, query.answers, 1),
            success(found, query.answers, 3),
            ndcg(found, query.answers),
        )
        by_kind[query.kind].append(measured)
        by_kind["all"].append(measured)
    return {
        kind: Scores(*(sum(column) / len(rows) for column in zip(*rows, strict=True)), len(rows))
        for kind, rows in by_kind.items()
    }


def ours(base: Base) -> Engine:
    """Search as it is."""
    return lambda text: [hit.row.id for hit in search(base, text, limit=DEPTH).hits]


def plain_bm25(base: Base) -> Engine:
    """FTS5 as it comes: unicode61, bm25 without weights, every word, and if that finds too little, any word."""
    connection = sqlite3.connect(":memory:")
    connection.execute("create virtual table plain using fts5(id unindexed, text)")
    rows = base.connection.execute(
        "select id, record.name || ' ' || aliases || ' ' || record.summary || ' ' || said from record "
        "join content on content.rowid = record.rowid where active and kind != 'term'"
    )
    connection.executemany("insert into plain values(?, ?)", rows.fetchall())

    def engine(text: str) -> list[str]:
        words = ['"' + word.replace('"', "") + '"' for word in text.split() if word.strip('"')]
        found: list[str] = []
        for operator in (" AND ", " OR "):
            if words and len(found) < DEPTH:
                match = operator.join(words)
                hits = connection.execute(
                    "select id from plain where plain match ? order by rank limit ?", (match, DEPTH)
                )
                found += [record_id for (record_id,) in hits if record_id not in found]
        return found[:DEPTH]

    return engine


def fuzzy_names(base: Base) -> Engine:
    """rapidfuzz's WRatio over names, acronyms and other labels of the records themselves, at 60 and more."""
    rows = base.connection.execute(
        "select folded, id from label join record on record.rowid = label.record "
        "where active and kind != 'term' order by folded, id"
    ).fetchall()
    labels, ids = [row[0] for row in rows], [row[1] for row in rows]

    def engine(text: str) -> list[str]:
        ranked = process.extract(text.lower(), labels, scorer=fuzz.WRatio, score_cutoff=60, limit=40)
        return list(dict.fromkeys(ids[place] for _, _, place in ranked))[:DEPTH]

    return engine


def engines(base: Base) -> dict[str, Engine]:
    """Every engine that is measured, ours first."""
    return {"recoverykb": ours(base), "FTS5 bm25": plain_bm25(base), "rapidfuzz WRatio": fuzzy_names(base)}


def table(base: Base, chosen: Sequence[Query]) -> str:
    """The report on the ``chosen`` queries as a Markdown table."""
    measured = {name: scores(engine, chosen) for name, engine in engines(base).items()}
    names = list(measured)
    lines = [
        "| queries | n | " + " | ".join(f"{name}: s@1 · s@3 · nDCG" for name in names) + " |",
        "|---|--:|" + "---|" * len(names),
    ]
    kinds = sorted({query.kind for query in chosen})
    for kind in [*kinds, "all"]:
        cells = [
            f"{entry.first:.2f} · {entry.third:.2f} · {entry.ndcg:.2f}"
            for entry in (measured[name][kind] for name in names)
        ]
        lines.append(f"| {kind} | {measured[names[0]][kind].number} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def overview(base: Base, half: str | None) -> str:
    """The report on every set as two Markdown tables: each set as a whole, and nDCG@10 by kind of query."""
    chosen = {name: queries(half, name) for name in SETS}
    lines = [
        "| set | n | " + " | ".join(f"{name}: s@1 · s@3 · nDCG" for name in engines(base)) + " |",
        "|---|--:|---|---|---|",
    ]
    by_set: dict[str, dict[str, Scores]] = {}
    for name, asked in chosen.items():
        measured = {engine: scores(run, asked) for engine, run in engines(base).items()}
        by_set[name] = measured["recoverykb"]
        cells = [
            f"{e.first:.2f} · {e.third:.2f} · {e.ndcg:.2f}" for e in (m["all"] for m in measured.values())
        ]
        lines.append(f"| {name} | {len(asked)} | " + " | ".join(cells) + " |")
    lines += ["", "| nDCG@10 | " + " | ".join(SETS) + " |", "|---|" + "--:|" * len(SETS)]
    for kind in sorted({query.kind for asked in chosen.values() for query in asked}):
        found = [by_set[name].get(kind) for name in SETS]
        lines.append(f"| {kind} | " + " | ".join(f"{one.ndcg:.2f}" if one else "" for one in found) + " |")
    return "\n".join(lines)


def misses(base: Base, chosen: Sequence[Query]) -> str:
    """The ``chosen`` queries whose nDCG is below 0.8, with what was found and what was wanted."""
    engine = ours(base)
    lines: list[str] = []
    for query in chosen:
        found = engine(query.text)
        value = ndcg(found, query.answers)
        if value < 0.8:
            lines.append(
                f"{value:.2f} {query.kind}: {query.text!r}\n   found  {found}\n   wanted {query.answers}"
            )
    return "\n".join(lines)


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=["tune", "hold"])
    parser.add_argument("--misses", action="store_true", help="show the queries that went wrong")
    parser.add_argument("--set", choices=list(SETS), default="queries", dest="name")
    parser.add_argument("--overview", action="store_true", help="every set in short")
    options: Any = parser.parse_args()
    chosen = queries(options.half, options.name)
    with Base.open() as base:
        if options.overview:
            print(overview(base, options.half))
            return
        print(table(base, chosen))
        if options.misses:
            print("\n" + misses(base, chosen))


if __name__ == "__main__":
    main()
