"""Care hours on the wards of trusts that have beds."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from skillmix.synth.wider.files import Row, levels
from skillmix.synth.wider.trusts import trusts

MONTHS = (("2019-06", 30), ("2020-02", 29), ("2020-06", 30))


def care_hours(rng: np.random.Generator, scale: float) -> Iterator[Row]:
    """Make hours by registration; mental health wards use more support workers."""
    for level in levels("care_hours"):
        some = trusts(level["employer_type"])
        lean = np.exp(float(level["spread"]) * rng.standard_normal(len(some.codes)))
        for month, days in MONTHS:
            for place, code in enumerate(some.codes):
                beds = float(some.sizes[place]) * float(level["patients_per_size"])
                patients = max(round(beds * scale * days), 1)
                registered = patients * float(level["registered_hours_per_day"])
                ratio = float(level["support_per_registered"]) * float(lean[place])
                yield {
                    "month": month,
                    "employer": code,
                    "registered_hours": registered,
                    "support_hours": registered * ratio,
                    "patient_days": patients,
                }
