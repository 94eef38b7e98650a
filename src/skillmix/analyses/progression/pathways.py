"""Where the steps of a career lead, and where they end."""

from __future__ import annotations

import ibis.expr.types as ir

from skillmix.catalogue import Measure, Model, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.pathways import BY, fit_pathways, pathway_cells
from skillmix.schema.derived import YearPair
from skillmix.schema.results import Published
from skillmix.words.caveats import EXPERIMENTAL, ROLE_CATEGORIES
from skillmix.words.contrast import told
from skillmix.words.labels import label
from skillmix.words.when import year_to

# Fewer than one in twenty a year, beyond reasonable doubt, is called a dead end.
DEAD_END = 0.05
STEPS_TO_NURSING = (
    (
        *("health care assistants", "trainee nursing associates"),
        *("assistant", "trainee_nursing_associate"),
    ),
    (
        *("trainee nursing associates", "nursing associates"),
        *("trainee_nursing_associate", "nursing_associate"),
    ),
)
PEOPLE = "people in that role in the service a year before, leavers among them"


def narrate(published: Published) -> str:
    """Follow the steps to nursing, and name the dead ends."""
    on, qualified = (
        told(
            published,
            f"{{}} of {people} became {goal}",
            f"too few {people} to show became {goal}",
            measure="share",
            node=start,
            next_node=end,
        )
        for people, goal, start, end in STEPS_TO_NURSING
    )
    closed = [
        label("node", row["node"]).lower()
        for row in published.where(measure="moved_up")
        if row.conf_high is not None and row.conf_high < DEAD_END
    ]
    ends = (
        "Roles from which fewer than one in twenty move up a band: "
        f"{', '.join(closed)}."
        if closed
        else "From no role is it shown that fewer than one in twenty move up a band."
    )
    return f"{year_to(published)}, {on}, and {qualified}. {ends}"


@analysis(
    title="Role pathways",
    keys=("node", "next_node"),
    measures={
        "share": Measure(
            label="Share in that role a year later",
            unit="percent",
            denominator=PEOPLE,
            method="Wilson score interval",
        ),
        "moved_up": Measure(
            label="Moved up a band within a year",
            unit="percent",
            denominator=PEOPLE,
            method="Wilson score interval",
        ),
        "years": Measure(
            label="Mean years in the role",
            unit="years",
            denominator=PEOPLE,
            method="share out of the role after a year, as exponential stays",
        ),
    },
    chart=Chart(
        kind="flow",
        x="node",
        y="next_node",
        measure="share",
        only={"measure": "share"},
    ),
    narrate=narrate,
    definition=(
        "Headcount by main post: people in the roles of the pathways in the service a "
        "year before the as-at month, by the role they hold now, in whatever service; "
        "the roles that make up each step are listed in the code. Time in a role "
        "counts leaving it for any other or for none."
    ),
    caveats=(EXPERIMENTAL, ROLE_CATEGORIES),
    capabilities=("PROG-03", "PROG-05", "PROG-10", "PROG-11", "REC-04"),
    model=Model(by=BY, fit=fit_pathways),
)
def pathways(pairs: YearPair) -> ir.Table:
    """Where do the steps of a career lead, and where do they end?"""
    return pathway_cells(pairs.filter(pairs.in_service))
