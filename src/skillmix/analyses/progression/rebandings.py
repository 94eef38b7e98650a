"""Where whole groups of staff were re-banded at once."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.careers import counted_share, month_of
from skillmix.measures.cells import together
from skillmix.schema.careers import BandRaise
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.caveats import EXPERIMENTAL
from skillmix.words.labels import label
from skillmix.words.numbers import month, number
from skillmix.words.when import year_to

KEYS = ("employer", "job_role", "band", "end_band", "month")
ALL = "all"
MOST_NAMED = 5


def narrate(published: Published) -> str:
    """Name the re-bandings, the largest first."""
    found = [
        row
        for row in published.where(measure="moved")
        if row["employer"] != ALL and row.status == "shown"
    ]
    if not found:
        return (
            f"{year_to(published)}, no employer moved a third of a role's staff, and "
            "ten people or more, to a higher band within one month."
        )
    largest = sorted(found, key=lambda row: -(row.numerator or 0.0))[:MOST_NAMED]
    told = "; ".join(
        f"{row['employer']}, {row['job_role'] or 'no job role'}, from "
        f"{label('band', row['band'])} to {label('band', row['end_band'])} in "
        f"{month(row['month'])} ({number(row.estimate, 'percent')} of "
        f"{number(row.denominator, 'people')} people)"
        for row in largest
    )
    return f"Mass re-bandings, which are no individual promotions: {told}."


@analysis(
    title="Mass re-bandings",
    keys=KEYS,
    measures={
        "moved": Measure(
            label="Share moved to the higher band within the month",
            unit="percent",
            denominator="people in that role and band at that employer the month "
            "before",
            estimator=estimators.proportion,
        ),
        "share_of_moves_up": Measure(
            label="Share of all moves up that were mass re-bandings",
            unit="percent",
            denominator="moves up within an employer and role, month by month",
            estimator=estimators.proportion,
        ),
    },
    chart=Chart(kind="bar", x="employer", measure="moved", colour="job_role"),
    narrate=narrate,
    definition=(
        "Moves from month to month of people of the workforce who keep employer and "
        "job role. A mass re-banding is where at least ten people, and at least a "
        "third of those at the band, move to the same higher band in the same month."
    ),
    caveats=(EXPERIMENTAL,),
    capabilities=("PROG-01", "PAY-13", "REC-11"),
)
def rebandings(raises: BandRaise, scope: Scope) -> ir.Table:
    """Where were whole groups of staff re-banded at once?"""
    mass = raises.filter(raises.mass).mutate(month=lambda t: month_of(t.step, scope))
    every = raises.aggregate(
        mass=raises.moved.sum(where=raises.mass).fill_null(0),
        moved=raises.moved.sum().fill_null(0),
    )
    every = every.mutate(
        **{key: ibis.literal(ALL) for key in KEYS if key != "month"},
        month=month_of(ibis.literal(12), scope),
    )
    return together(
        counted_share(
            mass, keys=KEYS, measure="moved", cases=mass.moved, people=mass.holders
        ),
        counted_share(
            every,
            keys=KEYS,
            measure="share_of_moves_up",
            cases=every.mass,
            people=every.moved,
        ),
    )
