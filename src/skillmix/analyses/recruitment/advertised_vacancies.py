"""How many posts are advertised each month (Figure 10)."""

from __future__ import annotations

import datetime as dt

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Claim, Measure, Printed, analysis
from skillmix.cohorts.definitions import in_place, in_workforce
from skillmix.figures.chart import Chart
from skillmix.measures.cells import cells, together
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.schema.vacancies import AdvertisedVacancy
from skillmix.statistics import estimators
from skillmix.words.caveats import ADVERTS_NOT_SHORTFALL, ALL_SETTINGS, COVID
from skillmix.words.contrast import stated
from skillmix.words.numbers import month

SEPTEMBER = dt.date(2020, 9, 1)
SPRING = {"from": dt.date(2020, 3, 1), "to": dt.date(2020, 6, 1)}


def narrate(published: Published) -> str:
    """Give the posts advertised in the latest month that both series have."""
    rows = published.where(measure="fte")
    by_series: dict[str, set[dt.date]] = {}
    for row in rows:
        by_series.setdefault(row["series"], set()).add(row["month"])
    common = set.intersection(*by_series.values()) if by_series else set[dt.date]()
    if not common:
        return "The two series have no month in common."
    last = max(common)
    everyone, mine = (
        stated(published, "fte", "fte", 0, month=last, series=name)
        for name in ("all_staff", "workforce")
    )
    return (
        f"In {month(last)}, {everyone} full-time equivalent posts were advertised, "
        f"{mine} of them for {published.scope.workforce_label}."
    )


def _row(series: str, when: dt.date, measure: str = "fte") -> dict[str, object]:
    return {"series": series, "month": when, "measure": measure}


def _fell(series: str) -> tuple[dict[str, object], ...]:
    return (
        _row(series, SPRING["from"], "index"),
        _row(series, SPRING["to"], "index"),
    )


@analysis(
    title="Advertised vacancies",
    keys=("month", "series"),
    measures={
        "fte": Measure(
            label="Full-time equivalents advertised",
            unit="fte",
            denominator="",
            estimator=estimators.as_printed,
            decimals=0,
        ),
        "index": Measure(
            label="Index of full-time equivalents advertised, first month = 100",
            unit="index",
            denominator="FTE advertised in the first month of the same series",
            estimator=estimators.plain_index,
        ),
    },
    chart=Chart(kind="line", x="month", colour="series", measure="fte"),
    narrate=narrate,
    definition=(
        "Full-time equivalent posts advertised in a month: all staff as official "
        "statistics give them, and the workforce's staff groups as the jobs service "
        "gives them. The two come from different sources and end in different months."
    ),
    figure=10,
    reproduces={
        "all-nhs-advertised-vacancies-2020-09": Printed(
            value=27_000, within=1_000, row=_row("all_staff", SEPTEMBER)
        ),
        "all-support-advertised-vacancies-2020-09": Printed(
            value=2_900, within=100, row=_row("workforce", SEPTEMBER)
        ),
        "fig10-all-staff-series-end": Printed(
            value=2020, within=0.5, row={"series": "all_staff"}, take="last_year"
        ),
        "fig10-support-series-end": Printed(
            value=2020, within=0.5, row={"series": "workforce"}, take="last_year"
        ),
    },
    shows={
        "dir-vacancies-track-all-staff": Claim(
            relation="similar",
            picks=(
                _row("workforce", SEPTEMBER, "index"),
                _row("all_staff", SEPTEMBER, "index"),
            ),
            within=10.0,
        ),
        "dir-vacancies-drop-spring-2020": Claim(
            relation="greater", picks=_fell("all_staff")
        ),
    },
    caveats=(ADVERTS_NOT_SHORTFALL, ALL_SETTINGS, COVID),
    capabilities=("IN-08", "IN-09", "VAC-01", "VAC-02", "VAC-03"),
)
def advertised_vacancies(adverts: AdvertisedVacancy, scope: Scope) -> ir.Table:
    """How many posts are advertised each month, in all and for the workforce?"""
    here = in_place(adverts, scope)
    everyone = here.filter(
        (here.staff_group == "all_staff")
        & (here.advert_source == "official_statistics")
    )
    mine = here.filter(
        in_workforce(here, scope) | (here.staff_group == ibis.literal(scope.workforce)),
        here.advert_source == "jobs_service",
    )
    named = everyone.mutate(series=ibis.literal("all_staff")).union(
        mine.mutate(series=ibis.literal("workforce"))
    )
    sums = named.group_by("month", "series").agg(fte=named.fte.sum())
    first = ibis.window(group_by="series", order_by="month", preceding=(None, 0))
    based = sums.mutate(base=sums.fte.first().over(first))
    keys = ("month", "series")
    return together(
        cells(based, keys=keys, measure="fte", numerator=based.fte),
        cells(
            based,
            keys=keys,
            measure="index",
            numerator=based.fte,
            denominator=based.base,
        ),
    )
