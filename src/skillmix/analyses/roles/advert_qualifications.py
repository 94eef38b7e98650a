"""The qualifications adverts ask for at each band."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.adverts import advert_codes, at_bands
from skillmix.schema.documents import CodedAdvert
from skillmix.schema.results import Published
from skillmix.statistics import estimators
from skillmix.words.adverts import ALWAYS, SILENCE, by_bands


def narrate(published: Published) -> str:
    """Say how many adverts of each band ask for nothing."""
    told = by_bands(published, qualification="none_stated")
    return f"No qualification is stated in {told}."


def _majority(band: str, qualification: str) -> Printed:
    row = {"band": band, "qualification": qualification, "measure": "share"}
    return Printed(value=0.5, within=0.5, row=row)


@analysis(
    title="Qualifications asked for by band",
    keys=("band", "qualification"),
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
    chart=Chart(kind="stacked", x="band", colour="qualification", measure="share"),
    narrate=narrate,
    definition=(
        "NHS adverts whose band is known to be 2, 3 or 4, by the rung of the highest "
        "essential qualification; alternatives to it count as asked for."
    ),
    reproduces={
        "advert-band2-basic-skills-majority": _majority("2", "basic"),
        "advert-band4-nvq3-majority": _majority("4", "level_3"),
    },
    caveats=(*ALWAYS, SILENCE),
    capabilities=("REQ-01", "REQ-12", "QUAL-06"),
)
def advert_qualifications(adverts: CodedAdvert) -> ir.Table:
    """Which qualifications do adverts ask for at each band?"""
    kept = at_bands(adverts)
    return advert_codes(kept, of="qualification", by=("band",))
