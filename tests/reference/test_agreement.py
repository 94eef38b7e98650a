"""Agreement of coders against published examples and closed forms."""

from __future__ import annotations

import math

import pytest

from skillmix.statistics.agreement import agreement, cohen_kappa, krippendorff_alpha

# Krippendorff (2011), Computing Krippendorff's alpha-reliability, example C: four
# observers, twelve units, nominal data; printed there as 0.743.
OBSERVERS = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
)


def table(both_yes: int, first_yes: int, second_yes: int, both_no: int):
    return (
        [("yes", "yes")] * both_yes
        + [("yes", "no")] * first_yes
        + [("no", "yes")] * second_yes
        + [("no", "no")] * both_no
    )


def test_kappa_of_fifty_applications():
    """20 and 15 alike of 50, 5 and 10 apart: seen 0.7, chance 0.5, kappa 0.4."""
    found = cohen_kappa(table(20, 5, 10, 15))
    assert found.estimate == pytest.approx(0.4)
    # Fleiss, Cohen and Everitt (1969), equation 13, worked by hand for this table.
    a = 0.4 * (1 - 1.1 * 0.6) ** 2 + 0.3 * (1 - 0.9 * 0.6) ** 2
    b = 0.36 * (0.1 * (0.6 + 0.5) ** 2 + 0.2 * (0.4 + 0.5) ** 2)
    c = (0.4 - 0.5 * 0.6) ** 2
    half = 1.959964 * math.sqrt((a + b - c) / (50 * 0.25))
    assert found.conf_low == pytest.approx(0.4 - half, abs=1e-6)
    assert found.conf_high == pytest.approx(0.4 + half, abs=1e-6)


def test_kappa_of_full_agreement_and_full_disagreement():
    assert cohen_kappa(table(6, 0, 0, 4)).estimate == pytest.approx(1.0)
    assert cohen_kappa(table(0, 5, 5, 0)).estimate == pytest.approx(-1.0)


def test_kappa_does_not_depend_on_who_is_first():
    pairs = table(7, 3, 1, 9)
    turned = [(b, a) for a, b in pairs]
    assert cohen_kappa(pairs).estimate == pytest.approx(cohen_kappa(turned).estimate)


@pytest.mark.parametrize("pairs", [[], [("a", "a")] * 9])
def test_kappa_is_undefined_where_chance_cannot_be_told(pairs):
    assert cohen_kappa(pairs).estimate is None


def test_alpha_of_four_observers():
    units = list(zip(*OBSERVERS, strict=True))
    assert krippendorff_alpha(units) == pytest.approx(0.743, abs=5e-4)


def test_alpha_passes_over_what_one_person_coded():
    units = [(1, 1), (2, 2), (1, 2)]
    more = [*units, (1, None), (None, 3)]
    assert krippendorff_alpha(more) == pytest.approx(krippendorff_alpha(units))


@pytest.mark.parametrize("units", [[], [(1, 1), (1, 1)], [(1, None)]])
def test_alpha_is_undefined_where_one_code_was_used(units):
    assert krippendorff_alpha(units) is None


def test_a_code_of_none_found_counts_as_a_code():
    first = {"a": None, "b": 3, "c": None, "d": 2}
    found = agreement(first, {**first, "d": None, "e": 2})
    assert (found.units, found.agreed) == (4, 3)
    again = {k: str(v) for k, v in first.items()}
    same = agreement(again, {**again, "d": "None"})
    assert found.alpha == pytest.approx(same.alpha)
    assert found.share == pytest.approx(0.75)
