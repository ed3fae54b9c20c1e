"""The first line of a file names its JSON Schema, so that editors complete keys and underline mistakes.

Only in a base that has a folder ``schemas/`` (``recoverykb schema --all BASE/schemas`` writes it). ``--fix``
writes the line, or mends it after the file was moved.
"""

from collections.abc import Iterator

from recoverykb.check.context import File, Finding
from recoverykb.check.remedy import Bytes
from recoverykb.storage.schemas import has_schema, schema_line
from recoverykb.storage.splice import Edit

CODE, SEVERITY, TITLE = "RKB007", "warning", "a file that does not name its schema"
EXAMPLE = (
    {"organizations/our-clinic.toml": 'id = "our-clinic"'},
    {
        "organizations/our-clinic.toml": """
        #:schema ../schemas/organization.json
        id = "our-clinic"
        """
    },
)
MENDS = True


def check_file(file: File) -> Iterator[Finding]:
    """Yield a finding for a file whose first line names no schema, or another one."""
    if not (file.schemas and has_schema(file.path)):
        return
    wanted = schema_line(file.path, grouped=file.grouped)
    first, newline, _ = file.text.partition("\n")
    if first.rstrip() == wanted:
        return
    if first.startswith("#:schema"):
        end = len(first.rstrip().encode())
        remedy = Bytes([Edit(0, end, wanted)], f"wrote {wanted}")
        yield file.finding(1, 1, "the first line names another schema", f"write {wanted}", remedy)
    else:
        line_end = "\r\n" if newline and first.endswith("\r") else "\n"
        remedy = Bytes([Edit(0, 0, wanted + line_end)], f"wrote {wanted}")
        yield file.finding(1, 1, "the first line names no schema", f"write {wanted}", remedy)
