"""The gender pay gap in the form that employers must report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir

from skillmix.analyses.pay_gaps import beside, gap_measures
from skillmix.catalogue import Measure, Model, analysis
from skillmix.figures.chart import Chart
from skillmix.measures.cells import cells
from skillmix.measures.characteristics import group_of
from skillmix.measures.pay import fit_statutory, hourly
from skillmix.schema.derived import Post
from skillmix.schema.results import Fitted, Published
from skillmix.schema.scope import Scope
from skillmix.words.caveats import BASIC_PAY_ONLY, NOT_DISCRIMINATION_IN_PAY
from skillmix.words.contrast import stated
from skillmix.words.when import in_month

BY = ("series", "group", "pence")


def fit(rows: Sequence[Mapping[str, Any]]) -> list[Fitted]:
    """Give the gaps, and the share of women in each quarter."""
    return fit_statutory(rows, by=("series",))


def narrate(published: Published) -> str:
    """Give both gaps of all staff, and women among the best paid quarter."""
    mean, median = (
        beside(
            published.one(measure=measure, series="all_staff", quarter="all"), "men's"
        )
        for measure in ("mean_gap", "median_gap")
    )
    lower, upper = (
        stated(published, "women", "percent", 1, series="all_staff", quarter=quarter)
        for quarter in ("lower", "upper")
    )
    return (
        f"{in_month(published)}, women's mean hourly pay {mean}; their median "
        f"{median}. Women were {lower} of the lowest paid quarter and {upper} of the "
        "highest."
    )


@analysis(
    title="Gender pay gap, statutory form",
    keys=("series", "quarter"),
    measures={
        **gap_measures("men"),
        "women": Measure(
            label="Women in the quarter",
            unit="percent",
            denominator="women and men in the quarter of hourly pay",
            method="share of all, ties at a boundary split in proportion",
        ),
    },
    chart=Chart(
        kind="bar",
        x="quarter",
        colour="series",
        measure="women",
        only={"measure": "women"},
        order="list",
    ),
    narrate=narrate,
    definition=(
        "Basic pay an hour of staff in post in the as-at month, at the main post, for "
        "a 37.5-hour week. Gaps are men's pay minus women's, over men's: above zero, "
        "men are paid more. Quarters rank everybody by hourly pay and cut the list "
        "into four; people on the same pay at a cut are shared out in proportion. Run "
        "it for one employer with --employer and the snapshot month of March."
    ),
    caveats=(BASIC_PAY_ONLY, NOT_DISCRIMINATION_IN_PAY),
    capabilities=("PAY-05",),
    model=Model(by=BY, fit=fit),
)
def gender_gap_statutory(posts: Post, scope: Scope) -> ir.Table:
    """What is the gender pay gap in the form that employers must report?"""
    now = hourly(posts.filter(posts.month == ibis.literal(scope.month)))
    now = now.mutate(group=group_of(now, "gender"))
    everyone = now.mutate(series=ibis.literal("all_staff"))
    mine = now.filter(now.of_interest).mutate(series=ibis.literal("workforce"))
    both = everyone.union(mine)
    counted = both.group_by(list(BY)).agg(people=lambda t: t.count())
    return cells(
        counted,
        keys=BY,
        measure="people",
        numerator=counted.people,
        cases=counted.people,
        people=counted.people,
    )
