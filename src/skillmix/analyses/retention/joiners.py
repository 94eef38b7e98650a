"""Where the people who joined come from: newly qualified, other work, returners."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.derive.classified import look_up
from skillmix.derive.record_rules import in_year
from skillmix.figures.chart import Chart
from skillmix.measures.cells import share, together, total
from skillmix.schema.careers import FlowLine
from skillmix.schema.lookups import RecruitmentSource
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.schema.staff import Joiner
from skillmix.statistics import estimators
from skillmix.words.caveats import EXPERIMENTAL, RECRUITMENT_SOURCES
from skillmix.words.contrast import stated, told
from skillmix.words.when import the_year

KEYS = ("group", "joiner_kind")
OUTSIDE = "from_outside"
NOT_KNOWN = "source_not_known"


def narrate(published: Published) -> str:
    """Give the main sources of the service, and the newly qualified."""
    place = published.scope.service_short
    other, outside, back = (
        told(
            published,
            f"{{}} {words}",
            f"too few to show {words}",
            measure="share",
            group="in_service",
            joiner_kind=kind,
        )
        for kind, words in (
            ("from_other_nhs", "came from another NHS organisation"),
            ("from_health_or_care", "from health or care elsewhere"),
            ("returned", "had been in the record before"),
        )
    )
    new, new_others = (
        stated(
            published,
            "share",
            "percent",
            1,
            group=group,
            joiner_kind="newly_qualified",
        )
        for group in ("in_service", "other_staff")
    )
    return (
        f"Of those who joined {place} in {the_year(published)}, {other}, {outside}, "
        f"and {back}. Of them {new} were newly qualified, and of the other staff who "
        f"joined {new_others}."
    )


@analysis(
    title="Where joiners come from",
    keys=KEYS,
    measures={
        "people": Measure(
            label="People who joined",
            unit="people",
            denominator="",
            estimator=estimators.as_printed,
            decimals=0,
        ),
        "share": Measure(
            label="Share of people who joined",
            unit="percent",
            denominator="people in post now and in no post of the place a year before",
            estimator=estimators.proportion,
        ),
    },
    chart=Chart(kind="bar", x="joiner_kind", colour="group", measure="share"),
    narrate=narrate,
    definition=(
        "The people who joined in the account of stocks and flows, by main post now, "
        "each counted once: what the record itself shows goes first (another place in "
        "it, leave or bank work, returned after having left it), and for the others "
        "the latest recruitment source of the year. Newly qualified is what the "
        "recruitment source says: a first or a further qualification."
    ),
    caveats=(RECRUITMENT_SOURCES, EXPERIMENTAL),
    capabilities=("RET-01", "RET-04", "REC-10"),
)
def joiners(
    lines: FlowLine, starts: Joiner, sources: RecruitmentSource, scope: Scope
) -> ir.Table:
    """Where do the people who joined come from?"""
    started = in_year(starts, scope)
    # Who joined, left and joined again within the year counts by the last time.
    latest = started.group_by("person_id").agg(
        recruitment_source=lambda t: t.recruitment_source.argmax(t.month)
    )
    kinds = look_up(latest, sources, "recruitment_source", joiner_kind=NOT_KNOWN)
    kinds = kinds.select(joined_person="person_id", kind="joiner_kind")
    came = lines.filter(~lines.was_there & (lines.people_now > 0))
    both = came.left_join(kinds, came.person_id == kinds.joined_person)
    outside = both.detail == OUTSIDE
    named = both.select(
        group=both.service,
        joiner_kind=outside.ifelse(
            both.kind.fill_null(ibis.literal(NOT_KNOWN)), both.detail
        ),
        headcount=both.people_now,
    )
    return together(
        total(named, by=KEYS, measure="people", of="headcount"),
        share(named, by=KEYS, within=("group",), measure="share", of="headcount"),
    )
