"""At how many bands one role is paid."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.cells import share
from skillmix.schema.derived import Post
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.words.caveats import ROLE_CATEGORIES, SERVICE_DEFINITION
from skillmix.words.numbers import number
from skillmix.words.when import in_month

SENIOR = ("senior", "specialist", "advanced", "lead", "team leader")
MOST_COMMON = 8
BANDS = ("2", "3", "4")


def narrate(published: Published) -> str:
    """Name the role that is most evenly spread over bands."""
    most: dict[str, float] = {}
    for row in published.rows:
        if row.estimate is not None:
            role = row["job_role"]
            most[role] = max(most.get(role, 0.0), row.estimate)
    if not most:
        return "No role's bands can be shown."
    spread = min(most, key=lambda role: most[role])
    return (
        f"{in_month(published)}, of the commonest roles, '{spread}' is spread most "
        "evenly over bands: no band has more than "
        f"{number(most[spread], 'percent', 0)} of it."
    )


@analysis(
    title="Bands of like roles",
    keys=("job_role", "band"),
    measures={
        "share": Measure(
            label="Share of the role's people",
            unit="percent",
            denominator="people of the role in the service at bands 2 to 4, by main "
            "post",
            estimator=estimators.proportion,
        )
    },
    chart=Chart(kind="stacked", x="job_role", colour="band", measure="share"),
    narrate=narrate,
    definition=(
        "The commonest job roles of the workforce in the service, by band, headcount "
        "by main post; posts whose title is senior, specialist, advanced or leading "
        "are left out. That a role stands at several bands is for review: duties may "
        "differ."
    ),
    caveats=(ROLE_CATEGORIES, SERVICE_DEFINITION),
    capabilities=("PAY-06", "PAY-13", "REC-11"),
)
def role_bands(posts: Post, scope: Scope) -> ir.Table:
    """At which bands are people of one role paid?"""
    mine = posts.filter(
        posts.month == ibis.literal(scope.month),
        posts.of_interest,
        posts.in_service,
        posts.band.isin(BANDS),
        posts.job_role.notnull(),
    )
    title = mine.job_title.fill_null("").lower()
    senior = ibis.literal(value=False)
    for word in SENIOR:
        senior = senior | title.contains(word)
    plain = mine.filter(~senior)
    sizes = plain.group_by("job_role").agg(people=plain.headcount.sum())
    # Ties break by name, so that the same record gives the same roles.
    ranked = sizes.mutate(
        place=ibis.row_number().over(
            ibis.window(order_by=[sizes.people.desc(), sizes.job_role])
        )
    )
    common = ranked.filter(ranked.place < MOST_COMMON)
    return share(
        plain.semi_join(common, "job_role"),
        by=("job_role", "band"),
        within=("job_role",),
        measure="share",
        of="headcount",
    )
