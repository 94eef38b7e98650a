"""Each platform's rules, one test a rule; the sources are in the methods page."""

from __future__ import annotations

import pytest

from skillmix.errors import UnknownNameError
from skillmix.literature.platforms.platform import Rendered
from skillmix.literature.platforms.render import PLATFORMS, render
from skillmix.literature.strategy.parse import parse
from skillmix.literature.strategy.strategy import find_strategy, strategy_from


def written(platform: str, terms: str, *, plurals: bool = True, forms: str = "") -> str:
    (line,) = rendered(platform, terms, plurals=plurals, forms=forms).lines
    return line[1]


def rendered(
    platform: str, terms: str, *, plurals: bool = True, forms: str = ""
) -> Rendered:
    text = (
        f"name = 'x'\ntitle = 'y'\nplurals = {str(plurals).lower()}\n"
        f"[[line]]\nterms = '''{terms}'''\n[forms]\n{forms}\n"
    )
    return render(strategy_from(text), platform)


def slugs(platform: str, terms: str, **more: bool) -> set[str]:
    found = rendered(platform, terms, **more).warnings
    return {w.slug for w in found} - {"keywords-differ", "no-sets"}


OVID = [
    # Words side by side are a phrase and need no quotation marks.
    ("mental health", "(mental health).ti,ab,kf,hw."),
    # A regular plural is one letter more or none.
    ("support worker", "(support worker?).ti,ab,kf,hw."),
    # Other plurals are written out.
    ("community", "(community or communities).ti,ab,kf,hw."),
    # Operator words within a phrase must be quoted.
    ("speech and language", '("speech and language?").ti,ab,kf,hw.'),
    # ? is one letter or none, # exactly one: the other way round from ours.
    ("colo#r wom?n", "(colo?r wom#n).ti,ab,kf,hw."),
    # Truncation may stand inside a phrase.
    ("activit* worker", "(activit* worker?).ti,ab,kf,hw."),
    # adjN counts one more than the words between.
    ("nurs* NEAR/2 train*", "(nurs* adj3 train*).ti,ab,kf,hw."),
    ("nurs* PRE/0 train*", "(nurs* adj train*).ti,ab,kf,hw."),
    # Fields go after the bracket.
    ("title: nurs*", "(nurs*).ti."),
    ("TI=a* AND AB=b*", "(a*).ti. and (b*).ab."),
]


@pytest.mark.parametrize(("terms", "text"), OVID)
def test_ovid(terms, text):
    assert written("ovid-medline", terms) == text


def test_ovid_databases_have_keyword_fields_of_their_own():
    assert written("ovid-psycinfo", "psych*") == "(psych*).ti,ab,id,hw."
    assert written("ovid-hmic", "psych*") == "(psych*).ti,ab,hw."


def test_ovid_has_no_ordered_proximity_beyond_side_by_side():
    assert slugs("ovid-medline", "nurs* PRE/2 train*") == {"near-unordered"}


PROQUEST = [
    # Quotation marks make a phrase, and turn plurals off, so they are written out.
    ("support worker", 'TI,AB,SU,IF("support worker" OR "support workers")'),
    # Single words get their plurals from the platform.
    ("community", "TI,AB,SU,IF(community)"),
    # A plain * stands for five letters only.
    ("psych*", "TI,AB,SU,IF(psych[*20])"),
    ("activit* work*", 'TI,AB,SU,IF("activit[*20] work[*20]")'),
    # There is no sign for one letter or none.
    ("colo#r*", "TI,AB,SU,IF(color[*20] OR colo?r[*20])"),
    ("nurs* NEAR/3 (train* OR learn*)",
     "TI,AB,SU,IF(nurs[*20] NEAR/3 (train[*20] OR learn[*20]))"),
    ("nurs* PRE/3 train*", "TI,AB,SU,IF(nurs[*20] PRE/3 train[*20])"),
    ("title: nurs*", "TI(nurs[*20])"),
]  # fmt: skip


@pytest.mark.parametrize(("terms", "text"), PROQUEST)
def test_proquest(terms, text):
    assert written("proquest", terms) == text


def test_proquest_says_that_truncation_is_limited():
    assert "stem-limited" in slugs("proquest", "psych*")


SCOPUS = [
    # A loose phrase also matches its plural.
    ("support worker", 'TITLE-ABS-KEY("support worker")'),
    # Within quotation marks * is punctuation: PRE/0 in its place.
    ("activit* support worker",
     "TITLE-ABS-KEY(activit* PRE/0 support PRE/0 worker)"),
    # NOT is AND NOT.
    ("nurs* NOT train*", "TITLE-ABS-KEY(nurs*) AND NOT TITLE-ABS-KEY(train*)"),
    # OR binds first, so every group is bracketed.
    ("a* AND (b* OR c*)", "TITLE-ABS-KEY(a*) AND (TITLE-ABS-KEY(b* OR c*))"),
    # A proximity takes no alternatives.
    ("nurs* NEAR/3 (train* OR learn*)",
     "TITLE-ABS-KEY((nurs* W/3 train*) OR (nurs* W/3 learn*))"),
    ("nurs* PRE/3 train*", "TITLE-ABS-KEY(nurs* PRE/3 train*)"),
    ("title: nurs*", "TITLE(nurs*)"),
    ("(nurs*).ti,ab.", "TITLE-ABS(nurs*)"),
    ("(nurs*).ti,kw.", "TITLE(nurs*) OR KEY(nurs*)"),
]  # fmt: skip


@pytest.mark.parametrize(("terms", "text"), SCOPUS)
def test_scopus(terms, text):
    assert written("scopus", terms) == text


def test_scopus_says_that_alternatives_were_parted():
    assert slugs("scopus", "a* NEAR/3 (b* OR c*)") == {"near-parted"}


PUBMED = [
    # The tag goes with each term; a quoted phrase gets no plural by itself.
    ("support worker", '"support worker"[tiab] OR "support workers"[tiab]'),
    ("psych*", "psych*[tiab]"),
    # A phrase may be cut at its end.
    ("support work*", '"support work*"[tiab]'),
    # And nowhere else: it is written out.
    ("activit* work*", '"activity work*"[tiab] OR "activities work*"[tiab]'),
    # Proximity takes whole words, in any order.
    ("nursing NEAR/3 retention", '"nursing retention"[tiab:~3]'),
    # And AND stands in for what it cannot take.
    ("nurs* NEAR/3 retention", "nurs*[tiab] AND retention[tiab]"),
    ("title: health", "health[ti]"),
    ("keywords: health", "health[ot] OR health[mh]"),
    ("health* AND (psych* OR carer*)",
     "health*[tiab] AND (psych*[tiab] OR carer*[tiab])"),
    ("title: (a OR b) AND abstract: (c OR d)",
     "(a[ti] OR b[ti]) AND (c[ab] OR d[ab])"),
]  # fmt: skip


@pytest.mark.parametrize(("terms", "text"), PUBMED)
def test_pubmed(terms, text):
    forms = "activit = ['activity', 'activities']"
    assert written("pubmed", terms, plurals="worker" in terms, forms=forms) == text


def test_pubmed_parts_a_phrase_whose_forms_are_not_listed_and_says_so():
    found = rendered("pubmed", "activit* team", plurals=False)
    assert found.lines[0][1] == "activit*[tiab] AND team[tiab]"
    assert "inner-truncation-parted" in {w.slug for w in found.warnings}


def test_pubmed_wants_four_letters_before_a_truncation():
    assert "short-stem" in slugs("pubmed", "car*")


def test_pubmed_has_no_sign_for_one_letter():
    assert "wildcard-dropped" in slugs("pubmed", "organi?ation")
    forms = "'organi?ation' = ['organisation', 'organization']"
    text = written("pubmed", "organi?ation", plurals=False, forms=forms)
    assert text == "organisation[tiab] OR organization[tiab]"


def test_pubmed_keywords_are_not_mesh_unless_asked_for():
    (warned,) = [
        w for w in rendered("pubmed", "health").warnings if w.slug == "keywords-differ"
    ]
    assert "not MeSH" in warned.what


EBSCO = [
    # The code goes before each bracket; single words get plurals by themselves.
    ("community", "TI (community) OR AB (community) OR SU (community)"),
    ("title: support worker", 'TI ("support worker" OR "support workers")'),
    # Truncation may stand inside a phrase.
    ("title: activit* work*", 'TI ("activit* work*")'),
    # # is one letter or none, as here.
    ("title: colo#r", "TI (colo#r)"),
]


@pytest.mark.parametrize(("terms", "text"), EBSCO)
def test_ebsco(terms, text):
    assert written("ebsco", terms) == text


def test_ebsco_proximity_is_n_or_w():
    assert written("ebsco", "(nurs* NEAR/3 train*).ti.") == "TI (nurs* N3 train*)"
    assert written("ebsco", "(nurs* PRE/3 train*).ti.") == "TI (nurs* W3 train*)"


def test_ebsco_skips_and_within_a_phrase():
    assert "stopword-any" in slugs("ebsco", "speech and language")


def test_ebsco_ignores_a_question_mark_at_the_end():
    assert "wildcard-dropped" in slugs("ebsco", "nurs?")


WEB_OF_SCIENCE = [
    # A quoted phrase is not reduced to its stem, so its plural is written out.
    ("support worker", 'TS=("support worker" OR "support workers")'),
    # A single word is.
    ("community", "TS=(community)"),
    # $ is one letter or none, and may not stand in quotation marks.
    ("colo#r", "TS=(colo$r)"),
    ("colo#r blind*", 'TS=("color blind*" OR "colo?r blind*")'),
    ("nurs* NEAR/3 train*", "TS=(nurs* NEAR/3 train*)"),
    ("title: nurs*", "TI=(nurs*)"),
    ("keywords: nurs*", "AK=(nurs*) OR KP=(nurs*)"),
]


@pytest.mark.parametrize(("terms", "text"), WEB_OF_SCIENCE)
def test_web_of_science(terms, text):
    assert written("web-of-science", terms) == text


def test_web_of_science_says_what_it_does_to_words():
    assert slugs("web-of-science", "experience") == {"inflected"}
    assert slugs("web-of-science", "ca*") == {"short-stem"}
    assert slugs("web-of-science", "nurs* PRE/2 train*") == {"near-unordered"}


def test_web_of_science_warns_of_a_line_with_more_operators_than_it_takes():
    words = [f"word{n}*" for n in range(60)]
    assert "too-many-operators" in slugs("web-of-science", " OR ".join(words))
    assert "too-many-operators" not in slugs("web-of-science", " OR ".join(words[:50]))


EUROPE_PMC = [
    ("title: support work", 'TITLE:("support work")'),
    # A single word may be cut at its end; a phrase nowhere.
    ("title: psych*", "TITLE:(psych*)"),
    ("title: support work*", 'TITLE:("support worker" OR "support workers")'),
    ("psych*", "TITLE_ABS:(psych*) OR KW:(psych*)"),
    ("title: a NOT title: b", "TITLE:(a) NOT TITLE:(b)"),
]


@pytest.mark.parametrize(("terms", "text"), EUROPE_PMC)
def test_europe_pmc(terms, text):
    forms = "work = ['worker', 'workers']"
    assert written("europe-pmc", terms, plurals=False, forms=forms) == text


def test_europe_pmc_has_no_proximity():
    assert "near-as-and" in slugs("europe-pmc", "nurs* NEAR/3 train*")


@pytest.mark.parametrize("platform", PLATFORMS)
def test_the_reports_strategy_is_written_for_every_platform(platform):
    found = render(find_strategy("nuffield-2020"), platform)
    assert [label for label, _ in found.lines] == ["1", "2", "3", "4", "5"]
    assert found.whole.count("(") == found.whole.count(")")
    assert found.whole.count('"') % 2 == 0
    assert found.source.startswith("https://")
    for _, text in found.lines:
        assert text.count("(") == text.count(")")


@pytest.mark.parametrize("platform", PLATFORMS)
def test_what_is_written_can_be_read_back(platform):
    found = render(find_strategy("nuffield-2020"), platform)
    for _, text in found.lines:
        errors = [f for f in parse(text).faults if f.severity == "error"]
        assert not errors, (platform, errors[:2])


@pytest.mark.parametrize(
    ("platform", "combined"),
    [
        ("ovid-medline", "1 and (2 or 3) and (4 or 5)"),
        ("proquest", "[S1] AND ([S2] OR [S3]) AND ([S4] OR [S5])"),
        ("ebsco", "S1 AND (S2 OR S3) AND (S4 OR S5)"),
        ("scopus", "#1 AND (#2 OR #3) AND (#4 OR #5)"),
        ("europe-pmc", ""),
    ],
)
def test_lines_are_combined_as_the_platform_numbers_them(platform, combined):
    assert render(find_strategy("nuffield-2020"), platform).combination == combined


def test_no_warning_is_given_twice():
    for platform in PLATFORMS:
        found = render(find_strategy("nuffield-2020"), platform).warnings
        assert len({(w.slug, w.what) for w in found}) == len(found)


def test_a_platform_that_does_not_exist_brings_those_that_do():
    with pytest.raises(UnknownNameError, match="ovid-medline"):
        render(find_strategy("nuffield-2020"), "dialog")
