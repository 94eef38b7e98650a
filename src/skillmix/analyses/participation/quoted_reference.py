"""What others have published about absence and flexible working."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.analyses.quoted import KEYS, MEASURES, narrate, quoted_cells
from skillmix.catalogue import Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.schema.comparators import ExternalFigure
from skillmix.schema.scope import Scope
from skillmix.words.caveats import QUOTED


@analysis(
    title="Absence and flexible working, quoted",
    keys=KEYS,
    measures=MEASURES,
    chart=Chart(kind="cards", x="subject", colour="publisher"),
    narrate=narrate,
    definition=(
        "As published, with publisher, place and period; figures about another service "
        "than the one asked for are left out."
    ),
    reproduces={
        "public-sector-sickness-2016": Printed(
            value=0.03, within=0.005, row={"figure": "public_sector_sickness_absence"}
        ),
        "flexible-right-from-day-one": Printed(
            value=2021,
            within=0.5,
            row={"figure": "flexible_working_right"},
            take="first_year",
        ),
    },
    caveats=(QUOTED,),
    capabilities=("SICK-03",),
)
def quoted_reference(figures: ExternalFigure, scope: Scope) -> ir.Table:
    """What have others published about sickness absence and flexible working?"""
    return quoted_cells(figures, ("sickness", "flexible_working"), scope)
