"""What support staff and others say in the staff survey, question by question."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Claim, Measure, Printed, analysis
from skillmix.figures.chart import LAST, Chart
from skillmix.measures.cells import cells
from skillmix.measures.survey import cohort_answers
from skillmix.schema.registers import SurveyOccupation
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.schema.survey import SurveyAnswer
from skillmix.statistics import estimators
from skillmix.words.caveats import (
    SURVEY_BASES,
    SURVEY_SUPPORT_GROUPS,
    SURVEY_TRUST_TYPE,
)
from skillmix.words.contrast import stated

MINE, OTHER = "support_service_trusts", "support_other_trusts"
SUPPORT, EVERYONE = "support_all_trusts", "all_staff_service_trusts"


def narrate(published: Published) -> str:
    """Set support staff beside all staff on their manager's support."""
    years = [r["year"] for r in published.where(cohort=SUPPORT)]
    if not years:
        return "No group of support staff can be shown."
    last = max(years)
    cohort = MINE if published.where(cohort=MINE, year=last) else SUPPORT
    mine, everyone = (
        stated(
            published,
            "share",
            "percent",
            0,
            year=last,
            question="manager_support",
            cohort=name,
            therapists="included",
        )
        for name in (cohort, EVERYONE)
    )
    where = "in mental health trusts " if cohort == MINE else ""
    return (
        f"In the survey of {last}, {mine} of support staff {where}were satisfied with "
        f"the support of their immediate manager, and {everyone} of all staff in "
        "mental health trusts."
    )


def _row(question: str, cohort: str) -> dict[str, object]:
    return {
        "year": 2019,
        "question": question,
        "cohort": cohort,
        "therapists": "included",
    }


def _printed(value: float, question: str, cohort: str) -> Printed:
    return Printed(value=value, within=0.005, row=_row(question, cohort))


def _ordered(question: str, *cohorts: str) -> Claim:
    return Claim(
        relation="greater", picks=tuple(_row(question, cohort) for cohort in cohorts)
    )


@analysis(
    title="Answers to the staff survey",
    keys=("year", "question", "cohort", "therapists"),
    measures={
        "share": Measure(
            label="Share who said so",
            unit="percent",
            denominator="people of the group who answered the question; for grounds of "
            "discrimination, those who reported any",
            estimator=estimators.proportion,
        )
    },
    chart=Chart(
        kind="dots",
        x="question",
        colour="cohort",
        measure="share",
        only={"year": LAST, "therapists": "included"},
    ),
    narrate=narrate,
    definition=(
        "Support staff are the survey's groups of nursing and healthcare assistants, "
        "support to allied health professionals and to healthcare scientists, and arts "
        "therapists; services are told by type of trust. Groups are put together by "
        "the people who answered. All questions stand here; those with material "
        "differences are tested in their own question."
    ),
    reproduces={
        "mhss-manager-support-2019": _printed(0.75, "manager_support", MINE),
        "mhall-manager-support-2019": _printed(0.76, "manager_support", EVERYONE),
        "oss-manager-support-2019": _printed(0.70, "manager_support", OTHER),
        "mhss-training-12m-2019": _printed(0.70, "training", MINE),
        "oss-training-12m-2019": _printed(0.66, "training", OTHER),
        "mhall-training-12m-2019": _printed(0.72, "training", EVERYONE),
        "mhss-satisfied-flexible-2019": _printed(0.56, "flexible_working", MINE),
        "oss-satisfied-flexible-2019": _printed(0.53, "flexible_working", OTHER),
        "mhall-satisfied-flexible-2019": _printed(0.62, "flexible_working", EVERYONE),
        "support-satisfied-with-pay-2019": _printed(0.25, "pay", SUPPORT),
        "mhall-satisfied-with-pay-2019": _printed(0.41, "pay", EVERYONE),
    },
    shows={
        "dir-flex-satisfaction-order": _ordered(
            "flexible_working", EVERYONE, MINE, OTHER
        ),
        "dir-training-support-below-all": _ordered("training", EVERYONE, MINE, OTHER),
        "dir-manager-support-mh-above-other": _ordered("manager_support", MINE, OTHER),
    },
    caveats=(SURVEY_TRUST_TYPE, SURVEY_SUPPORT_GROUPS, SURVEY_BASES),
    capabilities=(
        *("PART-03", "PAY-12", "SURV-01", "SURV-08", "TRN-01", "STAT-02"),
        *("CMP-02", "CMP-03", "QA-02"),
    ),
)
def survey_cohorts(
    answers: SurveyAnswer, occupations: SurveyOccupation, scope: Scope
) -> ir.Table:
    """What do support staff say in the staff survey, and what do others say?"""
    counted = cohort_answers(answers, occupations, scope)
    return cells(
        counted,
        keys=("year", "question", "cohort", "therapists"),
        measure="share",
        numerator=counted.yes,
        denominator=counted.base,
        people=counted.base,
    )
