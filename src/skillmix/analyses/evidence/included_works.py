"""The evidence table: what each included publication is, and what it found."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.reviews import listed, one_review
from skillmix.schema.results import Published
from skillmix.schema.reviews import ExtractedWork
from skillmix.statistics import estimators
from skillmix.words.fractions import capital
from skillmix.words.labels import label
from skillmix.words.reviews import EXTRACTED, PUBLISHED_WORKS

KEYS = (
    *("evidence_theme", "included_work", "evidence_setting"),
    *("study_design", "finding", "limits"),
)


def narrate(published: Published) -> str:
    """Name the themes that the included publications speak to."""
    themes = dict.fromkeys(
        label("evidence_theme", row["evidence_theme"])
        for row in published.rows
        if row["evidence_theme"] != "not_extracted"
    )
    if not themes:
        return "Nothing has been extracted from the included publications yet."
    return f"{capital('; '.join(themes))}: each publication stands under its theme."


@analysis(
    title="Evidence table",
    keys=KEYS,
    measures={
        "publications": Measure(
            label="Publications",
            unit="count",
            denominator="",
            estimator=estimators.as_printed,
            decimals=0,
        )
    },
    chart=Chart(
        kind="cards",
        x="included_work",
        y="finding",
        colour="evidence_theme",
    ),
    narrate=narrate,
    definition=(
        "Publications that both stages of screening include, with what the reviewers "
        "extracted: where, design and whose view or data, main finding and its limits."
    ),
    caveats=(PUBLISHED_WORKS, EXTRACTED),
    capabilities=("LIT-01", "LIT-11"),
)
def included_works(works: ExtractedWork) -> ir.Table:
    """What do the publications in the review say, and on what do they rest?"""
    mine = one_review(works)
    named = mine.mutate(
        evidence_theme=mine.theme,
        included_work=mine.work,
        evidence_setting=mine.setting,
        study_design=mine.design + "; " + mine.participants,
    )
    return listed(named, keys=KEYS, measure="publications")
