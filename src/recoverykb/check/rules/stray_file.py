"""A TOML file outside the record folders is read by nobody: it may be a record in the wrong place.

Move it into the folder of its kind (``organizations/``, not ``organisations/``). Files whose names
begin with a dot, ``base.toml`` and ``exceptions.toml`` are left alone.
"""

from collections.abc import Iterator
from difflib import get_close_matches

from recoverykb.check.context import Across, Finding, Place
from recoverykb.records.exemption import FILE
from recoverykb.records.vocabulary import FOLDERS

CODE, SEVERITY, TITLE = "RKB005", "warning", "a file that nobody reads"
EXAMPLE = (
    {"organisations/our-clinic.toml": 'id = "our-clinic"'},
    {"organizations/our-clinic.toml": 'id = "our-clinic"'},
)


_AT_HOME = frozenset({("base.toml",), (FILE,)})


class Check(Across[None]):
    """Looks at the folder, not at records."""

    def end(self) -> Iterator[Finding]:
        """Yield a finding for each TOML file in no record folder."""
        root = self.context.root
        folders = [folder for folder in root.glob("*/") if folder.name not in FOLDERS.values()]
        found = [path for folder in folders for path in folder.glob("**/*.toml")]
        for path in sorted(root.glob("*.toml")) + sorted(found):
            parts = path.relative_to(root).parts
            if parts in _AT_HOME or any(part.startswith(".") for part in parts):
                continue
            near = get_close_matches(parts[0], FOLDERS.values(), 1) if len(parts) > 1 else []
            hint = f"did you mean {near[0]}/?" if near else f"folders: {', '.join(FOLDERS.values())}"
            yield Finding(Place("/".join(parts)), (), "stands in no record folder", hint)
