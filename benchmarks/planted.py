"""Plant an unfairness and a re-banding in a whole record, and say what is found.

    python benchmarks/planted.py [--scale 1] [--odds-ratio 0.8] [--out build/planted]

Makes a synthetic NHS in which black staff at band 2 have 0.8 times the odds of others
of moving up, and one trust moves its healthcare assistants from band 2 to band 3 in one
month. Draws are free (each person by themselves), as intervals assume. Prints the odds
ratio found, like for like and with an interval robust to trusts; what
`progression.fairness` says; the re-bandings found and named; and promotion with them
apart. At scale 1 it takes some minutes and a few gigabytes of disk.
"""

from __future__ import annotations

import argparse
import datetime as dt
import math
from pathlib import Path

import ibis.expr.types as ir
import numpy as np

from skillmix.catalogue import find
from skillmix.measures.ages import age_band
from skillmix.measures.characteristics import WIDE_AGES
from skillmix.measures.progression import climbers, moved_up
from skillmix.pipeline import Session, open_session
from skillmix.schema.derived import YearPair
from skillmix.schema.scope import Scope
from skillmix.schema.way import way
from skillmix.sources.inputs import open_inputs
from skillmix.statistics.intervals import student_quantile
from skillmix.statistics.regression import design, logistic
from skillmix.synth.nhs import Plant, Rebanding, Unfairness, synthesise
from skillmix.words.labels import label
from skillmix.words.numbers import interval

NOW = dt.date(2020, 6, 1)
GROUP, BAND = "black", "2"
REBANDING = Rebanding(
    employer="RKB",
    job_role="Healthcare Assistant",
    month=dt.date(2020, 1, 1),
    from_band="2",
    to_band="3",
)
FACTORS = ("care_setting", "job_role", "age_group", "service", "region")


def patterns(pairs: YearPair) -> ir.Table:
    """Count band 2 stayers, and those who moved up, by group, pattern and trust."""
    people = climbers(pairs)
    # The re-banded trust moves everybody up, whatever their group.
    people = people.filter(
        (people.band == BAND) & (people.employer != REBANDING.employer)
    )
    named = people.mutate(
        group=(people.ethnic_group == GROUP).ifelse(GROUP, "others"),
        age_group=age_band(people.age, WIDE_AGES),
        service=people.in_service.cast("string"),
        up=moved_up(people).cast("int64"),
    )
    by = ["group", *FACTORS, "employer"]
    return named.group_by(by).agg(
        people=lambda t: t.count(), cases=lambda t: t.up.sum()
    )


def odds_ratio(asked: Session) -> tuple[float, float, float]:
    """Return the odds ratio of the group, like for like, with its interval."""
    rows = asked.rows(way(patterns))
    references = {"group": "others"} | {
        name: max(str(row[name]) for row in rows) for name in FACTORS
    }
    plan = design(rows, references)
    trusts = [row["employer"] for row in rows]
    fit = logistic(
        plan.matrix,
        np.array([float(row["cases"]) for row in rows]),
        np.array([float(row["people"]) for row in rows]),
        clusters=trusts,
    )
    place = plan.columns("group")[GROUP]
    middle = float(fit.coefficients[place])
    half = student_quantile(0.95, len(set(trusts)) - 1) * math.sqrt(
        float(fit.covariance[place, place])
    )
    low, high = (math.exp(middle + end) for end in (-half, half))
    return math.exp(middle), low, high


def make(out: Path, *, scale: float, seed: int, planted: float) -> Path:
    """Make the record with both plants in it; return its staff record."""
    plant = Plant(
        rebanding=REBANDING,
        unfairness=Unfairness(ethnic_group=GROUP, band=BAND, odds_ratio=planted),
    )
    made = synthesise(out, scale=scale, seed=seed, plant=plant, steady=False)
    return made / "staff-record"


def main() -> None:
    """Make the record and print what is found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scale", type=float, default=0.2)
    parser.add_argument("--odds-ratio", type=float, default=0.8)
    parser.add_argument("--seed", type=int, default=2020)
    parser.add_argument("--out", type=Path, default=Path("build/planted"))
    asked = parser.parse_args()
    record = make(
        asked.out, scale=asked.scale, seed=asked.seed, planted=asked.odds_ratio
    )
    inputs = open_inputs([record], store=asked.out / "editions")
    with open_session(inputs, Scope(month=NOW)) as session:
        middle, low, high = odds_ratio(session)
        held = "holds" if low <= asked.odds_ratio <= high else "misses"
        print(
            f"planted odds ratio   {asked.odds_ratio:.2f}, {GROUP} staff, band {BAND}"
        )
        print(
            f"found, like for like {middle:.3f} (95% interval {low:.3f} to {high:.3f})"
            f", which {held} what was planted"
        )
        told_apart = "is" if not low <= 1 <= high else "is not"
        print(f"                     it {told_apart} told apart from 1")
        fair = session.run(find("progression.fairness"))
        for row in fair.where(measure="adjusted_likelihood", group="black"):
            print(
                "progression.fairness, bands 2 to 4 of the service: black staff "
                f"{interval(row, 'likelihood_ratio', 2)} as likely as white staff, "
                f"{label('verdict', row['verdict']).lower()}"
            )
        for name in (
            *("progression.fairness", "progression.rebandings"),
            *("progression.promotion_apart", "progression.by_band"),
        ):
            analysis = find(name)
            print(f"\n{name}\n  {analysis.narrate(session.run(analysis))}")


if __name__ == "__main__":
    main()
