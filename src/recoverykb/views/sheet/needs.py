"""What people need, in their words, and which records answer it."""

from typing import Final, NamedTuple

from recoverykb.errors import UsageError
from recoverykb.records.types import Organization


class Need(NamedTuple):
    """Options and guides that answer a need, the first to think of first."""

    strategies: tuple[str, ...]
    guides: tuple[str, ...] = ()
    faith: bool = False
    """Whether organizations with a faith belong to it, whatever they offer."""

    def answered_by(self, body: Organization) -> bool:
        """Whether an organization offers something that answers the need."""
        return bool(self.faith and body.faith_based) or not set(self.strategies).isdisjoint(body.services)


NEEDS: Final[dict[str, Need]] = {
    "medicine": Need(
        (
            "opioid-agonist-treatment",
            "methadone",
            "buprenorphine",
            "extended-release-buprenorphine",
            "slow-release-oral-morphine",
            "heroin-assisted-treatment",
            "extended-release-naltrexone",
        )
    ),
    "naloxone": Need(("naloxone", "take-home-naloxone", "peer-naloxone", "overdose-education")),
    "needles": Need(
        (
            "needle-and-syringe-programmes",
            "pharmacy-and-vending-machine-supplies",
            "drug-consumption-rooms",
            "wound-care",
        )
    ),
    "health": Need(
        ("hiv-and-hepatitis-care", "tuberculosis-care", "wound-care", "co-occurring-mental-health-care")
    ),
    "counselling": Need(
        (
            "counselling",
            "cognitive-behavioural-therapy",
            "contingency-management",
            "community-reinforcement-approach",
            "psychosocial-support",
        )
    ),
    "peers": Need(
        (
            "peer-recovery-support",
            "recovery-community-organizations",
            "twelve-step-groups",
            "secular-mutual-aid",
            "digital-support",
        )
    ),
    "family": Need(("craft-family-training", "family-therapy"), ("families-and-friends",)),
    "housing": Need(("housing-first", "recovery-housing")),
    "residential": Need(("residential-rehabilitation", "therapeutic-communities")),
    "faith": Need(
        ("faith-based-programmes", "spiritual-care", "traditional-and-herbal-healing"), (), faith=True
    ),
    "pregnancy": Need(
        ("opioid-agonist-treatment-in-pregnancy", "women-centred-services"), ("pregnancy-and-opioids",)
    ),
    "prison": Need(
        (
            "prison-opioid-agonist-treatment",
            "prison-needle-and-syringe-programmes",
            "naloxone-at-prison-release",
        ),
        ("leaving-prison-or-detox",),
    ),
    "work": Need(("supported-employment",)),
    "cost": Need(("treatment-cost-support",), ("cost-and-access",)),
    "rights": Need((), ("rights-and-stigma",)),
}
"""The needs that ``--need`` knows."""


def chosen_needs(words: str) -> list[str]:
    """The needs named in a list with commas. Raises :class:`UsageError` for one that is not known."""
    asked = [word.strip().casefold() for word in words.split(",") if word.strip()]
    for word in asked:
        if word not in NEEDS:
            raise UsageError(f"no need '{word}'", f"needs: {', '.join(NEEDS)}")
    return list(dict.fromkeys(asked))
