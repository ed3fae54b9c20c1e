"""Common English words: a word that the base has nothing of may still be meant as it stands.

They are those of SCOWL to size 35, British and American (Kevin Atkinson; its notice stands beside the list).
"""

from functools import cache
from pathlib import Path


@cache
def _words() -> str:
    return "\n" + Path(__file__).with_name("english.txt").read_text(encoding="ascii")


def is_english(word: str) -> bool:
    """Whether the folded ``word`` is a common English one of four letters and more."""
    return word.isascii() and f"\n{word}\n" in _words()
