"""Options on a sheet, what a country is not known to have, and what must not stand among options."""

from collections.abc import Mapping, Sequence

from recoverykb.records.types import Country, Strategy
from recoverykb.records.vocabulary import DIRECTIONS, OUTCOMES, RATINGS
from recoverykb.views.citing import Bibliography, capital
from recoverykb.views.detail_country import rows_by_service, service_order
from recoverykb.views.document import Block, Bullets, Fields, Paragraph, Part, Text
from recoverykb.views.phrases import NOT_CERTAIN, availability_text, named, others
from recoverykb.views.sheet.freshness import Clock
from recoverykb.views.sheet.wish import Making

Row = tuple[str, Text]


def is_harmful(strategy: Strategy) -> bool:
    """Whether a strategy must never stand among options."""
    return strategy.category == "avoid-or-caution" or strategy.evidence.rating == "harmful"


def place_name(country: Country, cites: Bibliography) -> str:
    """A country's name as it stands in a sentence of the page's language."""
    if cites.language.english:
        return named(country)
    return cites.language.called(country.name, country.labels)


def option_blocks(strategy: Strategy, making: Making) -> list[Block]:
    """What an option is, whether it is there, how to start, how good the evidence is.

    One that was asked for by name gets its cautions too; a worker gets the evidence row by row.
    """
    cites, audience = making.cites, making.wish.audience
    whole = strategy.id in making.parts.asked
    say = cites.language.say
    refs = cites.refs(strategy.sources)
    rows = _availability(strategy, making.parts.country, cites)
    if strategy.suits and whole:
        rows.append((say("For whom"), cites.words("", strategy.suits, refs)))
    if strategy.how_to_start:
        rows.append((say("How to start"), cites.words("", strategy.how_to_start, refs)))
    rows.append((say("Evidence"), _rating(strategy, cites, making.clock)))
    blocks: list[Block] = [Paragraph(cites.words("", strategy.summary, refs)), Fields(rows)]
    if audience == "worker":
        blocks += _evidence_rows(strategy, cites)
    if strategy.cautions and (whole or audience == "worker"):
        cautions = [cites.dated(claim.text, claim) for claim in strategy.cautions]
        blocks.append(Part(say("Take care"), [Bullets(cautions)]))
    return blocks


def _rating(strategy: Strategy, cites: Bibliography, clock: Clock) -> Text:
    language = cites.language
    evidence = strategy.evidence
    due = clock.due_mark(strategy, language)
    told = f"{language.word(evidence.rating)} ({language.word(RATINGS[evidence.rating])})"
    return Text(f"{told}. {due}" if due else told, cites.refs(evidence.sources))


def _evidence_rows(strategy: Strategy, cites: Bibliography) -> list[Block]:
    """What a worker needs of the evidence: what the rating rests on, and each outcome."""
    language = cites.language
    evidence = strategy.evidence
    basis = cites.words("", evidence.basis, cites.refs(evidence.sources), lead=language.say("Rests on:"))
    lines = []
    for row in evidence.outcomes:
        when = cites.when(row.sources, row.year)
        told = f"{capital(OUTCOMES[row.outcome])}: {DIRECTIONS[row.direction]}, {row.rating} ({when})."
        about = f"{row.basis.rstrip('.')}. {row.note}".strip()
        lines.append(cites.words("", f"{told} {about}", cites.refs(row.sources)))
    return [Paragraph(basis), Bullets(lines)] if lines else [Paragraph(basis)]


def _availability(strategy: Strategy, country: Country | None, cites: Bibliography) -> list[Row]:
    """Whether the country has it, by the newest row, and what other sources say."""
    if country is None:
        return []
    say = cites.language.say
    label = say("In {place}", place=place_name(country, cites))
    rows = rows_by_service(country, cites).get(strategy.id)
    if not rows:
        text = say("not recorded. That does not mean “no”.")
        return [(label, Text(text))] if strategy.service else []
    other = others(rows, cites)
    told = [(label, availability_text(rows[0], cites))]
    return [*told, (say("Other sources say"), other)] if other else told


def warning_part(strategy: Strategy, names: Mapping[str, str], cites: Bibliography) -> Part:
    """A harmful option that was asked for: what the evidence says, and what to ask for instead."""
    language = cites.language
    evidence = strategy.evidence
    lead = language.say("Evidence: {rating}.", rating=language.word(evidence.rating))
    basis = cites.dated(evidence.basis, evidence)._replace(lead=lead, tone="danger")
    blocks: list[Block] = [
        Paragraph(basis),
        Paragraph(cites.words("", strategy.summary, cites.refs(strategy.sources))),
    ]
    if evidence.findings:
        blocks.append(Bullets([cites.dated(found.text, found) for found in evidence.findings]))
    if strategy.alternatives:
        text = "; ".join(language.word(names.get(other, other)) for other in strategy.alternatives)
        blocks.append(Paragraph(Text(text, lead=language.say("Ask for instead:"), tone="good")))
    name = language.word(strategy.name)
    return Part(language.say("Not recommended: {name}", name=name), blocks)


def not_here(
    country: Country, services: Sequence[str], names: Mapping[str, str], cites: Bibliography
) -> list[Block]:
    """What the country is not known to have: a "no" of a source apart from what nobody recorded."""
    language = cites.language
    known = rows_by_service(country, cites)
    lines = []
    for service in services:
        rows = known.get(service)
        lead = f"{language.word(names.get(service, service))}:"
        if rows and rows[0].availability in ("no", "unknown"):
            told = {"no": language.say("not available"), "unknown": language.say("not known")}
            when = cites.when(rows[0].sources, rows[0].year)
            doubt = f"{language.word(NOT_CERTAIN)}; " if rows[0].uncertain else ""
            text = f"{told[rows[0].availability]} ({doubt}{when})"
            lines.append(Text(text, cites.refs(rows[0].sources), lead=lead))
        elif not rows:
            lines.append(Text(language.say("not recorded. That does not mean “no”."), lead=lead))
    heading = language.say("Not found in {place}", place=place_name(country, cites))
    return [Part(heading, [Bullets(lines)])] if lines else []


def default_options(
    country: Country, strategies: Mapping[str, Strategy], cites: Bibliography
) -> list[Strategy]:
    """The services a country has in some form, newest row first decides; in the order of tables."""
    known = rows_by_service(country, cites)
    return [
        strategies[service]
        for service in service_order(strategies.values())
        if service in strategies
        and service in known
        and known[service][0].availability in ("yes", "limited", "pilot")
    ]
