"""Build hook: compiles the curated base into the wheel (see ``recoverykb.storage.compiled``)."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledBaseHook(BuildHookInterface):
    """Adds ``recoverykb/base.sqlite3`` to a wheel; an editable install reads ``kb/`` as it changes."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile ``kb/`` before the wheel is put together."""
        if version == "editable":
            return
        sys.path.insert(0, str(Path(self.root) / "src"))
        from recoverykb.storage.compiled import compile_base

        target = Path(tempfile.mkdtemp()) / "base.sqlite3"
        compile_base(Path(self.root) / "kb", target)
        build_data["force_include"][str(target)] = "recoverykb/base.sqlite3"
