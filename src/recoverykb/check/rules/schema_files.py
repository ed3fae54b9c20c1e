"""The JSON Schemas in ``schemas/`` are this program's: another version may know other keys.

``--fix`` writes them anew, as ``recoverykb schema --all BASE/schemas`` does. A base without the folder is
left alone. If two versions are in use in one team, agree on the newer.
"""

from collections.abc import Iterator
from pathlib import Path

from recoverykb.check.context import Across, Finding, Place
from recoverykb.check.remedy import Rewritten
from recoverykb.storage.schemas import FOLDER, schema_files

CODE, SEVERITY, TITLE = "RKB008", "warning", "a schema of another version"
MENDS = True


_NAMED = 3
"""So many of the schemas are named."""


class Check(Across[None]):
    """Looks at the folder of schemas, not at records."""

    def end(self) -> Iterator[Finding]:
        """Yield one finding for all schemas that are missing or other than the program writes them."""
        folder = self.context.root / FOLDER
        if not folder.is_dir():
            return
        wrong = {
            f"{FOLDER}/{name}": text for name, text in schema_files().items() if _text(folder / name) != text
        }
        if wrong:
            names = ", ".join(path.rsplit("/", 1)[-1] for path in list(wrong)[:_NAMED])
            more = f" and {len(wrong) - _NAMED} more" if len(wrong) > _NAMED else ""
            message = f"missing, or not what this version writes: {names}{more}"
            hint = f"recoverykb schema --all BASE/{FOLDER}"
            yield Finding(Place(next(iter(wrong))), (), message, hint, Rewritten(wrong, "wrote them anew"))


def _text(file: Path) -> str | None:
    """What ``file`` holds; ``None`` where it cannot be read. Line ends do not count."""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
