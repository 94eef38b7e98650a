"""Apprenticeships of two years, and spending on professional development."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from skillmix.synth.wider.files import Row, levels
from skillmix.synth.wider.trusts import trusts

YEARS = ((2017, 0.6), (2018, 1.0))
NOT_RETURNED = 0.15


def apprentices(_: np.random.Generator, scale: float) -> Iterator[Row]:
    """Make starts and achievements, rounded to ten as the publisher does."""
    for year, size in YEARS:
        for level in levels("apprentices"):
            for progress in ("starts", "achievements"):
                total = float(level[progress]) * scale * size
                yield _learners(level, year, progress, "all", "all", total)
            starts = float(level["starts"]) * scale * size
            yield from _split(level, year, starts)


def _split(level: Mapping[str, str], year: int, starts: float) -> Iterator[Row]:
    ethnic = starts * float(level["minority_ethnic_percent"]) / 100
    disabled = starts * float(level["disabled_percent"]) / 100
    for characteristic, category, learners in (
        ("ethnicity", "minority_ethnic", ethnic),
        ("ethnicity", "white", starts * 0.97 - ethnic),
        ("ethnicity", "unknown", starts * 0.03),
        ("disability", "yes", disabled),
        ("disability", "no", starts * 0.96 - disabled),
        ("disability", "unknown", starts * 0.04),
    ):
        yield _learners(level, year, "starts", characteristic, category, learners)


def _learners(
    level: Mapping[str, str],
    year: int,
    progress: str,
    characteristic: str,
    category: str,
    learners: float,
) -> Row:
    return {
        "period_start": f"{year}-08",
        "period_end": f"{year + 1}-07",
        "standard": level["standard"],
        "level": level["level"],
        "progress": progress,
        "characteristic": characteristic,
        "category": category,
        "levy_paying": True,
        "learners": 10 * round(learners / 10),
    }


def cpd_spend(rng: np.random.Generator, scale: float) -> Iterator[Row]:
    """Make the spend of a year; one trust in seven gives no figure."""
    for setting in ("mental_health", "acute"):
        kind = "acute" if setting == "acute" else "mental_health_learning_disability"
        some = trusts(kind)
        missing = rng.random(len(some.codes)) < NOT_RETURNED
        lean = np.exp(0.35 * rng.standard_normal(len(some.codes)))
        for level in levels("cpd"):
            if level["care_setting"] != setting:
                continue
            for place, code in enumerate(some.codes):
                people = round(
                    float(some.sizes[place]) * float(level["people_a_size"]) * scale
                )
                given = not bool(missing[place])
                spend = people * float(level["spend_a_head"]) * float(lean[place])
                yield {
                    **level,
                    "period_start": "2020-04",
                    "period_end": "2021-03",
                    "employer": code,
                    "returned": given,
                    "spend": spend if given else None,
                    "people": people if given else None,
                }
