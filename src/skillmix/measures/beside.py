"""Staff beside a population: the same characteristic, counted in both."""

from __future__ import annotations

import datetime as dt

import ibis
import ibis.expr.types as ir

from skillmix.measures.cells import united
from skillmix.schema.scope import Scope
from skillmix.statistics.estimators import NOTHING, Cell, Interval
from skillmix.statistics.intervals import score_ratio

MINE, ELSEWHERE, EVERYONE = "in_service", "elsewhere", "all_staff"
POPULATION = "population"


def representation(cell: Cell) -> Interval:
    """Give one group's share over another group's, with its score interval (Koopman).

    Each side is a count of people; the sums of squares hold the people they are out
    of. Where one group holds the other, as all staff hold the service's, the interval
    is wider than it need be.
    """
    four = (
        *(cell.numerator, cell.numerator_squares),
        *(cell.denominator, cell.denominator_squares),
    )
    if None in four:
        return NOTHING
    return score_ratio(*(int(count or 0) for count in four))


def staff_series(posts: ir.Table, scope: Scope) -> ir.Table:
    """Return the posts of the as-at month once for each series they belong to.

    Series are the workforce in the service and elsewhere, and all staff.
    """
    now = posts.filter(posts.month == ibis.literal(scope.month))
    mine = now.filter(now.of_interest)
    split = mine.mutate(series=mine.in_service.ifelse(MINE, ELSEWHERE))
    return united(split, now.mutate(series=ibis.literal(EVERYONE)))


def beside(
    staff: ir.Table, population: ir.Table, *, characteristic: str, scope: Scope
) -> ir.Table:
    """Return people by category in each series of staff and in the population.

    Args:
        staff: Rows of `staff_series` with a `category`.
        population: Rows of `PopulationCount`.
        characteristic: The population's characteristic; its latest year is taken.
        scope: Its month dates the staff.

    Returns:
        `series`, `category`, `year`, `people` and `whole` (people of the series).
    """
    month = scope.month or dt.date(2020, 6, 1)
    counted = staff.group_by("series", "category").agg(people=staff.headcount.sum())
    dated = counted.select(
        "series", "category", "people", year=ibis.literal(month.year, "int64")
    )
    chosen = population.filter(population.characteristic == characteristic)
    latest = chosen.filter(chosen.year == chosen.year.max())
    outside = latest.group_by("category", "year").agg(people=latest.people.sum())
    told = outside.select(
        "category", "people", "year", series=ibis.literal(POPULATION)
    ).select("series", "category", "people", "year")
    both = united(dated, told)
    whole = ibis.window(group_by="series")
    return both.mutate(whole=both.people.sum().over(whole))
