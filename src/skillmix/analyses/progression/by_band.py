"""How likely staff are to move up a band within a year (Figure 15)."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Claim, Measure, Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.cells import likelihood
from skillmix.measures.progression import climbers, moved_up
from skillmix.schema.derived import YearPair
from skillmix.schema.results import Published
from skillmix.statistics import estimators
from skillmix.words.caveats import EXPERIMENTAL, REBANDING, STAYERS_ONLY
from skillmix.words.contrast import contrast, verdict
from skillmix.words.when import year_to


def narrate(published: Published) -> str:
    """Set the chances at band 2 and band 3 side by side."""
    two = contrast(published, "moved_up", "percent", 1, band="2")
    three = contrast(published, "moved_up", "percent", 1, band="3")
    return (
        f"{year_to(published)}, of those still in post, the share who moved up from "
        f"band 2 was {two}. {verdict(published, 'moved_up', band='2')} From band 3 it "
        f"was {three}."
    )


def _printed(value: float, within: float, band: str, *, in_service: bool) -> Printed:
    return Printed(
        value=value, within=within, row={"band": band, "in_service": in_service}
    )


@analysis(
    title="Moving up a band",
    keys=("band", "in_service"),
    measures={
        "moved_up": Measure(
            label="Share at a higher band a year later",
            unit="percent",
            denominator="people at that band a year before and still in post",
            estimator=estimators.proportion,
        )
    },
    chart=Chart(kind="dots", x="band", colour="in_service", measure="moved_up"),
    narrate=narrate,
    definition=(
        "Headcount by main post: people of the workforce at a band a year before the "
        "as-at month, in post at both ends, whose band is now higher. Trainees are "
        "counted in."
    ),
    figure=15,
    reproduces={
        "mh-support-band2-progression": _printed(0.20, 0.01, "2", in_service=True),
        "mh-support-band3-progression": _printed(0.0625, 0.00125, "3", in_service=True),
        "nonmh-support-band-progression": _printed(0.09, 0.01, "3", in_service=False),
    },
    shows={
        "dir-progression-band-2-4-higher": Claim(
            relation="greater",
            picks=(
                {"band": "2", "in_service": True},
                {"band": "2", "in_service": False},
            ),
        ),
        "dir-progression-band-3-lower": Claim(
            relation="greater",
            picks=(
                {"band": "3", "in_service": False},
                {"band": "3", "in_service": True},
            ),
        ),
    },
    caveats=(STAYERS_ONLY, EXPERIMENTAL, REBANDING),
    capabilities=("PROG-01",),
)
def by_band(pairs: YearPair) -> ir.Table:
    """How likely are staff to move up a band within a year?"""
    people = climbers(pairs)
    return likelihood(
        people, moved_up(people), by=("band", "in_service"), measure="moved_up"
    )
