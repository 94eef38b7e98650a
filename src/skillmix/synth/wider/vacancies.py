"""Adverts month by month, and applications of 2017."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import numpy as np

from skillmix.schema.values import REGIONS, SUPPORT_GROUPS
from skillmix.synth.tables import Array, months_from, whole_shares
from skillmix.synth.wider.files import Row, levels

FIRST = dt.date(2018, 4, 1)
# Official statistics end two months before the jobs service's own figures.
SOURCES = (("official_statistics", "all_staff", 30), ("jobs_service", "support", 32))
REGION_SHARES = np.array([0.19, 0.13, 0.14, 0.17, 0.11, 0.12, 0.14])
GROUP_SHARES = np.array([0.80, 0.03, 0.17])
FTE_PER_ADVERT = 1.06


def advertised(rng: np.random.Generator, scale: float) -> Iterator[Row]:
    """Make advertised FTE by region, national totals as in `adverts.csv`."""
    for source, column, count in SOURCES:
        for month in months_from(FIRST, count):
            total = _level(column, month) * scale
            regional = total * _noisy(rng, REGION_SHARES, 0.03)
            for region, fte in zip(REGIONS, regional, strict=False):
                yield from _rows(source, column, month, region, float(fte))


def _rows(
    source: str, column: str, month: dt.date, region: str, fte: float
) -> Iterator[Row]:
    groups = (("all_staff", 1.0),)
    if column == "support":
        groups = tuple(zip(SUPPORT_GROUPS, GROUP_SHARES[[0, 1, 2]], strict=True))
    for group, share in groups:
        posts = round(fte * float(share), 2)
        yield {
            "month": f"{month:%Y-%m}",
            "advert_source": source,
            "region": region,
            "staff_group": group,
            "fte": posts,
            "adverts": round(posts / FTE_PER_ADVERT),
        }


def applications(rng: np.random.Generator, scale: float) -> Iterator[Row]:
    """Make applications and appointments; London's figures contradict themselves."""
    areas = levels("areas")
    weights = np.array([float(row["weight"]) for row in areas])
    london = np.array(["London" in row["area"] for row in areas])
    for level in levels("applications"):
        total = round(float(level["appointments"]) * scale)
        outside = whole_shares(total, np.where(london, 0.0, weights))
        eager = _noisy(rng, np.ones(len(areas)), 0.08)
        for name in ("north_east", "east_of_england"):
            place = [r["area"].lower().replace(" ", "_") for r in areas].index(name)
            eager[place] = float(level[name]) * eager.mean()
        wanted = float(level["applications_per_appointment"]) * total
        applied = whole_shares(round(wanted), outside * eager)
        for place, row in enumerate(areas):
            appointed = int(outside[place])
            received = int(applied[place])
            if london[place]:
                appointed = max(round(weights[place] * total / 400), 1)
                received = round(wanted * weights[place] / 60)
            yield {
                "period_start": "2017-01",
                "period_end": "2017-12",
                "area": row["area"],
                "recruitment_group": level["recruitment_group"],
                "applications": received,
                "shortlisted": round(received * 0.28),
                "appointments": appointed,
            }


def _level(column: str, month: dt.date) -> float:
    points = [
        (dt.date.fromisoformat(f"{row['month']}-01").toordinal(), float(row[column]))
        for row in levels("adverts")
    ]
    days, heights = zip(*points, strict=True)
    return float(np.interp(month.toordinal(), days, heights))


def _noisy(rng: np.random.Generator, shares: Array, spread: float) -> Array:
    drawn = shares * np.exp(spread * rng.standard_normal(len(shares)))
    return drawn * shares.sum() / drawn.sum()
