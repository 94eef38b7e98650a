"""Sentences that set the service beside the rest, bound to two rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from skillmix.schema.results import Published, Row
from skillmix.words.numbers import difference, interval, number

TOO_FEW = "too few people to show"


def contrast(
    published: Published, measure: str, unit: str, decimals: int = 0, **keys: Any
) -> str:
    """Return, for example, "27% in mental health and 17% elsewhere".

    A value that is not shown is said to be missing, and why, never left out.
    """
    here, there = f"in {published.scope.service_short}", "elsewhere"
    shown: list[str] = []
    unsaid: list[str] = []
    for place, flag in ((here, True), (there, False)):
        row = published.one(measure=measure, in_service=flag, **keys)
        if row is not None and row.estimate is not None:
            shown.append(f"{number(row.estimate, unit, decimals)} {place}")
        else:
            why = lacking(published, measure, in_service=flag, **keys)
            unsaid.append(f"{place} {why}")
    if not shown:
        return f"not shown ({', '.join(unsaid)})"
    brackets = f" ({', '.join(unsaid)})" if unsaid else ""
    return f"{' and '.join(shown)}{brackets}"


def lacking(published: Published, measure: str, **keys: Any) -> str:
    """Say why there is no figure: too few people, or the source gives none."""
    found = published.where(measure=measure, **keys)
    # No row of the staff record means nobody; none of a published file, no figure.
    absent = not found and published.disclosure == "already published"
    if absent or any(row.status == "unavailable" for row in found):
        return "no figure is given"
    return TOO_FEW


def ran(rows: Sequence[Row], said: Callable[[Row], str]) -> str:
    """Return "ran from 2% in A to 9% in B", or "was 2% in A" where there is one.

    Args:
        rows: Rows with an estimate, at least one.
        said: A row's value and name as the sentence gives them.
    """
    ordered = sorted(rows, key=lambda row: row.estimate or 0.0)
    low, high = said(ordered[0]), said(ordered[-1])
    return f"was {low}" if len(ordered) == 1 else f"ran from {low} to {high}"


def told(
    published: Published,
    said: str,
    unless: str,
    *,
    measure: str,
    unit: str = "percent",
    decimals: int = 1,
    **keys: Any,
) -> str:
    """Return a clause about one row, or another clause if it is not shown.

    Args:
        published: The result.
        said: The clause, `{}` where the value with its interval goes.
        unless: The clause where the row is not shown.
        measure: The measure.
        unit: Its unit.
        decimals: Decimals shown.
        keys: What tells the row.
    """
    row = published.one(measure=measure, **keys)
    if row is None or row.estimate is None:
        return unless
    return said.format(interval(row, unit, decimals))


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
    """Return one row's value with its interval, or why it is lacking.

    A share that is not shown reads "too few to show" or, where the source lacks it,
    "an unknown share", so that "of" can follow it.
    """
    row = published.one(measure=measure, **keys)
    if row is not None:
        return interval(row, unit, decimals)
    why = lacking(published, measure, **keys)
    if unit != "percent":
        return number(None, unit, decimals)
    return "too few to show" if why == TOO_FEW else "an unknown share"
