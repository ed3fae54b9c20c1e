"""A problem in a base, as a value: where it is, what it is, what to do."""

from typing import NamedTuple


class Problem(NamedTuple):
    """One thing wrong in one file. ``line`` and ``column`` count from 1; 0 means the whole file."""

    file: str
    line: int
    column: int
    code: str
    severity: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.file}:{self.line}:{self.column}: {self.code} {self.message}{hint}"

    def data(self) -> dict[str, object]:
        """The problem under the keys of the ``check`` contract."""
        return self._asdict()
