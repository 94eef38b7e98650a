"""To which ethnic groups staff belong (Figure 21)."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Claim, Measure, Printed, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.cells import share, together
from skillmix.schema.derived import Post
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.caveats import CHINESE_APART, SERVICE_DEFINITION, UNDISCLOSED
from skillmix.words.contrast import stated
from skillmix.words.when import in_month


def narrate(published: Published) -> str:
    """Give the share of Black staff in each series."""
    inside, outside, everyone = (
        stated(published, "share", "percent", 1, ethnic_group="black", series=name)
        for name in ("in_service", "elsewhere", "all_staff")
    )
    return (
        f"{in_month(published)}, Black or Black British people were {inside} of "
        f"{published.scope.workforce_label} in {published.scope.service_short}, "
        f"{outside} of those elsewhere and {everyone} of all staff."
    )


def _row(group: str, series: str) -> dict[str, str]:
    return {"ethnic_group": group, "series": series, "measure": "share"}


def _printed(value: float, group: str, series: str) -> Printed:
    return Printed(value=value, within=0.005, row=_row(group, series))


@analysis(
    title="Ethnic group",
    keys=("ethnic_group", "series"),
    measures={
        "share": Measure(
            label="Share of people whose ethnic group is known",
            unit="percent",
            denominator="people by main post with a known ethnic group",
            estimator=estimators.proportion,
        ),
        "share_not_stated": Measure(
            label="Ethnic group not stated or not known",
            unit="percent",
            denominator="all people by main post",
            estimator=estimators.proportion,
        ),
    },
    chart=Chart(kind="dots", x="ethnic_group", colour="series", measure="share"),
    narrate=narrate,
    definition=(
        "Headcount by main post in the as-at month, six NHS groups; people whose group "
        "is not known are left out of the shares and counted beside them."
    ),
    figure=21,
    reproduces={
        "mh-support-black": _printed(0.14, "black", "in_service"),
        "nonmh-support-black": _printed(0.06, "black", "elsewhere"),
        "all-nhs-black": _printed(0.06, "black", "all_staff"),
        "nonmh-support-asian": _printed(0.08, "asian", "elsewhere"),
        "mh-support-asian": _printed(0.06, "asian", "in_service"),
    },
    shows={
        "dir-black-share-mh-higher": Claim(
            relation="greater",
            picks=(
                _row("black", "in_service"),
                _row("black", "elsewhere"),
            ),
        ),
        "dir-asian-share-mh-lower": Claim(
            relation="greater",
            picks=(
                _row("asian", "elsewhere"),
                _row("asian", "in_service"),
            ),
        ),
    },
    caveats=(SERVICE_DEFINITION, UNDISCLOSED, CHINESE_APART),
    capabilities=("EDI-04",),
)
def ethnicity(posts: Post, scope: Scope) -> ir.Table:
    """To which ethnic groups do support staff belong?"""
    now = posts.filter(posts.month == ibis.literal(scope.month))
    mine = now.filter(now.of_interest)
    split = mine.mutate(series=mine.in_service.ifelse("in_service", "elsewhere"))
    people = split.union(now.mutate(series=ibis.literal("all_staff")))
    known = people.filter(people.ethnic_group != "not_stated")
    by = ("ethnic_group", "series")
    unknown = share(
        people, by=by, within=("series",), measure="share_not_stated", of="headcount"
    )
    return together(
        share(known, by=by, within=("series",), measure="share", of="headcount"),
        unknown.filter(unknown.ethnic_group == "not_stated"),
    )
