"""The front of the report: key statistics and a summary, bound to results."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from skillmix.catalogue import Analysis
from skillmix.report.answers import UNTOLD, answer
from skillmix.report.book import Figure
from skillmix.report.tables import value_cell
from skillmix.schema.results import Published, Row
from skillmix.words.numbers import month

CHOSEN = Path(__file__).with_name("highlights.toml")
LATEST = "latest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistic:
    """One number of the cover, with the figure it comes from.

    Attributes:
        value: The number in words.
        interval: Its 95% interval, as "11.4% to 12.9%"; empty if it has none.
        label: What it counts.
        figure: Where it comes from.
    """

    value: str
    interval: str
    label: str
    figure: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One answer of the summary, with the figure it comes from."""

    text: str
    figure: Figure


def key_statistics(figures: Iterable[Figure]) -> tuple[Statistic, ...]:
    """Return the key statistics that the answered questions give."""
    by_name = {f.analysis.name: f for f in figures}
    found = [
        statistic
        for chosen in _chosen()["statistic"]
        if (figure := by_name.get(chosen["analysis"]))
        and (statistic := _statistic(figure, chosen))
    ]
    return tuple(found[: _chosen()["most_statistics"]])


def summary(figures: Iterable[Figure]) -> tuple[Sentence, ...]:
    """Return the answers that open the report."""
    by_name = {f.analysis.name: f for f in figures}
    found = [
        Sentence(text=text, figure=figure)
        for name in _chosen()["summary"]
        if (figure := by_name.get(name))
        and (text := answer(figure.analysis, figure.published)) not in UNTOLD
    ]
    return tuple(found[: _chosen()["most_sentences"]])


def _statistic(figure: Figure, chosen: Mapping[str, Any]) -> Statistic | None:
    row = picked_row(figure.analysis, figure.published, chosen)
    if row is None or row.estimate is None:
        return None
    measure = figure.analysis.measures[chosen["measure"]]
    # The cover rounds as speech does; the figure behind it has every decimal.
    cell = value_cell(row, replace(measure, decimals=min(measure.decimals, 1)))
    return Statistic(
        value=cell.text,
        interval=cell.interval,
        label=picked_label(row, figure.published, chosen),
        figure=figure,
    )


def picked_label(
    row: Row | None, published: Published, chosen: Mapping[str, Any]
) -> str:
    """Return what a chosen row is called, with its scope and month filled in."""
    scope = published.scope
    as_at = (row.keys.get("month") if row else None) or scope.month
    told: str = chosen["label"].format(
        service=scope.service_short,
        workforce=scope.workforce_label,
        month=month(as_at) if as_at else "latest month",
    )
    return told


def picked_row(
    analysis: Analysis, published: Published, chosen: Mapping[str, Any]
) -> Row | None:
    """Return the one row that `measure` and `where` pick, or None.

    Args:
        analysis: The question.
        published: Its answer.
        chosen: `measure`, and `where` with a value for each key that tells rows
            apart; "latest" is the scope's month, or the last the result has.
    """
    wanted: dict[str, Any] = dict(chosen["where"])
    if chosen["measure"] not in analysis.measures or not set(wanted) <= set(
        analysis.keys
    ):
        return None
    rows = [
        row
        for row in published.where(measure=chosen["measure"])
        if row.status == "shown"
        and all(row[k] == v for k, v in wanted.items() if v != LATEST)
    ]
    for key in (k for k, v in wanted.items() if v == LATEST):
        found = {row[key] for row in rows}
        as_at = published.scope.month
        last = as_at if as_at in found else max(found, default=dt.date.min)
        rows = [row for row in rows if row[key] == last]
    return rows[0] if len(rows) == 1 else None


@cache
def _chosen() -> Mapping[str, Any]:
    with CHOSEN.open("rb") as file:
        return tomllib.load(file)


def front_analyses() -> set[str]:
    """Return the names of all analyses that the front can draw on."""
    chosen = _chosen()
    return {*chosen["summary"], *(one["analysis"] for one in chosen["statistic"])}
