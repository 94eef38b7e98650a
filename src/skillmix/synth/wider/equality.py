"""What employers return for the race and disability equality standards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from skillmix.schema.equality import APPOINTED, DISABILITY, ENGAGEMENT, ETHNIC_GROUP
from skillmix.synth.wider.files import Row, levels
from skillmix.synth.wider.trusts import trusts

YEAR, SURVEY_YEAR = 2020, 2019
KINDS = ("mental_health_learning_disability", "acute", "community")
# Shares of people in each group, the rest being not known.
GROUPS: Mapping[str, tuple[tuple[str, float], ...]] = {
    ETHNIC_GROUP: (("white", 0.77), ("bme", 0.19)),
    DISABILITY: (("not_disabled", 0.78), ("disabled", 0.04)),
}
SHORTLISTED, ANSWERED = 0.35, 0.45
SEATS = ((True, True, 6), (True, False, 8), (False, True, 2))


def processes(rng: np.random.Generator, scale: float) -> Iterator[Row]:
    """Make who was shortlisted and appointed, disciplined, or trained."""
    for code, people, standard, group, share in _groups(scale):
        for level in _levels("process"):
            if not level[group]:
                continue
            pool = SHORTLISTED if level["name"] == APPOINTED else 1.0
            many = round(people * share * pool)
            yield {
                "year": YEAR,
                "employer": code,
                "process": level["name"],
                "characteristic": standard,
                "equality_group": group,
                "people": many,
                "cases": int(rng.binomial(many, float(level[group]))),
            }


def answers(rng: np.random.Generator, scale: float) -> Iterator[Row]:
    """Make answers to the survey by ethnic group and by disability."""
    for code, people, standard, group, share in _groups(scale):
        # Many who are on no record as disabled say in the survey that they are.
        many = round(people * share * ANSWERED * (4 if group == "disabled" else 1))
        for level in _levels("answer"):
            if not level[group] or not many:
                continue
            told: Row = {
                "year": SURVEY_YEAR,
                "employer": code,
                "characteristic": standard,
                "equality_group": group,
                "question": level["name"],
                "base": many,
            }
            if level["name"] == ENGAGEMENT:
                score = float(level[group]) + 0.1 * float(rng.standard_normal())
                yield {**told, "score": score}
                continue
            gave = rng.binomial(many, float(level[group]))
            yield {**told, "percent": 100 * gave / many}


def board_seats(rng: np.random.Generator, _: float) -> Iterator[Row]:
    """Make boards of sixteen, whatever the scale."""
    (level,) = _levels("board")
    for code in trusts(*KINDS).codes:
        for standard, groups in GROUPS.items():
            shares = [float(level[group]) for group, _ in groups]
            names = [*(group for group, _ in groups), "not_known"]
            for voting, executive, seats in SEATS:
                drawn = rng.multinomial(seats, [*shares, 1 - sum(shares)])
                for group, members in zip(names, drawn, strict=True):
                    yield {
                        "year": YEAR,
                        "employer": code,
                        "characteristic": standard,
                        "equality_group": group,
                        "voting": voting,
                        "executive": executive,
                        "members": int(members),
                    }


def _levels(table: str) -> list[Mapping[str, str]]:
    return [level for level in levels("equality") if level["table"] == table]


def _groups(scale: float) -> Iterator[tuple[str, float, str, str, float]]:
    some = trusts(*KINDS)
    for code, size in zip(some.codes, some.sizes, strict=True):
        for standard, groups in GROUPS.items():
            for group, share in groups:
                yield code, float(size) * scale, standard, group, share
