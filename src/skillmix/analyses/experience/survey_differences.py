"""Which differences in the staff survey are more than chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

import ibis.expr.types as ir

from skillmix.catalogue import Measure, Model, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.cells import cells
from skillmix.measures.survey import cohort_answers
from skillmix.schema.registers import SurveyOccupation
from skillmix.schema.results import Fitted, Published
from skillmix.schema.scope import Scope
from skillmix.schema.survey import SurveyAnswer
from skillmix.statistics.equivalence import p_value
from skillmix.statistics.intervals import newcombe_difference
from skillmix.statistics.multiplicity import holm
from skillmix.words.caveats import (
    SURVEY_BASES,
    SURVEY_SUPPORT_GROUPS,
    SURVEY_TRUST_TYPE,
)
from skillmix.words.counts import counted

MINE = "support_service_trusts"
OTHERS = ("support_other_trusts", "all_staff_service_trusts")
SIGNIFICANT = 0.05
NEWCOMBE = "Newcombe's interval of a difference of two shares"
HOLM = "two-sided z-test, adjusted by Holm over all questions and both comparisons"


def fit(found: Sequence[Mapping[str, Any]]) -> Sequence[Fitted]:
    """Compare the service's support staff with both other groups, every question."""
    compared: list[tuple[dict[str, Any], tuple[int, int, int, int]]] = []
    for (year, question), rows in groupby(
        found, key=lambda r: (r["year"], r["question"])
    ):
        counts = {
            r["cohort"]: (int(r["numerator"]), int(r["denominator"])) for r in rows
        }
        for other in OTHERS:
            if MINE in counts and other in counts:
                keys = {"year": year, "question": question, "compared_with": other}
                compared.append((keys, (*counts[MINE], *counts[other])))
    adjusted: dict[int, float] = {}
    for _, places in groupby(
        range(len(compared)), key=lambda i: compared[i][0]["year"]
    ):
        chosen = list(places)
        values = holm([_p(*compared[i][1]) for i in chosen])
        adjusted.update(zip(chosen, values, strict=True))
    return [
        row
        for place, (keys, four) in enumerate(compared)
        for row in _rows(keys, four, adjusted[place])
    ]


def _rows(
    keys: dict[str, Any], four: tuple[int, int, int, int], p: float
) -> tuple[Fitted, Fitted]:
    yes, people, other_yes, other_people = four
    rests_on = (yes, people - yes, other_yes, other_people - other_yes)
    gap = newcombe_difference(*four)
    return (
        Fitted(
            keys=keys,
            measure="difference",
            estimate=gap.estimate,
            conf_low=gap.conf_low,
            conf_high=gap.conf_high,
            people=people,
            rests_on=rests_on,
        ),
        Fitted(
            keys=keys,
            measure="p_adjusted",
            estimate=p,
            people=people,
            rests_on=rests_on,
        ),
    )


def _p(yes: int, people: int, other_yes: int, other_people: int) -> float:
    """Return the p-value of the pooled z-test of two shares."""
    pooled = (yes + other_yes) / (people + other_people)
    error = (pooled * (1 - pooled) * (1 / people + 1 / other_people)) ** 0.5
    if not error:
        return 1.0
    return p_value((yes / people - other_yes / other_people) / error)


def narrate(published: Published) -> str:
    """Say how many differences hold up, and how many do not."""
    last = max(row["year"] for row in published.rows)
    tested = published.where(year=last, measure="p_adjusted")
    held = [r for r in tested if r.estimate is not None and r.estimate < SIGNIFICANT]
    return (
        f"Of {counted(len(tested), 'comparison')} in the survey of {last}, {len(held)} "
        "showed a difference of more than chance at the 5% level, allowing for how "
        f"many were made, and {len(tested) - len(held)} did not."
    )


@analysis(
    title="Differences in the staff survey",
    keys=("year", "question", "compared_with"),
    measures={
        "difference": Measure(
            label="Support staff in trusts of the service less the other group",
            unit="points",
            denominator="people of each group who answered the question",
            method=NEWCOMBE,
        ),
        "p_adjusted": Measure(
            label="Adjusted p-value",
            unit="number",
            denominator="",
            method=HOLM,
            decimals=3,
        ),
    },
    chart=Chart(
        kind="dots",
        x="question",
        colour="compared_with",
        measure="difference",
        facet="year",
    ),
    narrate=narrate,
    definition=(
        "The share of support staff in trusts of the service who said so, less that of "
        "support staff in other trusts, and of all staff in trusts of the service, who "
        "include them. p-values are adjusted over all questions and both comparisons "
        "of a year by Holm's method. The survey is unweighted, and staff of one trust "
        "answer alike, so real uncertainty is larger."
    ),
    caveats=(SURVEY_TRUST_TYPE, SURVEY_SUPPORT_GROUPS, SURVEY_BASES),
    capabilities=("STAT-01", "STAT-03", "SURV-01"),
    model=Model(by=("year", "question", "cohort"), fit=fit),
)
def survey_differences(
    answers: SurveyAnswer, occupations: SurveyOccupation, scope: Scope
) -> ir.Table:
    """Which differences between groups in the staff survey are more than chance?"""
    counted = cohort_answers(answers, occupations, scope)
    chosen = counted.filter(
        counted.cohort.isin((MINE, *OTHERS)), counted.therapists == "included"
    )
    return cells(
        chosen,
        keys=("year", "question", "cohort"),
        measure="answers",
        numerator=chosen.yes,
        denominator=chosen.base,
        people=chosen.base,
    )
