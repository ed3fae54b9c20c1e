"""The way in: runs the program, and turns what stops it into one line on stderr and an exit code."""

import gc
import os
import sys

from recoverykb.errors import Exit, RecoverykbError

_SELDOM = 100_000
"""So many new objects between looks for those that only refer to each other: most runs end before one."""


def main() -> None:
    """Run the program: the quick way where the arguments allow it, else through Typer."""
    gc.set_threshold(_SELDOM)
    try:
        _main()
    finally:
        gc.freeze()  # Python looks through every object before it ends: a tenth of a search


def _main() -> None:
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
    if "_RECOVERYKB_COMPLETE" in os.environ:
        return _complete()
    from recoverykb.cli.quick import arguments

    plain = arguments(sys.argv[1:])
    if plain is None:
        return _through_typer()
    from recoverykb.cli.finding import Asked, find

    words, options = plain
    return find(Asked(words, **options))


def _complete() -> int:
    """Tell a shell what may stand in place of the word that is typed."""
    from recoverykb.cli.tab import answer

    answered = answer(os.environ)
    if answered is None:
        return _through_typer()
    if answered.text:
        print(answered.text)
    return answered.code


def _through_typer() -> int:
    from recoverykb.cli.main import run

    run()
    return Exit.OK


def _stop(message: str, code: Exit) -> None:
    """End the program with a code, after one line on stderr unless there is nothing to say."""
    if message:
        from recoverykb.render.safe import one_line

        print(f"recoverykb: {one_line(message)}", file=sys.stderr)
    sys.exit(code)
