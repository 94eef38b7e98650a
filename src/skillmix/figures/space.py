"""How much room words take, so that labels do not overlap and charts keep width."""

from __future__ import annotations

from collections.abc import Sequence

from skillmix.figures.theme import SIZE

# Widths of Inter in ems, near enough to reserve room: narrow, wide, capitals.
_NARROW = frozenset("iljtfrI.,;:|!'()[] ")
_WIDE = frozenset("mwMW@%")
LINE = 16
GAP = 15


def text_width(words: str, size: int = SIZE) -> int:
    """Return how many pixels the widest line of some words takes."""
    return max((_line_width(line, size) for line in words.split("\n")), default=0)


def widest(names: Sequence[str], size: int = SIZE) -> int:
    """Return the width of the widest name."""
    return max((text_width(name, size) for name in names), default=0)


def lines(names: Sequence[str]) -> int:
    """Return the most lines any of the names has."""
    return max((name.count("\n") + 1 for name in names), default=1)


def spread(
    wanted: Sequence[float], heights: Sequence[float], room: float
) -> list[float]:
    """Return positions near those wanted, far enough apart to be read.

    Args:
        wanted: Where the middle of each label would stand, in pixels from the top.
        heights: How tall each label is.
        room: Height of the chart; labels are kept inside it where they fit.
    """
    order = sorted(range(len(wanted)), key=lambda n: wanted[n])
    placed = list(wanted)
    edge = 0.0
    for n in order:
        placed[n] = max(wanted[n], edge + heights[n] / 2)
        edge = placed[n] + heights[n] / 2
    limit = max(room, sum(heights))
    for n in reversed(order):
        placed[n] = min(placed[n], limit - heights[n] / 2)
        limit = placed[n] - heights[n] / 2
    return placed


def _line_width(line: str, size: int) -> int:
    ems = 0.0
    for letter in line:
        if letter in _NARROW:
            ems += 0.30
        elif letter in _WIDE:
            ems += 0.86
        elif letter.isupper():
            ems += 0.69
        else:
            ems += 0.58
    return round(ems * size)
