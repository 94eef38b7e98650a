"""How much the workforce has grown over ten years and over one."""

from __future__ import annotations

import datetime as dt

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, Printed, analysis
from skillmix.cohorts.definitions import in_place
from skillmix.cohorts.series import national_fte
from skillmix.figures.chart import Chart
from skillmix.measures.cells import tally, together
from skillmix.measures.change import change
from skillmix.schema import values
from skillmix.schema.derived import WorkforceCount
from skillmix.schema.published import MentalHealthFte, MonthlyFte
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.caveats import COVID, SERVICE_DEFINITION
from skillmix.words.fractions import moved_row
from skillmix.words.when import year_to

SERIES = ("in_service", "elsewhere", "all_staff")


def from_staff_record(counts: WorkforceCount) -> ir.Table:
    """Compare the last month of the staff record with a year before."""
    mine = counts.filter(counts.of_interest)
    named = mine.mutate(series=_named(mine.in_service))
    everyone = counts.mutate(series=ibis.literal("all_staff"))
    both = tally(named, ("month", "series")).union(tally(everyone, ("month", "series")))
    return change(both, series=("series",), years=1, period="latest_year")


def narrate(published: Published) -> str:
    """Say how each series changed in the latest year."""
    inside, elsewhere, everyone = (
        moved_row(published.one(measure="change", series=name, period="latest_year"))
        for name in SERIES
    )
    service, workforce = published.scope.service_short, published.scope.workforce_label
    return (
        f"{year_to(published)}, full-time equivalent {workforce} in {service} "
        f"{inside}; those elsewhere {elsewhere}, and all staff {everyone}."
    )


@analysis(
    title="Change over a decade and a year",
    keys=("series", "period", "from_month", "to_month"),
    measures={
        "change": Measure(
            label="Change in full-time equivalents",
            unit="change",
            denominator="FTE of the same series in the first month",
            estimator=estimators.relative_change,
            decimals=0,
        )
    },
    chart=Chart(kind="bar", x="series", facet="period", measure="change"),
    narrate=narrate,
    definition=(
        "FTE of all posts in the last month over that of the first, less one: ten "
        "years to the latest January, and the latest twelve months."
    ),
    figure=1,
    reproduces={
        "mh-support-fte-change-2010-01-2020-01": Printed(
            value=-0.08,
            within=0.005,
            row={"series": "in_service", "to_month": dt.date(2020, 1, 1)},
        ),
        "mh-support-fte-change-2019-10-2020-10": Printed(
            value=0.11,
            within=0.005,
            row={"series": "in_service", "to_month": dt.date(2020, 10, 1)},
        ),
        "nonmh-support-fte-change-2019-10-2020-10": Printed(
            value=0.03,
            within=0.005,
            row={"series": "elsewhere", "to_month": dt.date(2020, 10, 1)},
        ),
        "all-nhs-change-2019-10-2020-10": Printed(
            value=0.04,
            within=0.005,
            row={"series": "all_staff", "to_month": dt.date(2020, 10, 1)},
        ),
    },
    caveats=(SERVICE_DEFINITION, COVID),
    capabilities=(
        "SIZE-05",
        "CMP-01",
        "CMP-05",
        "CMP-07",
    ),
    also=(from_staff_record,),
)
def change_over_time(
    staff: MonthlyFte, service: MentalHealthFte, scope: Scope
) -> ir.Table:
    """How much has the workforce grown over ten years, and over the latest year?"""
    split = national_fte(staff, service, scope)
    named = split.select("month", "fte", series=_named(split.in_service))
    national = in_place(staff.filter(staff.level == "england"), scope)
    everyone = national.filter(national.staff_group.isin(values.STAFF_GROUPS)).select(
        "month", "fte", series=ibis.literal("all_staff")
    )
    # All staff are only a comparator: without the service's series, no answer.
    everyone = everyone.semi_join(split.select("month").distinct(), "month")
    both = tally(named, ("month", "series")).union(tally(everyone, ("month", "series")))
    january = both.filter(both.month.month() == 1)
    return together(
        change(january, series=("series",), years=10, period="ten_years_to_january"),
        change(both, series=("series",), years=1, period="latest_year"),
    )


def _named(in_service: ir.BooleanColumn) -> ir.StringColumn:
    return in_service.ifelse("in_service", "elsewhere")
