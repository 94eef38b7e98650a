"""What others have published about pay, here and in other sectors."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.analyses.quoted import KEYS, MEASURES, narrate, quoted_cells
from skillmix.catalogue import Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.schema.comparators import ExternalFigure
from skillmix.schema.scope import Scope
from skillmix.words.caveats import QUOTED


@analysis(
    title="Pay elsewhere, quoted",
    keys=KEYS,
    measures=MEASURES,
    chart=Chart(kind="cards", x="subject", colour="publisher"),
    narrate=narrate,
    definition=(
        "As published, with publisher, place and period; figures about another service "
        "than the one asked for are left out."
    ),
    reproduces={
        "uk-average-salary": Printed(
            value=38600, within=0.5, row={"figure": "average_full_time_salary"}
        ),
        "afc-coverage": Printed(
            value=0.88, within=0.005, row={"figure": "agenda_for_change_coverage"}
        ),
        "pay-gap-staff-groups": Printed(
            value=22, within=0.5, row={"figure": "pay_gap_staff_groups"}
        ),
    },
    caveats=(QUOTED,),
    capabilities=("PAY-05",),
)
def quoted_pay(figures: ExternalFigure, scope: Scope) -> ir.Table:
    """What have others published about pay, here and in other sectors?"""
    return quoted_cells(figures, ("pay", "pay_gap"), scope)
