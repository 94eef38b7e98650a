"""Whether who moved up lately is likelier to move up again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import ibis.expr.types as ir

from skillmix.catalogue import Measure, Model, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.careers import counted_people
from skillmix.measures.closed import fraction_row
from skillmix.measures.progression import RANKS
from skillmix.schema.careers import Cohort
from skillmix.schema.results import Fitted, Published
from skillmix.statistics.markov import markov_test
from skillmix.words.caveats import EXPERIMENTAL
from skillmix.words.contrast import told
from skillmix.words.numbers import number
from skillmix.words.when import the_month

BY = ("band", "middle_band", "final_band")
LATELY, LONGER, BOTH = "arrived_lately", "there_before", "both"
LEVEL = 0.05


def fit(cells: Sequence[Mapping[str, Any]]) -> list[Fitted]:
    """Compare those who came to a band lately with those who were there before."""
    moved: Counter[str] = Counter()
    people: Counter[str] = Counter()
    for cell in cells:
        start, middle, end = (cell[name] for name in BY)
        if RANKS.get(middle) is None or RANKS.get(start) is None:
            continue
        if RANKS[start] > RANKS[middle]:
            continue
        history = LONGER if start == middle else LATELY
        people[history] += int(cell["people"])
        up = RANKS.get(end, 0) > RANKS[middle]
        moved[history] += int(cell["people"]) if up else 0
    test = markov_test({tuple(c[n] for n in BY): int(c["people"]) for c in cells})
    rows = [
        fraction_row({"history": name}, "moved_up_next", moved[name], people[name])
        for name in (LATELY, LONGER)
    ]
    if test is not None:
        rows.append(
            Fitted(
                keys={"history": BOTH},
                measure="p_value",
                estimate=test.p_value,
                people=sum(people.values()),
                rests_on=(sum(people.values()), sum(moved.values())),
            )
        )
    return rows


def narrate(published: Published) -> str:
    """Say whether the past still matters, and what that does to long forecasts."""
    lately, longer = (
        told(
            published,
            "{} moved up",
            "too few to show moved up",
            measure="moved_up_next",
            history=name,
        )
        for name in (LATELY, LONGER)
    )
    row = published.one(measure="p_value", history=BOTH)
    if row is None or row.estimate is None:
        tested = "It could not be tested."
    elif row.estimate < LEVEL:
        tested = (
            f"Where people came from matters ({_p(row.estimate)}): forecasts that look "
            "only at the present band are too simple."
        )
    else:
        tested = (
            f"Nothing shows that where people came from matters ({_p(row.estimate)})."
        )
    return (
        f"In the six months to {the_month(published)}, of people who had come to their "
        f"band within the six months before, {lately}; of those already there, "
        f"{longer}. {tested}"
    )


def _p(value: float) -> str:
    """Return a p-value as it is written, "p = 0.93" or "p under 0.001"."""
    written = number(value, "number", 2 if value >= LEVEL else 3)
    return f"p {written}" if written.startswith("under") else f"p = {written}"


@analysis(
    title="Moving up again",
    keys=("history",),
    measures={
        "moved_up_next": Measure(
            label="Moved up in the second half of the year",
            unit="percent",
            denominator="people on a band in the middle of the year",
            method="Wilson score interval",
        ),
        "p_value": Measure(
            label="p-value: the next band depends on the present one alone",
            unit="number",
            denominator="people followed over three snapshots half a year apart",
            method="likelihood ratio test of Anderson and Goodman",
            decimals=3,
        ),
    },
    chart=Chart(kind="dots", x="history", measure="moved_up_next"),
    narrate=narrate,
    definition=(
        "People of the workforce in the service a year before the as-at month, at "
        "three snapshots half a year apart: the second-order chain of their bands "
        "(leave and leaving among the states) against the first-order one."
    ),
    caveats=(EXPERIMENTAL,),
    capabilities=("STAT-04", "PROG-01"),
    model=Model(by=BY, fit=fit),
)
def history(people: Cohort) -> ir.Table:
    """Are people who moved up lately likelier to move up again?"""
    mine = people.filter(people.in_service)
    counted = mine.group_by(list(BY)).agg(people=lambda t: t.count())
    return counted_people(counted, keys=BY, measure="paths")
