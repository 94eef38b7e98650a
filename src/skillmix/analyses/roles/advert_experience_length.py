"""How many years of experience adverts ask for at each band."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.adverts import advert_span, at_bands
from skillmix.schema.documents import CodedAdvert
from skillmix.schema.results import Published
from skillmix.statistics import estimators
from skillmix.words.adverts import ALWAYS, SILENCE
from skillmix.words.fractions import listed
from skillmix.words.numbers import number

MONTHS = 12
ENDS = ("shortest", "longest")


def narrate(published: Published) -> str:
    """Say how long the experience is that each band's adverts name."""
    told: list[str] = []
    for band in ("2", "3", "4"):
        rows = [published.one(band=band, measure=end) for end in ENDS]
        ends = sorted({r.estimate for r in rows if r and r.estimate is not None})
        if ends:
            years = [number(end, "years", 0 if end == int(end) else 1) for end in ends]
            unit = "year" if ends == [1] else "years"
            told.append(f"{' to '.join(years)} {unit} at band {band}")
    if not told:
        return "No advert names a length of experience."
    return f"Where adverts name a length of experience, it is {listed(told)}."


def _years(label: str) -> Measure:
    return Measure(
        label=label,
        unit="years",
        denominator="",
        estimator=estimators.as_printed,
        decimals=1,
    )


def _printed(value: int, measure: str) -> Printed:
    return Printed(value=value, within=0.5, row={"band": "4", "measure": measure})


@analysis(
    title="Length of experience asked for by band",
    keys=("band",),
    measures={
        "shortest": _years("Shortest"),
        "longest": _years("Longest"),
        "adverts": Measure(
            label="Adverts that name a length",
            unit="adverts",
            denominator="",
            estimator=estimators.as_printed,
            decimals=0,
        ),
    },
    chart=Chart(
        kind="dumbbell",
        x="band",
        colour="measure",
        measure="shortest",
        only={"measure": ENDS},
    ),
    narrate=narrate,
    definition=(
        "NHS adverts whose band is known to be 2, 3 or 4, that name how long a "
        "candidate must have worked: the shortest and the longest of these, in years."
    ),
    reproduces={
        "advert-band4-experience-low": _printed(1, "shortest"),
        "advert-band4-experience-high": _printed(3, "longest"),
    },
    caveats=(*ALWAYS, SILENCE),
    capabilities=("REQ-02", "QUAL-06"),
)
def advert_experience_length(adverts: CodedAdvert) -> ir.Table:
    """How many years of experience do adverts ask for at each band?"""
    kept = at_bands(adverts)
    told = kept.mutate(years=kept.experience_months / MONTHS)
    return advert_span(told, of="years", by=("band",), ends=ENDS)
