"""Which employers take part in the wider files, and how large they are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from skillmix.schema.values import REGIONS
from skillmix.synth.employers import employers
from skillmix.synth.tables import Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Trusts:
    """Trusts of some kinds, one position each in every array."""

    codes: tuple[str, ...]
    kinds: tuple[str, ...]
    regions: tuple[str, ...]
    sizes: Array


def trusts(*kinds: str) -> Trusts:
    """Return the trusts of these kinds, in order of code."""
    every = employers()
    places = [n for n, kind in enumerate(every.kinds) if kind in kinds]
    return Trusts(
        codes=tuple(every.codes[n] for n in places),
        kinds=tuple(every.kinds[n] for n in places),
        regions=tuple(REGIONS[int(every.regions[n])] for n in places),
        sizes=every.sizes[places],
    )


def jitter(rng: np.random.Generator, weights: Array, spread: float) -> Array:
    """Return factors around 1 whose weighted mean is exactly 1."""
    drawn = np.exp(spread * rng.standard_normal(len(weights)))
    return drawn * weights.sum() / (drawn * weights).sum()
