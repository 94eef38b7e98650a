"""Whose an employer is, and in which nation: told by its name."""

from __future__ import annotations

import re
from functools import cache

from skillmix.adverts.rulefiles import rows
from skillmix.adverts.ruleset import lowered


def sector_of(employer: str) -> str:
    """Return "nhs", "independent" or "other" for an employer's name."""
    for sector, pattern in _table("sectors"):
        if pattern.search(employer.lower()):
            return sector
    return "other"


def nation_of(employer: str, location: str = "") -> str:
    """Return the nation of an employer, England unless its name says otherwise."""
    for nation, pattern in _table("nations"):
        if pattern.search(employer.lower()) or pattern.search(location.lower()):
            return nation
    return "england"


@cache
def _table(name: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    key = name.removesuffix("s")
    return tuple((row[key], lowered(row["pattern"])) for row in rows(name))
