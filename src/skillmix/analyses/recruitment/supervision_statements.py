"""Who supervises support staff, as adverts tell it."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Claim, Measure, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.adverts import advert_codes, in_sample
from skillmix.measures.cells import together
from skillmix.schema.documents import CodedAdvert
from skillmix.schema.results import Published
from skillmix.statistics import estimators
from skillmix.words.adverts import ALWAYS, SILENCE, sectors

NOT_CLINICAL = ("not_stated", "unspecified", "line_manager", "mentor")


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
        "of_clinical": Measure(
            label="Share of adverts that name a clinical supervisor",
            unit="percent",
            denominator="adverts of the sector that name a clinical supervisor",
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
        "names anybody; the clinical supervisor where a manager is named as well. Line "
        "managers and mentors are no clinical supervisors."
    ),
    shows={
        "dir-adverts-nurse-supervisor": Claim(
            relation="majority",
            picks=(
                {
                    "sector": "nhs",
                    "supervised_by": "registered_nurse",
                    "measure": "of_clinical",
                },
            ),
        ),
    },
    caveats=(*ALWAYS, SILENCE),
    capabilities=("REQ-06", "QUAL-06"),
)
def supervision_statements(adverts: CodedAdvert) -> ir.Table:
    """Who do adverts say will supervise the post holder?"""
    kept = in_sample(adverts)
    clinical = kept.filter(kept.supervised_by.notin(NOT_CLINICAL))
    named = advert_codes(
        clinical, of="supervised_by", by=("sector",), measure="of_clinical"
    )
    return together(
        advert_codes(kept, of="supervised_by", by=("sector",)),
        named.filter(named.measure == "of_clinical"),
    )
