"""How far the workforce rose in the spring of 2020, and how much of it has lasted."""

from __future__ import annotations

import datetime as dt

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Claim, Measure, analysis
from skillmix.cohorts.series import national_fte
from skillmix.figures.chart import Chart
from skillmix.measures.cells import cells, together
from skillmix.schema.derived import WorkforceCount
from skillmix.schema.published import MentalHealthFte, MonthlyFte
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.caveats import COVID, SERVICE_DEFINITION
from skillmix.words.contrast import contrast, either_shown, lacking
from skillmix.words.numbers import month

FROM, UNTIL = dt.date(2020, 1, 1), dt.date(2020, 12, 1)


def from_staff_record(counts: WorkforceCount) -> ir.Table:
    """Follow the workforce in the staff record."""
    mine = counts.filter(counts.of_interest)
    return _cells(mine.group_by("month", "in_service").agg(fte=mine.fte.sum()))


def narrate(published: Published) -> str:
    """Say how far it rose and how much was kept, as far as either is shown."""
    who = f"full-time equivalent {published.scope.workforce_label}"
    if not either_shown(published, "rise"):
        why = lacking(published, "rise")
        return f"How far {who} rose in 2020 is not shown: {why}."
    rise = contrast(published, "rise", "percent", 1)
    rose = f"From January 2020 to its peak within the year, {who} rose by {rise}"
    if not either_shown(published, "kept"):
        return f"{rose}."
    kept = contrast(published, "kept", "percent", 0)
    last = month(max(row["month"] for row in published.rows))
    return f"{rose}; of that rise {kept} was left in {last}."


def _path(*, in_service: bool) -> Claim:
    return Claim(
        relation="rises_then_falls",
        picks=({"in_service": in_service, "measure": "index"},),
    )


@analysis(
    title="The rise of 2020 and what has lasted",
    keys=("month", "in_service"),
    measures={
        "index": Measure(
            label="Index of full-time equivalents, January 2020 = 100",
            unit="index",
            denominator="FTE of the same group in January 2020",
            estimator=estimators.plain_index,
        ),
        "rise": Measure(
            label="Change from January 2020 to the peak",
            unit="change",
            denominator="FTE of the same group in January 2020",
            estimator=estimators.plain_change,
        ),
        "kept": Measure(
            label="Share of that rise left in the latest month",
            unit="percent",
            denominator="FTE at the peak less FTE in January 2020",
            estimator=estimators.plain_ratio,
        ),
    },
    chart=Chart(kind="line", x="month", colour="in_service", measure="index"),
    narrate=narrate,
    definition=(
        "FTE by month from January to December 2020. The peak is the highest of these "
        "months; the rise is from January to the peak, and what is kept is the latest "
        "month less January over that rise."
    ),
    shows={
        "dir-mh-support-2020-rise-then-fall": _path(in_service=True),
        "dir-nonmh-support-2020-rise-then-fall": _path(in_service=False),
    },
    caveats=(COVID, SERVICE_DEFINITION),
    capabilities=("SIZE-06", "SIZE-07"),
    also=(from_staff_record,),
)
def surge(staff: MonthlyFte, service: MentalHealthFte, scope: Scope) -> ir.Table:
    """How far did the workforce rise in 2020, and how much of that has lasted?"""
    return _cells(national_fte(staff, service, scope))


def _cells(series: ir.Table) -> ir.Table:
    year = series.filter(
        (series.month >= ibis.literal(FROM)) & (series.month <= ibis.literal(UNTIL))
    )
    first = ibis.window(group_by="in_service", order_by="month", preceding=(None, 0))
    whole = ibis.window(group_by="in_service")
    based = year.mutate(
        base=year.fte.first().over(first),
        peak=year.fte.max().over(whole),
        last=year.month.max().over(whole),
        begun=year.month.min().over(whole),
    )
    # Without January there is no base to rise from.
    based = based.filter(based.begun == ibis.literal(FROM))
    now = based.filter(based.month == based["last"])
    risen = now.filter(now.peak > now.base)
    keys = ("month", "in_service")
    return together(
        cells(
            based,
            keys=keys,
            measure="index",
            numerator=based.fte,
            denominator=based.base,
        ),
        cells(now, keys=keys, measure="rise", numerator=now.peak, denominator=now.base),
        cells(
            risen,
            keys=keys,
            measure="kept",
            numerator=risen.fte - risen.base,
            denominator=risen.peak - risen.base,
        ),
    )
