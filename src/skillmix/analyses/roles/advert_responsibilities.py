"""The families of responsibility in adverts, and who supervises others."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Claim, Measure, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.adverts import advert_shares, at_bands, lists
from skillmix.schema.documents import CodedAdvert
from skillmix.schema.results import Published
from skillmix.statistics import estimators
from skillmix.words.adverts import ALWAYS, SILENCE, by_bands

FAMILIES = ("clinical", "policy_and_service", "information", "safety")


def narrate(published: Published) -> str:
    """Say how many adverts of each band expect supervision of others."""
    told = by_bands(published, responsibility="supervises_others")
    return f"Supervising other staff is expected in {told}."


@analysis(
    title="Responsibilities in adverts by band",
    keys=("band", "responsibility"),
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
    chart=Chart(kind="dots", x="responsibility", colour="band", measure="share"),
    narrate=narrate,
    definition=(
        "NHS adverts whose band is known to be 2, 3 or 4, that name a duty of the "
        "family, in any words, or that expect the post holder to supervise, mentor or "
        "appraise other staff."
    ),
    shows={
        "dir-adverts-supervision-inconsistent": Claim(
            relation="varies",
            picks=tuple(
                {
                    "band": band,
                    "responsibility": "supervises_others",
                    "measure": "share",
                }
                for band in ("3", "4")
            ),
            within=0.1,
        ),
    },
    caveats=(*ALWAYS, SILENCE),
    capabilities=("ROLE-07", "QUAL-06"),
)
def advert_responsibilities(adverts: CodedAdvert) -> ir.Table:
    """Which responsibilities do adverts name at each band?"""
    kept = at_bands(adverts)
    told = {name: lists(kept.responsibilities, name) for name in FAMILIES}
    told["supervises_others"] = kept.supervises_others
    return advert_shares(kept, told, by=("band",), key="responsibility")
