"""Groups, bands and tiers of the race and disability equality standards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir

from skillmix.measures.closed import closed_row
from skillmix.schema import values
from skillmix.schema.results import Fitted
from skillmix.statistics.estimators import Interval
from skillmix.statistics.intervals import odds_ratio

WHITE, BME, NOT_KNOWN = "white", "bme", "not_known"
LOWER, MIDDLE, UPPER = "lower", "middle", "upper"
TIERS: Mapping[str, tuple[str, ...]] = {
    LOWER: ("1", "2", "3", "4", "5"),
    MIDDLE: ("6", "7"),
    UPPER: ("8a", "8b", "8c", "8d", "9", "vsm"),
}
STEPS: Mapping[str, tuple[str, str]] = {
    "lower_to_middle": (LOWER, MIDDLE),
    "middle_to_upper": (MIDDLE, UPPER),
    "lower_to_upper": (LOWER, UPPER),
}
CLUSTERS: Mapping[str, tuple[str, ...]] = {
    "cluster_1": ("1", "2", "3", "4"),
    "cluster_2": ("5", "6", "7"),
    "cluster_3": ("8a", "8b"),
    "cluster_4": ("8c", "8d", "9", "vsm"),
}
Row = Mapping[str, Any]


def kind_of_work(posts: ir.Table) -> ir.Value:
    """Return whether a post is clinical, non-clinical or a doctor's or dentist's."""
    return ibis.cases(
        (posts.staff_group == "doctors", ibis.literal("medical")),
        (
            posts.staff_group.isin(values.INFRASTRUCTURE_GROUPS),
            ibis.literal("non_clinical"),
        ),
        else_="clinical",
    )


def race(posts: ir.Table) -> ir.Value:
    """Return white, black and minority ethnic (Chinese among them), or not known."""
    return ibis.cases(
        (posts.ethnic_group == "white", ibis.literal(WHITE)),
        (
            posts.ethnic_group.isin([g for g in values.ETHNIC_GROUPS if g != "white"]),
            ibis.literal(BME),
        ),
        else_=NOT_KNOWN,
    )


def declared(posts: ir.Table) -> ir.Value:
    """Return disabled, not disabled, or not known."""
    return ibis.cases(
        (posts.disability == "yes", ibis.literal("disabled")),
        (posts.disability == "no", ibis.literal("not_disabled")),
        else_=NOT_KNOWN,
    )


def in_groups(band: ir.Column, groups: Mapping[str, tuple[str, ...]]) -> ir.Value:
    """Return the tier or cluster a band belongs to; none for posts off the bands."""
    return ibis.cases(
        *((band.isin(bands), ibis.literal(name)) for name, bands in groups.items()),
        else_=ibis.null("string"),
    )


def fit_disparity(rows: Sequence[Row]) -> list[Fitted]:
    """Give the race disparity ratio of each step between tiers, by kind of work.

    (White upper over white lower) over (BME upper over BME lower): above 1, white
    staff stand further up. The interval is of its logarithm, the four counts being
    independent Poisson counts (Woolf 1955).
    """
    counts: dict[tuple[str, str, str], int] = {}
    for row in rows:
        counts[row["work"], row["race"], row["tier"]] = int(row["people"])
    out: list[Fitted] = []
    for work in dict.fromkeys(row["work"] for row in rows):
        for step, (low, high) in STEPS.items():
            four = tuple(
                counts.get((work, race_, tier), 0)
                for race_ in (WHITE, BME)
                for tier in (high, low)
            )
            out.append(
                closed_row(
                    {"work": work, "step": step},
                    "ratio",
                    disparity_ratio,
                    four,
                    people=sum(four),
                )
            )
    return out


def disparity_ratio(
    white_upper: int, white_lower: int, bme_upper: int, bme_lower: int
) -> Interval:
    """Return the ratio of two groups' odds of standing higher, with its interval."""
    return odds_ratio(
        white_upper, white_upper + white_lower, bme_upper, bme_upper + bme_lower
    )
