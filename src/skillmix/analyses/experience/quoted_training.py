"""What others have published about money and standards for training."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.analyses.quoted import KEYS, MEASURES, narrate, quoted_cells
from skillmix.catalogue import Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.schema.comparators import ExternalFigure
from skillmix.schema.scope import Scope
from skillmix.words.caveats import QUOTED


@analysis(
    title="Money for training, quoted",
    keys=KEYS,
    measures=MEASURES,
    chart=Chart(kind="cards", x="subject", colour="publisher"),
    narrate=narrate,
    definition=(
        "As published, with publisher, place and period; figures about another service "
        "than the one asked for are left out."
    ),
    reproduces={
        "cpd-budget-registered": Printed(
            value=1000, within=0.5, row={"figure": "cpd_budget"}
        ),
        "cpd-budget-years": Printed(
            value=3, within=0.5, row={"figure": "cpd_budget"}, take="years"
        ),
        "levy-spend-internal-staff": Printed(
            value=0.8, within=0.005, row={"figure": "levy_spent_on_staff_in_post"}
        ),
        "nurse-degree-apprentice-funding": Printed(
            value=8300,
            within=0.5,
            row={"figure": "nurse_degree_apprenticeship_funding"},
        ),
        "hca-min-training-knowledge-areas": Printed(
            value=10, within=0.5, row={"figure": "knowledge_areas_proposed"}
        ),
    },
    caveats=(QUOTED,),
    capabilities=("TRN-02", "TRN-08"),
)
def quoted_training(figures: ExternalFigure, scope: Scope) -> ir.Table:
    """What have others published about money and standards for training?"""
    return quoted_cells(figures, ("training", "standards_of_training"), scope)
