"""One result for each kind of chart, small enough to check by eye.

Numbers are invented; suppressed and unavailable rows stand among them on purpose.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from skillmix.catalogue import Measure
from skillmix.figures.chart import LAST, Chart, Reference
from skillmix.schema.results import Finding, Published, Row, seal
from skillmix.schema.scope import Scope
from skillmix.statistics import estimators
from skillmix.statistics.estimators import Cell, Estimator

Sample = tuple[Chart, Mapping[str, Measure], Published]
TRUSTS = ("RHA", "RPG", "RKL", "RQY", "RJ8", "RXT", "RV5", "RNN", "RX4", "RDY")


def sample(kind: str) -> Sample:
    """Return the sample result of one kind of chart."""
    return SAMPLES[kind]


def published(rows: Sequence[Row], *, name: str = "sample.figure") -> Published:
    """Return rows as a published result."""
    finding = Finding(
        analysis=name,
        scope=Scope(month=dt.date(2020, 6, 1)),
        cells=(),
        sources=(),
        people_counted=True,
        way="StaffMonth",
        period=(dt.date(2019, 6, 1), dt.date(2020, 6, 1)),
    )
    return seal(finding=finding, rows=rows, disclosure="protected")


def row(
    top: float | None,
    bottom: float | None,
    keys: Mapping[str, Any],
    estimator: Estimator = estimators.proportion,
    status: str = "",
) -> Row:
    """Return a row with its estimate and interval."""
    if status:
        return Row(keys=keys, measure="share", status=status)  # type: ignore[arg-type]
    cell = Cell(numerator=top, denominator=bottom, people=int(bottom or top or 0))
    estimate, low, high = estimator(cell)
    return Row(
        keys=keys,
        measure="share",
        numerator=top,
        denominator=bottom,
        estimate=estimate,
        conf_low=low,
        conf_high=high,
        n=int(bottom or top or 0),
    )


def measure(
    label: str,
    unit: str = "percent",
    estimator: Estimator = estimators.proportion,
    decimals: int = 1,
) -> Mapping[str, Measure]:
    """Return the single measure of a sample."""
    return {
        "share": Measure(
            label=label,
            unit=unit,
            denominator="people",
            estimator=estimator,
            decimals=decimals,
        )
    }


def _months(first: dt.date, count: int) -> list[dt.date]:
    start = first.year * 12 + first.month - 1
    return [dt.date((start + n) // 12, (start + n) % 12 + 1, 1) for n in range(count)]


def _wave(n: int, level: float, swing: float) -> float:
    return level + swing * math.sin(2 * math.pi * n / 12) + swing * (n * 7 % 5 - 2) / 8


def _shares(
    values: Mapping[tuple[Any, ...], float],
    keys: Sequence[str],
    people: int = 4000,
    hidden: Iterable[tuple[Any, ...]] = (),
) -> list[Row]:
    found: list[Row] = []
    for place, value in values.items():
        named = dict(zip(keys, place, strict=True))
        if place in hidden:
            found.append(row(None, None, named, status="suppressed"))
        else:
            found.append(row(round(value * people), people, named))
    return found


def _line() -> Sample:
    levels = {
        "support_to_clinical_staff": 0.062,
        "nurses": 0.051,
        "st_and_t": 0.033,
        "doctors": 0.014,
    }
    months = _months(dt.date(2015, 1, 1), 66)
    rows = [
        row(
            round(20000 * _wave(n, level, level / 9)),
            20000,
            {"month": month, "staff_group": group},
            status="unavailable" if group == "doctors" and 20 <= n < 24 else "",
        )
        for group, level in levels.items()
        for n, month in enumerate(months)
    ]
    line = Reference(value=0.029, label="Public sector, 2016", source="ONS, 2017")
    chart = Chart(kind="line", x="month", colour="staff_group", references=(line,))
    return chart, measure("Sickness absence rate"), published(rows)


def _line_panels() -> Sample:
    months = _months(dt.date(2010, 1, 1), 126)
    levels = {"white": 0.8, "black": 0.06, "asian": 0.09, "mixed": 0.02, "other": 0.03}
    rows = [
        row(
            round(50000 * level * (1 + (lift if group != "white" else -lift) * n)),
            50000,
            {"month": month, "ethnic_group": group, "series": series},
        )
        for group, level in levels.items()
        for series, lift in (("workforce", 0.002), ("all_staff", 0.0012))
        for n, month in enumerate(months)
    ]
    chart = Chart(
        kind="line", x="month", colour="series", facet="ethnic_group", scales="own"
    )
    return chart, measure("Share of people"), published(rows)


def _bar() -> Sample:
    people = {
        "assistant": (20200, 61000),
        "trainee_nursing_associate": (750, 2100),
        "assistant_psychologist": (2100, 300),
        "nursing_associate": (150, 900),
        "peer_support_worker": (480, 0),
        "other_trainee": (2550, 4100),
    }
    rows = [
        row(
            float(count),
            None,
            {"role": role, "in_service": inside},
            estimators.total,
            status="" if count else "suppressed",
        )
        for role, pair in people.items()
        for inside, count in zip((True, False), pair, strict=True)
    ]
    chart = Chart(kind="bar", x="role", colour="in_service")
    return chart, measure("People", "people", estimators.total, 0), published(rows)


def _dots() -> Sample:
    values = {
        ("2", True): 0.20,
        ("2", False): 0.09,
        ("3", True): 0.0625,
        ("3", False): 0.09,
        ("4", True): 0.17,
        ("4", False): 0.11,
    }
    chart = Chart(kind="dots", x="band", colour="in_service")
    rows = _shares(values, ("band", "in_service"), people=2500)
    return chart, measure("Share at a higher band a year later"), published(rows)


def _dots_panels() -> Sample:
    ages = ("under_25", "25_29", "30_34", "35_39", "40_44", "45_49", "50_54", "55_59")
    values = {
        (age, band, inside): 0.3 * lift * (0.9 if inside else 0.6) / (1 + n / 3)
        for n, age in enumerate(ages)
        for band, lift in (("2", 1.0), ("3", 0.5), ("4", 0.8))
        for inside in (True, False)
    }
    hidden = [("55_59", "4", True), ("under_25", "4", False)]
    rows = _shares(values, ("age_group", "band", "in_service"), 400, hidden)
    chart = Chart(kind="dots", x="age_group", colour="in_service", facet="band")
    return chart, measure("Share at a higher band a year later"), published(rows)


def _dumbbell() -> Sample:
    groups = (
        "work_life_balance_or_relationships",
        "reward_promotion_or_opportunities",
        "health_or_dependants",
        "education_or_training",
        "relocation",
        "other_or_not_known",
    )
    mine = (0.21, 0.13, 0.13, 0.09, 0.11, 0.33)
    everyone = (0.24, 0.17, 0.08, 0.05, 0.16, 0.30)
    values = {
        (group, series): value
        for series, many in (("workforce", mine), ("all_staff", everyone))
        for group, value in zip(groups, many, strict=True)
    }
    chart = Chart(kind="dumbbell", x="resignation_group", colour="series")
    rows = _shares(values, ("resignation_group", "series"))
    return chart, measure("Share of voluntary resignations"), published(rows)


def _slope() -> Sample:
    values = {
        ("in_service", "2019"): 0.11,
        ("in_service", "2020"): 0.14,
        ("elsewhere", "2019"): 0.055,
        ("elsewhere", "2020"): 0.06,
        ("all_staff", "2019"): 0.058,
        ("all_staff", "2020"): 0.062,
    }
    chart = Chart(kind="slope", x="survey_year", colour="series")
    rows = _shares(values, ("series", "survey_year"))
    return chart, measure("Black or Black British share"), published(rows)


def _stacked() -> Sample:
    mixes = [(0.5 - 0.035 * n, 0.26 + 0.01 * n) for n in range(len(TRUSTS))]
    values: dict[tuple[Any, ...], float] = {}
    for trust, (four, two) in zip(TRUSTS, mixes, strict=True):
        values[trust, "2"] = two
        values[trust, "3"] = 1 - four - two
        values[trust, "4"] = four
    rows = _shares(values, ("employer", "band"), 900, [("RDY", "3")])
    chart = Chart(kind="stacked", x="employer", colour="band")
    return chart, measure("Share of band 2 to 4 FTE"), published(rows)


def _pyramid() -> Sample:
    ages = ("under_20", "20_29", "30_39", "40_49", "50_59", "60_and_over")
    women, men = (
        (0.01, 0.21, 0.20, 0.22, 0.27, 0.09),
        (0.01, 0.24, 0.25, 0.2, 0.22, 0.08),
    )
    values = {
        (age, gender): share
        for gender, many in (("female", women), ("male", men))
        for age, share in zip(ages, many, strict=True)
    }
    chart = Chart(kind="pyramid", x="age_group", colour="gender")
    rows = _shares(values, ("age_group", "gender"))
    return chart, measure("Share of people of that gender"), published(rows)


def _heatmap() -> Sample:
    roles = (
        "assistant",
        "trainee_nursing_associate",
        "nursing_associate",
        "assistant_psychologist",
        "other_trainee",
    )
    values = {
        (a, b): 0.9 - 0.12 * m if m == n else 0.16 / (1 + abs(m - n)) / 2
        for m, a in enumerate(roles)
        for n, b in enumerate(roles)
    }
    rows = _shares(
        values,
        ("start_role", "end_role"),
        3000,
        [("nursing_associate", "other_trainee")],
    )
    chart = Chart(kind="heatmap", x="end_role", y="start_role")
    return chart, measure("Share of people"), published(rows)


def _flow() -> Sample:
    moves = {
        ("assistant", "assistant"): 18600,
        ("assistant", "trainee_nursing_associate"): 420,
        ("assistant", "other"): 900,
        ("trainee_nursing_associate", "trainee_nursing_associate"): 540,
        ("trainee_nursing_associate", "nursing_associate"): 300,
        ("trainee_nursing_associate", "assistant"): 90,
        ("assistant_psychologist", "assistant_psychologist"): 1400,
        ("assistant_psychologist", "other_trainee"): 315,
        ("assistant_psychologist", "other"): 380,
    }
    rows = [
        row(float(count), 20000.0, {"start_role": a, "outcome": b})
        for (a, b), count in moves.items()
    ]
    rows.append(
        row(
            None,
            None,
            {"start_role": "assistant", "outcome": "nursing_associate"},
            status="suppressed",
        )
    )
    chart = Chart(kind="flow", x="start_role", y="outcome")
    return chart, measure("Share of people"), published(rows)


def _funnel() -> Sample:
    rows = [
        row(
            round(
                size
                * (
                    0.11
                    + (n * 37 % 23 - 11) / 900
                    + 0.07 * (n in (9, 30))
                    - 0.05 * (n == 20)
                )
            ),
            size,
            {"employer": code},
        )
        for n, (code, size) in enumerate(
            (c, 150 + 90 * m * (m % 4 + 1)) for m, c in enumerate(_codes(48))
        )
    ]
    chart = Chart(kind="funnel", x="employer", highlight=("RQY",))
    return chart, measure("Left within a year"), published(rows)


def _codes(count: int) -> list[str]:
    from skillmix.schema.codelists import codelist

    mental = [
        r["code"]
        for r in codelist("employers")
        if r["employer_type"] == "mental_health_learning_disability"
    ]
    return ["RQY", *(c for c in mental if c != "RQY")][:count]


def _control() -> Sample:
    months = _months(dt.date(2018, 4, 1), 30)
    values = [0.045 + 0.001 * (n * 5 % 4 - 1.5) for n in range(30)]
    values[23:26] = [0.062, 0.071, 0.058]
    rows = [
        row(round(30000 * v), 30000, {"month": m})
        for m, v in zip(months, values, strict=True)
    ]
    target = Reference(value=0.041, label="Target", source="a trust's own plan")
    chart = Chart(kind="control", x="month", better="down", references=(target,))
    return chart, measure("Sickness absence rate"), published(rows)


def _tiles(kind: str, key: str, codes: Sequence[str]) -> Sample:
    rows = [
        row(4900.0 + 130 * (n * 5 % 13), 10000.0, {key: code}, estimators.fte_ratio)
        for n, code in enumerate(codes)
    ]
    rows[-1] = row(None, None, {key: codes[-1]}, status="suppressed")
    chart = Chart(kind="tiles", x=key)
    label = "Support staff for each professionally qualified"
    return chart, measure(label, "ratio", estimators.fte_ratio, 2), published(rows)


def _prisma() -> Sample:
    counts = {
        ("identified", "all"): 240.0,
        ("identified", "MEDLINE"): 150.0,
        ("identified", "not_stated"): 90.0,
        ("duplicates_removed", "all"): 60.0,
        ("outside_strategy", "all"): 0.0,
        ("screened", "all"): 180.0,
        ("excluded", "all"): 120.0,
        ("undecided", "all"): 10.0,
        ("sought", "all"): 50.0,
        ("not_retrieved", "all"): 5.0,
        ("assessed", "all"): 45.0,
        ("excluded_full_text", "all"): 25.0,
        ("excluded_full_text", "Not: About England"): 25.0,
        ("included", "all"): 20.0,
    }
    rows = [
        row(n, None, {"flow_step": step, "flow_detail": of}, estimators.as_printed)
        for (step, of), n in counts.items()
    ]
    rows[-3] = row(None, None, dict(rows[-3].keys), status="unavailable")
    chart = Chart(kind="prisma", x="flow_step", y="flow_detail")
    told = measure("Records", "records", estimators.as_printed, 0)
    return chart, told, published(rows)


def _cards() -> Sample:
    roles = {
        "hca_and_similar": ("Health care assistant", "Health care support worker"),
        "professional_or_specialist": (
            "Assistant psychologist",
            "Creative therapy support worker",
            "Assistant practitioner",
        ),
        "training": ("Trainee nursing associate", "Student psychologist"),
        "recovery_peer_employment": (
            "Peer support worker",
            "Employment adviser",
            "Support, time and recovery worker",
        ),
    }
    rows = [
        row(100.0 * (n + 1), None, {"role_category": c, "example": e}, estimators.total)
        for c, many in roles.items()
        for n, e in enumerate(many)
    ]
    chart = Chart(kind="cards", x="example", colour="role_category")
    return chart, measure("People", "people", estimators.total, 0), published(rows)


def _years() -> Sample:
    values = {
        (year, series): 0.1
        + 0.01 * (year - 2015) * (1 if series == "workforce" else 0.5)
        for year in range(2015, 2020)
        for series in ("workforce", "all_staff")
    }
    chart = Chart(kind="line", x="year", colour="series")
    rows = _shares(values, ("year", "series"))
    return chart, measure("Share who met discrimination"), published(rows)


def _measures() -> Sample:
    rows = [
        replace(row(share * 500, 500.0, {"band": band}), measure=slug)
        for slug, shares in (
            ("share", (0.4, 0.3, 0.5)),
            ("moved_up", (0.2, 0.06, 0.15)),
        )
        for band, share in zip(("2", "3", "4"), shares, strict=True)
    ]
    both = {
        "share": measure("Adverts that speak of a career")["share"],
        "moved_up": measure("Staff at a higher band a year later")["share"],
        "people": measure("People", "people", estimators.total, 0)["share"],
    }
    chart = Chart(kind="dots", x="band", colour="measure")
    return chart, both, published(rows)


def _change() -> Sample:
    months = (dt.date(2019, 10, 1), dt.date(2020, 10, 1))
    values = {"in_service": 1.11, "elsewhere": 1.03, "all_staff": 1.04}
    rows = [
        row(
            41000 * value if period == "latest_year" else 41000 * (1.9 - value),
            41000.0,
            {
                "series": series,
                "period": period,
                "from_month": months[0],
                "to_month": months[1],
            },
            estimators.relative_change,
        )
        for series, value in values.items()
        for period in ("latest_year", "ten_years_to_january")
    ]
    chart = Chart(kind="bar", x="series", facet="period", only={"to_month": LAST})
    found = measure("Change in FTE", "change", estimators.relative_change, 0)
    return chart, found, published(rows)


REGIONS = ("Y56", "Y58", "Y59", "Y60", "Y61", "Y62", "Y63")


def _boards() -> list[str]:
    from skillmix.schema.codelists import codelist

    rows = codelist("integrated_care_boards")
    return [r["code"] for r in rows if r["from"] < "2026"]


SAMPLES: Mapping[str, Sample] = {
    "line": _line(),
    "line in panels": _line_panels(),
    "line of years": _years(),
    "dots of two measures": _measures(),
    "bar": _bar(),
    "bar of changes": _change(),
    "dots": _dots(),
    "dots in panels": _dots_panels(),
    "dumbbell": _dumbbell(),
    "slope": _slope(),
    "stacked": _stacked(),
    "pyramid": _pyramid(),
    "heatmap": _heatmap(),
    "flow": _flow(),
    "funnel": _funnel(),
    "control": _control(),
    "tiles of regions": _tiles("tiles", "region", REGIONS),
    "tiles of boards": _tiles("tiles", "icb", _boards()),
    "cards": _cards(),
    "prisma": _prisma(),
}
