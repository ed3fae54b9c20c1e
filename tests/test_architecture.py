"""The house: which part may import which, and no circles."""

import ast
from collections.abc import Iterator
from pathlib import Path

import recoverykb

ROOT = Path(recoverykb.__file__).parent
FLOORS = {
    "errors": 0, "problem": 0, "fold": 0, "records": 0, "storage": 1, "search": 2, "views": 3,
    "render": 4, "check": 5, "keeping": 6, "cli": 7,
}  # fmt: skip
"""The floor of each part. A part imports from its own floor or below; ground-floor parts are
independent of one another but for ``fold``, ``errors`` and ``problem``, which import nothing."""


def imports() -> Iterator[tuple[str, str]]:
    """Every pair of our modules in which the first imports the second, anywhere in its text."""
    for path in ROOT.rglob("*.py"):
        name = ".".join(("recoverykb", *path.relative_to(ROOT).with_suffix("").parts))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("recoverykb"):
                assert node.level == 0
                for alias in node.names:
                    whole = f"{node.module}.{alias.name}"
                    is_module = (ROOT.parent / Path(*whole.split("."))).with_suffix(".py").exists()
                    yield name, whole if is_module else str(node.module)
            elif isinstance(node, ast.Import):
                yield from ((name, alias.name) for alias in node.names if alias.name.startswith("recoverykb"))


def part(module: str) -> str:
    pieces = module.split(".")
    return pieces[1] if len(pieces) > 1 else ""


def test_data_flows_one_way() -> None:
    against = [
        (importer, imported)
        for importer, imported in imports()
        if part(imported) in FLOORS and part(importer) in FLOORS
        and FLOORS[part(imported)] > FLOORS[part(importer)]
    ]  # fmt: skip
    assert against == []


def test_records_import_nothing_of_ours_but_records() -> None:
    outside = [pair for pair in imports() if part(pair[0]) == "records" and part(pair[1]) != "records"]
    assert outside == []


def test_nobody_imports_the_command_line() -> None:
    importers = {
        importer for importer, imported in imports() if part(imported) == "cli" and part(importer) != "cli"
    }
    assert importers <= {"recoverykb.__main__"}


def test_no_module_imports_itself_in_a_circle() -> None:
    graph: dict[str, set[str]] = {}
    for importer, imported in imports():
        graph.setdefault(importer, set()).add(imported)

    def reaches(start: str) -> bool:
        pending, seen = list(graph.get(start, ())), set()
        while pending:
            module = pending.pop()
            if module == start:
                return True
            if module not in seen:
                seen.add(module)
                pending += graph.get(module, ())
        return False

    assert [module for module in graph if reaches(module)] == []


def test_typer_and_rich_stay_on_their_floors() -> None:
    users: dict[str, set[str]] = {"typer": set(), "rich": set(), "click": set()}
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                if name.split(".")[0] in users:
                    users[name.split(".")[0]].add(path.relative_to(ROOT).parts[0])
    assert users == {"typer": {"cli"}, "rich": {"render"}, "click": set()}


def test_modules_stay_readable() -> None:
    long = {path.name: lines for path in ROOT.rglob("*.py") if (lines := path.read_text().count("\n")) > 400}
    assert long == {}


def test_everything_public_is_documented() -> None:
    bare = []
    for path in ROOT.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if not ast.get_docstring(tree):
            bare.append(path.name)
        for node in tree.body:
            named = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
            if named and not ast.get_docstring(node):
                bare.append(f"{path.name}:{node.name}")
    assert bare == []
