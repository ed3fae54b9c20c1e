"""Which organizations and contacts may be handed out, and why the others may not."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import msgspec

from recoverykb.records.types import Contact, Organization
from recoverykb.views.sheet.freshness import is_stale
from recoverykb.views.sheet.wish import LeftOut, Reason, SheetParts

_CLOSED = ("inactive", "defunct", "temporarily closed")


def fit(parts: SheetParts, *, today: date, stale: bool) -> SheetParts:
    """The parts without what may not be handed out, which is noted as left out.

    ``stale`` keeps contacts that nobody looked at for more than 18 months.
    """
    sieve = _Sieve(today, stale)
    return replace(
        parts,
        organizations=sieve.pass_through(parts.organizations),
        places=sieve.pass_through(parts.places),
        lines=sieve.pass_through(parts.lines, quiet=True),
        left_out=[*parts.left_out, *sieve.left_out],
    )


class _Sieve:
    """Keeps what may be handed out, and notes the rest with the reason."""

    def __init__(self, today: date, stale: bool) -> None:
        self._today = today
        self._stale = stale
        self.left_out: list[LeftOut] = []

    def pass_through(self, bodies: Iterable[Organization], *, quiet: bool = False) -> list[Organization]:
        """The bodies that may be handed out. ``quiet``: of the others only those too old are noted."""
        kept = []
        for body in bodies:
            if not body.referral:
                self._note(body, "unvouched", quiet=quiet)
            elif body.status in _CLOSED or body.retired is not None:
                self._note(body, "closed", quiet=quiet)
            else:
                kept += self._with_what_may_be_shown(body)
        return kept

    def _with_what_may_be_shown(self, body: Organization) -> list[Organization]:
        """The body with the contacts that may be printed; nothing where it is too old itself."""
        public = [contact for contact in body.contacts if not contact.private]
        fresh = [contact for contact in public if self._is_fresh(body, contact)]
        if len(public) < len(body.contacts):
            self._note(body, "private")
        if len(fresh) < len(public) or not (public or self._is_fresh(body)):
            self._note(body, "stale")
            if not fresh:
                return []
        return [msgspec.structs.replace(body, contacts=fresh)]

    def _is_fresh(self, body: Organization, contact: Contact | None = None) -> bool:
        return self._stale or not is_stale(body, contact, self._today)

    def _note(self, body: Organization, reason: Reason, *, quiet: bool = False) -> None:
        entry = LeftOut(body.id, body.name, reason)
        if not quiet and entry not in self.left_out:
            self.left_out.append(entry)
