"""How many citations a reference answers, and how many references nobody cites."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.reviews import counted, one_review
from skillmix.schema.results import Published
from skillmix.schema.reviews import CitedClaim
from skillmix.statistics import estimators
from skillmix.words.numbers import number
from skillmix.words.reviews import AUTHOR_YEAR


def narrate(published: Published) -> str:
    """Set the citations without a reference beside those that have one."""
    told = {
        state: number(row.estimate, "count")
        for state in ("listed", "unlisted")
        if (row := published.one(claim_state=state))
    }
    if "unlisted" not in told:
        return "Every citation has its reference in the list."
    listed = told.get("listed", "none")
    return (
        f"Citations with one reference in the list: {listed}; with none: "
        f"{told['unlisted']}."
    )


@analysis(
    title="Claims traced to references",
    keys=("claim_state",),
    measures={
        "citations": Measure(
            label="Citations, or references not cited",
            unit="count",
            denominator="",
            estimator=estimators.as_printed,
            decimals=0,
        )
    },
    chart=Chart(kind="bar", x="claim_state", order="list"),
    narrate=narrate,
    definition=(
        "Citations in the report's text by whether its list of references answers them "
        "(one reference, several, none), and references that no citation means."
    ),
    caveats=(AUTHOR_YEAR,),
    capabilities=("LIT-12",),
)
def traced_claims(claims: CitedClaim) -> ir.Table:
    """How many claims can be traced to a listed reference, and how many cannot?"""
    mine = one_review(claims)
    named = mine.mutate(claim_state=mine.state)
    return counted(named, by=("claim_state",), measure="citations")
