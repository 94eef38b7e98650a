"""Who supervises support staff, as adverts tell it."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.adverts import advert_codes, in_sample
from skillmix.schema.documents import CodedAdvert
from skillmix.schema.results import Published
from skillmix.statistics import estimators
from skillmix.words.adverts import ALWAYS, SILENCE, sectors


def narrate(published: Published) -> str:
    """Say how often a nurse is named, and how often nobody."""
    nurse = sectors(published, supervised_by="registered_nurse")
    nobody = sectors(published, supervised_by="not_stated")
    return (
        f"A registered nurse is named as supervisor in {nurse}; supervision is not "
        f"spoken of in {nobody}."
    )


@analysis(
    title="Supervision in adverts",
    keys=("sector", "supervised_by"),
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
    chart=Chart(kind="dots", x="supervised_by", colour="sector", measure="share"),
    narrate=narrate,
    definition=(
        "Who supervises, directs or delegates to the post holder, as far as the advert "
        "names anybody; the clinical supervisor where a manager is named as well."
    ),
    caveats=(*ALWAYS, SILENCE),
    capabilities=("REQ-06", "QUAL-06"),
)
def supervision_statements(adverts: CodedAdvert) -> ir.Table:
    """Who do adverts say will supervise the post holder?"""
    kept = in_sample(adverts)
    return advert_codes(kept, of="supervised_by", by=("sector",))
