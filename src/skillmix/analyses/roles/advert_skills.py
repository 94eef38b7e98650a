"""The skills and attributes adverts ask for at each band."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Claim, Measure, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.adverts import advert_shares, at_bands, lists
from skillmix.schema.documents import CodedAdvert
from skillmix.schema.results import Published
from skillmix.statistics import estimators
from skillmix.words.adverts import ALWAYS, SILENCE, by_bands
from skillmix.words.fractions import capital
from skillmix.words.labels import label

CODES = (
    *("communication", "it", "literacy", "numeracy"),
    *(
        "organisation",
        "team_work",
        "initiative",
        "physical_intervention",
        "problem_solving",
    ),
)


def narrate(published: Published) -> str:
    """Set the bands side by side on one of them."""
    told = by_bands(published, skill_asked="communication")
    name = label("skill_asked", "communication").lower()
    return f"{capital(name)} is asked for in {told}."


@analysis(
    title="Skills asked for by band",
    keys=("band", "skill_asked"),
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
    chart=Chart(kind="dots", x="skill_asked", colour="band", measure="share"),
    narrate=narrate,
    definition=(
        "NHS adverts whose band is known to be 2, 3 or 4, that name a skill in any "
        "words; one advert may name several."
    ),
    shows={
        "dir-adverts-skills-no-band-difference": Claim(
            relation="no_pattern",
            among={"skill_asked": "communication", "measure": "share"},
        ),
    },
    caveats=(*ALWAYS, SILENCE),
    capabilities=("REQ-03", "QUAL-06"),
)
def advert_skills(adverts: CodedAdvert) -> ir.Table:
    """Which skills do adverts ask for at each band?"""
    kept = at_bands(adverts)
    told = {name: lists(kept.skills, name) for name in CODES}
    return advert_shares(kept, told, by=("band",), key="skill_asked")
