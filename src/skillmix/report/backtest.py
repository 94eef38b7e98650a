"""The report's own printed numbers, beside what skillmix computes for them."""

from __future__ import annotations

from collections.abc import Iterable

from skillmix.catalogue import Analysis, Printed
from skillmix.report.book import Backtest
from skillmix.schema.results import Published, Row
from skillmix.words.numbers import number


def backtests(
    answers: Iterable[tuple[Analysis, Published | None]],
) -> tuple[Backtest, ...]:
    """Compare every printed number that the analyses claim to reproduce.

    A number whose row the inputs do not give is left out: it was not tried.
    """
    found: list[Backtest] = []
    for analysis, published in answers:
        if published is None:
            continue
        for finding, printed in analysis.reproduces.items():
            row = published.one(**printed.row)
            if row is not None and row.estimate is not None:
                found.append(_compare(finding, analysis, printed, row))
    return tuple(found)


def _compare(finding: str, analysis: Analysis, printed: Printed, row: Row) -> Backtest:
    measure = analysis.measures[row.measure]
    gap = abs((row.estimate or 0.0) - printed.value)
    # One part in a billion: a half-way value is inside, whatever its last bit.
    agrees = gap <= printed.within + 1e-9 * max(1.0, abs(printed.value))
    places = measure.decimals + 1
    return Backtest(
        finding_id=finding,
        analysis=analysis.name,
        printed=number(printed.value, measure.unit, measure.decimals),
        value=number(row.estimate, measure.unit, places),
        agrees=agrees,
        note=f"within {number(printed.within, measure.unit, places)}",
    )
