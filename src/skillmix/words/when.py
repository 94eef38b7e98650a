"""The month or year that a sentence speaks of, to begin it with."""

from __future__ import annotations

import datetime as dt

from skillmix.schema.results import Published
from skillmix.words.numbers import month

UNDATED_MONTH, UNDATED_YEAR = "the month of these figures", "the year of these figures"


def in_month(published: Published) -> str:
    """Return "In June 2020", to begin a sentence on people in post."""
    return f"In {the_month(published)}"


def year_to(published: Published) -> str:
    """Return "In the year to June 2020", for what happened within twelve months."""
    return f"In {the_year(published)}"


def the_month(published: Published) -> str:
    """Return "June 2020"."""
    last = latest(published)
    return month(last) if last else UNDATED_MONTH


def the_year(published: Published) -> str:
    """Return "the year to June 2020"."""
    last = latest(published)
    return f"the year to {month(last)}" if last else UNDATED_YEAR


def latest(published: Published) -> dt.date | None:
    """Return the latest month of a result, or the as-at month beside whole years."""
    asked = published.scope.month
    if published.period is None:
        return asked
    # Staff of a month beside a population of a year: the sentence speaks of the staff.
    beside_years = any("year" in row.keys for row in published.rows)
    return asked if beside_years and asked is not None else published.period[1]
