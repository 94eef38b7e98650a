"""How small a count may be shown, and how coarsely the others are."""

from __future__ import annotations

SMALLEST_SHOWN = 5
ROUND_TO = 5


def round_count(value: float | None) -> float | None:
    """Return a count rounded to the nearest five."""
    return None if value is None else float(ROUND_TO * round(value / ROUND_TO))


def is_small(count: float | None) -> bool:
    """Tell whether so few people stand behind a count that it must not be shown."""
    return count is not None and 0 < count < SMALLEST_SHOWN
