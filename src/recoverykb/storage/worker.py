"""Preparing files in processes of their own, where there are so many that it is worth starting them.

A worker is a plain child process: it gets its work on standard input, answers on standard output, and ends
when either pipe is closed, so that nothing is left running when the parent is killed. What a worker cannot
do, for whatever reason, the parent does itself.
"""

import gc
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

import msgspec

from recoverykb.storage.concepts import Definitions, Spotter
from recoverykb.storage.prepare import PreparedFile, prepare, prepare_each
from recoverykb.storage.scan import Change

_MOST = 4
"""Workers beyond the writer's reach only wait: writing takes about a third of the whole work."""


def side_by_side(
    roots: Sequence[Path], changes: Sequence[Change], definitions: Definitions
) -> Iterator[PreparedFile]:
    """Prepare every file that changed, in order, in as many processes as are of use.

    ``roots`` are the folders of the layers; ``definitions`` what :class:`Spotter` needs.
    """
    spotter = Spotter(*definitions)
    number = min(os.cpu_count() or 1, _MOST, len(changes))
    if number < 2 or not sys.executable:
        yield from prepare_each(roots, changes, spotter)
        return
    workers = [_Worker() for _ in range(number)]
    try:
        for first, worker in enumerate(workers):
            worker.give(_Task(list(map(os.fsencode, roots)), changes[first::number], definitions))
        for change, worker in zip(changes, cycle(workers), strict=False):
            yield worker.next() or prepare(roots, change, spotter)
    finally:
        for worker in workers:
            worker.stop()


class _Task(NamedTuple):
    """What a worker is to do. ``roots`` as the file system has them, which may be no text."""

    roots: Sequence[bytes]
    changes: Sequence[Change]
    definitions: Definitions


_ENCODER = msgspec.msgpack.Encoder()
_TASK = msgspec.msgpack.Decoder(_Task)
_ANSWER = msgspec.msgpack.Decoder(PreparedFile)
"""MessagePack takes a third of the time that pickling takes, and makes nothing but these types."""
_LENGTH = 8
"""Bytes before each answer that say how long it is."""


class _Worker:
    """A child process that prepares some of the files."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        with suppress(OSError):
            self._process = subprocess.Popen(  # noqa: S603 - ourselves
                # -P: nothing is imported from the folder the user stands in
                [sys.executable, "-P", "-m", __name__],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )

    def give(self, task: _Task) -> None:
        """Say what the worker is to do."""
        if self._process is not None and self._process.stdin is not None:
            with suppress(OSError), self._process.stdin as tasks:
                tasks.write(_ENCODER.encode(task))

    def next(self) -> PreparedFile | None:
        """The worker's next file; ``None`` when it cannot be had."""
        if self._process is None or self._process.stdout is None:
            return None
        answers = self._process.stdout
        try:
            return _ANSWER.decode(answers.read(int.from_bytes(answers.read(_LENGTH), "big")))
        except (OSError, msgspec.DecodeError):
            self.stop()
            self._process = None
            return None

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        if self._process is not None:
            self._process.kill()
            if self._process.stdout:
                self._process.stdout.close()
            self._process.wait()


def main() -> None:
    """Be a worker: prepare what standard input names."""
    gc.disable()  # nothing here refers to itself: looking for what does would only take time
    task = _TASK.decode(sys.stdin.buffer.read())
    roots = [Path(os.fsdecode(root)) for root in task.roots]
    with suppress(BrokenPipeError):
        for file in prepare_each(roots, task.changes, Spotter(*task.definitions)):
            answer = _ENCODER.encode(file)
            sys.stdout.buffer.write(len(answer).to_bytes(_LENGTH, "big") + answer)
            sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
