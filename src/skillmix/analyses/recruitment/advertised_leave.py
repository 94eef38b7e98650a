"""The annual leave that NHS and independent employers advertise."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, Printed, analysis
from skillmix.figures.chart import Chart, Reference
from skillmix.measures.adverts import advert_span, in_sample
from skillmix.measures.cells import cells, together
from skillmix.schema.documents import CodedAdvert
from skillmix.schema.results import Published
from skillmix.statistics import estimators
from skillmix.words.adverts import ALWAYS
from skillmix.words.fractions import listed
from skillmix.words.numbers import number

# NHS Terms and Conditions of Service Handbook, section 13: on appointment.
NHS_DAYS = 27
ENDS = ("fewest", "most")
SECTORS = {"nhs": "in the NHS", "independent": "at independent providers"}


def narrate(published: Published) -> str:
    """Say how many days each sector advertises."""
    told: list[str] = []
    for sector, where in SECTORS.items():
        rows = [published.one(sector=sector, measure=end) for end in ENDS]
        days = {r.estimate: number(r.estimate, "days") for r in rows if r}
        if days:
            unit = "day" if list(days) == [1] else "days"
            told.append(f"{' to '.join(days.values())} {unit} {where}")
    if not told:
        return "No advert names days of annual leave."
    return f"Where adverts name annual leave, it is {listed(told)}."


def _days(name: str) -> Measure:
    return Measure(
        label=name,
        unit="days",
        denominator="",
        estimator=estimators.as_printed,
        decimals=0,
    )


def _adverts(name: str) -> Measure:
    return Measure(
        label=name,
        unit="adverts",
        denominator="",
        estimator=estimators.as_printed,
        decimals=0,
    )


@analysis(
    title="Annual leave in adverts",
    keys=("sector",),
    measures={
        "fewest": _days("Fewest days"),
        "most": _days("Most days"),
        "adverts": _adverts("Adverts that name days"),
        "above_nhs": _adverts("Adverts above the NHS entitlement on appointment"),
    },
    chart=Chart(
        kind="dumbbell",
        x="sector",
        colour="measure",
        measure="fewest",
        only={"measure": ENDS},
        references=(
            Reference(
                value=NHS_DAYS,
                label="NHS, on appointment",
                source="NHS Terms and Conditions of Service Handbook, section 13",
            ),
        ),
    ),
    narrate=narrate,
    definition=(
        "Days of annual leave at the start, as adverts of the sample print them, "
        "without public holidays where these stand apart. The NHS gives 27 days on "
        "appointment, whether or not an advert says so; adverts above that are counted."
    ),
    reproduces={
        "advert-independent-leave-days": Printed(
            value=33, within=0.5, row={"sector": "independent", "measure": "most"}
        ),
        "advert-independent-leave-n": Printed(
            value=1, within=0.5, row={"sector": "independent", "measure": "above_nhs"}
        ),
    },
    caveats=ALWAYS,
    capabilities=("PAY-11", "QUAL-06"),
)
def advertised_leave(adverts: CodedAdvert) -> ir.Table:
    """How many days of annual leave do NHS and independent employers advertise?"""
    kept = in_sample(adverts)
    more = kept.group_by("sector").agg(
        saying=(kept.leave_days > NHS_DAYS).cast("int64").sum().fill_null(0)
    )
    return together(
        advert_span(kept, of="leave_days", by=("sector",), ends=ENDS),
        cells(more, keys=("sector",), measure="above_nhs", numerator=more.saying),
    )
