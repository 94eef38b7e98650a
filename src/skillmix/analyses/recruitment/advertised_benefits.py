"""The benefits that NHS and independent employers advertise."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.adverts import advert_shares, in_sample, lists
from skillmix.schema.documents import CodedAdvert
from skillmix.schema.results import Published
from skillmix.statistics import estimators
from skillmix.words.adverts import ALWAYS, sectors

BENEFITS = (
    *("pension", "leave", "birthday_leave", "sick_pay", "life_assurance"),
    *("private_health", "discounts", "meals", "parking", "travel_scheme", "family"),
    *("wellbeing", "bonus", "enhancements", "relocation", "uniform", "paid_dbs"),
)


def narrate(published: Published) -> str:
    """Set life assurance and pensions in the two sectors side by side."""
    life = sectors(published, benefit="life_assurance")
    pension = sectors(published, benefit="pension")
    return f"Life assurance was advertised in {life}; a pension in {pension}."


@analysis(
    title="Benefits in adverts",
    keys=("sector", "benefit"),
    measures={
        "share": Measure(
            label="Share of adverts",
            unit="percent",
            denominator="adverts of the sector in the sample",
            estimator=estimators.proportion,
            decimals=0,
        ),
        "adverts": Measure(
            label="Adverts",
            unit="adverts",
            denominator="",
            estimator=estimators.as_printed,
            decimals=0,
        ),
    },
    chart=Chart(
        kind="dumbbell",
        x="benefit",
        colour="sector",
        measure="share",
        only={"sector": ("nhs", "independent")},
    ),
    narrate=narrate,
    definition=(
        "Benefits beyond pay that an advert names. All NHS employers give some, such "
        "as the pension, whether or not the advert says so."
    ),
    caveats=ALWAYS,
    capabilities=("PAY-11", "QUAL-06", "REQ-14"),
)
def advertised_benefits(adverts: CodedAdvert) -> ir.Table:
    """Which benefits do NHS and independent employers advertise?"""
    kept = in_sample(adverts)
    told = {name: lists(kept.benefits, name) for name in BENEFITS}
    return advert_shares(kept, told, by=("sector",), key="benefit")
