"""A trust beside its region, England and its peers, bound to results."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

from skillmix.app.verdict import verdict_words
from skillmix.catalogue import Analysis
from skillmix.report.highlights import picked_label, picked_row
from skillmix.report.tables import TableCell, value_cell
from skillmix.schema.results import Published, Row
from skillmix.words.labels import label
from skillmix.words.numbers import number

CHOSEN = Path(__file__).with_name("profile.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One measure for several places.

    Attributes:
        label: What is measured.
        analysis: Name of the analysis.
        cells: A value for each place.
        verdict: How the first stands to the last: "Higher", "Not shown to differ".
    """

    label: str
    analysis: str
    cells: tuple[TableCell, ...]
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where one trust stands among its peers on one measure.

    Attributes:
        analysis: Name of the analysis.
        heading: Its title, with what all its rows have in common, as a year.
        label: Which of its rows, or which measure.
        value: The trust's value.
        middle: The middle value of its peers, in words.
        rank: Place from the highest, 1 first.
        shared: How many trusts have that place.
        of: How many trusts have a value, this one among them.
        share: Where it lies between the lowest (0) and the highest (100).
        middle_share: Where the middle of its peers lies.
        interval: Where its 95% interval begins and ends, cut to 0 and 100; empty if
            it has none.
    """

    analysis: str
    heading: str
    label: str
    value: TableCell
    middle: str
    rank: int
    shared: int
    of: int
    share: float
    middle_share: float
    interval: tuple[float, ...] = ()


def profile_measures() -> tuple[Mapping[str, Any], ...]:
    """Return the measures of a profile, as `profile.toml` lists them."""
    return tuple(_chosen()["measure"])


def ranking(analyses: Iterable[Analysis]) -> list[Analysis]:
    """Return the questions that tell where an employer stands among its peers."""
    left_out = _chosen()["no_standing"]
    return [a for a in analyses if "employer" in a.keys and a.name not in left_out]


def profile_line(
    analysis: Analysis, places: Sequence[Published | None], chosen: Mapping[str, Any]
) -> Line | None:
    """Return one measure for several places; None if the first has no row for it."""
    rows = [picked_row(analysis, p, chosen) if p else None for p in places]
    first, last = rows[0], rows[-1]
    if first is None or places[0] is None:
        return None
    measure = analysis.measures[chosen["measure"]]
    rate = bool(measure.denominator)
    return Line(
        label=picked_label(first, places[0], chosen),
        analysis=analysis.name,
        cells=tuple(value_cell(row, measure) for row in rows),
        verdict=verdict_words(first, last) if rate and last is not None else "",
    )


def standings(
    analysis: Analysis, published: Published, code: str, peers: Mapping[str, Any]
) -> list[Standing]:
    """Return where a trust stands among its peers in a result that names employers.

    Args:
        analysis: A question whose rows have an employer.
        published: Its answer for all of them.
        code: The trust.
        peers: The codes it is set beside, its own among them.
    """
    # Peers are of one type, so that it tells no rows apart.
    told = ("employer", "month", "employer_type")
    others = [k for k in analysis.keys if k not in told]
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in _latest(published.rows):
        if row["employer"] in peers and row.status == "shown":
            key = (row.measure, *(row[k] for k in others))
            groups.setdefault(key, []).append(row)
    ranked = {
        key: (own, rows)
        for key, rows in groups.items()
        if (own := next((r for r in rows if r["employer"] == code), None))
        and len(rows) > 1
    }
    common, words = _apart(analysis, others, list(ranked))
    heading = ", ".join([analysis.title, *common])
    return [
        _standing(analysis, own, rows, heading, ", ".join(words[key]))
        for key, (own, rows) in ranked.items()
    ]


def _apart(
    analysis: Analysis, names: Sequence[str], keys: Sequence[tuple[Any, ...]]
) -> tuple[list[str], dict[tuple[Any, ...], list[str]]]:
    """Return the words that all keys have in common, and those that tell each apart.

    Where nothing else does, the measure tells them apart.
    """
    words = {
        key: [label(n, v) for n, v in zip(names, key[1:], strict=True)] for key in keys
    }
    columns = list(zip(*words.values(), strict=True))
    varied = [n for n, column in enumerate(columns) if len(set(column)) > 1]
    common = [c[0] for n, c in enumerate(columns) if n not in varied]
    measures = len({key[0] for key in keys}) > 1 or not varied
    return common, {
        key: [
            *(told[n] for n in varied),
            *([analysis.measures[key[0]].label] if measures else []),
        ]
        for key, told in words.items()
    }


def _standing(
    analysis: Analysis, own: Row, rows: Sequence[Row], heading: str, words: str
) -> Standing:
    measure = analysis.measures[own.measure]
    values = sorted((r.estimate or 0.0 for r in rows), reverse=True)
    mine = own.estimate or 0.0
    middle = median(values)

    def place(value: float) -> float:
        spread = values[0] - values[-1]
        share = 100 * (value - values[-1]) / spread if spread else 50.0
        return round(min(max(share, 0.0), 100.0), 1)

    ends = [e for e in (own.conf_low, own.conf_high) if e is not None]
    return Standing(
        analysis=analysis.name,
        heading=heading,
        label=words,
        value=value_cell(own, measure),
        middle=number(middle, measure.unit, measure.decimals),
        rank=values.index(mine) + 1,
        shared=values.count(mine),
        of=len(values),
        share=place(mine),
        middle_share=place(middle),
        interval=tuple(map(place, ends)) if len(ends) == 2 else (),
    )


def _latest(rows: Sequence[Row]) -> list[Row]:
    months = {row.keys["month"] for row in rows if row.keys.get("month")}
    if not months:
        return list(rows)
    last = max(months)
    return [row for row in rows if row.keys.get("month") == last]


@cache
def _chosen() -> Mapping[str, Any]:
    with CHOSEN.open("rb") as file:
        return tomllib.load(file)
