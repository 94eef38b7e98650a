"""The code lists agree with the reference facts and with the closed sets."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections import Counter
from functools import cache
from importlib.resources import files

import pytest

from skillmix.errors import UnknownNameError
from skillmix.schema import values
from skillmix.schema.codelists import (
    codelist,
    codelist_names,
    label,
    labels,
    vocabularies,
)
from skillmix.schema.occupation import (
    maternity_areas,
    mental_health_areas,
    mental_health_by_area,
    occupations,
    why_in_mental_health_services,
)
from skillmix.schema.scope import DEFINITIONS_VERSION, SERVICES
from skillmix.schema.vocabulary import (
    area_of_work,
    employer,
    ethnic_group,
    ethnic_group_ons,
    leaving_group,
)

CODES = occupations()
KEYS = {
    "areas_of_work": ("primary", "secondary", "tertiary"),
    "areas_of_work_aliases": ("level", "wording"),
    "definitions": ("version", "definition", "criterion", "value", "within"),
    "high_cost_areas": ("zone", "financial_year"),
    "labels": ("vocabulary", "slug"),
    "occupation_exceptions": ("code", "column"),
    "occupation_rules": ("matrix", "level", "level_label"),
    "occupation_settings": ("matrix", "suffix"),
    "occupation_specialties": ("specialty", "care_setting"),
    "pay_ranges": ("band", "financial_year"),
    "successions_2026": ("predecessor", "successor"),
}


def rows(shared, name):
    with (shared / "reference" / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def codes(**wanted):
    return {
        o.code
        for o in CODES.values()
        if all(getattr(o, k) == v for k, v in wanted.items())
    }


# --- the lists themselves ---------------------------------------------------------


@pytest.mark.parametrize("name", codelist_names())
def test_no_list_has_a_row_twice_or_a_ragged_one(name):
    listed = codelist(name)
    assert listed
    for row in listed:
        assert None not in row, f"{name} has a row that is too long"
        assert None not in row.values(), f"{name} has a row that is too short"
        assert all(v == v.strip() for v in row.values())
    key = KEYS.get(name, tuple(listed[0])[:1])
    found = Counter(tuple(r[k] for k in key) for r in listed)
    assert [k for k, n in found.items() if n > 1] == []


def test_every_list_is_in_the_sources_note():
    note = files("skillmix.schema").joinpath("codelists", "SOURCES.md")
    text = note.read_text(encoding="utf-8")
    assert [n for n in codelist_names() if f"`{n}`" not in text] == []


def test_unknown_names_are_refused_with_what_exists():
    with pytest.raises(UnknownNameError, match="job_roles"):
        codelist("no_such_list")
    with pytest.raises(UnknownNameError, match="staff_group"):
        labels("no_such_vocabulary")
    with pytest.raises(UnknownNameError):
        label("band", "10")


def test_a_name_cannot_lead_out_of_the_folder():
    with pytest.raises(UnknownNameError):
        codelist("../codelists/bands")


CLOSED_SETS = {
    "staff_group": values.PUBLISHED_STAFF_GROUPS,
    "main_staff_group": (*values.MAIN_STAFF_GROUPS, values.ALL_STAFF),
    "band": values.PUBLISHED_BANDS,
    "region": values.REGIONS,
    "employer_type": values.EMPLOYER_TYPES,
    "ethnicity": values.ETHNICITIES,
    "ethnic_group": values.PUBLISHED_ETHNIC_GROUPS,
    "gender": values.GENDERS,
    "disability": values.DISABILITIES,
    "religion": values.RELIGIONS,
    "sexual_orientation": values.ORIENTATIONS,
    "contract_type": values.CONTRACT_TYPES,
    "status": values.STATUSES,
    "level": values.LEVELS,
    "cell_status": values.CELL_STATUSES,
}


@pytest.mark.parametrize("vocabulary", CLOSED_SETS)
def test_every_slug_of_a_closed_set_has_a_label_and_no_label_is_left_over(vocabulary):
    assert set(labels(vocabulary)) == set(CLOSED_SETS[vocabulary])


@pytest.mark.parametrize("vocabulary", vocabularies())
def test_labels_are_words_and_not_empty(vocabulary):
    assert all(text for text in labels(vocabulary).values())


@pytest.mark.parametrize(
    ("name", "column", "vocabulary"),
    [
        ("job_roles", "role_category", "role_category"),
        ("leaving_reasons", "group", "leaving_group"),
        ("leaving_reasons", "resignation_group", "resignation_group"),
        ("sickness_reasons", "group", "sickness_group"),
        ("ethnic_categories", "group_nhs", "ethnic_group"),
        ("ethnic_categories", "group_ons", "ethnic_group_ons"),
        ("ethnic_subcategories", "parent", "ethnicity"),
        ("employers", "employer_type", "employer_type"),
        ("employers", "region", "region"),
        ("employers", "icb", "icb"),
        ("employers", "successor", "employer"),
        ("integrated_care_boards", "region", "region"),
        ("staff_groups", "main_staff_group", "main_staff_group"),
        ("occupation_settings", "care_setting", "care_setting"),
        ("occupation_specialties", "care_setting", "care_setting"),
        ("areas_of_work", "certainty", "certainty"),
        ("definitions", "certainty", "certainty"),
        ("employers", "type_certainty", "certainty"),
        ("pay_ranges", "certainty", "certainty"),
        ("high_cost_areas", "certainty", "certainty"),
        ("ethnic_subcategories", "certainty", "certainty"),
        ("pay_ranges", "band", "band"),
    ],
)
def test_slugs_in_a_list_are_of_their_vocabulary(name, column, vocabulary):
    used = {r[column] for r in codelist(name)} - {""}
    assert used <= set(labels(vocabulary))


# --- occupation codes ---------------------------------------------------------------


def test_all_945_codes_agree_with_the_reference_in_every_column(shared):
    reference = rows(shared, "01a_occupation_codes")
    assert len(reference) == 945
    assert {r["occupation_code"] for r in reference} == set(CODES)
    groups = {text: slug for slug, text in labels("staff_group").items()}
    unfunded = ("Non-funded staff", "General payments")
    groups.update(dict.fromkeys(unfunded, "unknown_classification"))
    for row in reference:
        ours = CODES[row["occupation_code"]]
        matrix = label("matrix", ours.matrix)
        lettered = "" if ours.matrix == "medical" else f"{ours.matrix} "
        assert f"{lettered}{matrix}" == row["matrix"]
        assert ours.level == row["level_name"], ours
        assert ours.care_setting_label == row["care_setting"], ours
        main = label("main_staff_group", ours.main_staff_group)
        assert main == row["main_staff_group"], ours
        assert ours.staff_group == groups[row["broad_staff_group"]], ours
        detail = label("detailed_group", ours.detailed_group)
        assert detail == row["detailed_staff_group"], ours
        assert ours.current == (row["valid_v22_1"] == "Y"), ours
        assert ours.support == (row["support_to_clinical_staff"] == "Y"), ours
        assert ours.hands_on == (row["patient_facing_support"] == "Y"), ours
        kind = row["mh_related_setting"]
        footnote = ("mental_health", "learning_disability")
        footnote = (*footnote, "occupational_therapy", "speech_language_therapy")
        assert ours.footnote_6_setting == (kind in footnote), ours
        assert ours.learning_disability == (kind == "learning_disability"), ours


def test_the_official_counts_hold_without_the_reference():
    counted = Counter(o.matrix for o in CODES.values())
    assert counted == {
        **{"medical": 236, "S": 170, "U": 156, "T": 151, "N": 121},
        **{"A": 41, "H": 32, "G": 19, "P": 12, "Z": 7},
    }
    assert sum(o.support for o in CODES.values()) == 288
    assert sum(o.hands_on for o in CODES.values()) == 282
    assert sum(o.current for o in CODES.values()) == 682


def test_groups_and_main_groups_are_closed_and_consistent():
    main = {r["slug"]: r["main_staff_group"] for r in codelist("staff_groups")}
    for o in CODES.values():
        assert re.fullmatch(r"[0-9A-Z]{3}", o.code)
        assert o.staff_group in values.STAFF_GROUPS
        assert o.main_staff_group == main[o.staff_group]
        assert o.main_staff_group in values.MAIN_STAFF_GROUPS


def test_trap_the_last_letter_means_different_things_in_each_matrix():
    assert CODES["N9D"].care_setting == "community_mental_health"
    assert CODES["H1D"].care_setting == "other_mental_health"
    assert CODES["N9F"].care_setting == "community_learning_disabilities"
    assert CODES["H1E"].care_setting == "other_learning_disabilities"
    assert CODES["H1F"].care_setting == "community_services"
    assert CODES["H1G"].care_setting == "chiropody_podiatry"
    unrelated = ("H1F", "H1G", "S1D", "S1E", "S1F", "S1G", "U9L", "G2D", "P1D", "A4D")
    assert not [c for c in unrelated if CODES[c].mental_health_by_code]


def test_trap_clerical_and_estates_codes_are_support_but_not_hands_on():
    clerical = codes(clerical_or_estates=True)
    assert clerical == {f"G{level}{suffix}" for level in "23" for suffix in "CDE"}
    assert not any(CODES[c].hands_on for c in clerical)
    assert not CODES["G2A"].support


def test_trap_trainees_are_support():
    trainees = {c for c in CODES if re.match(r"S8|U[678F]|P1|NH", c)}
    assert trainees
    assert all(CODES[c].support and CODES[c].training for c in trainees)


def test_trap_nursing_associates_are_support_and_registered():
    associates = {f"NG{s}" for s in "ABCDEFGH"}
    assert codes(level="Nursing Associate") == associates
    for code in associates:
        assert CODES[code].support
        assert CODES[code].registered
        assert not CODES[code].training
        assert not CODES["NH" + code[2]].registered


def test_trap_the_t_matrix_is_retired_but_known():
    assert len(codes(matrix="T")) == 151
    assert not any(CODES[c].current for c in codes(matrix="T"))


def test_trap_hotel_staff_of_the_h_matrix_are_infrastructure():
    for code in ("H1R", "H2R"):
        assert CODES[code].main_staff_group == "infrastructure_support"
        assert not CODES[code].support
    retired = ("H1S", "H2S", "A1A", "A2A", "A3A", "AAA", "AGA")
    assert not any(CODES[c].current for c in retired)


def test_trap_central_functions_differ_in_case_only():
    assert CODES["H1P"].care_setting_label == "Central functions"
    assert CODES["G2A"].care_setting_label == "Central Functions"
    assert CODES["H1P"].care_setting != CODES["G2A"].care_setting


def test_support_qualifies_by_32_codes_and_footnote_6_by_34_of_which_24_are_both():
    support = [o for o in CODES.values() if o.support]
    official = {o.code for o in support if o.mental_health_by_code}
    footnote = {o.code for o in support if o.footnote_6_setting}
    both = {level + s for level in ("N8", "N9", "NF", "NG", "NH") for s in "DEFG"}
    both |= {"H1D", "H1E", "H2D", "H2E"}
    assert (len(official), len(footnote)) == (32, 34)
    assert official & footnote == both
    assert len(both) == 24


def test_maternity_is_told_by_setting_and_by_midwives_in_any_setting():
    assert {"N2C", "N2J", "N2L", "H1C", "P1A", "N9C"} <= codes(maternity=True)
    assert not CODES["N6L"].maternity
    assert not CODES["040"].maternity


# --- the service definitions --------------------------------------------------------


@cache
def settings_by_group():
    return {
        (label("staff_group", o.staff_group), o.care_setting_label): o
        for o in CODES.values()
    }


def test_all_826_officially_classified_combinations_come_out_right(shared):
    combinations = rows(shared, "01f_core14_classified_combinations")
    assert len(combinations) == 826
    by_group = settings_by_group()
    words = {
        (True, False): "Mental Health Occupation Code",
        (False, True): "Mental Health Area of Work",
        (True, True): "Mental Health Area of Work and Occupation Code",
    }
    for row in combinations:
        occupation = by_group.get(
            (row["STAFF_GROUP_1"], row["CARE_SETTING_OR_SPECIALTY"])
        )
        if occupation is None:
            assert row["STAFF_GROUP_1"] == "Unknown classification"
        by_code = occupation is not None and occupation.mental_health_by_code
        by_area = mental_health_by_area(
            row["PRIMARY_AREA_OF_WORK"], row["SECONDARY_AREA_OF_WORK"]
        )
        assert words[by_code, by_area] == row["MENTAL_HEALTH_CLASSIFICATION"], row
        assert by_area == (row["TERTIARY_AREA_OF_WORK"] in mental_health_areas()), row


def test_settings_that_share_a_group_and_name_are_classified_alike():
    for o in CODES.values():
        key = (label("staff_group", o.staff_group), o.care_setting_label)
        same = settings_by_group()[key]
        assert o.mental_health_by_code == same.mental_health_by_code, o


def test_no_tertiary_area_under_two_primaries_is_a_mental_health_area():
    found = {}
    for row in codelist("areas_of_work"):
        found.setdefault(row["tertiary"], set()).add(
            (row["primary"], row["mental_health"], row["maternity"])
        )
    twice = {t: v for t, v in found.items() if len({p for p, _, _ in v}) > 1}
    assert {"Intensive Care", "Coding"} <= set(twice)
    for tertiary in twice:
        assert tertiary not in mental_health_areas()
        assert tertiary not in maternity_areas()
    assert all(len({(m, o) for _, m, o in v}) == 1 for v in found.values())


def test_areas_marked_are_those_the_rule_gives():
    for row in codelist("areas_of_work"):
        by_rule = mental_health_by_area(row["primary"], row["secondary"])
        assert by_rule == (row["mental_health"] == "y"), row


def test_areas_of_work_are_those_of_the_reference(shared):
    columns = (
        "primary_area_of_work",
        "secondary_area_of_work",
        "tertiary_area_of_work",
    )
    reference = {
        (*(r[c] for c in columns), r["status"])
        for r in rows(shared, "02d_area_of_work")
    }
    ours = {
        (r["primary"], r["secondary"], r["tertiary"], r["status"])
        for r in codelist("areas_of_work")
    }
    assert reference <= ours
    assert {t for *_, t, _ in ours - reference} == {
        "Digital, Data and Technology",
        "No Area of Work specified",
    }


def test_areas_include_learning_disability_and_core_14_wordings():
    areas = mental_health_areas()
    assert {"Learning Disability Other", "Psychiatry of Learning Disability"} <= areas
    assert {"Mental Health - Community", "Community Mental Health"} <= areas
    assert {"Counselling", "Dramatherapy", "Drama Therapy"} <= areas
    assert not areas & {"Occupational Therapy", "Social Services", "Substance Abuse"}
    assert mental_health_by_area("Clinical Support", "Art/Music/Dramatherapy")
    assert not mental_health_by_area("Clinical Support", "Clinical Support")
    assert not mental_health_by_area("", "Counselling")


def test_every_alias_leads_to_a_listed_area():
    for row in codelist("areas_of_work_aliases"):
        listed = {r[row["level"]] for r in codelist("areas_of_work")}
        assert row["area"] in listed
        assert row["wording"] not in listed
    assert area_of_work("Mental Health - Community") == "Community Mental Health"
    assert area_of_work("Something new") == "Something new"


def test_definitions_are_of_one_version_and_name_only_known_things():
    listed = codelist("definitions")
    assert {r["version"] for r in listed} == {DEFINITIONS_VERSION}
    assert {r["definition"] for r in listed} < set(SERVICES)
    used = {r["value"] for r in listed if r["criterion"] == "care_setting"}
    assert used <= {o.care_setting for o in CODES.values()}
    areas = codelist("areas_of_work")
    for row in listed:
        if row["criterion"].endswith("_area"):
            level = row["criterion"].removesuffix("_area")
            found = {r["primary"] for r in areas if r[level] == row["value"]}
            assert (row["within"] or row["value"]) in found, row
    ours = {r["value"] for r in listed if r["criterion"] == "tertiary_area"}
    assert ours == maternity_areas()


def test_a_row_can_say_why_it_is_in_mental_health_services():
    both = why_in_mental_health_services("N9E", "Mental Health Adult")
    assert both == (
        "occupation code N9E (Other Mental Health) and area of work Mental Health Adult"
    )
    assert why_in_mental_health_services("G2D", "Counselling") == (
        "area of work Counselling"
    )
    inferred = why_in_mental_health_services(
        "G2D", "Mental Health Promotion or Public Mental Health"
    )
    assert inferred.endswith("(inferred)")
    assert why_in_mental_health_services("H1H", "Occupational Therapy") == ""
    assert why_in_mental_health_services("???", "") == ""


# --- people, pay and places ---------------------------------------------------------


def test_chinese_stands_apart_in_nhs_groups_and_within_asian_in_ons_groups():
    assert (ethnic_group("R"), ethnic_group_ons("R")) == ("chinese", "asian")
    for row in codelist("ethnic_categories"):
        if row["code"] != "R":
            assert row["group_nhs"] == row["group_ons"]
    assert set(values.ETHNIC_GROUPS) == {
        ethnic_group(c) for c in values.ETHNICITIES
    } - {"not_stated"}
    assert (ethnic_group("Z"), ethnic_group("99")) == ("not_stated", "not_stated")
    assert (ethnic_group("PC"), ethnic_group("SC")) == ("black", "other")
    assert ethnic_group("no such code") == "not_stated"


def test_leaving_reasons_agree_with_the_reference(shared):
    names = {text: slug for slug, text in labels("leaving_group").items()}
    reference = rows(shared, "02h_leaving_reason_groups")
    assert len(reference) == len(codelist("leaving_reasons")) == 32
    for row, ours in zip(reference, codelist("leaving_reasons"), strict=True):
        assert (ours["code"], ours["label"]) == (row["nwd_code"], row["nwd_label"])
        assert ours["group"] == names[row["headline_group"]]
        resigned = ours["group"] == "voluntary_resignation"
        assert bool(ours["resignation_group"]) == resigned
    assert leaving_group("14") == "retirement"
    assert leaving_group("99") == "unknown"


def test_job_roles_keep_the_reference_categories(shared):
    reference = {r["job_role_code"]: r for r in rows(shared, "02c_job_roles")}
    ours = {r["code"]: r for r in codelist("job_roles")}
    assert set(ours) == set(reference)
    for code, row in reference.items():
        assert ours[code]["job_role"] == row["job_role"]
        given = row["report_style_category"]
        allowed = {given} if given else {"training", "not_support"}
        assert ours[code]["role_category"] in allowed


def test_pay_rises_with_the_band_and_never_falls_over_the_years():
    order = [b for b in values.BANDS if re.match(r"\d", b)]
    years = sorted({r["financial_year"] for r in codelist("pay_ranges")})
    assert (years[0], years[-1], len(years)) == ("2010/11", "2026/27", 17)
    pay = {
        (r["financial_year"], r["band"]): (
            int(r["minimum_pounds"]),
            int(r["middle_step_pounds"] or r["minimum_pounds"]),
            int(r["maximum_pounds"]),
        )
        for r in codelist("pay_ranges")
    }
    assert len(pay) == len(years) * len(order)
    for (year, band), points in pay.items():
        assert list(points) == sorted(points), (year, band)
    for year in years:
        for column in (0, 2):
            across = [pay[year, band][column] for band in order]
            assert across == sorted(across), year
    for band in order:
        tops = [pay[year, band][2] for year in years]
        assert tops == sorted(tops), band


def test_pay_ranges_are_those_of_the_reference(shared):
    reference = {
        (r["financial_year"], r["afc_band"]): (r["min_gbp"], r["max_gbp"])
        for r in rows(shared, "03a_afc_band_ranges_2010_2026")
        if r["country"] == "England"
    }
    ours = {
        (r["financial_year"], r["band"]): (r["minimum_pounds"], r["maximum_pounds"])
        for r in codelist("pay_ranges")
    }
    assert ours == reference


def test_every_year_of_pay_starts_in_april():
    for name in ("pay_ranges", "high_cost_areas"):
        for row in codelist(name):
            start = dt.date.fromisoformat(row["from"])
            assert (start.month, start.day) == (4, 1)
            assert row["financial_year"] == f"{start.year}/{(start.year + 1) % 100:02}"


def test_42_boards_become_36_and_every_closed_board_has_a_successor():
    boards = codelist("integrated_care_boards")
    of_2022 = {r["code"] for r in boards if r["from"] == "2022-07-01"}
    closed = {r["code"] for r in boards if r["to"]}
    after = {r["code"] for r in boards if not r["to"]}
    assert (len(of_2022), len(closed), len(after)) == (42, 12, 36)
    succession = codelist("successions_2026")
    assert {r["predecessor"] for r in succession} == closed
    assert {r["successor"] for r in succession} <= after
    new = after - of_2022
    assert len(new) == 6
    assert new <= {r["successor"] for r in succession}
    assert {r["region"] for r in boards} == set(values.REGIONS) - {"QZZ"}


def test_every_board_stays_in_its_region_when_it_is_merged():
    region = {r["code"]: r["region"] for r in codelist("integrated_care_boards")}
    for row in codelist("successions_2026"):
        assert region[row["predecessor"]] == region[row["successor"]]


def test_employers_have_a_type_and_place_and_trusts_that_merged_a_successor():
    slam = employer("RV5")
    assert slam is not None
    assert slam.employer_type == "mental_health_learning_disability"
    assert (slam.region, slam.icb, slam.closed_on) == ("Y56", "QKK", None)
    merged = employer("TAF")
    assert merged is not None
    assert merged.successor == "G6V2S"
    assert merged.closed_on == dt.date(2024, 10, 31)
    assert employer("nowhere") is None
    for row in codelist("employers"):
        assert re.fullmatch(r"[A-Z0-9]{3,6}", row["code"])
        assert not row["successor"] or row["closed_on"]
        assert row["successor"] != row["code"]


def test_employers_of_the_newest_sickness_file_are_all_listed(shared):
    folder = shared / "data" / "published" / "sickness_absence"
    newest = folder / "NHS Sickness Absence benchmarking tool CSV, June 2025.csv"
    if not newest.exists():
        pytest.skip("the sickness file of June 2025 is absent")
    with newest.open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            ours = employer(row["ORG_CODE"])
            assert ours is not None
            assert ours.region == row["NHSE_REGION_CODE"]
            if row["BENCHMARK_GROUP"] == "Mental Health and Learning Disability":
                assert ours.employer_type == "mental_health_learning_disability"


def test_mental_health_trusts_of_the_reference_are_listed_as_such(shared):
    # The newest publication that lists these gives them another benchmark group.
    published = {"R1A": "community", "TAD": "care_trust", "TAF": "care_trust"}
    for row in rows(shared, "06e_mental_health_trusts"):
        ours = employer(row["ods_code"])
        assert ours is not None, row
        if row["trust_type"] == "mental_health_learning_disability":
            expected = published.get(row["ods_code"], row["trust_type"])
            assert ours.employer_type == expected, row
