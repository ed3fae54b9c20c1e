"""The JSON Schemas in ``schemas/`` are this program's: another version may know other keys.

``--fix`` writes them anew, as ``recoverykb schema --all BASE/schemas`` does. A base without the folder is
left alone. If two versions are in use in one team, agree on the newer.
"""

from collections.abc import Iterator

from recoverykb.check.context import Across, Finding, Place
from recoverykb.check.remedy import Rewritten
from recoverykb.storage.schemas import FOLDER, schema_files

CODE, SEVERITY, TITLE = "RKB008", "warning", "a schema of another version"
MENDS = True


class Check(Across):
    """Looks at the folder of schemas, not at records."""

    def end(self) -> Iterator[Finding]:
        """Yield a finding for each schema that is missing or other than the program writes it."""
        folder = self.context.root / FOLDER
        if not folder.is_dir():
            return
        for name, text in schema_files().items():
            try:
                found = (folder / name).read_bytes().replace(b"\r\n", b"\n")
            except OSError:
                found = None
            if found != text.encode():
                what = "is missing" if found is None else "is not what this version writes"
                hint = f"recoverykb schema --all {FOLDER}"
                remedy = Rewritten(text, "wrote it anew")
                yield Finding(Place(f"{FOLDER}/{name}"), (), what, hint, remedy)
