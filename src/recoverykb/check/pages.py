"""The page of documentation of every code, made from the code itself.

A page is Markdown that reads well as it stands, so ``--explain`` prints the same text. The folder ``codes/``
beside this module holds all of them, for people who browse; ``python -m recoverykb.check.pages`` writes it
anew, and a test sees that it is current.
"""

from collections.abc import Iterator
from pathlib import Path
from textwrap import fill, indent

from recoverykb.check.registry import EXCEPTIONS, Example, RuleInfo, every_info, explain
from recoverykb.errors import UsageError
from recoverykb.records.exemption import FILE

FOLDER = Path(__file__).with_name("codes")


def explanation(code: str) -> str:
    """What a code means and what to do; of ``all``, one line a code.

    Raises :class:`UsageError` for a code that does not exist.
    """
    if code.lower() == "all":
        return "".join(f"{info.code} {info.severity:<7} {info.title}\n" for info in every_info())
    info = explain(code)
    if info is None:
        raise UsageError(f"no check has the code '{code}'", "'recoverykb check --explain all' lists them")
    return page(info)


def page(info: RuleInfo) -> str:
    """The page of one code."""
    parts = [f"{info.code} ({info.severity}): {info.title}", info.explanation]
    if info.example:
        parts += _example(info.example)
    return "\n\n".join([*parts, fill(_ways_out(info), 100)]) + "\n"


def _example(example: Example) -> Iterator[str]:
    for name, files in (("Wrong", example.wrong), ("Right", example.right)):
        for path, text in files.items():
            yield f"{name}, in `{path}`:"
            yield indent(text, "    ")


def _ways_out(info: RuleInfo) -> str:
    """What a program can do about it, and how to leave it out."""
    mend = (
        "`recoverykb check --fix` mends it where no judgement is needed."
        if info.mends
        else "A person mends it."
    )
    if info.always:
        return f"{mend} It cannot be left out: what cannot be read cannot be checked."
    if info in EXCEPTIONS:
        return f"{mend} `--ignore {info.code}` leaves it out of one run."
    return (
        f"{mend} `--ignore {info.code}` leaves it out of one run; an exception with a reason and a last day, "
        f"in `{FILE}` of the base, leaves it out for one record."
    )


def pages() -> dict[str, str]:
    """Every page by its file name, and ``README.md``, which lists them."""
    rows = [
        f"| [{info.code}]({info.code}.md) | {info.severity} | {info.title} | {'yes' if info.mends else ''} |"
        for info in every_info()
    ]
    head = "# What `recoverykb check` looks for\n\nMade by `python -m recoverykb.check.pages`.\n\n"
    table = "\n".join(["| code | severity | about | `--fix` |", "| --- | --- | --- | --- |", *rows])
    return {f"{info.code}.md": f"# {page(info)}" for info in every_info()} | {"README.md": f"{head}{table}\n"}


def write_pages(folder: Path = FOLDER) -> None:
    """Write every page into ``folder`` and delete those of codes that are no more."""
    folder.mkdir(exist_ok=True)
    wanted = pages()
    for file in folder.glob("*.md"):
        if file.name not in wanted:
            file.unlink()
    for name, text in wanted.items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_pages()
