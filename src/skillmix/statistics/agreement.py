"""How far two or more people who code the same things agree, beyond chance."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from skillmix.statistics.estimators import NOTHING, Z95, Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Agreement of two coders on one field.

    Attributes:
        units: Things that both coded.
        agreed: Things they coded alike.
        kappa: Cohen's kappa with its 95% interval; undefined where both used one
            code throughout, for then chance cannot be told from agreement.
        alpha: Krippendorff's alpha, over all coders and all things two have coded.
    """

    units: int
    agreed: int
    kappa: Interval
    alpha: float | None

    @property
    def share(self) -> float | None:
        """Share of things coded alike, chance not taken off."""
        return self.agreed / self.units if self.units else None


def cohen_kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> Interval:
    """Return Cohen's kappa of two coders, with a large-sample 95% interval.

    Cohen (1960), Educational and Psychological Measurement 20:37-46; standard error
    of Fleiss, Cohen and Everitt (1969), Psychological Bulletin 72:323-327.

    Args:
        pairs: For each thing, the code of the first and of the second coder.
    """
    n = len(pairs)
    if n == 0:
        return NOTHING
    cells = {pair: count / n for pair, count in Counter(pairs).items()}
    first = _margin([a for a, _ in pairs])
    second = _margin([b for _, b in pairs])
    codes = list(dict.fromkeys([*first, *second]))
    seen = sum(cells.get((c, c), 0.0) for c in codes)
    chance = sum(first.get(c, 0.0) * second.get(c, 0.0) for c in codes)
    if math.isclose(chance, 1.0):
        return NOTHING
    kappa = (seen - chance) / (1 - chance)
    diagonal = sum(
        cells.get((c, c), 0.0)
        * (1 - (first.get(c, 0.0) + second.get(c, 0.0)) * (1 - kappa)) ** 2
        for c in codes
    )
    beside = (1 - kappa) ** 2 * sum(
        share * (second.get(a, 0.0) + first.get(b, 0.0)) ** 2
        for (a, b), share in cells.items()
        if a != b
    )
    middle = (kappa - chance * (1 - kappa)) ** 2
    variance = max(diagonal + beside - middle, 0.0) / (n * (1 - chance) ** 2)
    half = Z95 * math.sqrt(variance)
    return Interval(kappa, max(kappa - half, -1.0), min(kappa + half, 1.0))


def krippendorff_alpha(units: Sequence[Sequence[Hashable | None]]) -> float | None:
    """Return Krippendorff's alpha for nominal codes; None where it is undefined.

    Krippendorff (2011), Computing Krippendorff's alpha-reliability. Any number of
    coders; things that fewer than two coded say nothing and are passed over.

    Args:
        units: For each thing, the code of each coder, None where it was not coded.
    """
    coincidences: Counter[tuple[Hashable, Hashable]] = Counter()
    for unit in units:
        codes = [code for code in unit if code is not None]
        if len(codes) < 2:
            continue
        counts = Counter(codes)
        for a, na in counts.items():
            for b, nb in counts.items():
                coincidences[a, b] += na * (nb - (a == b)) / (len(codes) - 1)  # type: ignore[assignment]
    margins: Counter[Hashable] = Counter()
    for (a, _), count in coincidences.items():
        margins[a] += count
    total = sum(margins.values())
    apart = sum(n for (a, b), n in coincidences.items() if a != b)
    chance = sum(margins[a] * margins[b] for a in margins for b in margins if a != b)
    if total < 2 or chance == 0:
        return None
    return 1 - (total - 1) * apart / chance


def agreement(
    first: Mapping[str, Hashable], second: Mapping[str, Hashable]
) -> Agreement:
    """Return the agreement of two coders on the things that both coded.

    Args:
        first: Codes of the first coder by thing.
        second: Codes of the second coder by thing.
    """
    shared = [name for name in first if name in second]
    pairs = [(first[name], second[name]) for name in shared]
    return Agreement(
        units=len(pairs),
        agreed=sum(a == b for a, b in pairs),
        kappa=cohen_kappa(pairs),
        # A code of None is a code here: "none found", and not "not coded".
        alpha=krippendorff_alpha([((a,), (b,)) for a, b in pairs]),
    )


def _margin(codes: Sequence[Hashable]) -> dict[Hashable, float]:
    return {code: n / len(codes) for code, n in Counter(codes).items()}
