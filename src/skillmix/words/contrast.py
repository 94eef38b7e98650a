"""Sentences that set the service beside the rest, bound to two rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from skillmix.schema.results import Published, Row
from skillmix.words.numbers import difference, interval, number

TOO_FEW = "too few people to show"
SMALL_TRUSTS = "Small trusts vary by chance alone: the funnel shows by how much."


def contrast(
    published: Published, measure: str, unit: str, decimals: int = 0, **keys: Any
) -> str:
    """Return, for example, "27% in mental health and 17% elsewhere".

    A value that is not shown is said to be missing, and why, never left out: "27% in
    mental health (elsewhere too few people to show)", "not shown (too few people)".
    """
    here, there = f"in {published.scope.service_short}", "elsewhere"
    shown: list[str] = []
    unsaid: dict[str, str] = {}
    for place, flag in ((here, True), (there, False)):
        row = published.one(measure=measure, in_service=flag, **keys)
        if row is not None and row.estimate is not None:
            shown.append(f"{number(row.estimate, unit, decimals)} {place}")
        else:
            unsaid[place] = lacking(published, measure, in_service=flag, **keys)
    if not shown and len(reasons := set(unsaid.values())) == 1:
        return f"not shown ({reasons.pop()})"
    why = ", ".join(f"{place} {reason}" for place, reason in unsaid.items())
    if not shown:
        return f"not shown ({why})"
    return f"{' and '.join(shown)} ({why})" if why else " and ".join(shown)


def contrasted(
    published: Published, measure: str, decimals: int = 0, **keys: Any
) -> str:
    """Return two shares as a sentence begins with them, for example before "were men".

    Where neither is shown it reads "too few to show" or, where the source lacks
    them, "an unknown share".
    """
    if either_shown(published, measure, **keys):
        return contrast(published, measure, "percent", decimals, **keys)
    return _no_share(lacking(published, measure, **keys))


def either_shown(published: Published, measure: str, **keys: Any) -> bool:
    """Return whether the service's figure or the one elsewhere is shown."""
    rows = published.where(measure=measure, **keys)
    return any(row.estimate is not None for row in rows)


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
    if inside is None and outside is None:
        return "There is nothing to compare."
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
    if unit != "percent":
        return number(None, unit, decimals)
    return _no_share(lacking(published, measure, **keys))


def _no_share(why: str) -> str:
    return "too few to show" if why == TOO_FEW else "an unknown share"
