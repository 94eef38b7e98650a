"""Joiners and leavers of a published period, by type of trust."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.cohorts.definitions import in_mental_health_trusts, in_place, in_workforce
from skillmix.figures.chart import LAST, Chart
from skillmix.measures.cells import cells, together
from skillmix.schema.published import TurnoverCount
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.caveats import PERIOD_RATES, TRUST_DEFINITION
from skillmix.words.contrast import stated
from skillmix.words.numbers import month


def narrate(published: Published) -> str:
    """Give the leaver rate of the latest period."""
    last = max(row["period_end"] for row in published.rows)
    first = max(r["period_start"] for r in published.rows if r["period_end"] == last)
    inside, outside = (
        stated(
            published,
            "leaver_rate",
            "percent",
            2,
            period_end=last,
            period_start=first,
            in_mental_health_trusts=flag,
        )
        for flag in (True, False)
    )
    return (
        f"Between {month(first)} and {month(last)}, {inside} left in mental health "
        f"trusts and {outside} elsewhere. A rate of one month is not an annual rate."
    )


def _rate(label: str) -> Measure:
    return Measure(
        label=label,
        unit="percent",
        denominator="mean of the people in post at the start and at the end",
        estimator=estimators.event_rate,
        decimals=2,
    )


@analysis(
    title="Turnover in published files, by type of trust",
    keys=("period_start", "period_end", "in_mental_health_trusts"),
    measures={
        "leaver_rate": _rate("Leavers per person in the period"),
        "joiner_rate": _rate("Joiners per person in the period"),
    },
    chart=Chart(
        kind="dots",
        x="in_mental_health_trusts",
        measure="leaver_rate",
        only={"period_end": LAST, "period_start": LAST},
    ),
    narrate=narrate,
    definition=(
        "Headcount leaving or joining an organisation in the published period, over "
        "the mean headcount of the workforce of interest. Moves between organisations "
        "count."
    ),
    caveats=(TRUST_DEFINITION, PERIOD_RATES),
)
def turnover_in_trusts(counts: TurnoverCount, scope: Scope) -> ir.Table:
    """How many staff left and joined mental health trusts, and others?"""
    rows = in_place(counts.filter(counts.level == "organisation"), scope).filter(
        lambda t: in_workforce(t, scope) & (t.band == "all_bands")
    )
    named = rows.mutate(in_mental_health_trusts=in_mental_health_trusts(rows))
    by = ("period_start", "period_end", "in_mental_health_trusts")
    sums = named.group_by(list(by)).agg(
        **{
            name: named.headcount.sum(where=named.measure == name)
            for name in ("joiners", "leavers", "start", "end")
        }
    )
    whole = sums.filter(sums.start.notnull() & sums.end.notnull())
    return together(
        *(
            cells(
                whole,
                keys=by,
                measure=measure,
                numerator=whole[events].fill_null(0),
                denominator=(whole.start + whole.end) / 2,
                cases=whole[events],
                people=whole.end,
            )
            for measure, events in (
                ("leaver_rate", "leavers"),
                ("joiner_rate", "joiners"),
            )
        )
    )
