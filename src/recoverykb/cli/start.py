"""The way in: runs the program, and turns what stops it into one line on stderr and an exit code."""

import os
import sys

from recoverykb.errors import Exit, RecoverykbError


def main() -> None:
    """Run the program: the quick way where the arguments allow it, else through Typer."""
    try:
        sys.exit(_run())
    except RecoverykbError as error:
        _stop(error.message + (f" ({error.hint})" if error.hint else ""), error.exit)
    except KeyboardInterrupt:
        _stop("", Exit.INTERRUPTED)
    except OSError as error:
        sys.stdout = None  # what it still holds cannot be written either
        place = f": {error.filename}" if error.filename else ""
        _stop(f"the system refused: {error.strerror or error}{place}", Exit.BASE)


def _run() -> int:
    from recoverykb.cli.quick import arguments

    plain = None if _completing() else arguments(sys.argv[1:])
    if plain is None:
        from recoverykb.cli.main import run

        run()
        return Exit.OK
    from recoverykb.cli.finding import Asked, find

    words, options = plain
    return find(Asked(words, **options))


def _completing() -> bool:
    """Whether a shell asks for completions, which Typer gives."""
    return "_RECOVERYKB_COMPLETE" in os.environ


def _stop(message: str, code: Exit) -> None:
    """End the program with a code, after one line on stderr unless there is nothing to say."""
    if message:
        from recoverykb.render.safe import one_line

        print(f"recoverykb: {one_line(message)}", file=sys.stderr)
    sys.exit(code)
