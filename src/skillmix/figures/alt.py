"""What a chart says, for people who do not see it, worked out from its data."""

from __future__ import annotations

from skillmix.figures.plot import Plot


def alternative_text(plot: Plot) -> str:
    """Return one or two sentences: what is drawn, and its lowest and highest."""
    return plot.measure.label
