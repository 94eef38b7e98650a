"""What a more diverse workforce is said to bring (Figure 19)."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.cohorts.counterparts import of_service_or_all
from skillmix.figures.chart import Chart
from skillmix.measures.cells import cells
from skillmix.schema.registers import Benefit
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.caveats import QUOTED


def narrate(published: Published) -> str:
    """List the benefits with who says so."""
    told = "; ".join(f"{row['claim']} ({row['source']})" for row in published.rows)
    return f"Benefits that others have claimed or found: {told}."


@analysis(
    title="Benefits of a diverse workforce",
    keys=("gained_by", "claim", "reach", "source", "certainty"),
    measures={
        "sources": Measure(
            label="Rows of the register behind the claim",
            unit="count",
            denominator="",
            estimator=estimators.as_printed,
            decimals=0,
        )
    },
    chart=Chart(kind="cards", x="claim", colour="gained_by"),
    narrate=narrate,
    definition=(
        "A register of claims and findings, each with its source and what the source "
        "is about. The report draws its own picture from seven sources; the register "
        "holds what its text says of them, and marks rows that rest on the source."
    ),
    figure=19,
    caveats=(QUOTED,),
    capabilities=("EDI-14",),
)
def benefits(register: Benefit, scope: Scope) -> ir.Table:
    """What is a more diverse workforce said to bring, and who says so?"""
    mine = register.filter(of_service_or_all(register.service, scope))
    return cells(
        mine.mutate(one=ibis.literal(1)),
        keys=("gained_by", "claim", "reach", "source", "certainty"),
        measure="sources",
        numerator=ibis.literal(1),
    )
