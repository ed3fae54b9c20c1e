"""A record in the person's editor, until it is right or put aside. What was typed is never lost."""

import os
import shlex
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import NamedTuple

import typer

from recoverykb.cli.changing import shown, tell
from recoverykb.cli.environment import Environment
from recoverykb.errors import Exit, RecoverykbError, UsageError
from recoverykb.keeping.editing import put_edited, text_to_edit
from recoverykb.keeping.opened import Opened
from recoverykb.storage import drafts
from recoverykb.storage.base import Base
from recoverykb.storage.write import write_text


def edit_in_editor(environment: Environment, base: Base, opened: Opened, *, today: date) -> None:
    """Let the person edit a copy of the record; write it once it is right.

    On an error they may go back to the editor, or leave; the copy then stays, and they are told where.
    Stops with exit code 1 when nothing was written because of an error.
    """
    original = text_to_edit(opened)
    draft = drafts.draft_file(str(opened.table["id"]))
    if draft.exists() and draft.read_text(encoding="utf-8") != original:
        if not _person() or not _agreed(f"An unfinished edit stands in {draft}. Go on with it?"):
            draft = drafts.free(draft, original)
            write_text(draft, original)
    else:
        write_text(draft, original)
    editing = _Editing(environment, draft, original)
    try:
        while not editing.done(base, opened, today):
            if not _person() or not _agreed("Go back to the editor?", otherwise=True):
                editing.leave()
                environment.warn("nothing was written")
                raise typer.Exit(Exit.NOTHING)
    except (RecoverykbError, KeyboardInterrupt):
        editing.leave()
        raise


class _Editing(NamedTuple):
    """A record in the person's editor: the copy they edit, and what it said at first."""

    environment: Environment
    draft: Path
    original: str

    def done(self, base: Base, opened: Opened, today: date) -> bool:
        """Run the editor once and write what it left; whether that could be, or nothing was to be written."""
        _run_editor(self.draft)
        content = self.draft.read_bytes()
        if content == self.original.encode():
            drafts.drop(self.draft)
            self.environment.warn("nothing was changed")
            return True
        outcome = put_edited(base, opened, content, today=today)
        tell(self.environment, outcome.problems)
        if outcome.refused:
            return False
        drafts.drop(self.draft)
        self.environment.warn(f"wrote {shown(outcome.file)}" if outcome.file else "nothing was changed")
        return True

    def leave(self) -> None:
        """Keep what was typed, and say where; nothing is kept where nothing was typed."""
        if self.draft.read_bytes() == self.original.encode():
            drafts.drop(self.draft)
            return
        told = f"what you typed is kept in {self.draft}; 'recoverykb edit {self.draft.stem}' goes on with it"
        self.environment.warn(told)


def _run_editor(draft: Path) -> None:
    """Run the editor on ``draft`` and wait. Raises :class:`UsageError` when it cannot be run or fails."""
    chosen = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ("notepad" if os.name == "nt" else "vi")
    try:
        done = subprocess.run([*shlex.split(chosen), str(draft)], check=False)  # noqa: S603 - the person's own editor
    except (OSError, ValueError) as error:
        raise UsageError(
            f"the editor '{chosen}' cannot be run: {error}", "set EDITOR, or use --set"
        ) from error
    if done.returncode:
        raise UsageError(
            f"the editor '{chosen}' ended with an error ({done.returncode})", "nothing was written"
        )


def _person() -> bool:
    return bool(sys.stdin and sys.stdin.isatty())


def _agreed(question: str, *, otherwise: bool = False) -> bool:
    """A yes or no of the person at the terminal."""
    print(f"{question} [{'Y/n' if otherwise else 'y/N'}] ", end="", file=sys.stderr, flush=True)
    told = sys.stdin.readline().strip().lower()
    return told.startswith("y") if told else otherwise
