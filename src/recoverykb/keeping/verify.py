"""Recording that a person checked something: the only way in which a verification date changes.

The newest check of a contact stands in ``verified``, the ones before it in ``earlier``; checks of anything
else stand in the record's ``checks``. Nothing is ever taken out.
"""

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from typing import Any, NamedTuple

from recoverykb.errors import UsageError
from recoverykb.keeping.assign import annotation_at, parse_assignment, shown_path
from recoverykb.records.calls import INSTEAD, may_call_line, may_call_part
from recoverykb.records.pairing import dialled, digits
from recoverykb.records.vocabulary import PURPOSES


class Checked(NamedTuple):
    """A check: the day, who, how, and what was found."""

    on: date
    by: str
    how: str
    note: str = ""

    def table(self) -> dict[str, Any]:
        """The check as it stands in a record."""
        return {name: told for name, told in self._asdict().items() if told != ""}


class Verified(NamedTuple):
    """A record with a check in it, and what was checked, in words."""

    table: dict[str, Any]
    what: list[str]


def verified(kind: str, table: Mapping[str, Any], field: str | None, check: Checked, today: date) -> Verified:
    """The record ``table`` with ``check`` recorded for ``field``, or for all of it.

    ``field`` names a contact (its number, address, purpose, or ``contacts[0]``) or another field by its
    path. Raises :class:`UsageError` where such a check cannot be.
    """
    if kind in ("source", "term"):
        raise UsageError(
            f"a {kind} is not verified", "a source has the day it was read: edit --set accessed=…"
        )
    if check.on > today:
        raise UsageError(f"{check.on} is in the future", "nobody can have checked anything tomorrow")
    changed = deepcopy(dict(table))
    contacts = changed.get("contacts", [])
    meant = _contacts_meant(contacts, field, check.how)
    for contact in meant:
        _require_checkable(contact, check.how)
    if meant:
        for contact in meant:
            _add(contact, check)
        return Verified(changed, [address(contact) for contact in meant])
    part = _part(kind, changed, field)
    if check.how == "call" and not may_call_part(kind, part):
        number = part.removeprefix("emergency ")
        told = f"{number} is an emergency number" if part else "emergency numbers are not called to test them"
        raise UsageError(f"{told}: {INSTEAD}", "--how document")
    entry = {**check.table(), **({"part": part} if part else {})}
    if entry not in changed.get("checks", []):
        changed["checks"] = newest_first([entry, *changed.get("checks", [])])
    return Verified(changed, [part or "the whole record"])


def address(contact: Mapping[str, Any]) -> str:
    """The number, mail address or page of a contact."""
    return str(contact.get("number") or contact.get("email") or contact.get("url") or "a contact")


def _contacts_meant(contacts: list[dict[str, Any]], field: str | None, how: str) -> list[dict[str, Any]]:
    """The contacts that a check is about; none where it is about something else in the record."""
    if field is None:
        if how in ("call", "email") and len(contacts) > 1:
            choices = ", ".join(address(contact) for contact in contacts if not contact.get("private"))
            raise UsageError(f"one {how} checks one contact", f"name it with --field: {choices}")
        return contacts
    named = [contact for number, contact in enumerate(contacts) if _answers_to(contact, number, field)]
    if len(named) > 1:
        choices = ", ".join(f"contacts[{contacts.index(contact)}]" for contact in named)
        raise UsageError(f"'{field}' stands for several contacts", f"choose: {choices}")
    if not named and (field.startswith("contacts") or field in PURPOSES or digits(field)[3:]):
        choices = ", ".join(address(contact) for contact in contacts if not contact.get("private"))
        if contacts or field.startswith("contacts"):
            raise UsageError(f"no contact '{field}'", f"contacts: {choices or 'none'}")
    return named


def _answers_to(contact: Mapping[str, Any], number: int, field: str) -> bool:
    if field in (f"contacts[{number}]", f"contacts.{number}", contact["purpose"]):
        return True
    same_digits = digits(field) and digits(field) == digits(contact.get("number", ""))
    return bool(same_digits) or field in (contact.get("email"), contact.get("url"))


def _require_checkable(contact: Mapping[str, Any], how: str) -> None:
    if how == "call" and not may_call_line(contact["purpose"]):
        raise UsageError(f"{address(contact)} is a {contact['purpose']} line: {INSTEAD}", "--how site")
    for way, needed in (("call", "number"), ("email", "email")):
        if how == way and not contact.get(needed):
            raise UsageError(f"{address(contact)} has no {needed}, so no {way} can have checked it")


def _add(contact: dict[str, Any], check: Checked) -> None:
    """Put ``check`` among those of a contact; the newest counts."""
    known = [*([contact["verified"]] if "verified" in contact else []), *contact.get("earlier", [])]
    entry = check.table()
    if entry in known:
        return
    newest, *earlier = newest_first([entry, *known])
    contact["verified"] = newest
    if earlier:
        contact["earlier"] = earlier


def newest_first(checks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Checks as a record lists them."""
    return sorted(checks, key=lambda entry: str(entry.get("on")), reverse=True)


def _part(kind: str, table: Mapping[str, Any], field: str | None) -> str:
    """What was checked, as the record will say it: an emergency number, or the path of a field."""
    if field is None:
        return ""
    numbers = [row["number"] for row in table.get("emergency", ())]
    if digits(field) and digits(field) in map(digits, numbers):
        return f"emergency {field}"
    path = parse_assignment(f"{field}=").path
    annotation_at(kind, path)
    here: Any = table
    for part in path:
        try:
            here = here[part]
        except (KeyError, IndexError, TypeError):
            raise UsageError(
                f"the record says nothing under '{field}'", "there is nothing to verify"
            ) from None
    return shown_path(path)


def without_outlived(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """``new``, an edited ``old``, in which no check vouches for a number or address it was not made of.

    Such a check stays among the earlier ones, and says what it was about.
    """
    changed = deepcopy(dict(new))
    for contact in changed.get("contacts", ()):
        check = contact.get("verified") if isinstance(contact, dict) else None
        if not isinstance(check, dict):
            continue
        owners = [entry for entry in old.get("contacts", ()) if entry.get("verified") == check]
        if owners and not any(one_address(entry, contact) for entry in owners):
            contact["earlier"] = [outlived(check, owners[0]), *contact.get("earlier", [])]
            del contact["verified"]
    return changed


def outlived(check: Mapping[str, Any], contact: Mapping[str, Any]) -> dict[str, Any]:
    """A check of ``contact`` as it stands among those of another number: it says what it was of."""
    note = "; ".join(filter(None, (f"of {address(contact)}", check.get("note"))))
    return {**check, "note": note}


def one_address(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two states of a contact lead to the same place; how a number is spaced does not matter."""
    return all(
        dialled(one.get(name, "")) == dialled(other.get(name, ""))
        if name == "number"
        else one.get(name) == other.get(name)
        for name in ("number", "email", "url")
    )
