"""The examples of README.md: run, compared, and rewritten on request.

A fenced block ``console {lines=N}`` begins with ``$ command``; below it stand the first N lines of
what the command prints. ``python tests/readme.py --update`` writes them anew; ``--command NAME``
prints the shell command of a block ``sh {command=NAME}``. Only the standard library is used, because
the commands it prints are what sets everything else up.
"""

import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

README = Path(__file__).resolve().parents[1] / "README.md"
_CONSOLE = re.compile(r"^```console \{lines=(\d+)\}\n\$ (.*?)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SHELL = re.compile(r"^```sh \{command=(\w+)\}\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Example:
    """A command of README and what README says it prints."""

    command: str
    lines: int
    shown: str


def examples(text: str) -> list[Example]:
    """Every console example of ``text``."""
    return [Example(found[2], int(found[1]), found[3]) for found in _CONSOLE.finditer(text)]


def command(name: str) -> str:
    """The shell command of README called ``name``."""
    found = {match[1]: match[2].strip() for match in _SHELL.finditer(README.read_text(encoding="utf-8"))}
    return found[name]


def output(example: Example, folder: Path) -> str:
    """What the example prints now, cut to the lines README shows; it is run in ``folder``."""
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    environment |= {
        "LANG": "C.UTF-8",
        "NO_COLOR": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    for who in ("AUTHOR", "COMMITTER"):
        environment |= {f"GIT_{who}_NAME": "Amina", f"GIT_{who}_EMAIL": "amina@example.org"}
    done = subprocess.run(
        ["bash", "-c", example.command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    lines = (done.stdout + done.stderr).splitlines()
    kept = lines[: example.lines] + (["..."] if len(lines) > example.lines else [])
    return "".join(f"{line}\n" for line in kept)


def update() -> None:
    """Rewrite the output of every example in README."""
    text = README.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        for example in examples(text):
            old = f"$ {example.command}\n{example.shown}```"
            text = text.replace(old, f"$ {example.command}\n{output(example, Path(folder))}```")
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:] == ["--update"]:
        update()
    elif sys.argv[1:2] == ["--command"]:
        print(command(sys.argv[2]))
    else:
        sys.exit(__doc__)
