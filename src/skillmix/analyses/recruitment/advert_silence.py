"""What adverts state, what they are silent on, and what was not read."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.adverts import advert_codes, in_sample
from skillmix.measures.cells import united
from skillmix.schema.documents import CodedAdvert
from skillmix.schema.results import Published
from skillmix.statistics import estimators
from skillmix.words.adverts import ALWAYS, SILENCE, said

FIELDS = (
    ("qualifications", "qualification_state"),
    ("experience", "experience_state"),
    ("supervision", "supervision_state"),
)


def narrate(published: Published) -> str:
    """Say how often qualifications stand in the advert itself."""
    told = said(published, asked_about="qualifications", advert_state="stated")
    unread = said(
        published, asked_about="qualifications", advert_state="attachment_not_read"
    )
    return (
        f"Qualifications are stated in {told}; in {unread} they may stand in a "
        "document that was not read."
    )


@analysis(
    title="What adverts leave unsaid",
    keys=("asked_about", "advert_state"),
    measures={
        "share": Measure(
            label="Share of adverts",
            unit="percent",
            denominator="adverts in the sample",
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
        kind="stacked", x="asked_about", colour="advert_state", measure="share"
    ),
    narrate=narrate,
    definition=(
        "Stated: the advert, or a document read with it, says something. Silent: all "
        "was read and nothing said. Not read: a person specification exists, and was "
        "not among the files."
    ),
    caveats=(*ALWAYS, SILENCE),
    capabilities=("QUAL-06", "REQ-12"),
)
def advert_silence(adverts: CodedAdvert) -> ir.Table:
    """What do adverts state, and what do they leave to other documents?"""
    kept = in_sample(adverts)
    each = [
        kept.select(asked_about=ibis.literal(name), advert_state=kept[state])
        for name, state in FIELDS
    ]
    return advert_codes(united(*each), of="advert_state", by=("asked_about",))
