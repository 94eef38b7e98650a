"""Support staff beside qualified staff in each region (Figure 7)."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Claim, Measure, Printed, analysis
from skillmix.cohorts.definitions import as_at, in_place
from skillmix.figures.chart import Chart
from skillmix.measures.cells import ratio, share_where, together
from skillmix.schema import values
from skillmix.schema.derived import WorkforceCount
from skillmix.schema.published import MentalHealthFte
from skillmix.schema.results import Published, Row
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.caveats import LONDON_ATYPICAL, SERVICE_DEFINITION
from skillmix.words.contrast import ran
from skillmix.words.labels import label
from skillmix.words.numbers import interval
from skillmix.words.when import in_month


def from_core_file(counts: MentalHealthFte, scope: Scope) -> ir.Table:
    """Read the organisations of the mental health workforce file."""
    asked = scope.service == "in_mental_health_services"
    rows = counts.filter(
        (counts.level == "organisation") & counts.region.notnull() & ibis.literal(asked)
    )
    return _cells(as_at(in_place(rows, scope), scope))


def narrate(published: Published) -> str:
    """Name the regions with the fewest and the most support per qualified."""
    rows = [r for r in published.where(measure="per_qualified") if r.estimate]
    if not rows:
        return "No region's ratio can be shown."
    spread = ran(rows, lambda row: f"{interval(row, 'ratio', 2)} in {_named(row)}")
    return (
        f"{in_month(published)}, what there was of support staff for each full-time "
        f"equivalent of professionally qualified staff {spread}."
    )


def _named(row: Row) -> str:
    """Return a region as a sentence names it: "the North West", but "London"."""
    name = label("region", row["region"])
    return name if name == "London" else f"the {name}"


@analysis(
    title="Support and qualified staff by region",
    keys=("region",),
    measures={
        "per_qualified": Measure(
            label="Support staff for each professionally qualified",
            unit="ratio",
            denominator="FTE of professionally qualified staff, doctors among them",
            estimator=estimators.fte_ratio,
            decimals=2,
        ),
        "share_of_clinical": Measure(
            label="Share of clinical FTE",
            unit="percent",
            denominator="FTE of support and professionally qualified staff",
            estimator=estimators.fte_share,
        ),
        "share_of_all_staff": Measure(
            label="Share of all FTE",
            unit="percent",
            denominator="FTE of all staff in the service, infrastructure included",
            estimator=estimators.fte_share,
        ),
    },
    chart=Chart(kind="tiles", x="region", measure="per_qualified"),
    narrate=narrate,
    definition=(
        "Within the service, by region of the employer. The report's shares (28% to "
        "36%) and its ratios (0.49 to 0.66) need different denominators: both stand "
        "here, each with its own."
    ),
    figure=7,
    reproduces={
        "london-support-per-qualified": Printed(
            value=0.49, within=0.005, row={"measure": "per_qualified", "region": "Y56"}
        ),
        "midlands-support-per-qualified": Printed(
            value=0.66, within=0.005, row={"measure": "per_qualified", "region": "Y60"}
        ),
        "london-mh-support-share": Printed(
            value=0.28,
            within=0.005,
            row={"measure": "share_of_all_staff", "region": "Y56"},
        ),
        "midlands-mh-support-share": Printed(
            value=0.32,
            within=0.005,
            row={"measure": "share_of_all_staff", "region": "Y60"},
        ),
        "ney-mh-support-share": Printed(
            value=0.36,
            within=0.005,
            row={"measure": "share_of_all_staff", "region": "Y63"},
        ),
    },
    shows={
        "dir-london-lowest-support-share": Claim(
            relation="smallest",
            picks=({"measure": "share_of_all_staff", "region": "Y56"},),
            among={"measure": "share_of_all_staff"},
        ),
    },
    caveats=(SERVICE_DEFINITION, LONDON_ATYPICAL),
    capabilities=(
        "SIZE-11",
        "SIZE-13",
        "QA-14",
    ),
    also=(from_core_file,),
)
def by_region(counts: WorkforceCount, scope: Scope) -> ir.Table:
    """How many support staff stand beside qualified staff in each region?"""
    now = counts.filter(counts.month == ibis.literal(scope.month))
    return _cells(now.filter(now.in_service & (now.region != "QZZ")))


def _cells(counts: ir.Table) -> ir.Table:
    support = counts.staff_group.isin(values.SUPPORT_GROUPS)
    qualified = counts.staff_group.isin(values.QUALIFIED_GROUPS)
    by = ("region",)
    return together(
        ratio(counts, support, qualified, by=by, measure="per_qualified"),
        share_where(
            counts,
            support,
            out_of=support | qualified,
            by=by,
            measure="share_of_clinical",
        ),
        share_where(counts, support, by=by, measure="share_of_all_staff"),
    )
