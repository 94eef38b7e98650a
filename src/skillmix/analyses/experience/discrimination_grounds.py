"""On which grounds staff are discriminated against, and how that has changed."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Claim, Measure, Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.cells import cells
from skillmix.measures.survey import cohort_answers
from skillmix.schema.registers import SurveyOccupation
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.schema.survey import SurveyAnswer
from skillmix.statistics import estimators
from skillmix.words.caveats import (
    BETTER_RECOGNITION,
    DISCRIMINATION_GROUNDS,
    SURVEY_BASES,
    SURVEY_TRUST_TYPE,
)
from skillmix.words.contrast import stated

GROUNDS = tuple(
    f"ground_{name}"
    for name in (
        *("ethnicity", "gender", "religion", "orientation", "disability", "age"),
    )
)
MINE, OTHER, EVERYONE = (
    "support_service_trusts",
    "support_other_trusts",
    "all_staff_service_trusts",
)
ETHNIC = {"question": "ground_ethnicity"}


def narrate(published: Published) -> str:
    """Give the ethnic ground in the latest year, and in the first."""
    years = sorted({row["year"] for row in published.rows})
    now, then = (
        stated(
            published,
            "share",
            "percent",
            0,
            year=year,
            question="ground_ethnicity",
            cohort=MINE,
        )
        for year in (years[-1], years[0])
    )
    return (
        "Of support staff in mental health trusts who reported discrimination, "
        f"{now} named their ethnic background in {years[-1]}, and {then} in {years[0]}."
    )


def _row(year: int, question: str, cohort: str) -> dict[str, object]:
    return {"year": year, "question": question, "cohort": cohort}


def _printed(value: float, cohort: str) -> Printed:
    return Printed(
        value=value, within=0.005, row=_row(2019, "ground_ethnicity", cohort)
    )


@analysis(
    title="Grounds of discrimination",
    keys=("year", "question", "cohort"),
    measures={
        "share": Measure(
            label="Share who named this ground",
            unit="percent",
            denominator="people of the group who reported any discrimination",
            estimator=estimators.proportion,
        )
    },
    chart=Chart(
        kind="line",
        x="year",
        colour="cohort",
        measure="share",
        facet="question",
    ),
    narrate=narrate,
    definition=(
        "Grounds named by those who reported discrimination from anybody in the last "
        "year; a person can name several. The report words these shares as if they "
        "were of all staff, which its own figures for any discrimination rule out."
    ),
    reproduces={
        "mhss-ethnic-discrimination-2019": _printed(0.48, MINE),
        "oss-ethnic-discrimination-2019": _printed(0.51, OTHER),
        "mhall-ethnic-discrimination-2019": _printed(0.43, EVERYONE),
        "ethnic-discrimination-baseline-year": Printed(
            value=2015, within=0.5, row=ETHNIC, take="first_year"
        ),
    },
    shows={
        "dir-ethnic-discrimination-rising": Claim(
            relation="greater",
            picks=(
                _row(2019, "ground_ethnicity", MINE),
                _row(2015, "ground_ethnicity", MINE),
            ),
        ),
        "dir-discrimination-types": Claim(
            relation="greater",
            picks=(
                _row(2019, "ground_religion", MINE),
                _row(2019, "ground_religion", EVERYONE),
            ),
        ),
    },
    caveats=(
        DISCRIMINATION_GROUNDS,
        BETTER_RECOGNITION,
        SURVEY_TRUST_TYPE,
        SURVEY_BASES,
    ),
    capabilities=("SURV-05", "SURV-06"),
)
def discrimination_grounds(
    answers: SurveyAnswer, occupations: SurveyOccupation, scope: Scope
) -> ir.Table:
    """On which grounds are staff discriminated against, and has that changed?"""
    counted = cohort_answers(answers, occupations, scope)
    chosen = counted.filter(
        counted.question.isin(GROUNDS),
        counted.cohort.isin((MINE, OTHER, EVERYONE)),
        counted.therapists == "included",
    )
    return cells(
        chosen,
        keys=("year", "question", "cohort"),
        measure="share",
        numerator=chosen.yes,
        denominator=chosen.base,
        people=chosen.base,
    )
