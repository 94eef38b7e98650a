"""Shares, movements and ratios in words: "just over one in eight", "fell by 8%"."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from io import StringIO

from skillmix.schema.results import Row
from skillmix.words.numbers import NOT_SHOWN, number

# Within the first of these a fraction is said as it is, within the second "just
# over" or "just under"; farther away it would mislead, and only "more than" is true.
AS_IT_IS = 0.012
JUST = 0.06
ALMOST = 0.95
TWICE, HALF = 2.0, 0.5


def in_words(share: float | None) -> str:
    """Return a share as a fraction people say, for example "just over one in eight".

    The nearest fraction of `fractions.csv` is taken, and the words say on which side
    of it the share lies. Shares under half a per cent have no such words and are
    written as percentages.

    Args:
        share: From 0 to 1; None is said not to be available.
    """
    if share is None:
        return NOT_SHOWN
    if share <= 0:
        return "none"
    if share < 0.005:
        return number(share, "percent", 1)
    value, words = min(_fractions(), key=lambda f: abs(share - f[0]) / f[0])
    if share < 1 == value:
        return f"almost {words}" if share > ALMOST else "more than nine in ten"
    gap = (share - value) / value
    if abs(gap) <= AS_IT_IS:
        return words
    near = "just " if abs(gap) <= JUST else ""
    side = "over" if gap > 0 else "under"
    if not near:
        side = "more than" if gap > 0 else "fewer than"
    return f"{near}{side} {words}"


def moved(change: float | None, decimals: int = 0) -> str:
    """Return a change as a verb: "rose by 11%", "fell by 8%" or "did not change".

    Args:
        change: Relative change, as a share of where it began.
        decimals: Decimals shown; a change that rounds to nothing is called none.
    """
    if change is None:
        return "changed by an amount that is not available"
    size = number(abs(change), "percent", decimals)
    if size == number(0.0, "percent", decimals) or size.startswith("under"):
        return "did not change"
    return f"{'rose' if change > 0 else 'fell'} by {size}"


def moved_row(row: Row | None, decimals: int = 0) -> str:
    """Return a change with its interval, and say when chance alone could be it."""
    if row is None or row.estimate is None:
        return moved(None)
    words = moved(row.estimate, decimals)
    if row.conf_low is None or row.conf_high is None or "by" not in words:
        return words
    ends = [number(v, "change", decimals) for v in (row.conf_low, row.conf_high)]
    if ends[0] == ends[1]:
        return words
    told = f"{words} (95% interval {ends[0]} to {ends[1]})"
    if row.conf_low <= 0 <= row.conf_high:
        return f"{told}, which chance alone could explain"
    return told


def times(ratio: float | None, decimals: int = 1) -> str:
    """Return a ratio of two rates: "twice", "just over twice", "1.3 times"."""
    if ratio is None:
        return NOT_SHOWN
    for whole, words in ((TWICE, "twice"), (HALF, "half")):
        gap = (ratio - whole) / whole
        if abs(gap) <= AS_IT_IS:
            return words
        if abs(gap) <= JUST:
            return f"just {'over' if gap > 0 else 'under'} {words}"
    return f"{number(ratio, 'ratio', decimals)} times"


def capital(words: str) -> str:
    """Return words as they begin a sentence."""
    return words[:1].upper() + words[1:]


def listed(words: list[str]) -> str:
    """Return words as a list in a sentence, for example "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


@cache
def _fractions() -> tuple[tuple[float, str], ...]:
    text = files("skillmix.words").joinpath("fractions.csv").read_text("utf-8")
    return tuple(
        (int(row["parts"]) / int(row["of"]), row["words"])
        for row in csv.DictReader(StringIO(text))
    )
