"""The points of each record, and the reasons for them."""

from collections import defaultdict


class Tally:
    """Scores and reasons by record id."""

    def __init__(self) -> None:
        self.scores: dict[str, float] = defaultdict(float)
        self.why: dict[str, list[str]] = defaultdict(list)

    def add(self, record_id: str, points: float, reason: str) -> None:
        """Give a record more points."""
        self.scores[record_id] += points
        self.why[record_id].append(f"{reason} {points:+.1f}")

    def keep(self, allowed: set[str]) -> None:
        """Forget every record but those."""
        self.scores = defaultdict(float, {key: self.scores[key] for key in self.scores.keys() & allowed})

    def scale(self, record_id: str, factor: float, reason: str) -> None:
        """Multiply the points of a record."""
        self.scores[record_id] *= factor
        self.why[record_id].append(f"{reason} x{factor:g}")
