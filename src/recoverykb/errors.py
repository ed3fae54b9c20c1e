"""The one family of exceptions that stop a command, with its exit codes.

Where many things can be wrong at once (a check, an import), they are values instead:
see :class:`recoverykb.problem.Problem`.
"""

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes. Scripts rely on them; add, never change."""

    OK = 0
    NOTHING = 1
    USAGE = 2
    BASE = 3
    INTERRUPTED = 130


class RecoverykbError(Exception):
    """Stops a command. ``message`` says what is wrong, ``hint`` what to do about it."""

    exit = Exit.USAGE

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(RecoverykbError):
    """The words of the command do not fit together."""


class UnknownRecordError(RecoverykbError):
    """No record, or more than one, answers to a word."""


class BaseError(RecoverykbError):
    """A base cannot be read."""

    exit = Exit.BASE


class WriteError(RecoverykbError):
    """A file could not be written; nothing was left half-written."""

    exit = Exit.BASE
