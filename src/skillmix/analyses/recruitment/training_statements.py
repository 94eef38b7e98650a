"""How adverts commit to training: not at all, in general, or by name."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.adverts import advert_codes, in_sample
from skillmix.schema.documents import CodedAdvert
from skillmix.schema.results import Published
from skillmix.statistics import estimators
from skillmix.words.adverts import ALWAYS, sectors


def narrate(published: Published) -> str:
    """Say how many adverts are specific and how many say nothing."""
    specific = sectors(published, advert_training="specific")
    nothing = sectors(published, advert_training="none")
    return (
        f"A qualification or course was named in {specific}; nothing was said in "
        f"{nothing}."
    )


@analysis(
    title="Training in adverts",
    keys=("sector", "advert_training"),
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
    chart=Chart(kind="stacked", x="sector", colour="advert_training", measure="share"),
    narrate=narrate,
    definition=(
        "Specific: a qualification or course is named that goes further than what all "
        "staff are taught (induction, mandatory training, the Care Certificate, the "
        "management of violence). Generic: training, induction, appraisal or "
        "development without naming one."
    ),
    caveats=ALWAYS,
    capabilities=("REQ-05", "TRN-02", "QUAL-06"),
)
def training_statements(adverts: CodedAdvert) -> ir.Table:
    """What training do adverts commit to?"""
    kept = in_sample(adverts).mutate(advert_training=adverts.training)
    return advert_codes(kept, of="advert_training", by=("sector",))
