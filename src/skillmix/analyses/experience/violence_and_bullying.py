"""How many staff meet violence and bullying at work (Figure 18)."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Claim, Measure, analysis
from skillmix.figures.chart import LAST, Chart
from skillmix.measures.survey import COMPARED, beside_others
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

SOURCES = ("public", "managers", "colleagues")
QUESTIONS = tuple(
    f"{what}_{who}" for what in ("violence", "bullying") for who in SOURCES
)


def narrate(published: Published) -> str:
    """Give violence from patients and the public in each group."""
    last = max(row["year"] for row in published.rows)
    mine, other, everyone = (
        stated(
            published,
            "share",
            "percent",
            0,
            year=last,
            question="violence_public",
            cohort=name,
        )
        for name in COMPARED
    )
    return (
        f"In {last}, physical violence from patients, relatives or the public was "
        f"reported by {mine} of support staff in mental health trusts, {other} of "
        f"those in other trusts and {everyone} of all staff in mental health trusts."
    )


def _first_of(question: str) -> Claim:
    return Claim(
        relation="largest",
        picks=(
            {"year": 2019, "question": question, "cohort": "support_service_trusts"},
        ),
        among={"year": 2019, "question": question},
    )


@analysis(
    title="Violence and bullying at work",
    keys=("year", "question", "cohort"),
    measures={
        "share": Measure(
            label="Share to whom it happened at least once in the year",
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
        "Physical violence, and harassment, bullying or abuse, at least once in the "
        "last year, by who did it: patients, relatives or the public; managers; other "
        "colleagues. Arts therapists count as support staff."
    ),
    figure=18,
    shows={"dir-violence-bullying-highest": _first_of("violence_public")},
    caveats=(SURVEY_TRUST_TYPE, SURVEY_SUPPORT_GROUPS, SURVEY_BASES),
    capabilities=("SURV-02", "SURV-03", "REC-09"),
)
def violence_and_bullying(
    answers: SurveyAnswer, occupations: SurveyOccupation, scope: Scope
) -> ir.Table:
    """How many staff meet violence and bullying at work, and from whom?"""
    return beside_others(answers, occupations, scope, QUESTIONS)
