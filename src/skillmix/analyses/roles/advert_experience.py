"""The experience adverts ask for at each band."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.adverts import advert_codes, at_bands
from skillmix.schema.documents import CodedAdvert
from skillmix.schema.results import Published
from skillmix.statistics import estimators
from skillmix.words.adverts import ALWAYS, SILENCE, by_bands


def narrate(published: Published) -> str:
    """Say how many adverts of each band ask for nothing."""
    told = by_bands(published, experience_asked="none")
    return f"No experience is asked for in {told}."


@analysis(
    title="Experience asked for by band",
    keys=("band", "experience_asked"),
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
    chart=Chart(kind="stacked", x="band", colour="experience_asked", measure="share"),
    narrate=narrate,
    definition=(
        "NHS adverts whose band is known to be 2, 3 or 4. Substantial: twelve months "
        "or more, or so called. Desire only: a wish to do the work will do. Experience "
        "that is only desirable counts as none."
    ),
    caveats=(*ALWAYS, SILENCE),
    capabilities=("REQ-02", "QUAL-06"),
)
def advert_experience(adverts: CodedAdvert) -> ir.Table:
    """How much experience do adverts ask for at each band?"""
    kept = at_bands(adverts).mutate(experience_asked=adverts.experience)
    return advert_codes(kept, of="experience_asked", by=("band",))
