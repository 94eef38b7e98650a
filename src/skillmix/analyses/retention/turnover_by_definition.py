"""How turnover differs with who counts as a leaver, and out of how many."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.cells import cells, together
from skillmix.schema.careers import Flow
from skillmix.schema.results import Published
from skillmix.statistics import estimators
from skillmix.words.caveats import EXPERIMENTAL
from skillmix.words.contrast import told
from skillmix.words.when import the_year

STILL_THERE = ("to_leave_or_bank", "to_elsewhere")
RULES = {
    "from_record": "left the record",
    "from_post": "left the record, or post for leave or bank work",
    "from_group": "left post, or moved to another group",
}
BASES = {
    "of_opening": "people in the group a year before",
    "of_mean": "mean of the people in the group a year before and now",
}


def narrate(published: Published) -> str:
    """Set the narrowest rate beside the widest."""
    narrow, wide = (
        told(published, "{}", "not shown", measure=measure, group="in_service")
        for measure in ("leavers_from_record_of_mean", "leavers_from_group_of_opening")
    )
    return (
        f"For {published.scope.service_short}, turnover in {the_year(published)} was "
        f"{narrow} if only those who left the record count, out of the mean headcount, "
        f"and {wide} if moves to "
        "another group count too, out of those in post a year before."
    )


@analysis(
    title="Turnover by definition",
    keys=("grouping", "group"),
    measures={
        f"leavers_{rule}_{base}": Measure(
            label=f"{said[:1].upper()}{said[1:]}, of {of}",
            unit="percent",
            denominator=of,
            estimator=estimators.event_rate,
        )
        for rule, said in RULES.items()
        for base, of in BASES.items()
    },
    chart=Chart(
        kind="dots",
        x="group",
        measure="leavers_from_record_of_opening",
        only={"grouping": "service"},
    ),
    narrate=narrate,
    definition=(
        "Headcount by main post, of the year to the as-at month. Every rate names its "
        "leaver rule and its denominator, because rates by different ones cannot be "
        "compared. Leaving the record: in no row of it now. Leaving post: also those "
        "now on leave or only on a bank contract. Leaving the group: also those whose "
        "main post is now in another group."
    ),
    caveats=(EXPERIMENTAL,),
    capabilities=("RET-04", "RET-08"),
)
def turnover_by_definition(flow: Flow) -> ir.Table:
    """How much does turnover depend on how it is defined?"""
    out = -flow.people
    gone = flow.flow == "left"
    still = flow.detail.isin(STILL_THERE)
    counts = flow.group_by("grouping", "group").agg(
        opening=flow.people.sum(where=flow.flow == "opening").fill_null(0),
        closing=flow.people.sum(where=flow.flow == "closing").fill_null(0),
        from_record=out.sum(where=gone & ~still).fill_null(0),
        from_post=out.sum(where=gone).fill_null(0),
        from_group=out.sum(where=gone | (flow.flow == "moved_out")).fill_null(0),
    )
    counts = counts.filter(counts.opening > 0)
    bases = {
        "of_opening": counts.opening.cast("float64"),
        "of_mean": (counts.opening + counts.closing) / 2.0,
    }
    return together(
        *(
            cells(
                counts,
                keys=("grouping", "group"),
                measure=f"leavers_{rule}_{base}",
                numerator=counts[rule],
                denominator=of,
                cases=counts[rule],
                people=counts.opening,
            )
            for rule in RULES
            for base, of in bases.items()
        )
    )
