"""What adverts demand and offer of flexibility, component by component."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.adverts import advert_shares, in_sample
from skillmix.schema.documents import CodedAdvert
from skillmix.schema.results import Published
from skillmix.statistics import estimators
from skillmix.words.adverts import ALWAYS, sectors


def narrate(published: Published) -> str:
    """Set the demand for flexibility beside the offer of it."""
    shift = sectors(published, component="demanded_or_shifts")
    offered = sectors(published, component="offered")
    return (
        f"Flexibility was demanded, or shifts and unsocial hours expected, in {shift}; "
        f"flexible working was offered in {offered}."
    )


@analysis(
    title="Flexibility in adverts",
    keys=("sector", "component"),
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
        kind="dots", x="component", colour="sector", measure="share", order="list"
    ),
    narrate=narrate,
    definition=(
        "Demanded: the candidate is asked to be flexible, in working hours or as a "
        "personal quality. Offered: part-time hours, a job share or flexible working, "
        "for this post or in general. Shifts or unsocial hours: this post works them, "
        "not only the service. How many adverts expect flexibility depends on which of "
        "these are counted and on person specifications, so each stands by itself."
    ),
    # The report gives no denominator; "bands 2 to 4" speaks for the NHS adverts.
    reproduces={
        "adverts-flexibility-expected": Printed(
            value=0.5,
            within=0.5,
            row={"sector": "nhs", "component": "demanded", "measure": "share"},
        ),
    },
    caveats=ALWAYS,
    capabilities=("REQ-08", "REQ-09", "PART-05", "QUAL-06", "REC-05"),
)
def advert_flexibility(adverts: CodedAdvert) -> ir.Table:
    """Do adverts demand flexibility of candidates, or offer it to them?"""
    kept = in_sample(adverts)
    asked = kept.flexibility.isin(("demanded", "both"))
    told = {
        "demanded": asked,
        "demanded_in_hours": kept.flexibility_demand == "hours",
        "demanded_of_the_person": kept.flexibility_demand == "attribute",
        "shifts": kept.shift_or_unsocial,
        "demanded_or_shifts": asked | kept.shift_or_unsocial,
        "offered": kept.flexibility.isin(("offered", "both")),
        "offered_for_the_post": kept.flexibility_offer == "specific",
        "offered_in_general": kept.flexibility_offer == "generic",
    }
    return advert_shares(kept, told, by=("sector",), key="component")
