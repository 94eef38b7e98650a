"""The knowledge adverts ask for at each band."""

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
    *("mental_health_law", "safeguarding", "conditions"),
    *("benefits_system", "local_community", "multidisciplinary"),
)


def narrate(published: Published) -> str:
    """Set the bands side by side on one of them."""
    told = by_bands(published, knowledge_asked="multidisciplinary")
    name = label("knowledge_asked", "multidisciplinary").lower()
    return f"{capital(name)} is asked for in {told}."


@analysis(
    title="Knowledge asked for by band",
    keys=("band", "knowledge_asked"),
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
    chart=Chart(kind="dots", x="knowledge_asked", colour="band", measure="share"),
    narrate=narrate,
    definition=(
        "NHS adverts whose band is known to be 2, 3 or 4, that ask for knowledge of "
        "something; one advert may name several things."
    ),
    reproduces={
        "advert-local-culture-n": Printed(
            value=1,
            within=0.5,
            row={"knowledge_asked": "local_community", "measure": "adverts"},
            take="total",
        ),
    },
    caveats=(*ALWAYS, SILENCE),
    capabilities=("REQ-04", "QUAL-06"),
)
def advert_knowledge(adverts: CodedAdvert) -> ir.Table:
    """Which knowledge do adverts ask for at each band?"""
    kept = at_bands(adverts)
    told = {name: lists(kept.knowledge, name) for name in CODES}
    return advert_shares(kept, told, by=("band",), key="knowledge_asked")
