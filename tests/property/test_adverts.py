"""What holds of every advert, whatever it says."""

from __future__ import annotations

import csv
import json
from functools import cache
from importlib.resources import files
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillmix.adverts.advert import LONGEST_QUOTE, Advert, Head
from skillmix.adverts.coding.code import code
from skillmix.adverts.document import document
from skillmix.adverts.frame import Frame, sample
from skillmix.adverts.normalise import (
    LONGEST_TEXT,
    has_contact,
    normalise,
    reading_copy,
    without_contacts,
)
from skillmix.adverts.reading.gather import gather
from skillmix.adverts.record import coded_table
from skillmix.adverts.ruleset import lowered, matches, openings, rule_set, rule_sets
from skillmix.adverts.scheme import scheme
from skillmix.adverts.sections import SECTIONS, Sentence, lower, sentences_of
from skillmix.synth.adverts import write_adverts
from skillmix.words.labels import label

RULES = [rule for rules in rule_sets() for rule in rules.rules]
PIECES = [
    *(text for rule in RULES for text in (*rule.finds, *rule.passes)),
    *("Essential", "Desirable", "Benefits:", "About us", "• ", "Person specification"),
    *("Band 3", "£18,005 - £19,337", "jo@example.org", "01632 960 001", "toflexible"),
    *("experiencedHealth", "\u202e", "NVQ 2/3", "İstanbul", "ß", "\n", "…"),
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=30), max_size=25).map(
    "\n".join
)


def sentence(text: str, section: str) -> Sentence:
    return Sentence(text, lower(text), 0, section, bullet=False)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_finds_its_own_examples_and_passes_the_others(rule):
    rules = next(r for r in rule_sets() if rule in r.rules)
    section = min(rule.within, default="body")
    assert rule.finds, "A rule without an example cannot be reviewed."
    for text in rule.finds:
        assert rules.touches(sentence(text, section)), f"no trigger: {text}"
        assert rule.find(lower(text), section), text
    for text in rule.passes:
        assert not rule.find(lower(text), section), text


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_speaks_of_sections_that_exist(rule):
    assert rule.within <= SECTIONS
    assert rule.outside <= SECTIONS
    assert not rule.within & rule.outside
    assert 0 < rule.confidence <= 1


PLAIN = [
    r"personal care|observations?\b|\bRiO\b",
    r"(?:knowledge|aware\w*)[^.;\n]{0,20}safeguard|child protection",
    r"discounts?|blue light",
]
WORDS = st.lists(
    st.sampled_from(
        (
            *("personal care", "observation", "observations", "rio", "brio", "aware"),
            *("safeguarding", "knowledge", "child protection", "discount", ".", "\n"),
        )
    ),
    max_size=12,
).map(" ".join)


@given(WORDS, st.sampled_from(PLAIN))
def test_trying_where_a_match_can_begin_finds_what_trying_everywhere_does(text, plain):
    pattern = lowered(plain)
    assert openings(plain)
    tried = [m.span() for m in matches(pattern, openings(plain), text)]
    assert tried == [m.span() for m in pattern.finditer(text)]


def test_a_pattern_that_need_not_begin_with_a_word_has_no_openings():
    assert openings(r"(?:free )?meals|parking") == ()
    assert openings(r"\d\d days|leave") == ()


def test_what_cancels_a_rule_counts_only_near_it():
    apart = (
        "You must have experience of care work, you will keep good notes, and you "
        "will use your lived experience to guide newcomers."
    )
    found = list(rule_set("experience").of(sentence(apart, "body")))
    assert "some" in {f.value for f in found}
    lived = "You must have lived experience of recovery."
    assert not list(rule_set("experience").of(sentence(lived, "body")))


@given(st.text(max_size=400))
def test_normalised_text_stays_as_it_is(text):
    tidy = normalise(text)
    assert normalise(tidy) == tidy
    assert len(tidy) <= LONGEST_TEXT
    assert "\r" not in tidy
    assert "  " not in tidy


@given(TEXTS)
def test_the_reading_copy_leads_back_to_the_text(text):
    tidy = normalise(text)
    copy = reading_copy(tidy)
    places = set(copy.breaks)
    back = [copy.at(n) for n in range(len(copy.text)) if n not in places]
    assert back == list(range(len(tidy)))
    assert len(lower(copy.text)) == len(copy.text)


@given(TEXTS)
def test_sentences_stand_where_they_say(text):
    copy = reading_copy(normalise(text)).text
    for one in sentences_of(copy):
        assert copy[one.start : one.start + len(one.text)] == one.text
        assert one.section in SECTIONS


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_every_quote_is_in_the_text_and_every_code_in_the_scheme(text):
    text = normalise(f"Title: Worker\n{text}")
    advert = Advert(file="a", source="plain_text", head=Head(title="Worker"), text=text)
    coded = code(advert)
    assert list(coded.values) == list(scheme().fields)
    for name, value in coded.values.items():
        field = scheme().fields[name]
        codes = value.value if isinstance(value.value, tuple) else (value.value,)
        if field.kind in ("code", "codes"):
            assert all(c in field.codes or c == field.absent for c in codes), name
        assert 0 <= value.confidence <= 1
        if value.state == "stated":
            assert value.evidence, name
        for one in value.evidence:
            cut = advert.text[one.start : one.end]
            assert one.quote == without_contacts(cut)[:LONGEST_QUOTE]
            assert not has_contact(one.quote.replace("[...]", ""))


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_nothing_given_out_holds_a_contact(text):
    advert = Advert(
        file="a", source="plain_text", head=Head(title=text[:90]), text=normalise(text)
    )
    chosen = sample([code(advert)], Frame())
    told = json.dumps(document(chosen, [], Frame()), ensure_ascii=False, default=str)
    assert "jo@example.org" not in told
    assert "960 001" not in told


def _sentences() -> list[dict[str, str]]:
    path = Path(__file__).with_name("advert_sentences.csv")
    return list(csv.DictReader(StringIO(path.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("row", _sentences(), ids=lambda r: r["sentence"])
def test_a_plain_sentence_is_coded_as_it_would_be_read(row):
    text = f"Title: Support Worker\nWe have a post at our hospital.\n{row['sentence']}"
    advert = Advert(
        file="a", source="plain_text", head=Head(title="Support Worker"), text=text
    )
    got = code(advert)[row["field"]]
    if isinstance(got, bool):
        got = "yes" if got else "no"
    assert (got if isinstance(got, str) else "; ".join(got)) == row["code"]


SPECIFICATIONS = {
    "headings": """Qualifications
Essential
• NVQ Level 2 in care
Desirable
• NVQ Level 3 in care
Experience
Essential
• Experience of care work
Desirable
• Experience of groups, and lived experience of mental distress""",
    "labels": """Qualifications
Essential: NVQ Level 2 in care
Desirable: NVQ Level 3 in care
Experience
Essential: experience of care work
Desirable: experience of groups, and lived experience of mental distress""",
    "columns": """Criteria | Essential | Desirable
Qualifications | NVQ Level 2 in care | NVQ Level 3 in care
Experience | Care experience | Experience of groups
Other | Patience | Lived experience of mental distress""",
    "marks": """NVQ Level 2 in care (E)
NVQ Level 3 in care (D)
Experience of care work (E)
Experience of groups (D)
Lived experience of mental distress (D)""",
}


@pytest.mark.parametrize("shape", SPECIFICATIONS)
def test_a_person_specification_is_read_in_every_shape_it_is_flattened_to(shape):
    text = f"Title: Support Worker\nPerson specification\n{SPECIFICATIONS[shape]}"
    advert = Advert(
        file="a", source="plain_text", head=Head(title="Support Worker"), text=text
    )
    coded = code(advert)
    assert coded["essential_qualifications"] == ("NVQ2",)
    assert coded["desirable_qualifications"] == ("NVQ3",)
    assert coded["experience_required"] == "some"
    assert coded["experience_desirable"] is True
    assert coded["lived_experience"] == "desirable"


@cache
def invented(seed: int, out: Path) -> tuple[list[dict[str, str]], list]:
    truth = write_adverts(out, seed=seed)
    known = [json.loads(line) for line in truth.read_text("utf-8").splitlines()]
    return known, [code(a) for a in gather([out / "adverts"]).adverts]


@pytest.fixture(params=[7, 2020])
def pairs(request, tmp_path_factory):
    """Invented adverts beside what they are known to say."""
    out = tmp_path_factory.mktemp("adverts", numbered=True)
    known, found = invented(request.param, out)
    by_vacancy = {k["vacancy"]: k for k in known}
    made = []
    for one in found:
        head = one.advert.head
        key = head.vacancy or head.reference or one.advert.file.partition(".")[0]
        made.append((by_vacancy.pop(key), one))
    assert not by_vacancy
    return made


FIELDS = {
    "qualification": "essential_qualifications",
    "desirable": "desirable_qualifications",
    "experience": "experience_required",
    "supervised_by": "supervised_by",
    "training": "training_commitment",
    "career": "career_development",
    "contract": "contract",
    "lived": "lived_experience",
    "sector": "sector",
}
YES_NO = {
    "experience_desirable": "experience_desirable",
    "shift": "shift_or_unsocial",
    "driving": "driving_required",
    "pmva": "pmva_or_restraint_training",
    "cost": "cost_to_applicant",
    "supervises": "supervises_others",
}
LISTED = {
    "skill": ("skills", "communication"),
    "appearance": ("attributes", "appearance"),
    "local": ("knowledge", "local_community"),
}


def test_what_was_invented_is_read_again(pairs):
    wrong = []
    for truth, found in pairs:
        for name, field in FIELDS.items():
            got = found[field]
            got = "; ".join(got) if isinstance(got, tuple) else got
            if got != truth[name]:
                wrong.append((truth["vacancy"], field, truth[name], got))
        for name, field in YES_NO.items():
            if found[field] is not (truth[name] == "yes"):
                wrong.append((truth["vacancy"], field, truth[name], found[field]))
        for name, (field, code_) in LISTED.items():
            if (code_ in found[field]) is not (truth[name] == "yes"):
                wrong.append((truth["vacancy"], field, truth[name], found[field]))
        if found["flexibility"] != truth["flexibility"].partition(".")[0]:
            wrong.append((truth["vacancy"], "flexibility", truth["flexibility"]))
        if "; ".join(map(str, found["afc_band"])) != truth["band"]:
            wrong.append((truth["vacancy"], "band", truth["band"], found["afc_band"]))
    assert wrong == []


def test_the_sample_is_that_of_the_review_whatever_the_seed(pairs):
    placed = sample([found for _, found in pairs], Frame())
    assert [one.exclusion for one in placed] == [t["left_out"] for t, _ in pairs]
    kept = [one["sector"] for one in placed if not one.exclusion]
    assert (kept.count("nhs"), kept.count("independent")) == (35, 10)


def test_the_same_adverts_give_the_same_bytes(tmp_path):
    made = []
    for name in ("one", "two"):
        write_adverts(tmp_path / name, seed=3)
        files = sorted((tmp_path / name).rglob("*.*"))
        made.append([f.read_bytes() for f in files])
    assert made[0] == made[1]


def test_the_table_of_adverts_has_a_row_for_each_in_the_sample(pairs):
    coded = [found for _, found in pairs]
    table = coded_table(coded, {}, frozenset())
    assert table.num_rows == len(coded)
    assert not any(
        c.startswith("text") and c != "text_sha256" for c in table.schema.names
    )


def test_the_report_has_words_for_every_code_of_the_lists():
    path = files("skillmix.adverts").joinpath("rules", "lists.csv")
    listed = list(csv.DictReader(StringIO(path.read_text(encoding="utf-8"))))
    vocabularies = {
        "skills": "advert_skill",
        "knowledge": "advert_knowledge",
        "benefits": "advert_benefit",
        "responsibilities": "advert_responsibility",
    }
    seen = 0
    for row in listed:
        if row["field"] in vocabularies:
            seen += 1
            assert label(vocabularies[row["field"]], row["code"]) == row["label"]
    assert seen > 30
