"""How many staff meet discrimination at work, and from whom (Figure 22)."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, Printed, analysis
from skillmix.figures.chart import LAST, Chart
from skillmix.measures.survey import COMPARED, beside_others
from skillmix.schema.registers import SurveyOccupation
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.schema.survey import SurveyAnswer
from skillmix.statistics import estimators
from skillmix.words.caveats import (
    BETTER_RECOGNITION,
    SURVEY_BASES,
    SURVEY_SUPPORT_GROUPS,
    SURVEY_TRUST_TYPE,
)
from skillmix.words.contrast import stated

QUESTIONS = ("discrimination", "discrimination_colleagues")


def narrate(published: Published) -> str:
    """Give discrimination from patients and the public in each group."""
    last = max(row["year"] for row in published.rows)
    mine, other, everyone = (
        stated(
            published,
            "share",
            "percent",
            0,
            year=last,
            question="discrimination",
            cohort=name,
        )
        for name in COMPARED
    )
    return (
        f"In {last}, {mine} of support staff in mental health trusts reported "
        f"discrimination from patients, relatives or the public, against {other} of "
        f"support staff in other trusts and {everyone} of all staff in mental health "
        "trusts."
    )


def _printed(value: float, cohort: str) -> Printed:
    row = {"year": 2019, "question": "discrimination", "cohort": cohort}
    return Printed(value=value, within=0.005, row=row)


@analysis(
    title="Discrimination at work",
    keys=("year", "question", "cohort"),
    measures={
        "share": Measure(
            label="Share who met discrimination in the year",
            unit="percent",
            denominator="people of the group who answered the question",
            estimator=estimators.proportion,
        )
    },
    chart=Chart(
        kind="dots",
        x="question",
        colour="cohort",
        measure="share",
        only={"year": LAST},
    ),
    narrate=narrate,
    definition=(
        "Discrimination in the last year from patients, relatives or the public, and "
        "from managers or colleagues. The report does not say which of the two its "
        "figures are of; its next sentence speaks of patients, so they are set beside "
        "the first."
    ),
    figure=22,
    reproduces={
        "mhss-discrimination-2019": _printed(0.14, "support_service_trusts"),
        "oss-discrimination-2019": _printed(0.11, "support_other_trusts"),
        "mhall-discrimination-2019": _printed(0.08, "all_staff_service_trusts"),
    },
    caveats=(
        SURVEY_TRUST_TYPE,
        SURVEY_SUPPORT_GROUPS,
        SURVEY_BASES,
        BETTER_RECOGNITION,
    ),
    capabilities=("SURV-04",),
)
def discrimination(
    answers: SurveyAnswer, occupations: SurveyOccupation, scope: Scope
) -> ir.Table:
    """How many staff meet discrimination at work, and from whom?"""
    return beside_others(answers, occupations, scope, QUESTIONS)
