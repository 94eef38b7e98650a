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
