"""A number must be possible in its country, by Google's libphonenumber.

A wrong digit sends a person in need nowhere. Short numbers (up to six digits) are national services
and only need digits.
"""

from collections.abc import Iterator

from recoverykb.check.context import Finding, Item
from recoverykb.records.types import Organization

CODE, SEVERITY, TITLE = "RKB402", "error", "a phone number that cannot be"
EXAMPLE = (
    {
        "organizations/our-clinic.toml": """
        country = "KE"

        [[contacts]]
        purpose = "intake"
        number = "020 123 4567 89 01"
        confidence = "low"
        sources = ["sordo-bmj-2017"]
        """
    },
    {
        "organizations/our-clinic.toml": """
        country = "KE"

        [[contacts]]
        purpose = "intake"
        number = "020 123 4567"
        confidence = "low"
        sources = ["sordo-bmj-2017"]
        """
    },
)

_SHORT = 6
_LETTERS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")


def check(item: Item) -> Iterator[Finding]:
    """Yield a finding for each number that its country cannot have."""
    record = item.record
    if not isinstance(record, Organization):
        return
    for position, contact in enumerate(record.contacts):
        if contact.number and not possible(contact.number, record.country):
            shown = "the private number" if contact.private else f"'{contact.number}'"
            message = f"{shown} is not possible in {record.country or 'no country'}"
            hint = "check the digits; without a country a number begins with +"
            yield item.finding(("contacts", position, "number"), message, hint)


def possible(number: str, country: str | None) -> bool:
    """Whether ``number`` can be dialled in ``country`` (ISO code; ``None``: from anywhere)."""
    import phonenumbers

    digits = "".join(char for char in number.upper().translate(_LETTERS) if char.isdigit())
    if country and len(digits) <= _SHORT:
        return len(digits) > 1
    try:
        parsed = phonenumbers.parse(number.upper().translate(_LETTERS), country)
    except phonenumbers.NumberParseException:
        return False
    return bool(phonenumbers.is_possible_number(parsed))
