"""The fonts of printed sheets: FiraGO, which has Latin, Greek, Cyrillic, Arabic, Devanagari, Thai and more.

The package ``pymupdf-fonts`` carries it (SIL Open Font License); Typst wants files, so they are laid
into the user's cache once.
"""

import os
import tempfile
from pathlib import Path

from recoverykb.errors import UsageError
from recoverykb.storage.folders import cache_folder

FAMILY = "FiraGO"
_FILES = {"FiraGO-Regular.ttf": "figo", "FiraGO-Bold.ttf": "figbo"}


def missing_extra() -> UsageError:
    """What to raise where the extra is not installed."""
    return UsageError(
        "PDF needs the extra 'pdf'", "pip install 'recoverykb[pdf]', or -o FILE.html and print that"
    )


def font_folder() -> Path:
    """The folder with the fonts. Raises :class:`UsageError` where the extra is not installed."""
    folder = cache_folder() / "fonts"
    if all((folder / name).is_file() for name in _FILES):
        return folder
    try:
        import pymupdf_fonts
    except ImportError:
        raise missing_extra() from None
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        folder = Path(tempfile.mkdtemp(prefix="recoverykb-fonts-"))
    for name, font in _FILES.items():
        _lay(folder / name, pymupdf_fonts.myfont(font))
    return folder


def _lay(target: Path, content: bytes) -> None:
    """Write a font in one step, so that another process never reads half of it."""
    handle, name = tempfile.mkstemp(dir=target.parent)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
    Path(name).replace(target)
