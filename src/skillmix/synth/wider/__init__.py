"""Synthetic versions of the files that have a template, besides the staff record.

Each module makes one table; the levels it aims at stand in the CSV files here, so
that the printed findings of the 2021 report come out again, and an analyst can move
them. Nothing here knows the simulated people: these files come from other sources
in life too.
"""

from __future__ import annotations

from skillmix.synth.wider.files import write_wider

__all__ = ["write_wider"]
