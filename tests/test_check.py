"""Every rule is provoked, at the line and column where it should point; a clean base has no problem."""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import KB, Run
from recoverykb.check.registry import every_info, explain
from recoverykb.check.report import report
from recoverykb.check.targets import base_of
from recoverykb.errors import BaseError
from recoverykb.problem import Problem
from recoverykb.storage.schemas import schema_files, schema_line
from spoilt import (
    BODY,
    CLEAN,
    GUIDE,
    HARM,
    NOWHERE,
    SERVICE,
    SOURCE,
    TERM,
    ZED,
    changed,
    found,
    write,
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """Files put into the clean base, with ``§`` where problems must point, and which other codes they set off."""

    files: Mapping[str, str]
    severity: str = "error"
    also: frozenset[str] = frozenset()
    says: str = ""


def low_contact(new: str) -> dict[str, str]:
    """The second contact of the body, replaced."""
    return changed(BODY, ('purpose = "crisis"\nnumber = "143"\nconfidence = "low"\nsources = ["src-a"]', new))


def second_row(new: str) -> dict[str, str]:
    """The second service row of the country, replaced."""
    old = 'service = "some-service"\navailability = "no"\nyear = 2020\nsources = ["src-b"]\nnote = "None, by this source."'
    return changed(ZED, (old, new))


def as_mirror(seen: str) -> dict[str, str]:
    return changed(
        "sources/src-b.toml", ('seen = "mirror"\nvia = "a copy at an archive"', f'§seen = "{seen}"')
    )


def other_body(name: str, more: str = "") -> dict[str, str]:
    """An organization that shares nothing with the first."""
    text = CLEAN[BODY].split("[[contacts]]", maxsplit=1)[0]
    for old, new in (
        ("a-body", name),
        ("A body", f"The {name}"),
        ('"ABO"', f'"{name.upper()}"'),
        ("The body", f"Place {name}"),
    ):
        text = text.replace(old, new)
    return {f"organizations/{name}.toml": f"{text}{more}\n"}


def old_body(successor: str | None, mark: str = "") -> dict[str, str]:
    """An organization that is retired."""
    instead = f', {mark}successor = "{successor}"' if successor else ""
    return other_body("b-body", f'retired = {{ on = 2021-05-01, reason = "It moved."{instead} }}')


def unmarked(files: Mapping[str, str]) -> dict[str, str]:
    return {path: text.replace("§", "") for path, text in files.items()}


def exception(expires: str, code: str = 'code = "RKB601"') -> str:
    """A file of one exception, for the page that is a mirror."""
    return f'[[exception]]\n{code}\nrecord = "src-b"\nreason = "The archive is down."\n{expires}\n'


SCHEMAS = {f"schemas/{name}": text for name, text in schema_files().items()}
NAMED = {path: f"{schema_line(path)}{text}" for path, text in CLEAN.items()}
"""The clean base in which every file names its schema."""

TERMS = """
[[term]]
id = "t-1"
name = "T1"
about = ["zedland"]
compiled = 2021-05-01
labels = [{ text = "tee", type = "synonym" }]

[[term]]
id = "t-2"
§nome = "T2"
name = "T2"
about = ["zedland"]
compiled = 2021-05-01
labels = [{ text = "ti", type = "synonym" }]
"""

CASES: dict[str, list[Case]] = {
    "RKB001": [
        Case(changed(TERM, ("about = [", "about = §= [")), says="not valid TOML"),
        Case({"guides/broken.toml": 'id = "broken"\nname = "x§\n'}, says="not valid TOML"),
    ],
    "RKB002": [
        Case(changed(BODY, ('acronym = "ABO"', '§acronim = "ABO"')), says="did you mean 'acronym'"),
        Case(changed(BODY, ('type = "helpline"', '§type = "phone"'))),
        Case(changed(TERM, ("compiled = 2021-05-01", '§compiled = "2021-05-01"'))),
        Case(changed(TERM, ('type = "street"', '§type = "slang"'))),
        Case(low_contact('purpose = "crisis"\nconfidence = "low"\n§sources = []')),
        Case(second_row('service = "some-service"\navailability = "no"\n§year = 20200\nsources = ["src-b"]'),
             also=frozenset({"RKB101"})),
        Case(changed(BODY, ('[[contacts]]\npurpose = "crisis"\n', "[[§contacts]]\n")), says="key 'purpose' is missing"),
        Case({"terms/many.toml": TERMS}, says="unknown key 'nome'"),
    ],
    "RKB003": [
        Case({"guides/other.toml": CLEAN[GUIDE].replace('id = "a-guide"\nname = "A', '§id = "guide-2"\nname = "Second')},
             says="name the file guide-2.toml"),
    ],
    "RKB004": [
        Case({"terms/a-guide.toml": CLEAN[TERM].replace('id = "a-term"', '§id = "a-guide"')},
             says="taken by guides/a-guide.toml"),
    ],
    "RKB005": [
        Case({"organisations/lost.toml": '§id = "lost"\n'}, says="did you mean organizations/?", severity="warning"),
        Case({"lost.toml": '§id = "lost"\n'}, says="folders: strategies", severity="warning"),
    ],
    "RKB006": [
        Case(changed(GUIDE, ('name = "A guide"', 'name = "A guide"§ \t')), "warning", says="blanks at the end of a line"),
        Case({TERM: CLEAN[TERM].rstrip("\n") + "§"}, "warning", says="no line end"),
        Case(changed(GUIDE, ('summary = "What to do."', 'summary = """\nTwo  \nlines."""§  ')), "warning"),
    ],
    "RKB007": [
        Case({**SCHEMAS, **{path: "§" + text for path, text in CLEAN.items()}}, "warning", says="names no schema"),
        Case({**SCHEMAS, **NAMED, TERM: "§#:schema ../term.json\n" + CLEAN[TERM]}, "warning", says="names another schema"),
        Case({**SCHEMAS, **NAMED, "guides/sub/a-second.toml": "§" + NAMED[GUIDE].replace("a-guide", "a-second").replace("A guide", "Another")},
             "warning", says="#:schema ../../schemas/guide.json"),
        Case({**SCHEMAS, **NAMED, "terms/many.toml": "§#:schema ../schemas/term.json\n" + TERMS.replace("§nome", "note")},
             "warning", says="#:schema ../schemas/terms.json"),
    ],
    "RKB008": [
        Case({**SCHEMAS, **NAMED, "schemas/term.json": "§{}"}, "warning", says="not what this version writes"),
    ],
    "RKB101": [
        Case(changed(SERVICE, ('["zedland"]', '["zedland", §"zedlund"]')), says="did you mean 'zedland'"),
        Case(changed(HARM, ('["some-service"]', f'[§"{NOWHERE}"]'))),
        Case(changed(BODY, ('services = ["some-service"]', f'services = [§"{NOWHERE}"]'))),
        Case(changed(BODY, ('acronym = "ABO"', f'§parent = "{NOWHERE}"'))),
        Case(changed(GUIDE, ('see = ["some-service"]', f'see = [§"{NOWHERE}"]'))),
        Case(changed(TERM, ('about = ["some-service"]', f'about = [§"{NOWHERE}"]'))),
        Case(second_row(f'§service = "{NOWHERE}"\navailability = "no"\nsources = ["src-b"]'), also=frozenset({"RKB302"})),
    ],
    "RKB102": [
        Case(changed(GUIDE, ('sources = ["src-a"]', 'sources = ["src-a", §"src-nowhere"]')), says="src-nowhere"),
        Case(low_contact('purpose = "crisis"\nnumber = "143"\nconfidence = "low"\nsources = [§"src-nowhere"]')),
        Case(changed(SERVICE, ('(2020)"\nsources = ["src-a"]', '(2020)"\nsources = [§"zedland"]'))),
    ],
    "RKB103": [
        Case({"sources/src-c.toml": CLEAN[SOURCE].replace('id = "src-a"', '§id = "src-c"').replace("org/a", "org/c")},
             "warning"),
    ],
    "RKB104": [
        Case(changed(BODY, ('summary = "It answers the phone."\nsources = ["src-a", "src-b"]',
                            '§summary = "It answers the phone."'))),
        Case(changed(HARM, ('summary = "It does more harm than good."\nsources = ["src-a"]', '§summary = "It harms."'))),
    ],
    "RKB105": [
        Case({**changed(SERVICE, ('name = "Some service"', 'name = "Some service"\naliases = ["Other", "abo"]')),
              **changed(BODY, ('acronym = "ABO"', '§acronym = "ABO"'))}, "warning", says="also stands for some-service"),
        Case(changed(GUIDE, ('name = "A guide"', 'name = "A guide"\naliases = ["Other", §"the BODY"]')),
             "warning", says="also stands for a-body"),
        Case(changed(ZED, ('name = "Zedland"', '§name = "A Harm"')), "warning", says="also stands for a-harm"),
    ],
    "RKB106": [
        Case(changed(GUIDE, ('sources = ["src-a"]', 'sources = ["src-a", "src-b", §"src-a"]')), "warning", says="'src-a' is named twice"),
        Case(changed(SERVICE, ('["zedland"]', '["zedland", §"zedland"]')), "warning"),
    ],
    "RKB107": [
        Case({**changed(BODY, ('acronym = "ABO"', 'acronym = "ABO"\nrelated = [§"b-body"]')), **old_body("c-body"),
              **other_body("c-body")}, "warning", says="'b-body' is retired name 'c-body' instead"),
        Case({**changed(GUIDE, ('see = ["some-service"]', 'see = ["some-service", §"b-body"]')), **old_body(None)}, "warning",
             says="take it out, or name a record in use"),
        Case({**old_body("c-body", "§"), **other_body("c-body", 'retired = { on = 2021-05-01, reason = "It closed.", successor = "a-body" }')},
             "warning", says="the successor 'c-body' is itself retired name 'a-body' instead"),
        Case({**old_body("c-body", "§"), **other_body("c-body", 'retired = { on = 2021-05-01, reason = "It closed.", §successor = "b-body" }')},
             "warning", says="take it out, or name a record in use"),
        Case({**changed(BODY, ('acronym = "ABO"', 'acronym = "ABO"\nrelated = [§"b-body"]')), **old_body("a-body")}, "warning",
             says="this record has taken its place"),
    ],
    "RKB108": [
        Case(changed(TERM, ('id = "a-term"', '§id = "a-term"'), ('about = ["some-service"]\n', "")), "warning",
             says="about nothing, and no combination names it"),
    ],
    "RKB201": [
        Case(changed(SOURCE, ("year = 2020", "§year = 2022")), says="2022"),
        Case(changed(TERM, ("compiled = 2021-05-01", "§compiled = 2021-06-02")), says="2021-06-02"),
        Case(changed(BODY, ('purpose = "crisis"',
                            'purpose = "crisis"\nverified = { §on = 2031-01-01, by = "A", how = "site" }'))),
    ],
    "RKB301": [
        Case(changed(HARM, ('category = "avoid-or-caution"\nalternatives = ["some-service"]', f'§category = "{category}"')))
        for category in ("avoid-or-caution", "medication")
    ],
    "RKB302": [
        Case({**changed(SERVICE, ("service = true", "service = false")),
              ZED: CLEAN[ZED].replace("\nservice =", "\n§service =")}, says="not a service"),
        Case(second_row('§service = "some-service"\navailability = "no"\nyear = 2020\nsources = ["src-b"]'),
             says="other rows of 2020"),
    ],
    "RKB303": [
        Case({SERVICE: CLEAN[SERVICE] + '[[practised]]\n§country = "ZZ"\nsources = ["src-a"]\n'},
             says="zedland has a record"),
    ],
    "RKB304": [
        Case(changed(HARM, ('rating = "harmful"', '§rating = "moderate"')), says="says moderate, harm"),
        Case(changed(SERVICE, ('[evidence]\nrating = "moderate"', '[evidence]\n§rating = "strong"'))),
        Case({HARM: CLEAN[HARM].replace('rating = "harmful"', '§rating = "harmful"').replace("critical = true\n", "")}),
    ],
    "RKB305": [
        Case({SOURCE: CLEAN[SOURCE].replace("guideline-or-review", "news"),
              SERVICE: CLEAN[SERVICE].replace('[evidence]\nrating', '[evidence]\n§rating'),
              HARM: CLEAN[HARM].replace('rating = "harmful"', '§rating = "harmful"')}, says="rests only on news"),
        Case({"sources/src-c.toml": CLEAN[SOURCE].replace("src-a", "src-c").replace("/a", "/c").replace("guideline-or-review", "news"),
              **changed(SERVICE, ('rating = "moderate"\nbasis = "Study B"\nsources = ["src-b"]', '§rating = "moderate"\nbasis = "Study B"\nsources = ["src-c"]'))},
             says="rests only on news"),
    ],
    "RKB306": [
        Case({HARM: CLEAN[HARM].replace("[evidence]", "[§evidence]").split("[[evidence")[0]}, "warning"),
    ],
    "RKB401": [
        Case(changed(BODY, ('[[contacts]]\npurpose = "crisis"\nnumber = "143"', '[[§contacts]]\npurpose = "crisis"')),
             says="no number, email or url"),
        Case(low_contact('purpose = "crisis"\nnumber = "143"\n§confidence = "high"\nsources = ["src-a"]'), says="one source"),
        Case(low_contact('purpose = "crisis"\nnumber = "143"\n§confidence = "high"\nsources = ["src-a", "src-a"]'), also=frozenset({"RKB106"})),
    ],
    "RKB402": [
        Case(changed(BODY, ('number = "044 262 66 66"', '§number = "044 262 66 66 77 88 99"')), says="CH"),
        Case(changed(BODY, ('number = "143"', '§number = "1"'))),
        Case(changed(BODY, ('country = "CH"', 'city = "Zug"'), ('number = "044', '§number = "044'), ('number = "143', '§number = "143')),
             says="no country"),
    ],
    "RKB403": [
        Case({"organizations/b-body.toml": CLEAN[BODY].replace("a-body", "b-body").replace('"ABO"', '"BBO"')
              .replace('"The body"', '"That body"').replace('name = "A body"', 'name = "B body"')
              .replace('number = "044', '§number = "044')}, "warning", says="shares '0442626666' with a-body"),
        Case({"organizations/b-body.toml": CLEAN[BODY].split("[[contacts]]")[0].replace("a-body", "b-body")
              .replace('"ABO"', '"BBO"').replace('"The body"', '"That body"').replace('name = "', '§name = "')},
             "warning", frozenset({"RKB105"})),
    ],
    "RKB404": [
        Case(changed(BODY, ('purpose = "crisis"', 'purpose = "crisis"\nverified = { on = 2021-05-03, by = "A", §how = "call" }')),
             "warning", says="the crisis line is said to be verified by a call"),
        Case(changed(BODY, ('purpose = "crisis"', 'purpose = "overdose"\nverified = { on = 2021-05-03, by = "A", how = "site" }\nearlier = [{ on = 2021-05-02, by = "A", how = "site" }, { on = 2021-05-01, by = "A", §how = "call" }]')),
             "warning", says="overdose line"),
        Case(changed(ZED, ('iso2 = "ZZ"', 'iso2 = "ZZ"\nchecks = [{ on = 2021-05-03, by = "A", §how = "call", part = "emergency 112" }]')),
             "warning", says="emergency 112"),
        Case(changed(ZED, ('iso2 = "ZZ"', 'iso2 = "ZZ"\nchecks = [{ on = 2021-05-03, by = "A", §how = "call" }]')), "warning"),
    ],
    "RKB501": [
        Case(changed(BODY, ('summary = "It answers the phone."', '§summary = "It helps addicts."')), "warning",
             says="'addicts' blames"),
        Case(changed(GUIDE, ('text = "Do it."', '§text = "Ask the drug users."')), "warning"),
        Case(changed(SERVICE, ('basis = "Review A (2020)"', '§basis = "A review on drug abuse"')), "warning"),
    ],
    "RKB502": [
        Case(changed(BODY, ('summary = "It answers the phone."', '§summary = "It answers\\u001b[31m."')), says="U+001B"),
        Case(changed(BODY, ('aliases = ["The body"]', 'aliases = ["Other", §"The \\u202ebody"]')), says="U+202E"),
        Case(changed(GUIDE, ('heading = "Steps"', '§heading = "Steps\\tto take"')), says="U+0009"),
        Case(changed(TERM, ('name = "Some term"', '§name = "Some \\u0085 term"')), says="U+0085"),
    ],
    "RKB503": [
        Case(changed(BODY, ('summary = "It answers the phone."', '§summary = "' + "Interdisciplinary responsibilities necessitate psychopharmacological methodologies. " * 5 + '"')),
             "warning", says="reading grade"),
    ],
    "RKB601": [Case(as_mirror("mirror"), "warning"), Case(as_mirror("quoted"), "warning")],
    "RKB602": [
        Case({"sources/src-c.toml": CLEAN[SOURCE].replace("src-a", "src-c").replace("url = ", "§url = ")
              .replace("https://example.org/a", "http://www.EXAMPLE.org/a/"),
              **changed(GUIDE, ('sources = ["src-a"]', 'sources = ["src-c"]'))}, "warning", says="cite src-a instead"),
    ],
    "RKB701": [
        Case({**unmarked(as_mirror("quoted")), "exceptions.toml": exception('§expires = 2021-05-31')}, also=frozenset({"RKB601"}), says="ended on 2021-05-31"),
        Case({**unmarked(as_mirror("quoted")), "exceptions.toml": exception('§expires = 2031-05-31')}, also=frozenset({"RKB601"}), says="more than a year"),
    ],
    "RKB702": [
        Case({"exceptions.toml": exception("expires = 2021-12-31", '§code = "RKB601"')}, "warning", says="no RKB601 for src-b"),
    ],
}  # fmt: skip
"""For each code the ways to provoke it."""


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    """The clean base on disk."""
    write(tmp_path / "base", CLEAN)
    return tmp_path / "base"


@pytest.fixture
def broken(clean: Path) -> Path:
    """A base with one error, in a guide, and one warning, in an organization."""
    write(clean, changed(GUIDE, ('sources = ["src-a"]', 'sources = ["src-a", "src-nowhere"]')))
    write(clean, changed(BODY, ('summary = "It answers the phone."', 'summary = "It helps addicts."')))
    return clean


def test_a_clean_base_of_every_kind_has_no_problem(clean: Path) -> None:
    assert found(clean) == []


def test_every_code_has_a_case_that_provokes_it() -> None:
    codes = [info.code for info in every_info()]
    assert len(codes) == len(set(codes))
    assert set(CASES) == set(codes), "a new rule needs a case in CASES"


@pytest.mark.parametrize(
    ("code", "case"), [pytest.param(code, case, id=f"{code}-{number}") for code, cases in CASES.items()
                       for number, case in enumerate(cases)]
)  # fmt: skip
def test_a_rule_points_to_the_place_that_breaks_it_and_to_nothing_else(
    code: str, case: Case, tmp_path: Path
) -> None:
    places = write(tmp_path, {**CLEAN, **case.files})
    assert places
    problems = found(tmp_path)
    own = [problem for problem in problems if problem.code == code]
    assert {(problem.file, problem.line, problem.column) for problem in own} == places
    assert {problem.severity for problem in own} == {case.severity}
    assert {problem.code for problem in problems} - {code} == case.also
    assert [problem for problem in problems if not problem.hint] == []
    for problem in own:
        assert case.says in f"{problem.message} {problem.hint}"


def test_a_file_that_is_not_utf_8_points_to_the_line(clean: Path) -> None:
    (clean / "terms/latin.toml").write_bytes('id = "latin"\nname = "Größe"\n'.encode("latin-1"))
    (problem,) = found(clean)
    assert (problem.code, problem.file, problem.line) == ("RKB001", "terms/latin.toml", 2)


def test_windows_line_ends_do_not_move_the_place(clean: Path) -> None:
    (place,) = write(clean, changed(GUIDE, ('heading = "Steps"', 'headin = §1\nheading = "Steps"')))
    path = clean / GUIDE
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert [(problem.file, problem.line) for problem in found(clean)] == [place[:2]]


def test_all_problems_of_a_file_are_told_at_once(clean: Path) -> None:
    write(
        clean,
        changed(
            BODY,
            ('type = "helpline"', 'type = "phone"\nnonsense = 1'),
            ('purpose = "crisis"', 'purpose = "x"'),
        ),
    )
    assert [problem.code for problem in found(clean)] == ["RKB002"] * 3


def test_problems_come_in_the_order_of_files_and_lines(broken: Path) -> None:
    write(broken, changed(HARM, ('["some-service"]', f'["{NOWHERE}"]')))
    problems = found(broken)
    assert problems == sorted(problems, key=lambda problem: (problem.file, problem.line, problem.column))
    assert len(problems) == 3


# What looks like a problem and is none.


@pytest.mark.parametrize(
    "files",
    [
        changed(BODY, ('summary = "It answers the phone."', 'summary = "It is listed under “drug addicts” there."')),
        changed(BODY, ('name = "A body"', 'name = "Home for Addicts"'), ('"It answers', '"Home for Addicts answers')),
        changed(BODY, ('"It answers the phone."', '"By the National Institute on Drug Abuse."')),
        changed(BODY, ('summary = "It answers the phone."\nsources = ["src-a", "src-b"]',
                       'summary = "A place."\nreferral = false\nalert = "Nobody vouches for it."')),
        changed(BODY, ('country = "CH"', 'city = "Zug"'), ('"044 262 66 66"', '"+41 44 262 66 66"'), ('"143"', '"+41 44 262 66 67"')),
        changed(BODY, ('"044 262 66 66"', '"0800 CALL NOW"'), ('country = "CH"', 'country = "AU"'), ('"143"', '"000"')),
        changed(ZED, ('note = "None, by this source."', 'note = "None.\\n\\nTwo paragraphs."')),
        second_row('service = "some-service"\navailability = "no"\nyear = 2019\nsources = ["src-b"]'),
        {"organizations/a-body.toml": "[[organization]]\n" + CLEAN[BODY].replace("[[contacts]]", "[[organization.contacts]]")},
        {"terms/sub/a-second.toml": CLEAN[TERM].replace("a-term", "a-second")},
        changed(SOURCE, ("year = 2020", "year = 2021")),
    ],
    ids=["quoted", "own name", "name of a body", "no referral", "international", "letters", "paragraphs", "other year",
         "grouped file", "subfolder", "this year"],
)  # fmt: skip
def test_no_false_alarm(files: dict[str, str], tmp_path: Path) -> None:
    write(tmp_path, {**CLEAN, **files})
    assert found(tmp_path) == []


# A base of an agency stands on the bundled one.


def bundled_ids() -> tuple[str, str, str]:
    """A source, a service and an organization of the bundled base."""
    body = min((KB / "organizations").glob("*.toml"))
    cited: str = tomllib.loads(body.read_text(encoding="utf-8"))["sources"][0]
    return cited, "opioid-agonist-treatment", body.stem


def agency(**changes: str) -> dict[str, str]:
    """A base that is nothing without the bundled one."""
    cited, service, body = bundled_ids()
    ids = {"source": cited, "service": service, "body": body, **changes}
    return {
        "organizations/our-clinic.toml": f"""
id = "our-clinic"
name = "Our clinic of this town"
summary = "It gives care."
sources = ["{ids["source"]}"]
compiled = 2021-05-01
type = "provider"
parent = "{ids["body"]}"
services = ["{ids["service"]}"]
""",
        "countries/zedland.toml": f"""
id = "zedland"
name = "Zedland"
summary = "A country."
sources = ["{ids["source"]}"]
compiled = 2021-05-01
iso2 = "ZZ"
iso3 = "ZZZ"
region = "africa"
subregion = "sub-saharan-africa"
services = [{{ service = "{ids["service"]}", availability = "yes", sources = ["{ids["source"]}"] }}]
""",
    }


def test_a_base_may_refer_to_bundled_records(tmp_path: Path) -> None:
    write(tmp_path, agency())
    assert found(tmp_path) == []


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"source": "src-nowhere"}, {"RKB102"}),
        ({"body": NOWHERE}, {"RKB101"}),
        ({"service": NOWHERE}, {"RKB101", "RKB302"}),
        ({"service": bundled_ids()[2]}, {"RKB302"}),
        ({"source": bundled_ids()[2]}, {"RKB102"}),
    ],
    ids=["source", "body", "service", "a body is no service", "a body is no source"],
)
def test_but_not_to_what_neither_base_has(changes: dict[str, str], codes: set[str], tmp_path: Path) -> None:
    write(tmp_path, agency(**changes))
    assert {problem.code for problem in found(tmp_path)} == codes


def test_a_base_may_put_a_record_in_place_of_a_bundled_one(tmp_path: Path) -> None:
    body = bundled_ids()[2]
    text = (
        agency()["organizations/our-clinic.toml"]
        .replace("our-clinic", body)
        .replace(f'parent = "{body}"\n', "")
    )
    write(tmp_path, {f"organizations/{body}.toml": text})
    assert found(tmp_path) == []


# The command.


def test_the_command_is_silent_on_a_clean_base(clean: Path, run: Run) -> None:
    result = run("check", clean)
    assert (result.code, result.stdout) == (0, "")
    assert "0 errors, 0 warnings" in result.stderr


def test_text_has_file_line_column_code_message_and_hint(broken: Path, run: Run) -> None:
    result = run("check", "base", cwd=broken.parent)
    assert result.code == 1
    guide, body = result.stdout.splitlines()
    line = next(number for number, text in enumerate(CLEAN[GUIDE].split("\n"), 1) if "src-a" in text)
    column = CLEAN[GUIDE].split("\n")[line - 1].index('"src-a"') + 1 + len('"src-a", ')
    assert guide.startswith(f"base/{GUIDE}:{line}:{column}: RKB102 a-guide: no source 'src-nowhere' (")
    assert body.startswith(f"base/{BODY}:6:1: RKB501 a-body: ")
    assert "1 error, 1 warning" in result.stderr


def test_json_has_the_keys_of_the_contract(broken: Path, run: Run) -> None:
    result = run("check", broken, "--format", "json", cwd=broken.parent)
    assert result.code == 1
    assert list(result.json) == ["problems"]
    assert len(result.json["problems"]) == 2
    for problem in result.json["problems"]:
        assert list(problem) == ["file", "line", "column", "code", "severity", "message", "hint"]
        assert (broken.parent / problem["file"]).is_file()
    assert [problem["severity"] for problem in result.json["problems"]] == ["error", "warning"]


def test_json_of_a_clean_base_is_an_empty_list(clean: Path, run: Run) -> None:
    assert run("check", clean, "--format", "json").json == {"problems": []}


def test_github_gets_one_annotation_a_problem(broken: Path, run: Run) -> None:
    error, warning = run("check", "base", "--format", "github", cwd=broken.parent).stdout.splitlines()
    assert re.fullmatch(
        rf"::error file=base/{GUIDE},line=\d+,col=\d+,title=RKB102::a-guide: no source .*", error
    )
    assert re.fullmatch(rf"::warning file=base/{BODY},line=6,col=1,title=RKB501::a-body: .*", warning)


def test_warnings_fail_only_where_strict(clean: Path, run: Run) -> None:
    write(clean, as_mirror("mirror"))
    assert run("check", clean).code == 0
    strict = run("check", clean, "--strict")
    assert strict.code == 1
    assert "RKB601" in strict.stdout
    assert "0 errors, 1 warning" in strict.stderr


def test_strict_passes_a_clean_base(clean: Path, run: Run) -> None:
    assert run("check", clean, "--strict").code == 0


@pytest.mark.parametrize(
    ("paths", "codes", "exit_code"),
    [
        ([GUIDE], ["RKB102"], 1),
        ([BODY], ["RKB501"], 0),
        (["guides"], ["RKB102"], 1),
        ([GUIDE, BODY], ["RKB102", "RKB501"], 1),
        ([ZED], [], 0),
        ([f"guides/../{BODY}"], ["RKB501"], 0),
    ],
)
def test_files_and_folders_of_a_base_can_be_checked_alone(
    paths: list[str], codes: list[str], exit_code: int, broken: Path, run: Run
) -> None:
    result = run("check", *paths, "--format", "json", cwd=broken)
    assert [problem["code"] for problem in result.json["problems"]] == codes
    assert result.code == exit_code
    assert all((broken / problem["file"]).is_file() for problem in result.json["problems"])


def test_one_file_is_checked_against_the_whole_of_its_base(clean: Path) -> None:
    root, only = base_of(clean / SERVICE)
    assert (root, only) == (clean, [SERVICE])
    assert found(root, only=only) == []


def test_without_a_path_the_bases_in_use_are_checked(broken: Path, run: Run) -> None:
    result = run("check", "--format", "json", env={"RECOVERYKB_PATH": str(broken)}, cwd=broken.parent)
    assert result.code == 1
    ours = [problem["code"] for problem in result.json["problems"] if problem["file"].startswith("base/")]
    assert ours == ["RKB102", "RKB501"]


@pytest.mark.parametrize("path", ["nowhere", "empty", "empty/notes.toml"])
def test_a_path_that_is_no_base_stops_with_exit_3(path: str, tmp_path: Path, run: Run) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty/notes.toml").touch()
    result = run("check", path, cwd=tmp_path)
    assert (result.code, result.stdout) == (3, "")
    assert path in result.stderr
    with pytest.raises(BaseError):
        base_of(tmp_path / path)


@pytest.mark.parametrize("code", sorted(CASES))
def test_every_code_can_be_explained(code: str, run: Run) -> None:
    result = run("check", "--explain", code.lower())
    info = explain(code)
    assert info is not None
    assert result.code == 0
    first, empty, *rest = result.stdout.splitlines()
    assert first == f"{code} ({info.severity}): {info.title}"
    assert empty == ""
    assert len(" ".join(rest)) > 40
    assert {case.severity for case in CASES[code]} == {info.severity}


def test_an_unknown_code_cannot_be_explained(run: Run) -> None:
    result = run("check", "--explain", "RKB999")
    assert (result.code, result.stdout) == (2, "")
    assert "RKB999" in result.stderr


# What a record says cannot break the report.

any_text = st.text(max_size=15) | st.lists(st.sampled_from(["\n", "\r", "%", "%0A", ":", ",", "::", "::error::", "\x1b[31m", "é", "a",
                                                            "\u2028", "\u202e"]), max_size=8).map("".join)  # fmt: skip
problems_of = st.builds(
    Problem, any_text, st.integers(0, 9999), st.integers(0, 99), st.sampled_from(sorted(CASES)),
    st.sampled_from(["error", "warning"]), any_text, any_text,
)  # fmt: skip


def unescaped(text: str) -> str:
    """What GitHub makes of the text of a workflow command."""
    for escape, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(escape, char)
    return text


@settings(max_examples=150, deadline=None)
@given(st.lists(problems_of, max_size=4))
def test_github_reads_back_what_was_meant(problems: list[Problem]) -> None:
    lines = report(problems, "github").splitlines()
    assert len(lines) == len(problems)
    for line, problem in zip(lines, problems, strict=True):
        parts = re.fullmatch(r"::(error|warning) file=([^:,]*),line=(\d+),col=(\d+),title=(\w+)::(.*)", line)
        assert parts is not None, line
        severity, file, row, column, code, message = parts.groups()
        assert (severity, code) == (problem.severity, problem.code)
        assert (int(row), int(column)) == (max(problem.line, 1), max(problem.column, 1))
        assert "\x1b" not in line
        told = f"{problem.message} ({problem.hint})" if problem.hint else problem.message
        for shown, meant in ((file, problem.file), (message, told)):
            if meant.isascii() and meant.isprintable() and "  " not in meant and meant == meant.strip():
                assert unescaped(shown) == meant


@pytest.mark.parametrize("text", ["50 % of\r\nthem", "100%0A", "a:b,c", "::error::x"])
def test_separators_of_workflow_commands_are_escaped(text: str) -> None:
    line = report([Problem(text, 1, 1, "RKB001", "error", text)], "github")
    assert line.count("\n") == 1
    file, message = re.fullmatch(r"::error file=([^:,]*),line=1,col=1,title=RKB001::(.*)\n", line).groups()  # type: ignore[union-attr]
    assert unescaped(file) == unescaped(message) == text


@settings(max_examples=100, deadline=None)
@given(st.lists(problems_of, max_size=4))
def test_text_is_one_clean_line_a_problem_and_json_is_exact(problems: list[Problem]) -> None:
    text = report(problems, "text")
    assert len(text.splitlines()) == text.count("\n") == len(problems)
    assert not {"\x1b", "\r", "\u202e", "\u2028"} & set(text)
    back = json.loads(report(problems, "json"))["problems"]
    assert [Problem(**entry) for entry in back] == problems
