"""Where violence from the public is met more often than chance would have it."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.figures.chart import LAST, Chart
from skillmix.measures.cells import cells
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.schema.survey import SurveyAnswer
from skillmix.statistics import estimators
from skillmix.words.caveats import SURVEY_BASES, SURVEY_TRUST_TYPE
from skillmix.words.contrast import SMALL_TRUSTS, ran
from skillmix.words.labels import label
from skillmix.words.numbers import number


def narrate(published: Published) -> str:
    """Name the trusts with the least and the most in the latest year."""
    last = max(row["year"] for row in published.rows)
    rows = [
        r
        for r in published.where(year=last, question="violence_public")
        if r.estimate is not None
    ]
    if not rows:
        return "No trust's answers can be shown."
    spread = ran(
        rows,
        lambda row: (
            f"{number(row.estimate, 'percent', 0)} in "
            f"{label('employer', row['employer'])}"
        ),
    )
    warned = f" {SMALL_TRUSTS}" if len(rows) > 1 else ""
    return (
        f"In {last}, the share of all staff who answered that met physical violence "
        f"from patients, relatives or the public {spread}.{warned}"
    )


@analysis(
    title="Survey answers by trust",
    keys=("year", "question", "employer"),
    measures={
        "share": Measure(
            label="Share who said so",
            unit="percent",
            denominator="people of the trust who answered the question",
            estimator=estimators.proportion,
        )
    },
    chart=Chart(
        kind="funnel",
        x="employer",
        measure="share",
        only={"year": LAST, "question": "violence_public"},
    ),
    narrate=narrate,
    definition=(
        "All staff of each trust, as published by organisation. Limits allow for "
        "chance and for how much trusts differ in any case."
    ),
    caveats=(SURVEY_BASES, SURVEY_TRUST_TYPE),
    capabilities=("SURV-02", "SURV-04"),
)
def survey_by_trust(answers: SurveyAnswer, scope: Scope) -> ir.Table:
    """In which trusts do staff say so more, or less, than chance would have it?"""
    chosen = answers.filter(
        answers.employer != "all",
        answers.occupation == "all_staff",
        answers.base.notnull() & answers.percent.notnull(),
        answers.employer_type.isin(
            ("mental_health_learning_disability", "acute", "community", "ambulance")
        ),
    )
    if scope.employer is not None:
        chosen = chosen.filter(chosen.employer == ibis.literal(scope.employer))
    yes = (chosen.base * chosen.percent.cast("float64") / 100).round()
    return cells(
        chosen,
        keys=("year", "question", "employer"),
        measure="share",
        numerator=yes,
        denominator=chosen.base,
        people=chosen.base,
    )
