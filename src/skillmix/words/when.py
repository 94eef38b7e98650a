"""The month or year that a sentence speaks of, to begin it with."""

from __future__ import annotations

import datetime as dt

from skillmix.schema.results import Published
from skillmix.words.numbers import month

UNDATED_MONTH, UNDATED_YEAR = "the month of these figures", "the year of these figures"


def as_at(published: Published) -> str:
    """Return "In June 2020", to begin a sentence on people in post."""
    last = latest(published)
    return f"In {month(last) if last else UNDATED_MONTH}"


def year_to(published: Published) -> str:
    """Return "In the year to June 2020", for what happened within twelve months."""
    return f"In {the_year(published)}"


def the_year(published: Published) -> str:
    """Return "the year to June 2020"."""
    last = latest(published)
    return f"the year to {month(last)}" if last else UNDATED_YEAR


def latest(published: Published) -> dt.date | None:
    """Return the as-at month, or the latest month of a published file's rows."""
    if published.scope.month is not None:
        return published.scope.month
    return published.period[1] if published.period else None
