"""The staff survey's layouts: merged headings, changing numbers, suppressed cells."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from readers import reader_samples as samples
from skillmix.schema.survey import SurveyAnswer
from skillmix.sources.inputs import Inputs, open_inputs

ONCE = ["Never", "1 - 2", "3 - 5", "6 - 10", "More than 10"]
BASE = "Base (number of respondents)"


def detailed(year: int = 2018) -> list[list[str]]:
    """Violence and the grounds of discrimination, for three invented groups."""
    numbers = ("Q12", "Q15") if year < 2021 else ("Q13", "Q16")
    return [
        ["Data is Unweighted", "", numbers[0], *[""] * 5, numbers[1], "", ""],
        [f"National NHS Staff Survey {year}", "", "In the last 12 months ..."],
        ["", "", "a) Patients", *[""] * 5, "c) On what grounds?", "", ""],
        ["Note", "", *ONCE, BASE, "Ethnic background", "Age", BASE],
        ["", "", *["%"] * 5, "n", "%", "%", "n"],
        ["", "ALL TRUSTS", "80", "10", "5", "3", "2", "5000", "36.5", "20", "400"],
        ["", "Arts Therapy", "90", "4", "3", "2", "1", "300", "", "", "9"],
        ["", "Christian staff", "80", "10", "5", "3", "2", "900", "1", "1", "50"],
    ]


BY_ORGANISATION = """\
ODS code,Year,Organisation name,Benchmarking group,Region,ICS/STP,Weighting,\
Discrimination_public_base,Discrimination_public_rate,Stress_base,Stress_rate
RNK,2021,Invented Trust,"Mental Health & Learning Disability and Mental Health, \
Learning Disability & Community Trusts",-,-,Occupation Group,500,8.125,NA,<NA>
01T/01V,2022,Invented Group,CCGs,-,-,Unweighted,60,-,60,31
"""


def read(folder: Path, store: Path) -> Inputs:
    return open_inputs([folder], store=store)


def answers(inputs: Inputs) -> dict[tuple[Any, ...], Any]:
    rows = [
        row
        for path in inputs.editions[SurveyAnswer]
        for row in pq.read_table(path).to_pylist()
    ]
    return {
        (r["year"], r["employer"], r["occupation"], r["question"]): (
            r["base"],
            float(r["percent"]),
        )
        for r in rows
    }


def test_answers_that_count_are_added_up(tmp_path: Path) -> None:
    book = {"Notes": [["National NHS Staff Survey 2018"]], "abuse": detailed()}
    samples.write_workbook(tmp_path / "in.xlsx", book)
    inputs = open_inputs([tmp_path / "in.xlsx"], store=tmp_path / "store")
    assert answers(inputs) == {
        (2018, "all", "all_staff", "violence_public"): (5000, 20.0),
        (2018, "all", "all_staff", "ground_ethnicity"): (400, 36.5),
        (2018, "all", "all_staff", "ground_age"): (400, 20.0),
        (2018, "all", "arts_therapists", "violence_public"): (300, 10.0),
    }
    (reading,) = inputs.readings
    assert reading.refused == 3


def test_a_question_keeps_its_slug_when_its_number_changes(tmp_path: Path) -> None:
    samples.write_workbook(tmp_path / "in.xlsx", {"abuse": detailed(2022)})
    inputs = open_inputs([tmp_path / "in.xlsx"], store=tmp_path / "store")
    assert answers(inputs)[(2022, "all", "all_staff", "violence_public")][1] == 20.0


def test_workbooks_of_different_topics_of_a_year_all_count(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    stress = [
        ["Data", "", "Q11"],
        ["National NHS Staff Survey 2018"],
        ["", "", "c) Unwell"],
        ["", "", "Yes", "No", BASE],
        ["", "", "%", "%", "n"],
        ["", "ALL TRUSTS", "39.9", "60.1", "4000"],
    ]
    samples.write_workbook(folder / "abuse.xlsx", {"abuse": detailed()})
    samples.write_workbook(folder / "health.xlsx", {"health": stress})
    inputs = read(folder, tmp_path / "store")
    assert [r.used for r in inputs.readings] == [True, True]
    assert len(answers(inputs)) == 5


def test_a_sheet_without_known_questions_says_so(tmp_path: Path) -> None:
    samples.write_workbook(
        tmp_path / "in.xlsx", {"Notes": [["National NHS Staff Survey 2018"], ["x"]]}
    )
    (reading,) = open_inputs([tmp_path / "in.xlsx"], store=tmp_path / "store").readings
    assert reading.error.startswith("Not read: NHS Staff Survey")


def test_one_row_an_organisation_becomes_one_a_question(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(BY_ORGANISATION)
    inputs = open_inputs([tmp_path / "in.csv"], store=tmp_path / "store")
    assert answers(inputs) == {
        (2021, "RNK", "all_staff", "discrimination"): (500, 8.125),
        (2022, "01T/01V", "all_staff", "work_stress"): (60, 31.0),
    }
