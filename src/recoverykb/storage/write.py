"""Writing a file so that it is whole or not there."""

import errno
import os
import tempfile
from pathlib import Path

from recoverykb.errors import WriteError


def write_text(path: Path, text: str) -> None:
    """Put ``text`` into ``path`` as UTF-8, replacing it in one step. Raises as :func:`write_bytes`."""
    try:
        content = text.encode()
    except UnicodeEncodeError as error:
        raise WriteError(f"cannot write {path}: the text is not valid Unicode") from error
    write_bytes(path, content)


def write_bytes(path: Path, content: bytes) -> None:
    """Put ``content`` into ``path``, replacing it in one step.

    What is not a plain file (a pipe, ``/dev/null``) is written to as it stands. Raises
    :class:`WriteError` when writing fails; an earlier file of that name is then untouched.
    """
    target = Path(os.path.realpath(path)) if path.is_symlink() else path
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)
            return
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as error:
        raise WriteError(f"cannot write {path}: {error.strerror}", "choose another place with -o") from error
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        os.replace(name, target)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise WriteError(f"cannot write {path}: {error.strerror}", "choose another place with -o") from error
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


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
