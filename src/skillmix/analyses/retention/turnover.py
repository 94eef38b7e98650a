"""How many staff leave and join within a year."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.cells import cells, likelihood, together
from skillmix.schema.derived import Joined, YearPair
from skillmix.schema.results import Published
from skillmix.statistics import estimators
from skillmix.words.caveats import EXPERIMENTAL, SERVICE_DEFINITION
from skillmix.words.contrast import contrast, verdict
from skillmix.words.when import year_to


def narrate(published: Published) -> str:
    """Give the leaver and joiner rates."""
    left = contrast(published, "leaver_rate_of_opening_headcount", "percent", 1)
    joined = contrast(published, "joiner_rate_of_opening_headcount", "percent", 1)
    return (
        f"{year_to(published)}, the share of people in post at its start who left the "
        f"record was {left}. {verdict(published, 'leaver_rate_of_opening_headcount')} "
        f"Joiners, as a share of the opening headcount, were {joined}."
    )


@analysis(
    title="Turnover within a year",
    keys=("in_service",),
    measures={
        "leaver_rate_of_opening_headcount": Measure(
            label="Left the record within a year",
            unit="percent",
            denominator="people of the workforce a year before the as-at month",
            estimator=estimators.proportion,
        ),
        "stability_index": Measure(
            label="Stability index: still in the same workforce",
            unit="percent",
            denominator="people of the workforce a year before the as-at month",
            estimator=estimators.proportion,
        ),
        "joiner_rate_of_opening_headcount": Measure(
            label="Joined within a year, per person at the start",
            unit="percent",
            denominator="people of the workforce a year before the as-at month",
            estimator=estimators.event_rate,
        ),
    },
    chart=Chart(
        kind="dots",
        x="in_service",
        measure="leaver_rate_of_opening_headcount",
    ),
    narrate=narrate,
    definition=(
        "Headcount by main post. A leaver was in post a year before the as-at month "
        "and is in no post of the record now; a joiner is in post now and was in none "
        "then. People who came and went in between are in neither. Stability counts "
        "those still in the workforce of interest, in or out of the service."
    ),
    caveats=(SERVICE_DEFINITION, EXPERIMENTAL),
    capabilities=("RET-04",),
)
def turnover(pairs: YearPair, joined: Joined) -> ir.Table:
    """How many staff leave, join and stay within a year?"""
    mine = pairs.filter(pairs.of_interest)
    now = joined.filter(joined.of_interest)
    by = ("in_service",)
    opening = mine.group_by("in_service").agg(people=mine.count())
    new = now.group_by("in_service").agg(joined=(~now.was_in_post).sum())
    both = opening.inner_join(new, "in_service")
    still = mine.end_of_interest.fill_null(False)
    return together(
        likelihood(
            mine, ~mine.stayed, by=by, measure="leaver_rate_of_opening_headcount"
        ),
        likelihood(mine, still, by=by, measure="stability_index"),
        cells(
            both,
            keys=by,
            measure="joiner_rate_of_opening_headcount",
            numerator=both.joined,
            denominator=both.people,
            cases=both.joined,
            people=both.people,
        ),
    )
