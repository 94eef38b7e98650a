"""How the chance of a higher band grows month by month."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.careers import counted_share, month_of
from skillmix.measures.cells import together
from skillmix.measures.progression import STARTING_BANDS
from skillmix.schema.careers import Cohort, CohortMonth
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.caveats import EXPERIMENTAL, REBANDING, STAYERS_ONLY
from skillmix.words.contrast import stated
from skillmix.words.when import in_month

KEYS = ("month", "band", "in_service")
PEOPLE = "people of the workforce at that band a year before the as-at month"


def narrate(published: Published) -> str:
    """Give the shares of stayers and of all at band 2, at the end of the year."""
    last = max((row["month"] for row in published.rows), default=None)
    stayers, everyone = (
        stated(published, measure, "percent", 1, month=last, band="2", in_service=True)
        for measure in ("higher_of_stayers", "higher_of_all")
    )
    return (
        f"{in_month(published)}, twelve months on, {stayers} of band 2 staff in "
        f"{published.scope.service_short} who were still in post held a higher band; "
        f"of all who started it was {everyone}."
    )


@analysis(
    title="A higher band, month by month",
    keys=KEYS,
    measures={
        "higher_of_stayers": Measure(
            label="At a higher band, of those in post",
            unit="percent",
            denominator=f"{PEOPLE} who are in post in the month",
            estimator=estimators.proportion,
        ),
        "higher_of_all": Measure(
            label="At a higher band, of all",
            unit="percent",
            denominator=PEOPLE,
            estimator=estimators.proportion,
        ),
        "left_of_all": Measure(
            label="No longer in the record, of all",
            unit="percent",
            denominator=PEOPLE,
            estimator=estimators.proportion,
        ),
    },
    chart=Chart(
        kind="line",
        x="month",
        colour="in_service",
        measure="higher_of_stayers",
        facet="band",
    ),
    narrate=narrate,
    definition=(
        "Headcount by main post: people of the workforce at each band a year before "
        "the as-at month, followed to each month since. Who is on leave or only on a "
        "bank contract in a month is in the record but not in post."
    ),
    caveats=(STAYERS_ONLY, EXPERIMENTAL, REBANDING),
    capabilities=("PROG-01", "PROG-02"),
)
def by_horizon(people: Cohort, months: CohortMonth, scope: Scope) -> ir.Table:
    """How does the chance of a higher band grow month by month?"""
    by = ["band", "in_service"]
    start = people.group_by(by).agg(started=people.count())
    there = months.group_by(["step", *by]).agg(
        higher=months.people.sum(where=months.outcome == "higher").fill_null(0),
        in_post=months.people.sum(where=months.outcome != "away").fill_null(0),
        present=months.people.sum(),
    )
    both = there.inner_join(start, by)
    both = both.filter(both.band.isin(STARTING_BANDS))
    both = both.mutate(
        month=month_of(both.step, scope), gone=both.started - both.present
    )
    return together(
        counted_share(
            both,
            keys=KEYS,
            measure="higher_of_stayers",
            cases=both.higher,
            people=both.in_post,
        ),
        counted_share(
            both,
            keys=KEYS,
            measure="higher_of_all",
            cases=both.higher,
            people=both.started,
        ),
        counted_share(
            both,
            keys=KEYS,
            measure="left_of_all",
            cases=both.gone,
            people=both.started,
        ),
    )
