"""What adverts ask for besides qualifications and experience, and at whose cost."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.adverts import advert_shares, in_sample
from skillmix.schema.documents import CodedAdvert
from skillmix.schema.results import Published
from skillmix.statistics import estimators
from skillmix.words.adverts import ALWAYS, SILENCE, sectors


def narrate(published: Published) -> str:
    """Say how often candidates bear a cost, and must drive."""
    cost = sectors(published, requirement="cost_to_applicant")
    driving = sectors(published, requirement="driving")
    return (
        f"Candidates bear a cost (a check, or less pay while they train) in {cost}; "
        f"they must drive in {driving}."
    )


@analysis(
    title="Other requirements in adverts",
    keys=("sector", "requirement"),
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
    chart=Chart(kind="dots", x="requirement", colour="sector", measure="share"),
    narrate=narrate,
    definition=(
        "Adverts that require driving or travel, lived experience (required, or "
        "desirable), physical intervention or a second language, that name the Care "
        "Certificate, or that make candidates pay for a check or train on less pay."
    ),
    reproduces={
        "advert-security-training-n": Printed(
            value=1,
            within=0.5,
            row={"requirement": "cost_to_applicant", "measure": "adverts"},
            take="total",
        ),
    },
    caveats=(*ALWAYS, SILENCE),
    capabilities=("REQ-13", "REQ-02", "QUAL-06"),
)
def other_requirements(adverts: CodedAdvert) -> ir.Table:
    """What else do adverts ask of candidates, and at whose cost?"""
    kept = in_sample(adverts)
    told = {
        "driving": kept.driving_required,
        "travel": kept.travel_required,
        "lived_experience": kept.lived_experience == "required",
        "lived_experience_desirable": kept.lived_experience == "desirable",
        "physical_intervention": kept.physical_intervention,
        "care_certificate": kept.care_certificate,
        "second_language": kept.second_language,
        "cost_to_applicant": kept.cost_to_applicant,
    }
    return advert_shares(kept, told, by=("sector",), key="requirement")
