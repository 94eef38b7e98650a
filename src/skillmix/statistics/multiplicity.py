"""Many comparisons at once: p-values adjusted so that chance does not pass for news."""

from __future__ import annotations

from collections.abc import Sequence


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """Return p-values that hold the chance of any false alarm at its stated rate.

    Holm (1979), Scandinavian Journal of Statistics 6:65-70.
    """
    order = sorted(range(len(p_values)), key=lambda i: p_values[i])
    adjusted = [0.0] * len(p_values)
    highest = 0.0
    for place, i in enumerate(order):
        highest = max(highest, (len(order) - place) * p_values[i])
        adjusted[i] = min(highest, 1.0)
    return tuple(adjusted)


def benjamini_hochberg(p_values: Sequence[float]) -> tuple[float, ...]:
    """Return p-values that hold the expected share of false alarms among alarms.

    Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B
    57:289-300.
    """
    n = len(p_values)
    order = sorted(range(n), key=lambda i: p_values[i], reverse=True)
    adjusted = [0.0] * n
    lowest = 1.0
    for place, i in enumerate(order):
        lowest = min(lowest, p_values[i] * n / (n - place))
        adjusted[i] = lowest
    return tuple(adjusted)
