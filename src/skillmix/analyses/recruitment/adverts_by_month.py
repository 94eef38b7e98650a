"""When the adverts of the sample were posted."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.adverts import in_sample
from skillmix.measures.cells import cells
from skillmix.schema.documents import CodedAdvert
from skillmix.schema.results import Published
from skillmix.statistics import estimators
from skillmix.words.adverts import BY_RULES, NOT_PEOPLE
from skillmix.words.fractions import listed
from skillmix.words.numbers import month

SECTORS = {"nhs": "in the NHS", "independent": "at independent providers"}


def narrate(published: Published) -> str:
    """Say from when to when each sector's adverts are."""
    told: list[str] = []
    for sector, whose in SECTORS.items():
        months = [r["month"] for r in published.where(sector=sector, measure="adverts")]
        if months:
            ends = dict.fromkeys(month(m) for m in (min(months), max(months)))
            told.append(f"{' to '.join(ends)} {whose}")
    if not told:
        return "No advert of the sample tells its date."
    return f"The adverts of the sample are of {listed(told)}."


def _printed(year: int, sector: str) -> Printed:
    row = {"sector": sector, "measure": "adverts"}
    return Printed(value=year, within=0.5, row=row, take="first_year")


@analysis(
    title="When adverts were posted",
    keys=("sector", "month"),
    measures={
        "adverts": Measure(
            label="Adverts",
            unit="adverts",
            denominator="",
            estimator=estimators.as_printed,
            decimals=0,
        ),
    },
    chart=Chart(kind="bar", x="month", colour="sector"),
    narrate=narrate,
    definition=(
        "Adverts of the sample by the month in which they were posted or, where that "
        "is not known, closed. Adverts that tell neither are left out."
    ),
    reproduces={
        "adverts-nhs-date": _printed(2020, "nhs"),
        "adverts-nonnhs-date": _printed(2021, "independent"),
    },
    caveats=(NOT_PEOPLE, BY_RULES),
    capabilities=("QUAL-02", "QUAL-06"),
)
def adverts_by_month(adverts: CodedAdvert) -> ir.Table:
    """When were the adverts of the sample posted?"""
    kept = in_sample(adverts)
    dated = kept.filter(kept.month.notnull())
    counted = dated.group_by(["sector", "month"]).agg(saying=dated.count())
    return cells(
        counted, keys=("sector", "month"), measure="adverts", numerator=counted.saying
    )
