"""How likely staff of each age are to move up a band (Figure 23)."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Claim, Measure, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.ages import FIVE_YEARS, age_band
from skillmix.measures.cells import likelihood
from skillmix.measures.progression import climbers, moved_up
from skillmix.schema.derived import YearPair
from skillmix.schema.results import Published
from skillmix.statistics import estimators
from skillmix.words.caveats import EXPERIMENTAL, STAYERS_ONLY
from skillmix.words.contrast import told
from skillmix.words.when import year_to


def narrate(published: Published) -> str:
    """Set the youngest beside people in their early fifties at band 2."""
    young, older = (
        told(
            published,
            f"{{}} of {people} moved up",
            f"too few {people} to show moved up",
            measure="moved_up",
            band="2",
            in_service=True,
            age_group=group,
        )
        for people, group in (
            ("people under 25", "under_25"),
            ("people aged 50 to 54", "50_54"),
        )
    )
    place = published.scope.service_short
    return f"{year_to(published)}, at band 2 in {place}, {young}; {older}."


@analysis(
    title="Moving up a band, by age",
    keys=("age_group", "band", "in_service"),
    measures={
        "moved_up": Measure(
            label="Share at a higher band a year later",
            unit="percent",
            denominator="people of that age and band a year before, still in post",
            estimator=estimators.proportion,
        )
    },
    chart=Chart(
        kind="dots",
        x="age_group",
        colour="in_service",
        measure="moved_up",
        facet="band",
    ),
    narrate=narrate,
    definition="As for moving up a band, by age at the start of the year.",
    figure=23,
    shows={
        "dir-progression-younger-higher": Claim(
            relation="greater",
            picks=(
                {"age_group": "under_25", "band": "2", "in_service": True},
                {"age_group": "50_54", "band": "2", "in_service": True},
            ),
        ),
        "dir-progression-band4-young-mh-high": Claim(
            relation="greater",
            picks=(
                {"age_group": "25_29", "band": "4", "in_service": True},
                {"age_group": "25_29", "band": "4", "in_service": False},
            ),
        ),
    },
    caveats=(STAYERS_ONLY, EXPERIMENTAL),
    capabilities=("PROG-07",),
)
def by_age(pairs: YearPair) -> ir.Table:
    """How does the chance of moving up a band differ by age?"""
    people = climbers(pairs)
    named = people.mutate(age_group=age_band(people.age, FIVE_YEARS))
    return likelihood(
        named,
        moved_up(named),
        by=("age_group", "band", "in_service"),
        measure="moved_up",
    )
