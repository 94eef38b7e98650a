"""What others have published about equality, for setting ours beside it."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.analyses.quoted import KEYS, MEASURES, narrate, quoted_cells
from skillmix.catalogue import Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.schema.comparators import ExternalFigure
from skillmix.schema.scope import Scope
from skillmix.words.caveats import QUOTED


@analysis(
    title="Equality, quoted",
    keys=KEYS,
    measures=MEASURES,
    chart=Chart(kind="cards", x="subject", colour="publisher"),
    narrate=narrate,
    definition=(
        "As published, with publisher, place and period; figures about another service "
        "than the one asked for are left out."
    ),
    reproduces={
        "mh-trust-board-minority-ethnic": Printed(
            value=0.119, within=0.0005, row={"figure": "board_minority_ethnic"}
        ),
        "wdes-mh-adjustments": Printed(
            value=0.77, within=0.005, row={"figure": "adequate_adjustments"}
        ),
        "wdes-mh-board-disabled": Printed(
            value=0.03, within=0.005, row={"figure": "board_disabled"}
        ),
        "wdes-declaration-band-low": Printed(
            value=1, within=0.5, row={"figure": "most_declared_from_band"}
        ),
        "wdes-declaration-band-high": Printed(
            value=4, within=0.5, row={"figure": "most_declared_to_band"}
        ),
        "uk-employed-disabled": Printed(
            value=0.19, within=0.005, row={"figure": "employed_adults_disabled"}
        ),
        "all-nhs-lgbtq": Printed(
            value=0.03, within=0.005, row={"figure": "all_staff_lgbtq"}
        ),
        "national-lgbtq-2018": Printed(
            value=0.03, within=0.005, row={"figure": "population_lgbtq"}
        ),
        "sexual-orientation-data-year": Printed(
            value=2018,
            within=0.5,
            row={"figure": "population_lgbtq"},
            take="first_year",
        ),
        "all-nhs-data-start": Printed(
            value=2018, within=0.5, row={"figure": "all_staff_lgbtq"}, take="first_year"
        ),
        "all-nhs-data-end": Printed(
            value=2019, within=0.5, row={"figure": "all_staff_lgbtq"}, take="last_year"
        ),
    },
    caveats=(QUOTED,),
    capabilities=("EDI-12",),
)
def quoted_standards(figures: ExternalFigure, scope: Scope) -> ir.Table:
    """What have others published about equality that stands beside ours?"""
    return quoted_cells(figures, ("standards", "disability", "orientation"), scope)
