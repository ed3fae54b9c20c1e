"""What changed between two states of a base, in words, for a person to review."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from recoverykb.records.vocabulary import MANIFEST
from recoverykb.views.document import Block, Bullets, Document, Paragraph, Part, Text, Tidy, Tone

CHANGES = {
    "number": "Numbers and addresses changed",
    "verified": "Verified",
    "unverified": "Verifications taken out or changed by hand",
    "added": "Added",
    "retired": "Retired",
    "renamed": "Renamed",
    "deleted": "Deleted",
    "hidden": "Hidden, or shown again",
    "changed": "Other changes",
    "unreadable": "Cannot be read",
}
"""Every sort of change with its heading, in the order in which they are told."""

_ADDRESSES = ("number", "email", "url")
_LONGEST = 160


class State(NamedTuple):
    """A record in one state of a base."""

    kind: str
    table: Mapping[str, Any]


class Change(NamedTuple):
    """One change: of which record, of what sort, and where; ``text`` says it in words."""

    record: str
    kind: str
    change: str
    field: str
    before: str
    after: str
    text: str


def changes_document(
    before: Mapping[str, State],
    after: Mapping[str, State],
    title: str,
    *,
    unreadable: Iterable[str] = (),
    copies: Mapping[str, State] | None = None,
) -> Document:
    """Every change from ``before`` to ``after`` (records by id). JSON: an array, one object a change.

    ``copies``: new records that stand in place of these of lower layers, with which they are compared.
    """
    found = [Change(path, "", "unreadable", "", "", "", "cannot be read") for path in unreadable]
    found += [
        Change(
            record, state.kind, "added", "", "", _name(state), "a copy of a record below, to be changed here"
        )
        for record, state in (copies or {}).items()
    ]
    found += _compare({**before, **(copies or {})}, after)
    blocks: list[Block] = []
    for sort, heading in CHANGES.items():
        lines = [_line(change) for change in found if change.change == sort]
        if lines:
            blocks.append(Part(f"{heading} ({len(lines)})", [Bullets(lines)]))
    return Document(
        title=title,
        blocks=blocks or [Paragraph(Text("Nothing changed."))],
        data=[change._asdict() for change in found],
        ids=list(dict.fromkeys(change.record for change in found)),
        tidy=Tidy(Change._fields, found),
    )


def _line(change: Change) -> Text:
    tone: Tone = "warning" if change.change in ("number", "unverified", "deleted", "unreadable") else ""
    return Text(change.text, lead=f"{change.record}:" if change.record else "", tone=tone)


def _compare(before: Mapping[str, State], after: Mapping[str, State]) -> Iterator[Change]:
    nothing = State("", {})
    yield from _manifest_changes(before.get(MANIFEST, nothing).table, after.get(MANIFEST, nothing).table)
    before, after = (
        {record: state for record, state in states.items() if record != MANIFEST}
        for states in (before, after)
    )
    gone = {record: state for record, state in before.items() if record not in after}
    new = {record: state for record, state in after.items() if record not in before}
    renamed = {old: record for record, state in new.items() if (old := _was(state, gone)) is not None}
    for old, record in renamed.items():
        yield Change(record, new[record].kind, "renamed", "id", old, record, f"was {old}")
    for record, state in new.items():
        if record not in renamed.values():
            yield Change(record, state.kind, "added", "", "", _name(state), _about_new(state))
    for record, state in gone.items():
        if record not in renamed:
            yield Change(record, state.kind, "deleted", "", _name(state), "", f"{state.kind} {_name(state)}")
    for record in sorted(before.keys() & after.keys()):
        yield from _record_changes(record, before[record], after[record])


def _was(state: State, gone: Mapping[str, State]) -> str | None:
    """The id under which a new record stood before, if it says the same but for its id."""
    said = {**state.table, "id": ""}
    return next((old for old, known in gone.items() if {**known.table, "id": ""} == said), None)


def _name(state: State) -> str:
    return str(state.table.get("name") or state.table.get("title") or "")


def _about_new(state: State) -> str:
    """A new record in words, with its numbers, which somebody should look at."""
    numbers = [_address(contact) for contact in _contacts(state.table) if not contact.get("private")]
    told = f"{state.kind} {_name(state)}"
    return f"{told}; {', '.join(numbers)}" if numbers else told


def _contacts(table: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [entry for entry in table.get("contacts", ()) if isinstance(entry, Mapping)]


def _address(contact: Mapping[str, Any]) -> str:
    if contact.get("private"):
        return "a private contact"
    return next((str(contact[name]) for name in _ADDRESSES if contact.get(name)), "a contact")


def _manifest_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    was, now = old.get("hidden", {}), new.get("hidden", {})
    for record in sorted(now.keys() - was.keys()):
        yield Change(record, "", "hidden", "hidden", "", now[record], f"hidden: {now[record]}")
    for record in sorted(was.keys() - now.keys()):
        yield Change(record, "", "hidden", "hidden", was[record], "", "shown again")
    for name in sorted(old.keys() | new.keys()):
        if name != "hidden" and old.get(name) != new.get(name):
            yield _plain(MANIFEST, "", name, old.get(name), new.get(name))


def _record_changes(record: str, old: State, new: State) -> Iterator[Change]:
    kind = new.kind
    for name in dict.fromkeys((*old.table, *new.table)):
        was, now = old.table.get(name), new.table.get(name)
        if was == now:
            continue
        if name == "contacts":
            yield from _contact_changes(record, _contacts(old.table), _contacts(new.table))
        elif name == "checks":
            yield from _check_changes(record, kind, "", was or [], now or [])
        elif name == "retired" and isinstance(now, Mapping):
            instead = f"; instead: {now['successor']}" if now.get("successor") else ""
            text = f"{now.get('reason', '')}{instead}"
            yield Change(record, kind, "retired", name, "", str(now.get("on", "")), text)
        elif name == "emergency":
            yield from _entries((record, kind, name), was or [], now or [], "number")
        elif isinstance(was, list) and isinstance(now, list):
            yield from _entries((record, kind, name), was, now, "changed")
        else:
            yield _plain(record, kind, name, was, now)


def _plain(record: str, kind: str, name: str, was: object, now: object) -> Change:
    sort = "number" if name in _ADDRESSES and kind == "organization" else "changed"
    before, after = _told(was), _told(now)
    text = f"{name}: {_short(before) or 'nothing'} → {_short(after) or 'nothing'}"
    return Change(record, kind, sort, name, before, after, text)


def _entries(
    place: tuple[str, str, str], was: Sequence[Any], now: Sequence[Any], sort: str
) -> Iterator[Change]:
    """What came into a list and what went out of it; ``place`` is record, kind and field."""
    record, kind, name = place
    came = [entry for entry in now if entry not in was]
    went = [entry for entry in was if entry not in now]
    for old, new in zip(went, came, strict=False):
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            for key in dict.fromkeys((*old, *new)):
                if old.get(key) != new.get(key):
                    change = _plain(record, kind, key, old.get(key), new.get(key))
                    kept = sort if key in ("number", "value") else change.change
                    yield change._replace(change=kept, field=f"{name}.{key}", text=f"{name}, {change.text}")
        else:
            yield _plain(record, kind, name, old, new)._replace(change=sort)
    rest = min(len(came), len(went))
    for entry in came[rest:]:
        yield Change(record, kind, sort, name, "", _told(entry), f"{name}: new: {_short(_told(entry))}")
    for entry in went[rest:]:
        yield Change(record, kind, sort, name, _told(entry), "", f"{name}: taken out: {_short(_told(entry))}")
    if not came and not went:
        yield Change(record, kind, "changed", name, "", "", f"{name}: in another order")


def _contact_changes(
    record: str, was: Sequence[Mapping[str, Any]], now: Sequence[Mapping[str, Any]]
) -> Iterator[Change]:
    pairs, gone, new = _paired(was, now)
    for contact in new:
        address = _address(contact)
        yield Change(record, "organization", "number", "contacts", "", address, f"new contact {address}")
        yield from _verifications(record, {}, contact)
    for contact in gone:
        address = _address(contact)
        yield Change(
            record, "organization", "number", "contacts", address, "", f"contact {address} taken out"
        )
    for old, contact in pairs:
        yield from _one_contact(record, old, contact)


def _one_contact(record: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for name in dict.fromkeys((*old, *new)):
        if name in ("verified", "earlier") or old.get(name) == new.get(name):
            continue
        hidden = name in _ADDRESSES and (old.get("private") or new.get("private"))
        told = ("a private contact", "another") if hidden else (old.get(name), new.get(name))
        change = _plain(record, "organization", name, *told)
        text = change.text if name in _ADDRESSES else f"{_address(new)}, {change.text}"
        yield change._replace(field=f"contacts.{name}", text=text)
    yield from _verifications(record, old, new)


def _verifications(record: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    yield from _check_changes(record, "organization", _address(new), _checks(old), _checks(new))
    if old.get("verified") and not new.get("verified"):
        text = f"{_address(new)} is verified no more"
        yield Change(record, "organization", "unverified", "contacts", _told(old["verified"]), "", text)


def _checks(contact: Mapping[str, Any]) -> list[Any]:
    return [*([contact["verified"]] if contact.get("verified") else []), *contact.get("earlier", [])]


def _check_changes(
    record: str, kind: str, what: str, was: Sequence[Any], now: Sequence[Any]
) -> Iterator[Change]:
    for sort, checks in (
        ("verified", [check for check in now if _who(check) not in map(_who, was)]),
        ("unverified", [check for check in was if _who(check) not in map(_who, now)]),
    ):
        for check in checks:
            part = what or check.get("part") or "the whole record"
            note = f": {check['note']}" if check.get("note") else ""
            text = f"{part}, {check.get('on')}, by {check.get('by')} ({check.get('how')}){note}"
            sides = ("", _told(check)) if sort == "verified" else (_told(check), "")
            yield Change(record, kind, sort, "contacts" if what else "checks", *sides, text)


def _who(check: Mapping[str, Any]) -> tuple[Any, ...]:
    """What makes a check the same one, whatever else is said of it."""
    return tuple(check.get(name) for name in ("on", "by", "how", "part"))


def _paired(
    was: Sequence[Mapping[str, Any]], now: Sequence[Mapping[str, Any]]
) -> tuple[
    list[tuple[Mapping[str, Any], Mapping[str, Any]]], list[Mapping[str, Any]], list[Mapping[str, Any]]
]:
    """The contacts that are one, by address and else by purpose; those that went, and those that came."""
    gone, new = list(was), list(now)
    pairs = []
    for alike in (_same_address, _same_purpose):
        for contact in list(new):
            old = next((entry for entry in gone if alike(entry, contact)), None)
            if old is not None:
                gone.remove(old)
                new.remove(contact)
                pairs.append((old, contact))
    return pairs, gone, new


def _same_address(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return any(one.get(name) and one.get(name) == other.get(name) for name in _ADDRESSES)


def _same_purpose(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return one.get("purpose") == other.get("purpose")


def _told(value: object) -> str:
    """A value in words."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        if value.get("private"):
            return "a private contact"
        return ", ".join(f"{name} {_told(inner)}" for name, inner in value.items() if name != "sources")
    if isinstance(value, list):
        return ", ".join(_told(inner) for inner in value)
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line[:_LONGEST]}…”" if len(line) > _LONGEST else f"“{line}”" if " " in line else line
