"""Characteristics and ages differ within a staff class, which keeps its shares."""

from __future__ import annotations

import numpy as np
import pytest

from skillmix.schema.values import REGIONS
from skillmix.synth.employers import employers
from skillmix.synth.flows import flows
from skillmix.synth.leaving import GROUPS, KINDS, group_shares
from skillmix.synth.makeup import (
    TRAITS,
    class_ages,
    class_of_family,
    class_share,
    family_ages,
    trait_shares,
)
from skillmix.synth.posts import posts
from skillmix.synth.world import world


def _weights() -> np.ndarray:
    w = world()
    by_region = np.stack(
        [w.share[:, employers().regions == r].sum(axis=1) for r in range(len(REGIONS))],
        axis=1,
    )
    return (by_region * w.fte[:, None]).ravel()


@pytest.mark.parametrize("name", TRAITS)
def test_every_class_keeps_its_shares_of_a_characteristic(name: str) -> None:
    w, weights = world(), _weights()
    staff_class = np.repeat(w.staff_class, len(REGIONS))
    shares = trait_shares(name)
    assert shares.sum(axis=1) == pytest.approx(1.0)
    for place, _ in enumerate(w.classes):
        mine = staff_class == place
        for value, label in enumerate(TRAITS[name]):
            mean = (weights[mine] @ shares[mine, value]) / weights[mine].sum()
            assert mean == pytest.approx(class_share(name, label)[place], abs=2e-3)


def test_londoners_and_men_are_where_the_tilts_put_them() -> None:
    w = world()
    black = [TRAITS["ethnicity"].index(code) for code in ("M", "N", "P")]
    ethnicity = trait_shares("ethnicity").reshape(len(w.names), len(REGIONS), -1)
    cell = w.names.index("assistant_mh.n9e.healthcare-assistant.2")
    share = ethnicity[cell][:, black].sum(axis=1)
    london, south_west = REGIONS.index("Y56"), REGIONS.index("Y58")
    assert share[london] > 2 * share[south_west]
    male = trait_shares("gender").reshape(len(w.names), len(REGIONS), -1)[:, 0, 1]
    mental = w.names.index("nurse_mh.n6e.staff-nurse.5")
    adult = w.names.index("nurse.n6a.staff-nurse.5")
    assert male[mental] > 1.5 * male[adult]


def test_younger_families_take_the_younger_of_a_class_that_keeps_its_ages() -> None:
    w = world()
    people = np.bincount(w.family, weights=w.fte, minlength=len(w.families))
    shares = family_ages(class_ages()[0], people)
    assert shares.sum(axis=1) == pytest.approx(1.0)
    for place in range(len(w.classes)):
        mine = class_of_family() == place
        mean = people[mine] @ shares[mine] / people[mine].sum()
        assert mean == pytest.approx(class_ages()[0][place], abs=2e-3)
    young = shares[:, :3].sum(axis=1)
    psychologists = w.families.index("assistant_psychologist")
    assert young[psychologists] > 2 * young[w.families.index("assistant_mh")]
    assert shares[psychologists, 0] == 0.0


def test_monthly_moves_come_to_the_yearly_shares_wanted() -> None:
    f = flows()
    step = f.monthly + np.diag(1.0 - f.monthly.sum(axis=1))
    year = np.linalg.matrix_power(step, 12)
    listed = f.wanted > 0
    assert year[listed] == pytest.approx(f.wanted[listed], rel=1e-6)
    assert (f.monthly >= 0).all()
    assert ((f.leave > 0) & (f.leave < 1)).all()


def test_reasons_of_the_rest_make_up_the_shares_of_all() -> None:
    shares = group_shares()
    assert shares.shape == (len(KINDS), len(GROUPS))
    assert shares.sum(axis=1) == pytest.approx(1.0)
    assert (shares >= 0).all()


def test_every_kind_of_post_is_in_the_service_in_all_its_areas_or_in_none() -> None:
    p = posts()
    inside = (p.mental_health & (p.area_shares > 0)).sum(axis=1)
    possible = (p.area_shares > 0).sum(axis=1)
    assert ((inside == 0) | (inside == possible)).all()
