"""What the labels in a query name: points for the records they stand for, and which of them are meant."""

from recoverykb import weights
from recoverykb.search.reading import Owner, Reading, Span
from recoverykb.search.tally import Tally


def score_labels(reading: Reading, tally: Tally) -> None:
    """Score the records one of whose labels is the query or a run of words in it, each by its best."""
    best: dict[str, tuple[float, str]] = {}

    def offer(owner: Owner, points: float, reason: str) -> None:
        if points > best.get(owner.id, (0.0, ""))[0]:
            best[owner.id] = (points, reason)

    subject = sum(not empty for empty in reading.bare)
    named = False
    for span in reading.spans:
        covered = sum(not reading.bare[place] for place in range(span.start, span.end))
        share = covered / subject
        named = named or share == 1.0
        inside = any(span.is_inside(other) for other in reading.spans)
        for owner in span.owners:
            points = _points(owner, span, share) * (weights.INSIDE if inside else 1.0)
            offer(owner, points, f"{'is' if share == 1.0 else 'has'} {owner.sort} '{span.label}'")
    for joint in reading.joints:
        share = sum(not reading.bare[place] for place in joint.places) / subject
        for owner in joint.owners:
            points = worth(owner, weights.TEXT_KINDS) * weights.TOGETHER * _part(owner, share)
            offer(owner, points, f"is named by several words as '{joint.term}'")
    beginning = weights.BEYOND_WHOLE if named else weights.BEGINNING
    for owner, typed in reading.begun:
        points = worth(owner, weights.TEXT_KINDS) * beginning * (0.5 + typed / 2)
        offer(owner, points, f"has {owner.sort} that begins so")
    for record_id, (points, reason) in best.items():
        tally.add(record_id, points, reason)


def worth(owner: Owner, kinds: dict[str, float]) -> float:
    """What a label of that sort is worth for a record of that kind, at its place in what a term is about."""
    first = weights.LABELS.get(owner.sort, 50.0) * kinds.get(owner.kind, 1.0)
    return first * weights.LATER_ABOUT ** min(owner.position, 5)


def _points(owner: Owner, span: Span, share: float) -> float:
    """What a label is worth to one of its owners where it covers that share of what the query is about."""
    whole = share == 1.0
    typed_id = whole and owner.sort == "id" and span.end - span.start > 1  # of one word it is a name as well
    points = worth(owner, {} if typed_id else weights.KINDS if whole else weights.TEXT_KINDS)
    points *= weights.FORMS[span.form]
    if not whole:
        points *= weights.PART * _part(owner, share)
    return points


def _part(owner: Owner, share: float) -> float:
    """How much of it counts where a label covers only that share of what the query is about."""
    return float(share**weights.PART_POWER) * weights.STRESS[owner.stress]


def meant_by(reading: Reading, tally: Tally) -> list[str]:
    """The ids of what the query means by its labels: a whole label or, without one, the best part of it.

    A country beside a subject says where, not what.
    """
    places = {owner.id for span in reading.spans for owner in span.owners if owner.kind == "country"}
    subjects = {key: points for key, points in tally.scores.items() if key not in places}
    named = subjects if max(subjects.values(), default=0.0) >= weights.LIKELY else tally.scores
    best = max(named.values(), default=0.0)
    if best < weights.LIKELY:
        return []
    found = [key for key, points in named.items() if points >= min(weights.MEANT, best)]
    return found if len(found) <= weights.MOST_MEANT else []
