"""What changed between two states of a base, in words, for a person to review."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from recoverykb.records.pairing import CHECK, paired
from recoverykb.records.vocabulary import MANIFEST
from recoverykb.views.document import Block, Bullets, Document, Paragraph, Part, Text, Tidy, Tone
from recoverykb.views.told import ADDRESSES, address, short, told

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
    unreadable: Mapping[str, str] | None = None,
    copies: Mapping[str, State] | None = None,
) -> Document:
    """Every change from ``before`` to ``after`` (records by id). JSON: an array, one object a change.

    ``unreadable``: the files that cannot be read, each with the reason. ``copies``: new records that stand in
    place of these of lower layers, with which they are compared.
    """
    found = [Change(path, "", "unreadable", "", "", "", why) for path, why in (unreadable or {}).items()]
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
    numbers = [address(contact) for contact in _contacts(state.table) if not contact.get("private")]
    said = f"{state.kind} {_name(state)}"
    return f"{said}; {', '.join(numbers)}" if numbers else said


def _contacts(table: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [entry for entry in table.get("contacts", ()) if isinstance(entry, Mapping)]


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
            yield from _check_changes(record, kind, ("", ""), was or [], now or [])
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
    sort = "number" if name in ADDRESSES and kind == "organization" else "changed"
    before, after = told(was), told(now)
    text = f"{name}: {short(before) or 'nothing'} → {short(after) or 'nothing'}"
    return Change(record, kind, sort, name, before, after, text)


def _entries(
    place: tuple[str, str, str], was: Sequence[Any], now: Sequence[Any], sort: str
) -> Iterator[Change]:
    """What came into a list and what went out of it; ``place`` is record, kind and field."""
    record, kind, name = place
    came = [entry for entry in now if entry not in was]
    went = [entry for entry in was if entry not in now]
    pairs, gone, new = _beside(name, went, came)
    for old, now_said in pairs:
        if isinstance(old, Mapping) and isinstance(now_said, Mapping):
            for key in dict.fromkeys((*old, *now_said)):
                if old.get(key) != now_said.get(key):
                    change = _plain(record, kind, key, old.get(key), now_said.get(key))
                    kept = sort if key in ("number", "value") else change.change
                    yield change._replace(change=kept, field=f"{name}.{key}", text=f"{name}, {change.text}")
        else:
            yield _plain(record, kind, name, old, now_said)._replace(change=sort)
    for entry in new:
        yield Change(record, kind, sort, name, "", told(entry), f"{name}: new: {short(told(entry))}")
    for entry in gone:
        yield Change(record, kind, sort, name, told(entry), "", f"{name}: taken out: {short(told(entry))}")
    if not came and not went:
        yield Change(record, kind, "changed", name, "", "", f"{name}: in another order")


def _beside(
    name: str, went: Sequence[Any], came: Sequence[Any]
) -> tuple[list[tuple[Any, Any]], list[Any], list[Any]]:
    """The entries that went, each beside what it became; what else went, and what else came.

    What no mark tells apart stands beside each other in order: a person reviews it.
    """
    pairs: list[tuple[int, int]] = []
    gone, new = list(range(len(went))), list(range(len(came)))
    if all(isinstance(entry, Mapping) for entry in (*went, *came)):
        pairs, gone, new = paired(name, went, came)
    count = min(len(gone), len(new))
    pairs += zip(gone[:count], new[:count], strict=True)
    return (
        [(went[old], came[place]) for old, place in pairs],
        [went[old] for old in gone[count:]],
        [came[place] for place in new[count:]],
    )


def _contact_changes(
    record: str, was: Sequence[Mapping[str, Any]], now: Sequence[Mapping[str, Any]]
) -> Iterator[Change]:
    pairs, gone, new = paired("contacts", was, now)
    for contact in (now[place] for place in new):
        reached = address(contact)
        yield Change(record, "organization", "number", "contacts", "", reached, f"new contact {reached}")
        yield from _verifications(record, {}, contact)
    for contact in (was[place] for place in gone):
        reached = address(contact)
        yield Change(
            record, "organization", "number", "contacts", reached, "", f"contact {reached} taken out"
        )
    for old, place in pairs:
        yield from _one_contact(record, was[old], now[place])


def _one_contact(record: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for name in dict.fromkeys((*old, *new)):
        if name in ("verified", "earlier") or old.get(name) == new.get(name):
            continue
        hidden = name in ADDRESSES and (old.get("private") or new.get("private"))
        sides = ("a private contact", "another") if hidden else (old.get(name), new.get(name))
        change = _plain(record, "organization", name, *sides)
        text = change.text if name in ADDRESSES else f"{address(new)}, {change.text}"
        yield change._replace(field=f"contacts.{name}", text=text)
    yield from _verifications(record, old, new)


def _verifications(record: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    private = old.get("private") or new.get("private")
    reached = (address({**old, "private": private}), address({**new, "private": private}))
    yield from _check_changes(record, "organization", reached, _checks(old), _checks(new))
    if old.get("verified") and not new.get("verified"):
        text = f"{address(new)} is verified no more"
        yield Change(record, "organization", "unverified", "contacts", told(old["verified"]), "", text)


def _checks(contact: Mapping[str, Any]) -> list[Any]:
    return [*([contact["verified"]] if contact.get("verified") else []), *contact.get("earlier", [])]


def _check_changes(
    record: str, kind: str, reached: tuple[str, str], was: Sequence[Any], now: Sequence[Any]
) -> Iterator[Change]:
    """Checks that went and came; ``reached``: the contact they are of, as it was then, and as it is now."""
    before, after = reached
    for sort, what, checks in (
        ("verified", after, [check for check in now if _who(check) not in map(_who, was)]),
        ("unverified", before, [check for check in was if _who(check) not in map(_who, now)]),
    ):
        for check in checks:
            part = what or check.get("part") or "the whole record"
            note = f": {check['note']}" if check.get("note") else ""
            text = f"{part}, {check.get('on')}, by {check.get('by')} ({check.get('how')}){note}"
            sides = ("", told(check)) if sort == "verified" else (told(check), "")
            yield Change(record, kind, sort, "contacts" if what else "checks", *sides, text)


def _who(check: Mapping[str, Any]) -> tuple[Any, ...]:
    """What makes a check the same one, whatever else is said of it."""
    return tuple(check.get(name) for name in CHECK)
