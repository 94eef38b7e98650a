"""What adverts say of careers: nothing, something general, or an outcome."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Claim, Measure, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.adverts import advert_codes, in_sample
from skillmix.schema.documents import CodedAdvert
from skillmix.schema.results import Published
from skillmix.statistics import estimators
from skillmix.words.adverts import ALWAYS, sectors


def narrate(published: Published) -> str:
    """Say how many adverts are specific and how many say nothing."""
    specific = sectors(published, advert_career="specific_outcome")
    nothing = sectors(published, advert_career="none")
    return f"An outcome was named in {specific}; nothing was said in {nothing}."


@analysis(
    title="Careers in adverts",
    keys=("sector", "advert_career"),
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
    chart=Chart(kind="stacked", x="sector", colour="advert_career", measure="share"),
    narrate=narrate,
    definition=(
        "Specific outcome: a band, role, qualification or secondment is named. "
        "Generic: careers, progression or personal development without one."
    ),
    shows={
        "dir-adverts-career-outcomes-rare": Claim(
            relation="smallest",
            picks=(
                {
                    "sector": "nhs",
                    "advert_career": "specific_outcome",
                    "measure": "share",
                },
            ),
            among={"sector": "nhs", "measure": "share"},
        ),
    },
    caveats=ALWAYS,
    capabilities=("REQ-07", "QUAL-06"),
)
def career_statements(adverts: CodedAdvert) -> ir.Table:
    """Do adverts name an outcome when they speak of careers?"""
    kept = in_sample(adverts).mutate(advert_career=adverts.career)
    return advert_codes(kept, of="advert_career", by=("sector",))
