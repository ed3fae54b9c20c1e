"""Countries as people name them on the command line."""

from recoverykb.errors import UnknownRecordError
from recoverykb.storage.base import Base


def country_code(base: Base, word: str) -> str:
    """The ISO code that ``word`` (a code, name or id) stands for; a bare code needs no record.

    Raises :class:`UnknownRecordError` for a word that no country answers to.
    """
    try:
        code = base.row(base.resolve(word, ("country",))).country
    except UnknownRecordError:
        if len(word) == 2 and word.isalpha():
            return word.upper()
        raise
    return code or word.upper()
