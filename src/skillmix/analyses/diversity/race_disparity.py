"""How much further up the bands white staff stand: the race disparity ratio."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from skillmix.catalogue import Measure, Model, analysis
from skillmix.figures.chart import Chart, Reference
from skillmix.measures.careers import counted_people
from skillmix.measures.standards import (
    NOT_KNOWN,
    TIERS,
    fit_disparity,
    in_groups,
    kind_of_work,
    race,
)
from skillmix.schema.derived import Post
from skillmix.schema.results import Published
from skillmix.schema.scope import Scope
from skillmix.words.caveats import STANDARDS_AS_UNDERSTOOD, UNDISCLOSED
from skillmix.words.contrast import told
from skillmix.words.when import in_month

BY = ("work", "race", "tier")


def narrate(published: Published) -> str:
    """Give the ratio from the lower to the upper tier, both kinds of work."""
    clinical, other = (
        told(
            published,
            f"{{}} in {said} work",
            f"not known in {said} work (too few people to show)",
            measure="ratio",
            unit="likelihood_ratio",
            decimals=2,
            work=work,
            step="lower_to_upper",
        )
        for work, said in (("clinical", "clinical"), ("non_clinical", "non-clinical"))
    )
    return (
        f"{in_month(published)}, white staff's odds of standing in the upper tier and "
        "not in the lower one, beside those of black and minority ethnic staff, were "
        f"{clinical} and {other}."
    )


@analysis(
    title="Race disparity ratio",
    keys=("work", "step"),
    measures={
        "ratio": Measure(
            label="Race disparity ratio",
            unit="likelihood_ratio",
            denominator="the same ratio of black and minority ethnic staff",
            method="four Poisson counts, interval of the logarithm",
            decimals=2,
        )
    },
    chart=Chart(
        kind="dots",
        x="step",
        colour="work",
        measure="ratio",
        order="list",
        references=(
            Reference(value=1.0, label="no disparity", source="by definition"),
        ),
    ),
    narrate=narrate,
    definition=(
        "White staff in a higher tier over those in a lower one, over the same of "
        "black and minority ethnic staff; tiers are bands up to 5, 6 and 7, and 8a and "
        "above. Headcount by main post in the as-at month, ethnic group known, doctors "
        "and dentists left out. Above 1, white staff stand further up."
    ),
    caveats=(UNDISCLOSED, STANDARDS_AS_UNDERSTOOD),
    capabilities=("PROG-14",),
    model=Model(by=BY, fit=fit_disparity),
)
def race_disparity(posts: Post, scope: Scope) -> ir.Table:
    """How much further up the bands do white staff stand?"""
    now = posts.filter((posts.month == ibis.literal(scope.month)) & posts.main_post)
    people = now.mutate(
        work=kind_of_work(now), race=race(now), tier=in_groups(now.band, TIERS)
    )
    placed = people.filter(
        people.tier.notnull() & (people.race != NOT_KNOWN) & (people.work != "medical")
    )
    counted = placed.group_by(list(BY)).agg(people=lambda t: t.count())
    return counted_people(counted, keys=BY, measure="ratio")
