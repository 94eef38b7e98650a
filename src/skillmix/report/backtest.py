"""The report's own printed numbers, beside what skillmix computes for them."""

from __future__ import annotations

from collections.abc import Iterable

from skillmix.catalogue import Analysis, Printed
from skillmix.report.book import Backtest
from skillmix.report.replication.findings import stated
from skillmix.report.replication.taking import pick, take
from skillmix.schema.results import Published
from skillmix.words.numbers import number

# What is compared where it is no estimate, and the unit it is written in.
_COUNTED = {
    "rows": "count",
    "years": "count",
    "first_year": "year",
    "last_year": "year",
}


def backtests(
    answers: Iterable[tuple[Analysis, Published | None]],
) -> tuple[Backtest, ...]:
    """Compare every printed number that the analyses claim to reproduce.

    A number whose row the inputs do not give, or give for another date, is left out:
    it was not tried.
    """
    found: list[Backtest] = []
    for analysis, published in answers:
        if published is None:
            continue
        for finding, printed in analysis.reproduces.items():
            taken = take(published, printed)
            if taken.value is not None and not taken.instead:
                shape = _shape(analysis, printed, published)
                found.append(_compare(finding, analysis, printed, taken.value, shape))
    return tuple(found)


def _compare(
    finding: str,
    analysis: Analysis,
    printed: Printed,
    value: float,
    shape: tuple[str, int],
) -> Backtest:
    unit, decimals = shape
    gap = abs(value - printed.value)
    # One part in a billion: a half-way value is inside, whatever its last bit.
    agrees = gap <= printed.within + 1e-9 * max(1.0, abs(printed.value))
    told = number(printed.value, unit, decimals)
    if finding in stated():
        agrees = stated()[finding].holds(value)
        told = stated()[finding].printed
    return Backtest(
        finding_id=finding,
        analysis=analysis.name,
        printed=told,
        value=number(value, unit, decimals + 1),
        agrees=agrees,
        note=f"within {number(printed.within, unit, decimals + 1)}",
    )


def _shape(
    analysis: Analysis, printed: Printed, published: Published
) -> tuple[str, int]:
    """Return the unit and decimals a printed number is written in."""
    if printed.take in _COUNTED:
        return _COUNTED[printed.take], 0
    # A register of quoted figures has a measure for each unit: the row tells which.
    measure = analysis.measures[pick(published, printed.row)[0].measure]
    return measure.unit, measure.decimals
