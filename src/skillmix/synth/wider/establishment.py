"""Funded posts of trusts at two month ends."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from skillmix.synth.wider.files import Row, levels
from skillmix.synth.wider.trusts import jitter, trusts

MONTHS = ("2020-03", "2020-06")


def establishment(rng: np.random.Generator, scale: float) -> Iterator[Row]:
    """Make establishment and staff in post, the national gaps as in the CSV file."""
    every = trusts(
        "acute", "mental_health_learning_disability", "community", "ambulance"
    )
    share = every.sizes / every.sizes.sum()
    for level in levels("establishment"):
        gap = float(level["gap_percent"]) / 100 * jitter(rng, share, 0.25)
        in_post = float(level["fte"]) * scale * share
        for month in MONTHS:
            for place, code in enumerate(every.codes):
                posts = round(float(in_post[place]), 2)
                yield {
                    "month": month,
                    "employer": code,
                    "staff_group": level["staff_group"],
                    "funded": posts / (1 - float(gap[place])),
                    "in_post": posts,
                }
