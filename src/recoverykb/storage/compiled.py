"""The compiled copy of the curated base that ships in the wheel: the first search is as fast as the next.

It is an index like any other, made once when the wheel is built. Its files are not looked at: they are
part of the package, and change only with it.
"""

import sqlite3
from pathlib import Path

from recoverykb import __version__
from recoverykb.storage.layers import Layer
from recoverykb.storage.schema import SCHEMA_VERSION, create

_STAMP = f'[{SCHEMA_VERSION}, "{__version__}", "compiled"]'


def compile_base(root: Path, target: Path) -> None:
    """Write the index of the base at ``root`` to the new file ``target``."""
    from recoverykb.storage.build import apply_changes
    from recoverykb.storage.scan import changes

    layers = [Layer("bundled", root, packaged=True)]
    connection = sqlite3.connect(target, isolation_level=None)
    connection.execute("pragma journal_mode = off")
    connection.execute("begin")
    create(connection, _STAMP)
    apply_changes(connection, layers, list(changes(layers)))
    connection.execute("insert into search(search) values('optimize')")
    connection.execute("commit")
    connection.execute("vacuum")
    connection.close()


def open_compiled(path: Path) -> sqlite3.Connection | None:
    """The compiled base at ``path``, read only; ``None`` when it is not one of this version."""
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
    try:
        if connection.execute("select value from meta where name = 'stamp'").fetchone() == (_STAMP,):
            return connection
    except sqlite3.DatabaseError:
        pass
    connection.close()
    return None
