"""Writing a file so that it is whole or not there."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from recoverykb.errors import WriteError

_ELSEWHERE = "choose another place with -o"


class ChangedError(WriteError):
    """A file is no longer what it was when it was read; nothing was written."""


def write_text(path: Path, text: str, hint: str = _ELSEWHERE) -> None:
    """Put ``text`` into ``path`` as UTF-8, replacing it in one step. Raises as :func:`write_bytes`."""
    try:
        content = text.encode()
    except UnicodeEncodeError as error:
        raise WriteError(f"cannot write {path}: the text is not valid Unicode") from error
    write_bytes(path, content, hint)


def write_bytes(path: Path, content: bytes, hint: str = _ELSEWHERE) -> None:
    """Put ``content`` into ``path``, replacing it in one step.

    What is not a plain file (a pipe, ``/dev/null``) is written to as it stands. Raises
    :class:`WriteError` with ``hint`` when writing fails; an earlier file of that name is then untouched.
    """
    target = Path(os.path.realpath(path)) if path.is_symlink() else path
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)
            return
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as error:
        raise WriteError(f"cannot write {path}: {error.strerror}", hint) from error
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        os.replace(name, target)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise WriteError(f"cannot write {path}: {error.strerror}", hint) from error
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def replace_text(path: Path, text: str, before: bytes | None) -> None:
    """Put ``text`` into ``path``, which held ``before`` when it was read (``None``: there was no file).

    Of two processes that change one file, the second raises :class:`ChangedError`: looking and writing
    happen under a lock on the folder. Missing folders are made. Raises :class:`WriteError` when
    writing fails.
    """
    hint = "see that the folder can be written to and the disk has room; nothing was changed"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _locked(path.parent):
            if _content(path) != before:
                raise ChangedError(
                    f"{path} was changed by somebody else meanwhile; nothing was written",
                    "run the command again",
                )
            write_text(path, text, hint)
    except OSError as error:
        raise WriteError(f"cannot write {path}: {error.strerror}", hint) from error


def delete(path: Path, before: bytes) -> None:
    """Delete ``path`` if it still holds ``before``. Raises as :func:`replace_text`."""
    try:
        with _locked(path.parent):
            if _content(path) != before:
                raise ChangedError(f"{path} was changed by somebody else meanwhile; it stays")
            path.unlink()
    except OSError as error:
        raise WriteError(f"cannot delete {path}: {error.strerror}") from error


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the folder alone among processes that do the same; the system lets go when a process dies.

    Where the system has no such locks (Windows), only the comparison of contents guards a file.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def move(old: Path, new: Path) -> None:
    """Give the file ``old`` the name ``new``, in one file system.

    Raises :class:`WriteError` where another file has that name, or the system refuses; nothing has
    changed then.
    """
    try:
        if new.exists() and new.samefile(old):  # the same name in other letters, where they count as one
            os.rename(old, new)
            return
        try:
            os.link(old, new, follow_symlinks=False)
        except (FileExistsError, FileNotFoundError):
            raise
        except (OSError, NotImplementedError):  # no hard links here
            if os.path.lexists(new):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from None
            os.rename(old, new)
        else:
            _unlink(old, new)
    except OSError as error:
        raise WriteError(f"cannot name {old} {new.name}: {error.strerror}") from error


def _unlink(old: Path, new: Path) -> None:
    """Take the name ``old`` off the file that is now ``new`` too, or ``new`` if that fails."""
    try:
        os.unlink(old)
    except OSError:
        os.unlink(new)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
