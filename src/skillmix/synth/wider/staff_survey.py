"""Survey answers by type of trust and occupational group, 2015 to 2019."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from skillmix.synth.wider.files import Row, levels
from skillmix.synth.wider.trusts import trusts

YEARS = range(2015, 2020)
SERVICE = "mental_health_learning_disability"
ARTS, EVERYONE = "arts_therapists", "all_staff"
FEWEST = 11
ANSWERED = 0.97


def answers(rng: np.random.Generator, scale: float) -> Iterator[Row]:
    """Make bases and percentages; groups together give the levels of the CSV file."""
    bases = {
        (row["employer_type"], row["occupation"]): float(row["people"]) * scale
        for row in levels("survey_bases")
    }
    for level in levels("survey_levels"):
        for year in YEARS:
            for (kind, occupation), people in bases.items():
                percent = _percent(level, bases, kind, occupation)
                moved = percent - _rise(level) * (YEARS[-1] - year) / 4
                yield _row(level, year, "all", kind, occupation, people, moved)
        yield from _by_trust(rng, level, scale)


def _percent(
    level: Mapping[str, str],
    bases: Mapping[tuple[str, str], float],
    kind: str,
    occupation: str,
) -> float:
    """Return one group's share, arts therapists apart from the other support."""
    where = "mental_health" if kind == SERVICE else "other"
    if occupation == EVERYONE:
        return float(level[f"all_{where}"])
    mine = [n for (k, o), n in bases.items() if k == kind and o != EVERYONE]
    arts = bases[kind, ARTS]
    whole, more = float(level[f"support_{where}"]), float(level["arts_therapists_more"])
    if occupation == ARTS:
        return whole + more
    return whole - more * arts / (sum(mine) - arts)


def _rise(level: Mapping[str, str]) -> float:
    return float(level["rise_since_2015"])


def _row(
    level: Mapping[str, str],
    year: int,
    employer: str,
    kind: str,
    occupation: str,
    people: float,
    percent: float,
) -> Row:
    question = level["question"]
    share = ANSWERED
    if question.startswith("ground_"):
        share = 0.16 if occupation != EVERYONE else 0.11
    base = round(people * share)
    return {
        "survey": "detailed" if employer == "all" else "by_organisation",
        "year": year,
        "employer": employer,
        "employer_type": kind,
        "occupation": occupation,
        "question": question,
        "base": base,
        "percent": min(max(percent, 0.0), 100.0) if base >= FEWEST else None,
    }


def _by_trust(
    rng: np.random.Generator, level: Mapping[str, str], scale: float
) -> Iterator[Row]:
    """Make the latest year's answers of all staff in each trust."""
    some = trusts(SERVICE, "acute")
    drawn = 1 + 0.12 * rng.standard_normal(len(some.codes))
    for place, code in enumerate(some.codes):
        kind = some.kinds[place]
        mean = float(level["all_mental_health" if kind == SERVICE else "all_other"])
        people = float(some.sizes[place]) * 0.45 * scale
        percent = mean * float(drawn[place])
        yield _row(level, YEARS[-1], code, kind, EVERYONE, people, percent)
