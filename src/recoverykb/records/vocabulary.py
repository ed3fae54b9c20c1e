"""The closed vocabularies of the records, as plain values.

Nothing is imported here, so that a command can offer or check these words without paying for
the record types. Each table maps the word that stands in TOML to what it means; the record
types, the field reference, legends and command-line help all read these tables.
"""

from typing import Final, Literal, get_args

Kind = Literal["strategy", "country", "organization", "guide", "source", "term"]

KINDS: Final[tuple[str, ...]] = get_args(Kind)
"""Every record kind, in the order lists show them."""

PublicKind = Literal["strategy", "country", "organization", "guide", "source"]

PUBLIC_KINDS: Final[tuple[str, ...]] = get_args(PublicKind)
"""The kinds a user names on the command line; terms only serve search."""

Written = Literal[Kind, "exceptions", "base"]
"""What people write into a base, and may ask the fields of."""

FOLDERS: Final[dict[str, str]] = {
    "strategy": "strategies",
    "country": "countries",
    "organization": "organizations",
    "guide": "guides",
    "source": "sources",
    "term": "terms",
}
"""The folder of a base that holds each kind."""

MANIFEST: Final = "base.toml"
"""The file in the folder of a base that says whose it is."""

RETIRED: Final = "retired"
"""The mark of a record that is no longer to be used."""

Availability = Literal["yes", "limited", "pilot", "no", "unknown"]

AVAILABILITY: Final[dict[str, str]] = {
    "yes": "the source says it exists (at least one site; not how many people it reaches)",
    "limited": "exists in few places, or only for some people",
    "pilot": "on trial for a limited time",
    "no": "the source says that it does not exist",
    "unknown": "somebody looked and could not find out",
}

SERVICES: Final = (
    "opioid-agonist-treatment",
    "needle-and-syringe-programmes",
    "take-home-naloxone",
    "peer-naloxone",
    "drug-consumption-rooms",
    "heroin-assisted-treatment",
    "prison-opioid-agonist-treatment",
    "prison-needle-and-syringe-programmes",
    "drug-checking",
)
"""The services the field reports country by country, in the order tables show them."""

Rating = Literal["strong", "moderate", "limited", "mixed", "insufficient", "harmful"]

RATINGS: Final[dict[str, str]] = {
    "strong": "several good studies or reviews agree",
    "moderate": "good studies point one way, with gaps",
    "limited": "few or weak studies",
    "mixed": "studies disagree, or benefit holds only for some outcomes",
    "insufficient": "not enough good studies to say",
    "harmful": "studies show more harm than good",
}

Grade = Literal["strong", "moderate", "limited", "mixed", "insufficient"]
"""How good the evidence for one outcome is. Harm is a direction there, not a grade."""

GRADES: Final[tuple[str, ...]] = get_args(Grade)

Direction = Literal["benefit", "no-benefit", "harm", "mixed", "unclear"]

DIRECTIONS: Final[dict[str, str]] = {
    "benefit": "points to benefit",
    "no-benefit": "points to no benefit",
    "harm": "points to harm",
    "mixed": "points both ways",
    "unclear": "does not settle it",
}

Outcome = Literal[
    "death",
    "overdose-death",
    "overdose",
    "death-after-release",
    "opioid-use",
    "drug-use",
    "alcohol-use",
    "abstinence",
    "return-to-use",
    "starting-treatment",
    "retention",
    "completing-treatment",
    "withdrawal-symptoms",
    "craving",
    "adverse-events",
    "hiv",
    "hepatitis-c",
    "injecting-risk",
    "other-infections",
    "physical-health",
    "mental-health",
    "quality-of-life",
    "hospital-use",
    "pregnancy-and-newborn",
    "family",
    "housing",
    "employment",
    "crime",
    "imprisonment",
    "public-order",
    "rights",
    "stigma",
    "knowledge",
    "starting-to-use",
    "staff-skills",
    "access",
    "use-of-service",
    "prescribing",
    "diversion",
    "cost",
]

OUTCOMES: Final[dict[str, str]] = {
    "death": "death from any cause",
    "overdose-death": "death by overdose",
    "overdose": "overdose, fatal or not",
    "death-after-release": "death after leaving prison or treatment",
    "opioid-use": "use of opioids that nobody prescribed",
    "drug-use": "use of any or of other drugs",
    "alcohol-use": "use of alcohol",
    "abstinence": "no use at all",
    "return-to-use": "return to use after a pause",
    "starting-treatment": "starting treatment",
    "retention": "staying in treatment",
    "completing-treatment": "finishing a treatment or a withdrawal",
    "withdrawal-symptoms": "withdrawal",
    "craving": "craving",
    "adverse-events": "unwanted effects",
    "hiv": "HIV",
    "hepatitis-c": "hepatitis C",
    "injecting-risk": "risky injecting",
    "other-infections": "other infections and wounds",
    "physical-health": "physical health",
    "mental-health": "mental health",
    "quality-of-life": "quality of life",
    "hospital-use": "hospital and emergency visits",
    "pregnancy-and-newborn": "pregnancy and newborn",
    "family": "family and relationships",
    "housing": "housing",
    "employment": "work and income",
    "crime": "crime",
    "imprisonment": "arrest and prison",
    "public-order": "nuisance and litter in public",
    "rights": "human rights",
    "stigma": "stigma",
    "knowledge": "knowledge and skills",
    "starting-to-use": "beginning to use drugs",
    "staff-skills": "skills of staff",
    "access": "access to care or supplies",
    "use-of-service": "use of the service",
    "prescribing": "prescribing",
    "diversion": "medicine reaching other people",
    "cost": "cost",
}

Tier = Literal[
    "guideline-or-review",
    "official",
    "peer-reviewed",
    "civil-society",
    "news",
    "reference-work",
    "unofficial-list",
]

TIERS: Final[dict[str, str]] = {
    "guideline-or-review": "guideline or systematic review",
    "official": "official page or report",
    "peer-reviewed": "paper in a reviewed journal",
    "civil-society": "civil society",
    "news": "news",
    "reference-work": "reference work",
    "unofficial-list": "unofficial list, kept by volunteers or a vendor",
}

Seen = Literal["whole", "excerpt", "abstract", "mirror", "quoted", "search-result"]

SEEN: Final[dict[str, str]] = {
    "whole": "read in full",
    "excerpt": "only an excerpt was read",
    "abstract": "only the abstract was read",
    "mirror": "read in a copy at another address",
    "quoted": "known only from another work that quotes it",
    "search-result": "only the text shown by a search was read",
}

SEEN_BRIEFLY: Final[dict[str, str]] = {
    "whole": "",
    "excerpt": "excerpt read",
    "abstract": "abstract read",
    "mirror": "a copy read",
    "quoted": "quoted elsewhere",
    "search-result": "excerpt read",
}
"""As :data:`SEEN`, for the source list of a printed sheet."""

Possession = Literal["criminal", "criminal-with-alternatives", "administrative", "not-an-offence", "unknown"]

POSSESSION: Final[dict[str, str]] = {
    "criminal": "a crime",
    "criminal-with-alternatives": "a crime, but treatment or dropping the case can replace punishment",
    "administrative": "forbidden, but not a crime",
    "not-an-offence": "not an offence for small personal amounts",
    "unknown": "looked for and not found out",
}

Verdict = Literal["wrong", "outdated", "loose", "unsupported", "nearly-right", "disputed"]

VERDICTS: Final[dict[str, str]] = {
    "wrong": "wrong",
    "outdated": "outdated",
    "loose": "loosely worded",
    "unsupported": "no source found that supports it",
    "nearly-right": "nearly right",
    "disputed": "sources disagree",
}

Confidence = Literal["high", "medium", "low"]

CONFIDENCE: Final[dict[str, str]] = {
    "high": "two or more sources state it, one of them from 2020 or later",
    "medium": "several sources, none of them official",
    "low": "one source, or only old or undated ones: confirm before use",
}

How = Literal["call", "visit", "site", "email", "document"]

Purpose = Literal["overdose", "drug-help", "crisis", "family", "intake", "information"]

PURPOSES: Final[dict[str, str]] = {
    "overdose": "stays on the line while someone uses alone",
    "drug-help": "help with drugs or alcohol",
    "crisis": "suicide or emotional crisis",
    "family": "families and friends",
    "intake": "starting care at this service",
    "information": "general information",
}

PhoneType = Literal["voice", "text", "textphone", "chat", "fax"]

OrganizationType = Literal[
    "un-agency",
    "intergovernmental",
    "national-agency",
    "research",
    "network",
    "ngo",
    "provider",
    "helpline",
    "mutual-aid",
    "programme",
    "place",
]

ORGANIZATION_TYPES: Final[dict[str, str]] = {
    "un-agency": "United Nations body",
    "intergovernmental": "body of several governments",
    "national-agency": "government agency",
    "research": "research body",
    "network": "network of organizations or people",
    "ngo": "non-governmental organization",
    "provider": "gives treatment or care",
    "helpline": "phone, text or chat line",
    "mutual-aid": "fellowship of people who help each other",
    "programme": "programme or initiative run by other bodies",
    "place": "a single site",
}

Status = Literal["active", "inactive", "defunct", "temporarily closed"]

Category = Literal[
    "medication",
    "overdose-response",
    "harm-reduction",
    "infection-care",
    "psychosocial",
    "family",
    "mutual-aid",
    "peer-and-community",
    "residential",
    "housing",
    "wellbeing",
    "traditional-spiritual",
    "access-model",
    "justice",
    "policy",
    "prevention",
    "workforce",
    "avoid-or-caution",
]

CATEGORIES: Final[dict[str, str]] = {
    "medication": "medicine",
    "overdose-response": "overdose response",
    "harm-reduction": "harm reduction",
    "infection-care": "care for infections",
    "psychosocial": "talking and psychological help",
    "family": "help for families",
    "mutual-aid": "mutual-aid groups",
    "peer-and-community": "peers and community",
    "residential": "residential care",
    "housing": "housing",
    "wellbeing": "body and mind",
    "traditional-spiritual": "traditional and spiritual",
    "access-model": "ways to reach care",
    "justice": "justice and prison",
    "policy": "policy",
    "prevention": "prevention",
    "workforce": "training of staff",
    "avoid-or-caution": "does not work, or does harm",
}

Region = Literal["africa", "americas", "asia", "europe", "oceania"]

Subregion = Literal[
    "northern-africa",
    "sub-saharan-africa",
    "northern-america",
    "latin-america-and-the-caribbean",
    "central-asia",
    "eastern-asia",
    "south-eastern-asia",
    "southern-asia",
    "western-asia",
    "eastern-europe",
    "northern-europe",
    "southern-europe",
    "western-europe",
    "australia-and-new-zealand",
    "melanesia",
    "micronesia",
    "polynesia",
]


def region_name(region: str) -> str:
    """A region as people write it: ``sub-Saharan Africa``, ``Latin America and the Caribbean``."""
    small = {"and", "the", "sub"}
    words = [word if word in small else word.capitalize() for word in region.split("-")]
    return " ".join(words).replace("sub S", "sub-S").replace("South Eastern", "South-eastern")


REGIONS: Final[tuple[str, ...]] = get_args(Region) + get_args(Subregion)
"""Regions and subregions of the UN M49 standard; ``--region`` takes either."""

EmergencyRole = Literal["ambulance", "general", "text", "fallback", "disputed"]

EMERGENCY_ROLES: Final[dict[str, str]] = {
    "ambulance": "ambulance",
    "general": "general emergency number",
    "text": "for people who are deaf or cannot speak",
    "fallback": "emergency number to try if the others fail",
    "disputed": "some lists print it; others contradict it",
}

Qualifier = Literal[">", "<", "~"]

LANGUAGES: Final[dict[str, str]] = {
    "ar": "Arabic", "de": "German", "en": "English", "es": "Spanish", "fa": "Persian", "fr": "French",
    "hi": "Hindi", "id": "Indonesian", "it": "Italian", "nl": "Dutch", "no": "Norwegian", "pt": "Portuguese",
    "ru": "Russian", "sv": "Swedish", "sw": "Swahili", "th": "Thai", "uk": "Ukrainian", "vi": "Vietnamese",
    "zh": "Chinese",
}  # fmt: skip
"""English names of languages (Unicode CLDR) by BCP 47 primary tag; others are shown by their tag."""

LabelType = Literal[
    "abbreviation", "brand", "synonym", "older", "street", "translation", "place", "hidden", "local"
]
"""Sorts of labels of a term. ``hidden`` (SKOS: hiddenLabel) leads to the concept but does not name it.

``local`` is a word for something else that is used in the country only, so that it says where somebody asks.
"""

GuideUse = Literal["overdose", "questions", "barriers", "aftercare", "families", "rights", "other"]
