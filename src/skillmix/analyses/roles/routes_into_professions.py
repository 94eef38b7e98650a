"""What others have published about support roles as a way into professions."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.analyses.quoted import KEYS, MEASURES, narrate, quoted_cells
from skillmix.catalogue import Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.schema.comparators import ExternalFigure
from skillmix.schema.scope import Scope
from skillmix.words.caveats import QUOTED


@analysis(
    title="Support roles as a way into professions, quoted",
    keys=KEYS,
    measures=MEASURES,
    chart=Chart(kind="cards", x="subject", colour="publisher"),
    narrate=narrate,
    definition=(
        "As published, with publisher, place and period; figures about another service "
        "than the one asked for are left out."
    ),
    reproduces={
        "clin-psych-trainees-prior-hca": Printed(
            value=0.57, within=0.005, row={"figure": "trainees_once_assistants"}
        ),
        "clin-psych-trainees-prior-assistant-psych": Printed(
            value=0.68,
            within=0.005,
            row={"figure": "trainees_once_assistant_psychologists"},
        ),
        "hca-aspiring-nurses": Printed(
            value=0.5, within=0.005, row={"figure": "assistants_aspiring_to_nursing"}
        ),
        "hca-aspiration-wane-years": Printed(
            value=10, within=0.5, row={"figure": "years_until_aspiration_wanes"}
        ),
        "advert-band-low": Printed(
            value=2, within=0.5, row={"figure": "advertised_from_band"}
        ),
        "advert-band-high": Printed(
            value=4, within=0.5, row={"figure": "advertised_to_band"}
        ),
    },
    caveats=(QUOTED,),
    capabilities=("PAY-06",),
)
def routes_into_professions(figures: ExternalFigure, scope: Scope) -> ir.Table:
    """What have others published about support roles as a way into professions?"""
    return quoted_cells(figures, ("routes", "advertised_bands"), scope)
