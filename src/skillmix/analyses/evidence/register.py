"""The citation register: each claim with the reference it rests on."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.reviews import listed, one_review
from skillmix.schema.results import Published
from skillmix.schema.reviews import CitedClaim
from skillmix.statistics import estimators
from skillmix.words.reviews import AUTHOR_YEAR

KEYS = ("claim_state", "cited", "claim", "reference")
PROBLEMS = ("ambiguous", "unlisted")


def narrate(published: Published) -> str:
    """Name the citations that no single reference answers."""
    wrong = [
        row["cited"]
        for row in published.rows
        if row["claim_state"] in PROBLEMS and row.status == "shown"
    ]
    if not wrong:
        return "Every citation is answered by one reference."
    return f"No single reference answers: {'; '.join(dict.fromkeys(wrong))}."


@analysis(
    title="Citation register",
    keys=KEYS,
    measures={
        "citations": Measure(
            label="Citations",
            unit="count",
            denominator="",
            estimator=estimators.as_printed,
            decimals=0,
        )
    },
    chart=Chart(
        kind="cards",
        x="cited",
        y="claim",
        colour="claim_state",
        only={"claim_state": PROBLEMS},
    ),
    narrate=narrate,
    definition=(
        "Each sentence that cites, with the citation as printed and the reference that "
        "answers it. Unlisted: no reference has that author and year, and the nearest "
        "is given. Ambiguous: more than one has. Not cited: a reference that no "
        "citation means."
    ),
    caveats=(AUTHOR_YEAR,),
    capabilities=("LIT-12",),
)
def register(claims: CitedClaim) -> ir.Table:
    """Which reference does each claim rest on, and where is there none?"""
    mine = one_review(claims)
    named = mine.mutate(claim_state=mine.state)
    return listed(named, keys=KEYS, measure="citations")
