"""Tables that are laid out rather than simulated: plan, populations, prices, places."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import numpy as np

from skillmix.synth.tables import months_from, whole_shares
from skillmix.synth.wider.files import Row, levels

PLAN = "Synthetic mental health plan 2019/20 to 2023/24"
# March 2020 is the year the plan starts from; posts are due each March after it.
YEARS = 4


def planned_posts(_: np.random.Generator, scale: float) -> Iterator[Row]:
    """Make posts added by March of each year, a quarter of the growth every year."""
    rows = levels("plan")
    wanted = np.array([float(row["posts"]) for row in rows])
    full = whole_shares(round(float(wanted.sum()) * scale), wanted)
    for year in range(1, YEARS + 1):
        for row, posts in zip(rows, full, strict=True):
            yield {
                **row,
                "plan": PLAN,
                "service": "in_mental_health_services",
                "period_start": "2020-03",
                "period_end": f"{2020 + year}-03",
                "posts": round(int(posts) * year / YEARS),
            }


def populations(_: np.random.Generator, __: float) -> Iterator[Row]:
    """Make the people of the comparison populations; they never scale."""
    for row in levels("populations"):
        yield {**row, "publisher": "synthetic, of the size of published figures"}


def prices(_: np.random.Generator, __: float) -> Iterator[Row]:
    """Make a monthly index of consumer prices, straight between its points."""
    points = [
        (dt.date.fromisoformat(f"{row['month']}-01").toordinal(), float(row["level"]))
        for row in levels("prices")
    ]
    days, heights = zip(*points, strict=True)
    for month in months_from(dt.date(2010, 6, 1), 127):
        level = float(np.interp(month.toordinal(), days, heights))
        yield {"month": f"{month:%Y-%m}", "price_index": "cpi", "level": level}


def places(_: np.random.Generator, __: float) -> Iterator[Row]:
    """Make the class of some trusts; most have none, as in a list that is not whole.

    The printed ratios of rural and urban trusts both lie above that of all trusts
    together, so a list of every trust could not give them.
    """
    for row in levels("places"):
        yield {**row, "classification": "synthetic"}
