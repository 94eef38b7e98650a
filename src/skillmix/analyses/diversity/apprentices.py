"""Who starts an apprenticeship in support work, by level."""

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
    """Set the two support worker standards side by side."""
    first, senior = (
        stated(
            published, "share", "percent", 0, standard=name, category="minority_ethnic"
        )
        for name in (FIRST, SENIOR)
    )
    return (
        f"{year_to(published)}, {first} of starters on the healthcare support worker "
        f"standard were from minority ethnic groups, and {senior} on the senior one."
    )


def _printed(
    value: float, standard: str, characteristic: str, category: str
) -> Printed:
    row = {
        "standard": standard,
        "characteristic": characteristic,
        "category": category,
    }
    return Printed(value=value, within=0.005, row=row)


@analysis(
    title="Who starts an apprenticeship",
    keys=("standard", "level", "characteristic", "category"),
    measures={
        "share": Measure(
            label="Share of starters",
            unit="percent",
            denominator="learners who started in the year, unknown among them",
            estimator=estimators.proportion,
        )
    },
    chart=Chart(
        kind="dots",
        x="category",
        colour="standard",
        measure="share",
        facet="characteristic",
    ),
    narrate=narrate,
    definition=(
        "Starters of the latest academic year given, by what they say of themselves. "
        "Counts are published rounded to ten, so small shares are uncertain."
    ),
    reproduces={
        "hcsw-starts-bame-2018-19": _printed(
            0.24, FIRST, "ethnicity", "minority_ethnic"
        ),
        "hcsw-starts-disabled-2018-19": _printed(0.17, FIRST, "disability", "yes"),
        "senior-hcsw-starts-bame-2018-19": _printed(
            0.14, SENIOR, "ethnicity", "minority_ethnic"
        ),
        "senior-hcsw-starts-disabled-2018-19": _printed(
            0.14, SENIOR, "disability", "yes"
        ),
    },
    caveats=(APPRENTICES,),
    capabilities=("EDI-13", "TRN-09", "REC-12"),
)
def apprentices(counts: ApprenticeCount) -> ir.Table:
    """Who starts an apprenticeship in support work, at each level?"""
    starts = counts.filter(counts.progress == "starts")
    latest = starts.filter(starts.period_end == starts.period_end.max())
    split = latest.filter(latest.characteristic != "all")
    whole = latest.filter(latest.characteristic == "all").select(
        named="standard", everyone="learners"
    )
    both = split.inner_join(whole, split.standard == whole.named)
    return cells(
        both,
        keys=("standard", "level", "characteristic", "category"),
        measure="share",
        numerator=both.learners,
        denominator=both.everyone,
        people=both.everyone,
    )
