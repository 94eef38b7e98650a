"""Which adverts the review keeps, and why it leaves out others."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.adverts import advert_codes
from skillmix.schema.documents import CodedAdvert
from skillmix.schema.results import Published
from skillmix.statistics import estimators
from skillmix.words.adverts import BY_RULES, NOT_PEOPLE, said


def narrate(published: Published) -> str:
    """Say how many adverts were read and how many are in the sample."""
    kept = {
        sector: said(published, sector=sector, sample_place="kept", of=noun)
        for sector, noun in (("nhs", "NHS advert"), ("independent", "independent one"))
    }
    return (
        f"Of the adverts read, the sample keeps {kept['nhs']} and "
        f"{kept['independent']}."
    )


def _kept(value: int, sector: str) -> Printed:
    row = {"sector": sector, "sample_place": "kept", "measure": "adverts"}
    return Printed(value=value, within=0.5, row=row)


@analysis(
    title="The sample of adverts",
    keys=("sector", "sample_place"),
    measures={
        "share": Measure(
            label="Share of adverts",
            unit="percent",
            denominator="all adverts read, of the sector",
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
    chart=Chart(kind="stacked", x="sector", colour="sample_place", measure="share"),
    narrate=narrate,
    definition=(
        "Every advert read, by sector: kept, or left out as being of no support post, "
        "not in mental health or near it, outside the nation or bands asked for, a "
        "training post, a registered role, or a repeat of another."
    ),
    reproduces={
        "adverts-nhs-n": _kept(35, "nhs"),
        "adverts-nonnhs-n": _kept(10, "independent"),
    },
    caveats=(NOT_PEOPLE, BY_RULES),
    capabilities=("QUAL-02", "QUAL-03", "QUAL-06", "REQ-14", "REQ-15", "IN-26"),
)
def advert_sample(adverts: CodedAdvert) -> ir.Table:
    """Which adverts does the sample keep, and why are others left out?"""
    placed = adverts.mutate(sample_place=adverts.exclusion.fill_null("kept"))
    return advert_codes(placed, of="sample_place", by=("sector",))
