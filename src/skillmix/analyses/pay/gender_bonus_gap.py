"""The gender bonus gap in the form that employers must report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir

from skillmix.analyses.pay_gaps import beside
from skillmix.catalogue import Measure, Model, analysis
from skillmix.derive.classified import as_at_month, year_before
from skillmix.figures.chart import Chart
from skillmix.measures.careers import counted_people
from skillmix.measures.characteristics import group_of
from skillmix.measures.pay import fit_bonuses
from skillmix.schema.derived import Post
from skillmix.schema.results import Fitted, Published
from skillmix.schema.scope import Scope
from skillmix.schema.staff import Bonus
from skillmix.words.caveats import BONUS_PAY, NOT_DISCRIMINATION_IN_PAY
from skillmix.words.contrast import told
from skillmix.words.when import year_to

BY = ("series", "group", "pence")


def fit(rows: Sequence[Mapping[str, Any]]) -> list[Fitted]:
    """Give the gaps among those with a bonus, and the shares who had one."""
    return fit_bonuses(rows, by=("series",))


def narrate(published: Published) -> str:
    """Give who had a bonus, and both gaps, of all staff."""
    women, men = (
        told(
            published,
            f"{{}} of {who}",
            f"too few {who} to show",
            measure="received",
            series="all_staff",
            group=group,
        )
        for who, group in (("women", "female"), ("men", "male"))
    )
    mean, median = (
        beside(published.one(measure=measure, series="all_staff"), "men's")
        for measure in ("mean_gap", "median_gap")
    )
    return (
        f"{year_to(published)}, {women} and {men} had bonus pay. Of those who had, "
        f"women's mean {mean}; their median {median}."
    )


@analysis(
    title="Gender bonus gap, statutory form",
    keys=("series", "group"),
    measures={
        "mean_gap": Measure(
            label="Gap in mean bonus pay",
            unit="percent",
            denominator="mean bonus pay of men who had any",
            method="ratio of means, MOVER of normal intervals",
        ),
        "median_gap": Measure(
            label="Gap in median bonus pay",
            unit="percent",
            denominator="median bonus pay of men who had any",
            method="ratio of medians, MOVER of order-statistic intervals",
        ),
        "received": Measure(
            label="Share who had bonus pay",
            unit="percent",
            denominator="women, or men, in post in the as-at month",
            method="Wilson score interval",
        ),
    },
    chart=Chart(
        kind="bar",
        x="group",
        colour="series",
        measure="received",
        only={"measure": "received"},
    ),
    narrate=narrate,
    definition=(
        "People in post in the as-at month, and the bonus pay that the extract holds "
        "for them in the twelve months to it: money for productivity, performance or "
        "incentive, clinical excellence awards among it. Gaps are of those who had "
        "any: men's less women's, over men's; above zero, men had more. Run it for one "
        "employer with --employer and the snapshot month of March."
    ),
    caveats=(BONUS_PAY, NOT_DISCRIMINATION_IN_PAY),
    capabilities=("PAY-05",),
    model=Model(by=BY, fit=fit),
)
def gender_bonus_gap(posts: Post, bonuses: Bonus, scope: Scope) -> ir.Table:
    """What is the gender bonus gap in the form that employers must report?"""
    last = as_at_month(scope)
    first = ibis.literal(year_before(last), "date")
    of_year = bonuses.filter(
        (bonuses.month > first) & (bonuses.month <= ibis.literal(last, "date"))
    )
    paid = of_year.group_by("person_id").agg(had=lambda t: t.amount.sum())
    now = posts.filter((posts.month == ibis.literal(scope.month)) & posts.main_post)
    paid = paid.select(paid_person="person_id", had="had")
    both = now.left_join(paid, now.person_id == paid.paid_person)
    named = both.mutate(
        group=group_of(both, "gender"),
        # To the pound: by the penny nearly every cell would be one person's.
        pence=(both.had.fill_null(0).cast("float64") / 100).round().cast("int64") * 100,
    )
    series = [
        named.mutate(series=ibis.literal("all_staff")),
        named.filter(named.of_interest).mutate(series=ibis.literal("workforce")),
    ]
    both_series = series[0].union(series[1])
    counted = both_series.group_by(list(BY)).agg(people=lambda t: t.count())
    return counted_people(counted, keys=BY, measure="people")
