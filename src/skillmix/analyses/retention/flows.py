"""Who joined, moved, changed hours and left: an account that balances."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.cells import cells, together
from skillmix.schema.careers import Flow
from skillmix.schema.results import Published
from skillmix.statistics import estimators
from skillmix.words.caveats import EXPERIMENTAL, FLOWS_ROUNDED, LEAVING_REASONS
from skillmix.words.numbers import number
from skillmix.words.when import the_month

KEYS = ("grouping", "group", "flow", "detail")
# A flow with its parts summed; joiners and leavers have their parts beside them.
WHOLE = "all"
SERVICE = {
    "measure": "fte",
    "grouping": "service",
    "group": "in_service",
    "detail": WHOLE,
}


def narrate(published: Published) -> str:
    """Tell the account of the service's FTE, flow by flow."""
    opening, closing, joined, moved_in, left, moved_out = (
        _told(published, flow)
        for flow in ("opening", "closing", "joined", "moved_in", "left", "moved_out")
    )
    hours = published.one(flow="hours", **SERVICE)
    size = _told(published, "hours")
    changed = f"{size} by change of hours"
    if hours is not None and hours.estimate is not None:
        way = "more" if hours.estimate > 0 else "fewer"
        changed = f"{size} {way} by change of hours"
    if size == number(0.0, "fte"):
        changed = "none by change of hours"
    return (
        f"In {published.scope.service_short}, {opening} full-time equivalents a year "
        f"before became {closing} in {the_month(published)}: {joined} joined, "
        f"{moved_in} moved in from elsewhere, {changed}, {left} left and {moved_out} "
        "moved away."
    )


def _told(published: Published, flow: str) -> str:
    """Return the size of a flow, or that too few people stand behind it."""
    rows = published.where(flow=flow, **SERVICE)
    if any(row.status != "shown" for row in rows):
        return "too few to show"
    return number(abs(sum(row.estimate or 0.0 for row in rows)), "fte")


@analysis(
    title="Stocks and flows",
    keys=KEYS,
    measures={
        "people": Measure(
            label="People by main post",
            unit="people",
            denominator="",
            estimator=estimators.as_printed,
            decimals=0,
        ),
        "fte": Measure(
            label="Full-time equivalents of all posts",
            unit="fte",
            denominator="",
            estimator=estimators.as_printed,
            decimals=0,
        ),
    },
    chart=Chart(
        kind="bar",
        x="flow",
        colour="group",
        measure="fte",
        only={"grouping": "service", "detail": WHOLE},
        order="list",
    ),
    narrate=narrate,
    definition=(
        "Staff in post a year before the as-at month and now. Joined: in post now and "
        "in none of the place's posts then (from outside the record, returned to it, "
        "from leave or bank work, or from another place in the record). Left: the "
        "other way round, by the reason recorded. Moved: in another group at the other "
        "end. Hours: more or less FTE in the same group. People are counted in the "
        "group of their main post, FTE in the group of each post. Opening plus flows "
        "is closing for every group, to the last digit, or the run stops. Newly "
        "qualified joiners are among those from outside: `retention.joiners` tells "
        "them, where an extract of joiners holds recruitment sources."
    ),
    caveats=(FLOWS_ROUNDED, LEAVING_REASONS, EXPERIMENTAL),
    capabilities=("RET-01", "RET-04", "PROG-02"),
)
def flows(flow: Flow) -> ir.Table:
    """Who joined, moved, changed hours and left within the year?"""
    by = ["grouping", "group", "flow"]
    whole = flow.group_by(by).agg(
        people=lambda t: t.people.sum(), fte=lambda t: t.fte.sum()
    )
    whole = whole.mutate(detail=ibis.literal(WHOLE))
    parts = flow.filter(flow.detail != "")
    return together(
        *(_cells(rows, of) for rows in (whole, parts) for of in ("people", "fte"))
    )


def _cells(rows: ir.Table, of: str) -> ir.Table:
    return cells(
        rows,
        keys=KEYS,
        measure=of,
        numerator=rows[of],
        cases=rows.people.abs(),
        people=rows.people.abs(),
    )
