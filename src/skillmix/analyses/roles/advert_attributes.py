"""The personal attributes adverts ask for at each band."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.adverts import advert_shares, at_bands, lists
from skillmix.schema.documents import CodedAdvert
from skillmix.schema.results import Published
from skillmix.statistics import estimators
from skillmix.words.adverts import ALWAYS, SILENCE, by_bands
from skillmix.words.fractions import capital
from skillmix.words.labels import label

CODES = (
    *("compassion", "motivation", "resilience", "reliability", "patience"),
    *("positivity", "respect", "appearance", "fitness"),
)


def narrate(published: Published) -> str:
    """Set the bands side by side on one of them."""
    told = by_bands(published, attribute_asked="compassion")
    name = label("attribute_asked", "compassion").lower()
    return f"{capital(name)} is asked for in {told}."


@analysis(
    title="Attributes asked for by band",
    keys=("band", "attribute_asked"),
    measures={
        "share": Measure(
            label="Share of adverts",
            unit="percent",
            denominator="NHS adverts of the band in the sample",
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
    chart=Chart(kind="dots", x="attribute_asked", colour="band", measure="share"),
    narrate=narrate,
    definition=(
        "NHS adverts whose band is known to be 2, 3 or 4, that name a quality of the "
        "person in any words; one advert may name several."
    ),
    reproduces={
        "advert-well-presented-n": Printed(
            value=2,
            within=0.5,
            row={"attribute_asked": "appearance", "measure": "adverts"},
            take="total",
        ),
    },
    caveats=(*ALWAYS, SILENCE),
    capabilities=("REQ-03", "QUAL-06"),
)
def advert_attributes(adverts: CodedAdvert) -> ir.Table:
    """Which personal attributes do adverts ask for at each band?"""
    kept = at_bands(adverts)
    told = {name: lists(kept.attributes, name) for name in CODES}
    return advert_shares(kept, told, by=("band",), key="attribute_asked")
