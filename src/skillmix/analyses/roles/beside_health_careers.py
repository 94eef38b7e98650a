"""What adverts ask, beside what the Health Careers pages say is asked."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.adverts import advert_shares, at_bands
from skillmix.schema.documents import CodedAdvert
from skillmix.schema.results import Published
from skillmix.statistics import estimators
from skillmix.words.adverts import ALWAYS, SILENCE, by_bands

BEYOND_GCSE = ("level_3", "level_4_or_above", "registration")


def narrate(published: Published) -> str:
    """Say how many adverts ask for more than the pages say."""
    told = by_bands(published, beyond="qualification")
    return f"More than GCSEs is asked for in {told}."


@analysis(
    title="Requirements beside Health Careers",
    keys=("band", "beyond"),
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
    chart=Chart(kind="dots", x="beyond", colour="band", measure="share"),
    narrate=narrate,
    definition=(
        "The Health Careers pages, as the report quotes them, say that people can "
        "enter most support roles with GCSEs and that some experience is useful. "
        "Counted are adverts that ask for a level 3 qualification or more, adverts "
        "that require experience, and adverts that require a year or more of it."
    ),
    caveats=(*ALWAYS, SILENCE),
    capabilities=("REQ-10",),
)
def beside_health_careers(adverts: CodedAdvert) -> ir.Table:
    """How many adverts ask for more than the Health Careers pages say?"""
    kept = at_bands(adverts)
    told = {
        "qualification": kept.qualification.isin(BEYOND_GCSE),
        "experience": kept.experience.isin(("some", "substantial")),
        "substantial_experience": kept.experience == "substantial",
    }
    return advert_shares(kept, told, by=("band",), key="beyond")
