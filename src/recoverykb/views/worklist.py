"""What is to be checked, as a list to tick off: on paper, or in a spreadsheet that is read back."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from recoverykb.records.calls import may_call_line
from recoverykb.records.types import Contact, Organization
from recoverykb.records.vocabulary import PUBLIC_KINDS, PURPOSES
from recoverykb.storage.base import Base, Row
from recoverykb.storage.rows import last_look, whole_look
from recoverykb.views.citing import day
from recoverykb.views.document import Block, Cell, Document, Paragraph, Table, Text, Tidy
from recoverykb.views.phrases import contact_address

COLUMNS = ("record", "field", "name", "what", "hours", "last", "due", "how", "result", "by", "on", "note")
"""The columns of a worklist; the last five are filled in by whoever checks."""


class Task(NamedTuple):
    """One thing to check: a contact, or a whole record where it has none."""

    record: str
    field: str
    name: str
    what: str
    hours: str
    last: str
    due: str
    how: str


def worklist_document(base: Base, *, days: int, today: date) -> Document:
    """Everything that is due within so many days, the longest due first. CSV: a row each, to be filled in."""
    until = (today + timedelta(days=days)).isoformat()
    rows = sorted(
        (row for row in base.rows() if row.due and row.due <= until), key=lambda row: (row.due, row.id)
    )
    tasks = [task for row in rows for task in _tasks(base, row, until)]
    told = "Nothing is due." if not tasks else _HOW_TO
    blocks: list[Block] = [Paragraph(Text(told))]
    if tasks:
        blocks.append(Table("", ("what", "to check", "due", "right?", "who, when, how, what was found"),
                            [(task.name, _cells(task)) for task in tasks], listing=True))  # fmt: skip
    return Document(
        title=f"To check by {day(date.fromisoformat(until))}",
        blocks=blocks,
        data=[task._asdict() for task in tasks],
        ids=list(dict.fromkeys(task.record for task in tasks)),
        tidy=Tidy(COLUMNS, [(*task, "", "", "", "") for task in tasks]),
        footer=[f"Printed {day(today)}."],
    )


_HOW_TO = (
    "Write down for each line whether it is right, who found out, on which day and how (call, visit, site, "
    "email or document). Never call a crisis line to test it: somebody in need waits meanwhile."
)


def _tasks(base: Base, row: Row, until: str) -> Iterator[Task]:
    record = base.get(row.id)
    contacts = record.contacts if isinstance(record, Organization) else []
    public = [contact for contact in contacts if not contact.private]
    if not public and row.kind in PUBLIC_KINDS:
        yield Task(
            row.id, "", row.name, f"the whole {row.kind}", "", row.looked_at, row.due or "", "document"
        )
    assert not public or isinstance(record, Organization)  # noqa: S101 - for the type checker
    for contact in public:
        looked = last_look(contact, whole_look(record))
        due = base.due_day(row.id, looked)
        if due and due <= until:
            yield _contact_task(row, contact, contacts, looked.isoformat(), due)


def _contact_task(row: Row, contact: Contact, contacts: list[Contact], last: str, due: str) -> Task:
    address = contact_address(contact)
    same = [other for other in contacts if contact_address(other) == address]
    field = address if len(same) == 1 else f"contacts[{contacts.index(contact)}]"
    how = "call" if contact.number and may_call_line(contact.purpose) else "site"
    what = f"{address}: {contact.description or PURPOSES[contact.purpose]}"
    return Task(row.id, field, row.name, what, contact.schedule, last, due, how)


def _cells(task: Task) -> list[Cell]:
    never = "not by a call" if task.how == "site" else ""
    what = [
        Text(task.what, tone="strong"),
        *(Text(told, tone="quiet") for told in (task.hours, never) if told),
    ]
    return [
        Cell([Text(task.record, tone="quiet")]),
        Cell(what),
        Cell([Text(task.due), Text(f"last looked at {task.last}", tone="quiet")]),
        Cell([Text("[ ]")]),
        Cell([Text("____________")]),
    ]
