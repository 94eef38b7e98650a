"""How much likelier younger staff are to move up a band than older staff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ibis.expr.types as ir

from skillmix.catalogue import Measure, Model, Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.ages import FIVE_YEARS, age_band
from skillmix.measures.cells import likelihood
from skillmix.measures.closed import closed_row
from skillmix.measures.progression import climbers, moved_up
from skillmix.schema.derived import YearPair
from skillmix.schema.results import Fitted, Published
from skillmix.statistics.intervals import score_ratio
from skillmix.words.caveats import EXPERIMENTAL, SERVICE_DEFINITION, STAYERS_ONLY
from skillmix.words.contrast import contrast
from skillmix.words.when import year_to

YOUNG, OLDER = "under_25", "50_54"
BY = ("band", "in_service", "age_group")


def fit(found: Sequence[Mapping[str, Any]]) -> Sequence[Fitted]:
    """Set the youngest beside people aged 50 to 54, by band and setting."""
    counts = {
        (r["band"], r["in_service"], r["age_group"]): (
            int(r["numerator"]),
            int(r["denominator"]),
        )
        for r in found
    }
    rows: list[Fitted] = []
    for band, in_service in dict.fromkeys((b, s) for b, s, _ in counts):
        young = counts.get((band, in_service, YOUNG))
        older = counts.get((band, in_service, OLDER))
        if young is None or older is None:
            continue
        four = (*young, *older)
        rows.append(
            closed_row(
                {"band": band, "in_service": in_service},
                "ratio",
                score_ratio,
                four,
                people=young[1],
                rests_on=(*four, young[1] - young[0], older[1] - older[0]),
            )
        )
    return rows


def narrate(published: Published) -> str:
    """Give the ratio at band 2."""
    both = contrast(published, "ratio", "likelihood_ratio", 1, band="2")
    return (
        f"{year_to(published)}, at band 2 the chance of moving up of people under 25, "
        f"beside that of people aged 50 to 54, was {both}."
    )


@analysis(
    title="Moving up a band, younger beside older staff",
    keys=("band", "in_service"),
    measures={
        "ratio": Measure(
            label="Under 25 beside 50 to 54",
            unit="likelihood_ratio",
            denominator="share of people aged 50 to 54 who moved up",
            method="score interval (Koopman) of a ratio of two shares",
        )
    },
    chart=Chart(kind="dots", x="band", colour="in_service", measure="ratio"),
    narrate=narrate,
    definition=(
        "The share of people under 25 who are at a higher band a year later, over that "
        "of people aged 50 to 54; both ages at the start of the year, and only people "
        "still in post."
    ),
    reproduces={
        "mh-band2-under25-vs-50-54-progression": Printed(
            value=4, within=0.5, row={"band": "2", "in_service": True}
        )
    },
    caveats=(STAYERS_ONLY, EXPERIMENTAL, SERVICE_DEFINITION),
    capabilities=("PROG-07", "STAT-06"),
    model=Model(by=BY, fit=fit),
)
def age_ratio(pairs: YearPair) -> ir.Table:
    """How much likelier are younger staff to move up a band than older staff?"""
    people = climbers(pairs)
    named = people.mutate(age_group=age_band(people.age, FIVE_YEARS))
    chosen = named.filter(named.age_group.isin((YOUNG, OLDER)))
    return likelihood(chosen, moved_up(chosen), by=BY, measure="moved_up")
