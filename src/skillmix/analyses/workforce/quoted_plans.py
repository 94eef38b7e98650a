"""What others have published about plans and sizes."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.analyses.quoted import KEYS, MEASURES, narrate, quoted_cells
from skillmix.catalogue import Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.schema.comparators import ExternalFigure
from skillmix.schema.scope import Scope
from skillmix.words.caveats import QUOTED


@analysis(
    title="Plans and sizes, quoted",
    keys=KEYS,
    measures=MEASURES,
    chart=Chart(kind="cards", x="subject", colour="publisher"),
    narrate=narrate,
    definition=(
        "As published, with publisher, place and period; figures about another service "
        "than the one asked for are left out."
    ),
    reproduces={
        "gp-count-2020-10": Printed(
            value=35416, within=0.5, row={"figure": "general_practitioners"}
        ),
        "mhip-additional-people-served": Printed(
            value=2000000, within=100000, row={"figure": "people_to_be_served"}
        ),
        "mh-ringfenced-fund": Printed(
            value=2300000000, within=1, row={"figure": "ringfenced_fund"}
        ),
        "mh-new-demand-cost": Printed(
            value=3500000000, within=50000000, row={"figure": "cost_of_new_demand"}
        ),
        "peer-support-workers-planned": Printed(
            value=4730, within=0.5, row={"figure": "peer_support_workers"}
        ),
        "peer-support-plan-years": Printed(
            value=5, within=0.5, row={"figure": "peer_support_workers"}, take="years"
        ),
    },
    caveats=(QUOTED,),
    capabilities=("EDI-15", "SIZE-03"),
)
def quoted_plans(figures: ExternalFigure, scope: Scope) -> ir.Table:
    """What have others published about plans and sizes that stand beside ours?"""
    return quoted_cells(figures, ("plan", "size"), scope)
