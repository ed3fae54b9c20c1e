"""Which library decodes and validates records: msgspec against pydantic and against no validation at all.

Run: python tests/benchmarks/bench_decode.py (needs pydantic, which recoverykb itself does not use). The
pydantic models are made from the msgspec types, field by field, so that both check the same things.
"""

import sys
import tomllib
import types
import typing
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pydantic
from rounds import calls, commands, table

from recoverykb.records.decode import decode
from recoverykb.records.types import TYPES
from recoverykb.records.vocabulary import FOLDERS

KB = Path(__file__).resolve().parents[2] / "kb"


def tables() -> list[tuple[str, dict[str, Any]]]:
    """Every record of the curated base as a table."""
    return [
        (kind, tomllib.loads(path.read_text(encoding="utf-8")))
        for kind, folder in FOLDERS.items()
        for path in sorted((KB / folder).glob("*.toml"))
    ]


def pydantic_model(struct: Any, made: dict[Any, Any]) -> Any:
    """The pydantic model with the fields, types and limits of a msgspec struct."""
    if struct not in made:
        fields: dict[str, Any] = {}
        for field in msgspec.structs.fields(struct):
            default: Any = ... if field.required else field.default
            if field.default_factory is not msgspec.NODEFAULT:
                default = pydantic.Field(default_factory=field.default_factory)
            fields[field.name] = (_annotation(field.type, made), default)
        config = pydantic.ConfigDict(extra="forbid", frozen=True)
        made[struct] = pydantic.create_model(struct.__name__, __config__=config, **fields)
    return made[struct]


def _annotation(annotation: Any, made: dict[Any, Any]) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
        return pydantic_model(annotation, made)
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        inner, *metas = typing.get_args(annotation)
        limits = {
            name: value
            for meta in metas
            if isinstance(meta, msgspec.Meta)
            for name in ("pattern", "min_length", "max_length", "ge", "le")
            if (value := getattr(meta, name)) is not None
        }
        if "pattern" in limits:  # in pydantic's regular expressions "$" means the very end by itself
            limits["pattern"] = limits["pattern"].replace(r"(?!\n)", "")
        return typing.Annotated[_annotation(inner, made), pydantic.Field(**limits)]
    if origin in (list, dict):
        return origin[tuple(_annotation(part, made) for part in typing.get_args(annotation))]
    if origin is types.UnionType or origin is typing.Union:
        return typing.Union[tuple(_annotation(part, made) for part in typing.get_args(annotation))]  # noqa: UP007
    return annotation


def main() -> None:
    """Print decoding times over the whole base, then import times."""
    records = tables()
    made: dict[Any, Any] = {}
    models = {kind: pydantic_model(struct, made) for kind, struct in TYPES.items()}

    def with_msgspec() -> None:
        for kind, record in records:
            decode(kind, record)

    def with_pydantic() -> None:
        for kind, record in records:
            models[kind].model_validate(record)

    paths = sorted(KB.rglob("*.toml"))

    def parse_only() -> None:
        for path in paths:
            tomllib.loads(path.read_text(encoding="utf-8"))

    candidates: dict[str, Callable[[], object]] = {
        "tomllib parse alone": parse_only,
        "msgspec convert": with_msgspec,
        "pydantic model_validate": with_pydantic,
    }
    print(f"Decoding {len(records)} records\n")
    print(table(calls(candidates, rounds=7), "tomllib parse alone"))
    python = sys.executable
    define = "import pydantic\nclass M(pydantic.BaseModel):\n    a: int\n    b: list[str]\nM(a=1, b=[])"
    struct = "import msgspec\nclass M(msgspec.Struct):\n    a: int\n    b: list[str]\nM(a=1, b=[])"
    plain = "import dataclasses\n@dataclasses.dataclass\nclass M:\n    a: int\n    b: list\nM(a=1, b=[])"
    imports = {
        "python -c pass": [python, "-c", "pass"],
        "dataclasses, one class": [python, "-c", plain],
        "msgspec, one class": [python, "-c", struct],
        "pydantic, one class": [python, "-c", define],
    }
    print("\nImport and one class, whole process\n")
    print(table(commands(imports, {}), "python -c pass"))


if __name__ == "__main__":
    main()
