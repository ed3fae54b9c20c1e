"""What a person typed and what was not written yet: kept until it is, whatever happens meanwhile."""

import re
import tempfile
from contextlib import suppress
from pathlib import Path

from recoverykb.storage.folders import user_state
from recoverykb.storage.write import write_text


def draft_file(name: str) -> Path:
    """A place for a draft: in the user's folder, or a temporary one where that cannot be written.

    Whatever the name holds, the place is in that folder.
    """
    folder = user_state() / "drafts"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass  # it can be written to
    except OSError:
        folder = Path(tempfile.mkdtemp(prefix="recoverykb-"))
    return folder / f"{re.sub('[^A-Za-z0-9]+', '-', name)[:100]}.toml"


def keep(name: str, text: str) -> Path:
    """Write a draft; where it stands. An older draft of that name is moved aside, not lost.

    Raises :class:`WriteError` when no folder takes it.
    """
    path = free(draft_file(name), text)
    write_text(path, text)
    return path


def free(path: Path, text: str) -> Path:
    """``path``, or one like it with a number where another text than ``text`` stands there already."""
    number, found = 1, path
    while found.exists() and found.read_bytes() != text.encode():
        number += 1
        found = path.with_name(f"{path.stem}-{number}.toml")
    return found


def drop(path: Path) -> None:
    """Delete a draft that is written, and no other file; nothing is wrong where it cannot be deleted."""
    with suppress(OSError):
        if path.resolve().parent in (user_state().resolve() / "drafts", draft_file("any").parent.resolve()):
            path.unlink()
