"""Search on the real base: everything the founding articles name is found in the first three hits."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import BaseFolder, Run
from recoverykb import weights
from recoverykb.search.engine import search
from recoverykb.search.filters import Filters
from recoverykb.search.query import parse
from recoverykb.storage.base import Base

SEED_NAMES = {
    # countries, by the name and the model the articles give them
    "United States": "united-states",
    "Canada": "canada",
    "Portugal": "portugal",
    "Switzerland": "switzerland",
    "Netherlands": "netherlands",
    "Germany": "germany",
    "France": "france",
    "United Kingdom": "united-kingdom",
    "Australia": "australia",
    "Sweden": "sweden",
    "Norway": "norway",
    "Thailand": "thailand",
    "Kenya": "kenya",
    "Brazil": "brazil",
    "Colombia": "colombia",
    # organizations, programmes, places
    "UNODC": "unodc",
    "United Nations Office on Drugs and Crime": "unodc",
    "WHO": "who",
    "World Health Organization": "who",
    "INCB": "incb",
    "International Narcotics Control Board": "incb",
    "CND": "cnd",
    "Commission on Narcotic Drugs": "cnd",
    "Global Fund": "global-fund",
    "Harm Reduction International": "hri",
    "HRI": "hri",
    "IDPC": "idpc",
    "International Drug Policy Consortium": "idpc",
    "Colombo Plan": "colombo-plan",
    "Drug Policy Alliance": "drug-policy-alliance",
    "DPA": "drug-policy-alliance",
    "Transform Drug Policy Foundation": "transform",
    "Alcoholics Anonymous": "alcoholics-anonymous",
    "AA": "alcoholics-anonymous",
    "Narcotics Anonymous": "narcotics-anonymous",
    "NA": "narcotics-anonymous",
    "CDC": "cdc",
    "Centers for Disease Control and Prevention": "cdc",
    "NIDA": "nida",
    "National Institute on Drug Abuse": "nida",
    "NACADA": "nacada",
    "Insite": "insite",
    "Wat Thamkrabok": "wat-thamkrabok",
    "dissuasion commissions": "drug-dissuasion-commissions",
    "World Assistance": "world-assistance",
    "Stop Overdose Safely": "stop-overdose-safely",
    "S-O-S": "stop-overdose-safely",
    "Joint UNODC-WHO Programme on Drug Dependence Treatment and Care": "unodc-who-joint-programme",
    # strategies, as the articles call them
    "Medication-Assisted Treatment": "opioid-agonist-treatment",
    "MAT": "opioid-agonist-treatment",
    "opioid agonist maintenance treatment": "opioid-agonist-treatment",
    "OAMT": "opioid-agonist-treatment",
    "opioid substitution therapy": "opioid-agonist-treatment",
    "methadone": "methadone",
    "buprenorphine": "buprenorphine",
    "naltrexone": "oral-naltrexone",
    "naloxone": "naloxone",
    "take-home naloxone": "take-home-naloxone",
    "supervised consumption sites": "drug-consumption-rooms",
    "supervised injection facilities": "drug-consumption-rooms",
    "safe injection sites": "drug-consumption-rooms",
    "supervised injection sites": "drug-consumption-rooms",
    "needle exchange programs": "needle-and-syringe-programmes",
    "clean needles": "needle-and-syringe-programmes",
    "drug testing services": "drug-checking",
    "heroin-assisted treatment": "heroin-assisted-treatment",
    "counseling": "counselling-with-opioid-agonist-treatment",
    "cognitive behavioral therapy": "cognitive-behavioural-therapy",
    "CBT": "cognitive-behavioural-therapy",
    "motivational interviewing": "motivational-interviewing",
    "contingency management": "contingency-management",
    "peer mentoring": "peer-recovery-support",
    "peer support networks": "peer-recovery-support",
    "recovery community organizations": "recovery-community-organizations",
    "12-step": "twelve-step-groups",
    "digital support groups": "digital-support",
    "aftercare": "continuing-care",
    "mindfulness": "mindfulness",
    "meditation": "mindfulness",
    "exercise": "exercise",
    "fitness": "exercise",
    "nutrition": "nutrition-support",
    "art therapy": "art-therapy",
    "faith-based counseling": "faith-based-programmes",
    "spiritual counseling": "spiritual-care",
    "herbal detoxification": "traditional-and-herbal-healing",
    "traditional healing": "traditional-and-herbal-healing",
    "indigenous healing rituals": "traditional-and-herbal-healing",
    "therapeutic communities": "therapeutic-communities",
    "inpatient rehabilitation": "residential-rehabilitation",
    "outpatient care": "outpatient-treatment",
    "transitional housing": "recovery-housing",
    "telehealth": "telehealth",
    "mobile clinics": "mobile-services",
    "family therapy": "family-therapy",
    "trauma-informed care": "trauma-informed-care",
    "vocational training": "supported-employment",
    "job training": "supported-employment",
    "decriminalization": "decriminalisation",
    "alternatives to incarceration": "police-diversion",
    "prescribing guidelines": "prescribing-guidelines",
    "women-centered programs": "women-centred-services",
    "culturally safe": "culturally-safe-services",
    "training of health workers": "workforce-training",
    "international aid": "international-aid",
    "data sharing": "data-sharing-and-monitoring",
    "World Drug Report": "world-drug-report",
    "International Standards for the Treatment of Drug Use Disorders": "international-treatment-standards",
    "UNODC Opioid Strategy": "unodc-opioid-strategy",
    "Sustainable Development Goals": "sustainable-development-goals",
    "stigma": "stigma-reduction",
    "community forums": "community-forums-and-education",
    "public education campaigns": "community-forums-and-education",
    "prevention": "prevention-programmes",
    "integrated mental health care": "co-occurring-mental-health-care",
    "law enforcement and public health": "police-and-health-partnership",
    "subsidized treatment": "treatment-cost-support",
    # what does not work
    "criminalization": "criminalisation-and-imprisonment",
    "incarceration": "criminalisation-and-imprisonment",
    "forced rehabilitation": "compulsory-detention",
    "abstinence-only programs": "abstinence-only-treatment",
    "one-size-fits-all": "one-size-fits-all",
    # guides
    "barriers to treatment": "barriers-and-ways-round-them",
    "questions to ask a provider": "questions-to-ask",
    "overdose": "overdose-response",
    "City A": "recovery-stories-and-cities",
    "Angela": "recovery-stories-and-cities",
    "Somchai": "recovery-stories-and-cities",
}

MODELS = {
    "Western medical model": {"united-states", "canada"},
    "decriminalisation and public health": {"portugal"},
    "faith-based therapeutic communities": {"brazil", "colombia", "therapeutic-communities"},
    "holistic and traditional healing": {"thailand", "kenya", "traditional-and-herbal-healing"},
    "integrated community-based model": {"sweden", "norway"},
    "heroin-assisted treatment Switzerland": {"switzerland"},
    "Canadian harm reduction framework": {"canada"},
}


def first(opened: Base, query: str, count: int = 3, **filters: str) -> list[str]:
    return [hit.row.id for hit in search(opened, query, Filters(**filters), limit=count).hits]


@pytest.mark.parametrize(("query", "wanted"), SEED_NAMES.items())
def test_what_the_articles_name_is_in_the_first_three_hits(opened: Base, query: str, wanted: str) -> None:
    assert wanted in first(opened, query)


@pytest.mark.parametrize(("query", "wanted"), MODELS.items())
def test_the_models_of_the_articles_lead_to_their_countries(
    opened: Base, query: str, wanted: set[str]
) -> None:
    assert wanted & set(first(opened, query))


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("bupe", "buprenorphine"),
        ("naltrexon", "oral-naltrexone"),
        ("Substitutionstherapie", "opioid-agonist-treatment"),
        ("works nairobi", "needle-and-syringe-programmes"),
        ("narcan", "naloxone"),
        ("NALOXONE", "naloxone"),
        ("nalxone", "naloxone"),
        ("Suboxone", "buprenorphine"),
        ("KE", "kenya"),
        # what is asked comes before what stands around it
        ("jail for drug users", "criminalisation-and-imprisonment"),
        ("war on drugs", "criminalisation-and-imprisonment"),
        ("l’héroïne", "opioid-agonist-treatment"),
        ("сын колется героином", "families-and-friends"),
        ("Mombassa", "kenya"),
        ("cold turky at home", "withdrawal-management-alone"),
    ],
)
def test_what_people_type_finds_the_record(opened: Base, query: str, wanted: str) -> None:
    assert wanted in first(opened, query)


def test_filters_keep_kind_and_what_serves_everywhere(opened: Base) -> None:
    hits = search(opened, "helpline", Filters(kind="organization", country="KE"), limit=50).hits
    assert hits
    assert {hit.row.kind for hit in hits} == {"organization"}
    assert {hit.row.country for hit in hits} <= {"KE", None}


def test_a_harmful_option_is_found_by_name_and_carries_its_rating(opened: Base) -> None:
    hit = search(opened, "rapid detox", limit=1).hits[0]
    assert hit.row.id == "rapid-opioid-detoxification"
    assert "harmful" in hit.row.mark


def test_a_correction_is_told_and_never_made_for_a_known_word(run: Run) -> None:
    wrong = run("search", "nalxone", "--format", "json")
    assert wrong.json["corrections"] == [{"from": "nalxone", "to": "naloxone"}]
    assert "showing results for 'naloxone'" in wrong.stderr
    assert run("search", "naloxone", "--format", "json").json["corrections"] == []


def test_nonsense_finds_nothing_and_says_so(run: Run) -> None:
    result = run("search", "qqxxyyzz", "--format", "json")
    assert (result.json["hits"], result.code) == ([], 1)
    assert "nothing found for 'qqxxyyzz'" in result.stderr


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("motivational interviewin", "interviewing"),
        ("dilaudi", "dilaudid"),
        ("get out of priso", "prison"),
        ("will they take my bayb", "baby"),
        ("Substitution ohne Krankenversichrung", "krankenversicherung"),
    ],
)
def test_a_letter_left_out_at_the_end_and_slips_beside_rare_words_are_corrected(
    opened: Base, typed: str, meant: str
) -> None:
    assert [entry.to for entry in search(opened, typed).corrections] == [meant]


def test_a_corrected_word_finds_the_labels_that_begin_with_it(opened: Base) -> None:
    assert "hiv-and-hepatitis-care" in first(opened, "epcluas")


@pytest.mark.parametrize(
    "query", ["knitting pattern baby hat", "crochet trombone baby", "cheap flights to Malaga tractor"]
)
def test_everyday_talk_finds_nothing_although_some_of_its_words_are_known(opened: Base, query: str) -> None:
    assert search(opened, query).hits == []


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("guitar chords rehab", "residential-rehabilitation"),
        ("toddler swallowed buttons", "overdose-response"),
    ],
)
def test_a_word_of_the_subject_is_found_beside_everyday_talk(opened: Base, query: str, wanted: str) -> None:
    assert wanted in first(opened, query)


@pytest.mark.parametrize("source", ["who-cmoo-2014", "act-thn", "wp-inpud"])
def test_the_id_of_a_source_finds_it_first_and_its_title_crowds_nothing_out(
    opened: Base, source: str
) -> None:
    outcome = search(opened, source)
    assert (outcome.hits[0].row.id, list(outcome.corrections)) == (source, [])
    assert "source" not in {hit.row.kind for hit in search(opened, "Samaritans", limit=4).hits}


def test_explain_gives_the_reasons_of_every_hit(run: Run) -> None:
    hits = run("search", "naloxone", "--explain", "--format", "json").json["hits"]
    assert all(hit["why"] for hit in hits)
    assert any("'naloxone'" in reason for reason in hits[0]["why"])


def test_json_has_the_keys_of_the_contract(run: Run) -> None:
    answer = run("search", "methadone", "--limit", "2", "--format", "json").json
    assert set(answer) == {"query", "corrections", "hits"}
    assert len(answer["hits"]) == 2
    assert {"id", "kind", "name", "aliases", "summary", "score"} <= set(answer["hits"][0])


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(query=st.text(max_size=60) | st.from_regex(r'["*(){}^:\-+ANDORNOTa-z\' ]{1,40}', fullmatch=True))
def test_no_query_can_raise(opened: Base, query: str) -> None:
    outcome = search(opened, query, limit=5)
    assert outcome.query == query
    assert len(outcome.hits) <= 5


def test_control_characters_of_a_record_never_reach_the_terminal(run: Run, base_folder: BaseFolder) -> None:
    base_folder.add("strategy", "evil", name="Evil\u009b31m name", summary="bad \u202e text \u001b[2J end.")
    for format_name in ("plain", "table", "markdown", "csv", "json"):
        printed = run("search", "evil", "--kb", base_folder.root, "--format", format_name).stdout
        assert printed
        assert not any((ord(char) < 32 and char not in "\n\t") or 127 <= ord(char) < 160 for char in printed)
        assert "\u202e" not in printed


@pytest.mark.parametrize("query", ["kill myself", "suicidal", "i want to die"])
def test_words_of_a_crisis_lead_to_crisis_lines_and_are_never_corrected(run: Run, query: str) -> None:
    answer = run("search", query, "--country", "KE", "-f", "json").json
    assert answer["corrections"] == []
    assert answer["hits"][0]["id"] == "befrienders-kenya"


def test_a_filter_that_empties_the_answer_is_what_the_line_says(run: Run) -> None:
    result = run("search", "naloxone", "--tag", "no-such-tag")
    assert result.code == 1
    assert "without the filters" in result.stderr


def test_what_is_in_the_country_asked_for_comes_before_what_is_everywhere(opened: Base) -> None:
    hits = search(opened, "drug help line", Filters(kind="organization", country="KE"), limit=3).hits
    assert hits[0].row.country == "KE"


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("narcotiks anonimous", "narcotics-anonymous"),
        ("harm redaction internatonal", "hri"),
        ("bupernorfine", "buprenorphine"),
        ("therapudic comunity", "therapeutic-communities"),
        ("needle exchange programs", "needle-and-syringe-programmes"),
        ("decriminalization", "decriminalisation"),
        ("Países Bajos", "netherlands"),
        ("what is methadone", "methadone"),
    ],
)
def test_misspelt_names_other_spellings_and_questions_find_the_record_first(
    opened: Base, query: str, wanted: str
) -> None:
    assert first(opened, query, 1) == [wanted]


def test_a_country_and_a_subject_bring_both_records(opened: Base) -> None:
    assert set(first(opened, "methadone in Kenya", 2)) == {"methadone", "kenya"}
    assert {"kenya", "residential-rehabilitation"} <= set(first(opened, "Kenyan rehab", 3))


def test_what_is_in_another_country_than_the_one_named_comes_late(opened: Base) -> None:
    rows = [
        hit.row for hit in search(opened, "helpline Kenya", limit=10).hits if hit.row.kind == "organization"
    ]
    assert rows
    assert rows[0].country == "KE"


def test_someone_to_talk_to_in_a_country_brings_its_lines(opened: Base) -> None:
    found = first(opened, "who can I talk to tonight", 4, country="KE")
    assert found[0] == "nacada"
    assert "befrienders-kenya" in found


def test_quotes_demand_and_minus_rules_out(opened: Base) -> None:
    for hit in search(opened, '"take home naloxone"', limit=30).hits:
        assert "take-home" in opened.get(hit.row.id).__repr__().lower().replace("take home", "take-home")
    everything = set(first(opened, "naloxone", 400))
    without = set(first(opened, "naloxone -nasal", 400))
    assert without < everything
    assert not without & set(first(opened, '"nasal"', 400))
    assert all("nasal" in repr(opened.get(record_id)).lower() for record_id in everything - without)


def test_qualifiers_in_the_query_filter_as_the_options_do(opened: Base) -> None:
    typed = search(opened, "methadone kind:organization country:Kenya", limit=50)
    asked = search(opened, "methadone", Filters("organization", "KE"), limit=50)
    assert [hit.row.id for hit in typed.hits] == [hit.row.id for hit in asked.hits] != []


def test_exact_corrects_nothing(run: Run) -> None:
    result = run("search", "nalxone", "--exact", "--format", "json")
    assert (result.json["corrections"], result.json["hits"], result.code) == ([], [], 1)


def test_a_hit_shows_the_passage_that_matched(opened: Base) -> None:
    hits = search(opened, "can my employer fire me for being on methadone", limit=10).hits
    told = [hit.passage for hit in hits if "employer" in hit.passage]
    assert told
    assert all(len(passage) <= 250 for passage in told)


def test_a_city_leads_to_its_country(opened: Base) -> None:
    assert "india" in first(opened, "drug helpline in Mumbai", 5)
    assert first(opened, "Nairobi", 1) == ["kenya"]
    countries = {hit.row.country for hit in search(opened, "drug helpline in Mumbai", limit=5).hits}
    assert countries <= {"IN", None}


def test_a_filter_by_country_puts_what_is_there_first(opened: Base) -> None:
    rows = [hit.row for hit in search(opened, "methadone country:PT", limit=3).hits]
    assert rows[0].country == "PT"
    assert "methadone" in [hit.row.id for hit in search(opened, "methadone country:PT").hits]


def test_a_stray_word_finds_no_record(opened: Base) -> None:
    assert search(opened, "chocolate cake recipe").hits == []


def test_little_words_of_another_language_mean_nothing(opened: Base) -> None:
    assert first(opened, "metadona cerca de mí", 1) == ["methadone"]


def test_qualifiers_alone_list_what_meets_them(run: Run, opened: Base) -> None:
    found = run("search", "kind:organization country:UA", "--limit", "100", "--format", "json").json["hits"]
    rows = {row.id: row for row in opened.rows("organization")}
    wanted = {record_id for record_id, row in rows.items() if row.country in ("UA", None)}
    assert {hit["id"] for hit in found} == wanted
    places = [rows[hit["id"]].country for hit in found]
    assert places == sorted(places, key=lambda code: code is None)
    assert [hit.row.kind for hit in search(opened, "kind:source", limit=2).hits] == ["source", "source"]
    assert search(opened, '""').hits == []


def test_a_code_is_no_form_of_a_word(opened: Base) -> None:
    hits = [hit.row.id for hit in search(opened, "NORS").hits]
    assert hits[0] == "nors"
    assert search(opened, "NOR").hits[0].row.id == "norway"


def test_what_is_related_never_stands_before_what_is_meant(opened: Base) -> None:
    hits = search(opened, "moud", limit=12).hits
    assert hits[0].row.id == "opioid-agonist-treatment"
    assert {"methadone", "buprenorphine"} <= {hit.row.id for hit in hits[1:]}
    lifted = [hit for hit in hits if any("is related" in why for why in hit.why)]
    assert lifted
    assert all(hit.score <= weights.RELATED_TO * hits[0].score for hit in lifted)


@pytest.mark.parametrize(
    ("query", "other"),
    [
        ("I don't want to live any more", "I do not want to live"),
        ("doctor wouldn't prescribe", "doctor won't prescribe"),
    ],
)
def test_short_negations_are_the_long_ones(opened: Base, query: str, other: str) -> None:
    assert first(opened, query, 1) == first(opened, other, 1)


def test_work_is_not_works(opened: Base) -> None:
    assert "needle-and-syringe-programmes" in first(opened, "clean works", 1)
    assert "needle-and-syringe-programmes" not in first(opened, "can I keep going to work")


def test_the_country_of_an_organization_stands_after_it(opened: Base) -> None:
    hits = first(opened, "Merchants Quay", 4)
    assert hits[0] == "merchants-quay-ireland"
    assert "ireland" in hits


@pytest.mark.parametrize("query", ["premier league fixtures", "convert pdf to word", "bitcoin price today"])
def test_a_word_in_a_name_says_nothing_among_others_that_nobody_knows(opened: Base, query: str) -> None:
    assert search(opened, query).hits == []


def test_a_thousand_words_with_a_minus_are_a_query(opened: Base) -> None:
    assert first(opened, " ".join(f"-w{number}" for number in range(1000)) + " methadone", 1) == ["methadone"]


@pytest.mark.parametrize(
    ("word", "record"), [("cut", "cut-mauritius"), ("LEAD", "police-diversion"), ("nest", "nest-nz")]
)
def test_a_name_that_is_a_word_too_is_a_name_alone_or_in_capitals(
    opened: Base, word: str, record: str
) -> None:
    assert record in [hit.row.id for hit in search(opened, word, limit=5).hits]
    assert record in [hit.row.id for hit in search(opened, f"the {word.upper()} trial", limit=5).hits]
    whys = [why for hit in search(opened, f"they {word.lower()} my dose", limit=20).hits for why in hit.why]
    assert not any(f"alias '{word.lower()}'" in why for why in whys)


def test_i_is_no_code(opened: Base) -> None:
    spoken = parse("I want to stop IE").spoken
    assert [entry.word for entry in spoken if entry.capitals] == ["ie"]


@pytest.mark.parametrize(
    "query", ["bitcoin wallet", "crossword puzzle trombone", "iphone cracked screen repair"]
)
def test_in_an_english_query_nothing_is_corrected_to_another_language(opened: Base, query: str) -> None:
    assert not any(entry.to in ("recair", "trombose") for entry in search(opened, query).corrections)


def test_another_subject_finds_nothing(opened: Base) -> None:
    outcome = search(opened, "banana bread oven temperature")
    assert (outcome.hits, list(outcome.corrections)) == ([], [])
