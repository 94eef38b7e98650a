"""Flexibility in adverts, beside what staff say of it and why they leave."""

from __future__ import annotations

from typing import Any

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.adverts import in_sample
from skillmix.measures.cells import cells, together
from skillmix.measures.survey import cohort_answers
from skillmix.schema.derived import LeaverCount
from skillmix.schema.documents import CodedAdvert
from skillmix.schema.registers import SurveyOccupation
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.schema.survey import SurveyAnswer
from skillmix.statistics import estimators
from skillmix.words.adverts import ALWAYS
from skillmix.words.caveats import LEAVING_REASONS, SURVEY_SUPPORT_GROUPS
from skillmix.words.contrast import stated

MINE = "support_service_trusts"


def with_survey_alone(
    adverts: CodedAdvert,
    answers: SurveyAnswer,
    occupations: SurveyOccupation,
    scope: Scope,
) -> ir.Table:
    """Leave reasons for leaving out, where there is no staff record."""
    return together(_adverts(adverts), _survey(answers, occupations, scope))


def narrate(published: Published) -> str:
    """Set demand, offer and satisfaction side by side."""
    asked, offered, happy = (
        stated(published, "share", "percent", 0, evidence=name)
        for name in ("demanded_or_shifts", "offered", "satisfied")
    )
    return (
        f"{asked} of NHS adverts demanded flexibility or expected shifts, and "
        f"{offered} offered flexible working; {happy} of support staff were satisfied "
        "with their opportunities for flexible working."
    )


@analysis(
    title="Flexibility advertised, experienced and left for",
    keys=("evidence",),
    measures={
        "share": Measure(
            label="Share",
            unit="percent",
            denominator="NHS adverts in the sample; support staff of the service's "
            "trusts who answered; members of the workforce who resigned",
            estimator=estimators.proportion,
            decimals=0,
        )
    },
    chart=Chart(kind="dots", x="evidence", measure="share", order="list"),
    narrate=narrate,
    definition=(
        "Three sources that count different things: adverts by what they say, answers "
        "to the latest staff survey on opportunities for flexible working, and the "
        "share of resignations given as work-life balance or relationships."
    ),
    caveats=(*ALWAYS, SURVEY_SUPPORT_GROUPS, LEAVING_REASONS),
    capabilities=("PART-04", "REQ-09"),
    also=(with_survey_alone,),
)
def flexibility_beside_survey(
    adverts: CodedAdvert,
    answers: SurveyAnswer,
    occupations: SurveyOccupation,
    leavers: LeaverCount,
    scope: Scope,
) -> ir.Table:
    """Does the flexibility of adverts match what staff say, and why they leave?"""
    mine = leavers.filter(
        leavers.of_interest, leavers.reason_group == "voluntary_resignation"
    )
    balance = mine.resignation_group.startswith("work_life_balance")
    sums = mine.agg(
        balance=mine.headcount.sum(where=balance).fill_null(0),
        people=mine.headcount.sum(),
    )
    left = cells(
        sums.mutate(evidence=ibis.literal("left_for_balance")),
        keys=("evidence",),
        measure="share",
        numerator=sums.balance,
        denominator=sums.people,
        cases=sums.balance,
        people=sums.people,
    )
    return together(_adverts(adverts), _survey(answers, occupations, scope), left)


def _adverts(adverts: ir.Table) -> ir.Table:
    kept = in_sample(adverts).filter(lambda t: t.sector == "nhs")
    asked = kept.flexibility.isin(("demanded", "both"))
    told = {
        "demanded": asked,
        "demanded_or_shifts": asked | kept.shift_or_unsocial,
        "offered": kept.flexibility.isin(("offered", "both")),
    }
    parts: list[ir.Table] = []
    for name, when in told.items():
        sums: dict[str, Any] = {
            "saying": when.cast("int64").sum(),
            "of": lambda t: t.count(),
        }
        counted = kept.agg(**sums).mutate(evidence=ibis.literal(name))
        parts.append(
            cells(
                counted,
                keys=("evidence",),
                measure="share",
                numerator=counted.saying,
                denominator=counted.of,
            )
        )
    return together(*parts)


def _survey(answers: ir.Table, occupations: ir.Table, scope: Scope) -> ir.Table:
    counted = cohort_answers(answers, occupations, scope)
    latest = counted.filter(
        counted.year == counted.year.max(),
        counted.question == "flexible_working",
        counted.cohort == MINE,
        counted.therapists == "included",
    ).mutate(evidence=ibis.literal("satisfied"))
    return cells(
        latest,
        keys=("evidence",),
        measure="share",
        numerator=latest.yes,
        denominator=latest.base,
        people=latest.base,
    )
