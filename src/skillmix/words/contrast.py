"""Sentences that set the service beside the rest, bound to two rows."""

from __future__ import annotations

from typing import Any

from skillmix.schema.results import Published
from skillmix.words.numbers import difference, interval, number


def contrast(
    published: Published, measure: str, unit: str, decimals: int = 0, **keys: Any
) -> str:
    """Return, for example, "27% in mental health and 17% elsewhere".

    A value that is not shown is said not to be available, never left out.
    """
    inside = published.one(measure=measure, in_service=True, **keys)
    outside = published.one(measure=measure, in_service=False, **keys)
    first = number(inside.estimate if inside else None, unit, decimals)
    second = number(outside.estimate if outside else None, unit, decimals)
    return f"{first} in {published.scope.service_short} and {second} elsewhere"


def verdict(published: Published, measure: str, **keys: Any) -> str:
    """Return whether the two differ by more than chance would explain."""
    inside = published.one(measure=measure, in_service=True, **keys)
    outside = published.one(measure=measure, in_service=False, **keys)
    if inside is None or outside is None:
        return "The two cannot be compared, because one of them is not shown."
    wording = difference(inside, outside)
    return (
        f"The figure for {published.scope.service_short} is {wording} that elsewhere."
    )


def stated(
    published: Published, measure: str, unit: str, decimals: int = 0, **keys: Any
) -> str:
    """Return one row's value with its interval, or that it is not available."""
    row = published.one(measure=measure, **keys)
    return interval(row, unit, decimals) if row else number(None, unit, decimals)
