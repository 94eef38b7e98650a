"""How large the workforce is beside other professions."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Claim, Measure, Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.cells import cells, together
from skillmix.schema import values
from skillmix.schema.comparators import ExternalFigure
from skillmix.schema.derived import WorkforceCount
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.caveats import QUOTED, SERVICE_DEFINITION
from skillmix.words.contrast import stated
from skillmix.words.when import in_month

DOCTORS = "general_practitioners"


def narrate(published: Published) -> str:
    """Set support staff beside nurses, and the service's beside GPs."""
    support, nursing, service, practice = (
        stated(published, "size", "number", 0, comparator=name)
        for name in ("support", "nurses_and_midwives", "support_in_service", DOCTORS)
    )
    return (
        f"{in_month(published)} the full-time equivalents of clinical support staff "
        f"were {support}, those of nurses and midwives {nursing}; of the former, those "
        f"in {published.scope.service_short} were {service}, against {practice} "
        "general practitioners."
    )


def _row(comparator: str) -> dict[str, str]:
    return {"comparator": comparator}


@analysis(
    title="Support staff beside other professions",
    keys=("comparator",),
    measures={
        "size": Measure(
            label="Size",
            unit="number",
            denominator="",
            estimator=estimators.total,
            decimals=0,
        ),
        "share": Measure(
            label="Share of clinical support FTE in the service",
            unit="percent",
            denominator="FTE of all clinical support staff",
            estimator=estimators.fte_share,
        ),
        "share_of_clinical": Measure(
            label="Support share of the service's clinical FTE",
            unit="percent",
            denominator="FTE of support and professionally qualified staff in the "
            "service, doctors among them",
            estimator=estimators.fte_share,
        ),
    },
    chart=Chart(kind="bar", x="comparator", measure="size"),
    narrate=narrate,
    definition=(
        "FTE of all posts in the as-at month; general practitioners as their own "
        "publication counts them, which may be people or FTE."
    ),
    reproduces={
        "all-support-fte-hchs": Printed(
            value=340_000, within=5_000, row={**_row("support"), "measure": "size"}
        ),
        "mh-support-fte": Printed(
            value=41_000,
            within=1_000,
            row={**_row("support_in_service"), "measure": "size"},
        ),
        "mh-support-share-of-all-support-one-in-eight": Printed(
            value=0.125,
            within=0.01,
            row={**_row("support_in_service"), "measure": "share"},
        ),
        "mh-support-share-just-over-one-in-eight": Printed(
            value=0.125,
            within=0.005,
            row={**_row("support_in_service"), "measure": "share"},
        ),
        "mh-support-share-of-mh-clinical": Printed(
            value=0.3333,
            within=0.05,
            row={**_row("support_in_service"), "measure": "share_of_clinical"},
        ),
    },
    shows={
        "dir-support-larger-than-nursing": Claim(
            relation="greater",
            picks=(
                {**_row("support"), "measure": "size"},
                {**_row("nurses_and_midwives"), "measure": "size"},
            ),
        ),
        "dir-mh-support-exceeds-gps": Claim(
            relation="greater",
            picks=(
                {**_row("support_in_service"), "measure": "size"},
                {**_row(DOCTORS), "measure": "size"},
            ),
        ),
    },
    caveats=(SERVICE_DEFINITION, QUOTED),
    capabilities=("SIZE-01", "SIZE-02", "SIZE-03", "CMP-04"),
)
def beside_others(
    counts: WorkforceCount, figures: ExternalFigure, scope: Scope
) -> ir.Table:
    """How large is the clinical support workforce beside other professions?"""
    now = counts.filter(counts.month == ibis.literal(scope.month))
    support = now.filter(now.staff_group.isin(values.SUPPORT_GROUPS))
    clinical = now.filter(
        now.in_service
        & now.staff_group.isin((*values.SUPPORT_GROUPS, *values.QUALIFIED_GROUPS))
    )
    sizes = [
        _size(support, "support"),
        _size(support.filter(support.in_service), "support_in_service"),
        _size(
            now.filter(now.staff_group.isin(("nurses", "midwives"))),
            "nurses_and_midwives",
        ),
    ]
    quoted = figures.filter(figures.figure == DOCTORS).mutate(
        comparator=ibis.literal(DOCTORS)
    )
    return together(
        *sizes,
        cells(
            quoted,
            keys=("comparator",),
            measure="size",
            numerator=quoted.amount,
            # Quoted as it stands: an interval would be of our own making.
            numerator_squares=ibis.literal(0),
        ),
        _share(support, support.in_service, "share"),
        _share(
            clinical,
            clinical.staff_group.isin(values.SUPPORT_GROUPS),
            "share_of_clinical",
        ),
    )


def _size(counts: ir.Table, name: str) -> ir.Table:
    sums = counts.agg(
        fte=counts.fte.sum(),
        squares=counts.fte_squares.sum(),
        people=counts.headcount.sum(),
    ).mutate(comparator=ibis.literal(name))
    return cells(
        sums,
        keys=("comparator",),
        measure="size",
        numerator=sums.fte,
        cases=sums.people,
        people=sums.people,
        numerator_squares=sums.squares,
    )


def _share(counts: ir.Table, when: ir.BooleanValue, measure: str) -> ir.Table:
    sums = counts.agg(
        part=counts.fte.sum(where=when),
        whole=counts.fte.sum(),
        squares=counts.fte_squares.sum(),
        cases=counts.headcount.sum(where=when),
        people=counts.headcount.sum(),
    ).mutate(comparator=ibis.literal("support_in_service"))
    return cells(
        sums,
        keys=("comparator",),
        measure=measure,
        numerator=sums.part,
        denominator=sums.whole,
        cases=sums.cases,
        people=sums.people,
        denominator_squares=sums.squares,
    )
