"""Every weight of the ranking, in one place, with its reason."""

from typing import Final

LABELS: Final[dict[str, float]] = {
    "id": 100.0,
    "name": 100.0,
    "code": 95.0,
    "alias": 95.0,
    "abbreviation": 90.0,
    "synonym": 90.0,
    "brand": 88.0,
    "translation": 88.0,
    "short": 88.0,
    "older": 85.0,
    "hidden": 84.0,
    "street": 80.0,
    "place": 75.0,
    "together": 85.0,
}
"""What typing a whole label is worth, by sort of label: names and codes mean one thing, street
words sometimes several, and a situation is wider than the concept it leads to."""

PART: Final = 0.47
"""Share of a label's weight when it is only a part of the query, times the share of words covered."""

FORMS: Final[dict[str, float]] = {"whole": 1.0, "loose": 0.95, "mixed": 0.75}
"""Share of a label's weight when it stands as it is, with little words between, or with its words in another
order or form."""

INSIDE: Final = 0.7
"""Share of a label's points when it is only a part of a longer label: "war on drugs" is not about drugs."""

STRESS: Final[dict[int, float]] = {-1: 0.55, 0: 1.0, 1: 1.5}
"""Share of the points of a part that is the background of a question (a substance, a person): "jail for drug
users" asks about jail (-1); and of one that says that a life is in danger: what to do now comes first (1)."""

PART_POWER: Final = 0.6
"""The share of words covered counts with this power: a long question around one name is still about it."""

TOGETHER: Final = 0.32
"""The same as ``PART`` for what several concepts of a query mean together, with the share of words that they
cover: less, for by chance they stand together more often than a label stands in a query."""

ALIKE: Final = 0.6
"""Share of the worth of a label that is only like a query, times ``ALIKE_POWER`` of how like (0 to 1)."""

ALIKE_POWER: Final = 1.5
"""Half a likeness says less than half."""

LEAST_ALIKE: Final = 0.35
"""What is less like a query than this is not like it."""

MOST_ALIKE: Final = 20
"""So many of the likest labels count."""

WORD_SAYS: Final = 7.5
"""What a word of a label says that the query has not: about as much as one that twelve labels have."""

BEGINNING: Final = 0.8
"""Share of a label's weight when what is typed is only its beginning."""

BEYOND_WHOLE: Final = 0.1
"""The same where what is typed is a whole label: that is meant, and no longer one."""

LATER_ABOUT: Final = 0.75
"""A term lists what it is about with the chief thing first; each later one counts this much less."""

COLUMNS: Final = (10.0, 8.0, 4.0, 1.0)
"""bm25 weights of name, labels, summary and body: a record about a thing before one that mentions it."""


def bm25(*table: str) -> str:
    """The ranking function of the full text for FTS5; as a column of a statement with its ``table``."""
    return f"bm25({', '.join([*table, *map(str, COLUMNS)])})"


KINDS: Final[dict[str, float]] = {
    "strategy": 1.0,
    "country": 1.0,
    "organization": 1.0,
    "guide": 1.1,
    "term": 1.0,
    "source": 0.1,
}
"""A guide says what to do, so it comes before what else answers to the same word.

Sources are found, but people look for what to do: their titles must not crowd out records.
"""

TEXT_KINDS: Final[dict[str, float]] = {**KINDS, "source": 0.05}
"""The same for parts of labels and for full text: a title that mentions a word comes last."""

MEANT: Final = 75.0
"""From so many points for its labels on a record is what the query means."""

LIKELY: Final = 10.0
"""Without such a record, from so many points on the best part of the query is taken for what it means."""

MOST_MEANT: Final = 4
"""Where more records are meant, what they name as related says nothing."""

RELATED: Final = 12.0
"""Added to what a record that is meant names as related: next to a treatment stand its medicines."""

LATER_RELATED: Final = 0.9
"""A record names first what is nearest to it; each later one gets this much less."""

RELATED_TO: Final = 0.7
"""What is related is lifted to this share of the points of the record that is meant, and no farther."""

PROVIDES: Final = 4.0
"""Added to an organization that provides what is meant: who asks for a thing wants to know where it is."""

ALL_IN_NAMES: Final = 3.0
"""Added when the names of a record hold every one of several parts: it is about all of them together."""

ALL_WORDS: Final = 10.0
"""Added when a record holds every word of a query that has no label in it; a label says more."""

SOME_WORDS: Final = 0.9
"""Share of the full-text score when only some words of the query are there."""

MANY_PARTS: Final = 3
"""So many parts without a label must stand in some record, or all where there are fewer, for any to count."""

HALF_TOLD: Final = 0.45
"""Words without a label among them must carry about half of what a query says for a record to answer it."""

MOST_PARTS: Final = 8
"""So many of its words are looked at, the rarest ones."""

SHORTEST_BEGINNING: Final = 4
"""Shorter words that no record holds are not taken for the beginning of one."""

DEPTH: Final = 300
"""So many of the best full-text matches are weighed further."""

RARE: Final = 5000
"""Up to so many records bm25 ranks all that hold a word; above, the best ones as worked out beforehand (see
:mod:`recoverykb.storage.frequent`). The curated base never comes near it; an imported directory does."""

KEPT: Final = 1000
"""So many of the best records are kept for each frequent word."""

ENOUGH: Final = 60
"""With so many records that hold every word, those that hold only some are not looked for."""

ELSEWHERE: Final = 0.4
"""Share of the score of what is in another country than the one the query names."""

EVERYWHERE: Final = 0.15
"""Share of the score of what is of no country where a filter asks for one: it stays, after what is there."""

IN_COUNTRY: Final = 10.0
"""Added to what is in a country that the query or the filter names."""

COUNTRY_ASKED: Final = 18.0
"""Added to the record of the country that a filter asks for: it says what there is."""

HOME: Final = 18.0
"""Added to the record of the country of an organization that is meant: it says what else there is."""

SPOKEN: Final = 8.0
"""Added to an organization found that is where most live who speak the language of the query."""

ALSO_SPOKEN: Final = 4.0
"""The same where it is spoken as well."""

NOT_SPOKEN: Final = 0.2
"""Share of the score of an organization, or a country, where it is not."""

COUNTRY_SPOKEN: Final = 20.0
"""Added to the record of a country whose language the query is in: it says what there is."""

COUNTRY_LOCAL: Final = 40.0
"""The same for a word that is used in that country only, where it is the whole query; else by its share."""

LINE_SPOKEN: Final = 14.0
"""Added to the first line that people can ring there; each later one gets less, as by ``LATER_ABOUT``."""

LINE_LOCAL: Final = 20.0
"""The same for a word that is used in that country only, by its share of the query."""

LINES: Final = 2
"""So many lines of a country are lifted so."""

MANY_SLIPS: Final = 3
"""From so many corrections on, which are most of its words, a query is taken for one about something else."""

MANY_LOST: Final = 2
"""From so many words on that are like nothing in the base, if they are half of all, none is corrected."""

STRANGE: Final = 1
"""An English word that no more records have in their names and labels is none of our subject."""

OF_THE_SUBJECT: Final = 50
"""A word that more records have in their names and labels is of our subject: "rehab", not "phone"."""
