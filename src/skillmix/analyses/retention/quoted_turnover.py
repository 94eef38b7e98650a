"""What others have published about leaving, with its date."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.analyses.quoted import KEYS, MEASURES, narrate, quoted_cells
from skillmix.catalogue import Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.schema.comparators import ExternalFigure
from skillmix.schema.scope import Scope
from skillmix.words.caveats import QUOTED


@analysis(
    title="Leaving, quoted",
    keys=KEYS,
    measures=MEASURES,
    chart=Chart(kind="cards", x="subject", colour="publisher"),
    narrate=narrate,
    definition=(
        "As published, with publisher, place and period; figures about another service "
        "than the one asked for are left out."
    ),
    reproduces={
        "nhs-leavers-work-life-balance-2011-2018": Printed(
            value=56000, within=500, row={"figure": "left_for_work_life_balance"}
        ),
        "hca-turnover-health-2013": Printed(
            value=0.14, within=0.005, row={"figure": "turnover_in_health_care"}
        ),
        "hca-turnover-social-care-2013": Printed(
            value=0.2, within=0.005, row={"figure": "turnover_in_social_care"}
        ),
        "turnover-absence-cost": Printed(
            value=2400000000,
            within=50000000,
            row={"figure": "cost_of_absence_and_turnover"},
        ),
    },
    caveats=(QUOTED,),
    capabilities=("RET-08", "PART-06"),
)
def quoted_turnover(figures: ExternalFigure, scope: Scope) -> ir.Table:
    """What have others published about how many people leave, and at what cost?"""
    return quoted_cells(figures, ("leaving",), scope)
