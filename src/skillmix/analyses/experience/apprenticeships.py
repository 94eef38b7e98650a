"""How many people start and finish an apprenticeship in support work."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.cells import cells
from skillmix.schema.results import Published
from skillmix.schema.training import ApprenticeCount
from skillmix.statistics import estimators
from skillmix.words.caveats import APPRENTICES
from skillmix.words.contrast import stated
from skillmix.words.when import year_to

FIRST, SENIOR = "healthcare_support_worker", "senior_healthcare_support_worker"


def narrate(published: Published) -> str:
    """Give starts and achievements of the first support worker standard."""
    starts, achieved = (
        stated(published, "learners", "people", 0, standard=FIRST, progress=name)
        for name in ("starts", "achievements")
    )
    return (
        f"{year_to(published)}, {starts} people began a healthcare support worker "
        f"apprenticeship, and {achieved} achieved one."
    )


def _printed(value: float, standard: str, progress: str) -> Printed:
    row = {"standard": standard, "progress": progress}
    return Printed(value=value, within=0.5, row=row)


@analysis(
    title="Apprenticeship starts and achievements",
    keys=("standard", "progress", "period_start", "period_end"),
    measures={
        "learners": Measure(
            label="Learners",
            unit="people",
            denominator="",
            estimator=estimators.as_printed,
            decimals=0,
        )
    },
    chart=Chart(kind="bar", x="standard", colour="progress", measure="learners"),
    narrate=narrate,
    definition=(
        "Learners who started, and who achieved, an apprenticeship in the latest "
        "academic year given, by standard, as published (rounded to ten)."
    ),
    reproduces={
        "hcsw-apprentice-starts-2018-19": _printed(2_120, FIRST, "starts"),
        "hcsw-apprentice-achievements-2018-19": _printed(670, FIRST, "achievements"),
        "senior-hcsw-apprentices-2018-19": _printed(2_740, SENIOR, "starts"),
        "senior-hcsw-achievements-2018-19": _printed(200, SENIOR, "achievements"),
    },
    caveats=(APPRENTICES,),
    capabilities=("TRN-09", "REC-12"),
)
def apprenticeships(counts: ApprenticeCount) -> ir.Table:
    """How many people start and finish an apprenticeship in support work?"""
    whole = counts.filter(counts.characteristic == "all")
    latest = whole.filter(whole.period_end == whole.period_end.max())
    return cells(
        latest,
        keys=("standard", "progress", "period_start", "period_end"),
        measure="learners",
        numerator=latest.learners,
    )
