"""The best records of every frequent word, worked out when the index is made.

bm25 looks at every record that holds a word, which on a directory of a hundred thousand services takes
longer than everything else together. For words that stand in more than ``weights.RARE`` records the index
keeps the ``weights.KEPT`` records that bm25 ranks first (champion lists: Manning, Raghavan and Schuetze,
Introduction to Information Retrieval, 2008, section 7.1.3), so that a search weighs only those. A small base
keeps none.
"""

import sqlite3

from recoverykb import weights
from recoverykb.stop_words import STOP_WORDS
from recoverykb.storage.concepts import MARKS

NEW = ""
"""Stands in place of a word for records that came since the lists were made: always weighed."""
_MOST_NEW = 0.02
"""Above this share of new records the lists are made again."""


def update(connection: sqlite3.Connection, added: list[int]) -> None:
    """Bring the lists up to date after the records with the rowids ``added`` came."""
    (total,) = connection.execute("select count(*) from record").fetchone()
    if total <= weights.RARE:
        connection.execute("delete from best")
        return
    connection.executemany("insert or ignore into best values(?, ?)", [(NEW, rowid) for rowid in added])
    (new,) = connection.execute("select count(*) from best where token = ?", (NEW,)).fetchone()
    if new > total * _MOST_NEW:
        _make(connection)


def _make(connection: sqlite3.Connection) -> None:
    connection.execute("delete from best")
    words = connection.execute(
        "select level from spelling group by level having sum(records) > ?", (weights.RARE,)
    ).fetchall()
    marks = connection.execute(
        "select term from indexed where term >= ? and term < ? and doc > ?", (*MARKS, weights.RARE)
    ).fetchall()
    for token in {token for (token,) in words + marks} - STOP_WORDS:
        connection.execute(
            "insert or ignore into best select ?, rowid from search "
            f"where search match ? order by {weights.bm25('search')} limit ?",
            (token, f'"{token}"', weights.KEPT),
        )


def is_kept(connection: sqlite3.Connection) -> bool:
    """Whether the base is so large that lists are kept."""
    return connection.execute("select 1 from best limit 1").fetchone() is not None


def candidates(connection: sqlite3.Connection, tokens: set[str]) -> list[int] | None:
    """The rowids of the records worth weighing for any of ``tokens``.

    ``None`` where a word has no list, because it became frequent since the lists were made: all count then.
    """
    wanted = sorted(tokens - STOP_WORDS)
    marks = ", ".join("?" * (len(wanted) + 1))
    rows = connection.execute(f"select token, record from best where token in ({marks})", (*wanted, NEW))
    found = rows.fetchall()
    if {token for token, _ in found} - {NEW} != set(wanted) or not wanted:
        return None
    return sorted({rowid for _, rowid in found})
