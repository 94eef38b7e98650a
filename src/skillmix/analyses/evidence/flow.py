"""The PRISMA 2020 flow of a review, counted from its records."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.cells import cells, united
from skillmix.measures.reviews import counted, one_review
from skillmix.schema.results import Published
from skillmix.schema.reviews import ReviewRecord
from skillmix.statistics import estimators
from skillmix.words.numbers import number
from skillmix.words.reviews import AS_EXPORTED, PUBLISHED_WORKS

KEYS = ("flow_step", "flow_detail")
BEFORE = ("duplicate", "outside_strategy")
SOUGHT = ("not_retrieved", "undecided_full_text", "excluded_full_text", "included")


def narrate(published: Published) -> str:
    """Say how many records there were, how many were screened and what is left."""
    told = {
        step: number(row.estimate, "records")
        for step in ("identified", "duplicates_removed", "screened", "included")
        if (row := published.one(flow_step=step, flow_detail="all"))
    }
    text = (
        f"Of {told['identified']} records identified, {told['duplicates_removed']} "
        f"were duplicates; {told['screened']} publications came to screening"
    )
    if "included" not in told:
        return f"{text}, which has not begun."
    return f"{text}, and {told['included']} are included."


@analysis(
    title="Flow of the review",
    keys=KEYS,
    measures={
        "records": Measure(
            label="Records",
            unit="records",
            denominator="",
            estimator=estimators.as_printed,
            decimals=0,
        )
    },
    chart=Chart(kind="prisma", x="flow_step", y="flow_detail"),
    narrate=narrate,
    definition=(
        "The PRISMA 2020 flow for new reviews of databases (Page and others, 2021), "
        "counted from the exports and the screening log. Records are counted up to "
        "the removal of duplicates, publications after it; a step that was not "
        "reached has no row."
    ),
    caveats=(PUBLISHED_WORKS, AS_EXPORTED),
    capabilities=("LIT-02", "LIT-03", "LIT-10"),
)
def flow(records: ReviewRecord) -> ir.Table:
    """How many records were found, screened and included in the review?"""
    mine = one_review(records)
    begun = (mine.outcome == "to_screen").sum().over(ibis.window()) == 0
    stood = mine.mutate(begun=begun)
    firsts = stood.filter(stood.record_id == stood.publication)
    screened = firsts.filter(firsts.outcome.notin(BEFORE))
    steps = united(_before(stood), _after(screened.filter(screened.begun)))
    whole = cells(steps, keys=KEYS, measure="records", numerator=steps.n)
    sources = stood.mutate(
        flow_step=ibis.literal("identified"), flow_detail=stood.database
    )
    out = screened.filter(screened.outcome == "excluded_full_text")
    why = out.mutate(
        flow_step=ibis.literal("excluded_full_text"),
        flow_detail=out.reason.fill_null("reason_not_given"),
    )
    return united(
        whole,
        counted(sources, by=KEYS, measure="records"),
        counted(why, by=KEYS, measure="records"),
    )


def _before(records: ir.Table) -> ir.Table:
    """Give the steps up to screening, of all records."""
    return _steps(
        records,
        {
            "identified": records.outcome.notnull(),
            "duplicates_removed": records.outcome == "duplicate",
            "outside_strategy": records.outcome == "outside_strategy",
            "screened": records.outcome.notin(BEFORE),
        },
    )


def _after(screened: ir.Table) -> ir.Table:
    """Give the steps of screening, of the publications that came to it."""
    return _steps(
        screened,
        {
            "excluded": screened.outcome == "excluded",
            "undecided": screened.outcome == "undecided",
            "sought": screened.outcome.isin(SOUGHT),
            "not_retrieved": screened.outcome == "not_retrieved",
            "assessed": screened.outcome.isin(SOUGHT[1:]),
            "undecided_full_text": screened.outcome == "undecided_full_text",
            "excluded_full_text": screened.outcome == "excluded_full_text",
            "included": screened.outcome == "included",
        },
    )


def _steps(table: ir.Table, when: Mapping[str, ir.BooleanValue]) -> ir.Table:
    """Give a row for each step, with how many rows are at it."""
    sums = table.agg(**{step: told.cast("int64").sum() for step, told in when.items()})
    steps = united(
        *(
            sums.select(
                flow_step=ibis.literal(step),
                flow_detail=ibis.literal("all"),
                n=sums[step],
            )
            for step in when
        )
    )
    return steps.filter(steps.n.notnull())
