"""What a chart shows, declared; `vega.py` draws it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart of one measure.

    Attributes:
        kind: "line" over months, "bar" of lengths with intervals, "dots" with
            intervals, or "stacked" shares.
        x: The column along, or the category for bars and dots.
        colour: The column that separates series.
        measure: The measure drawn; empty for the only one.
        facet: A column that splits the chart into small multiples.
    """

    kind: Literal["line", "bar", "dots", "stacked"]
    x: str
    colour: str | None = None
    measure: str = ""
    facet: str | None = None

    def columns(self) -> set[str]:
        """Return the key columns the chart reads."""
        return {c for c in (self.x, self.colour, self.facet) if c}
