"""Which sums disclosure control finds in a result, and what it hides for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from skillmix.disclosure.attacker import ANY, HIDDEN, SOME, Range, exact_ranges, ranges
from skillmix.disclosure.relations import Line, relations
from skillmix.disclosure.secondary import further_hidden
from skillmix.disclosure.thresholds import is_small


def line(
    keys: Mapping[str, Any],
    cases: int,
    people: int | None = None,
    *,
    measure: str = "share",
    sign: int = 1,
) -> Line:
    """One row; without people it is a total, of its own people."""
    both = (cases, cases if people is None else people)
    return Line(keys=keys, measure=measure, counts=both, numerator=sign * cases)


def sums(lines: Sequence[Line]) -> list[list[int]]:
    """Return the sums found, each as signed counts with the largest above nothing."""
    found = relations(lines)
    told: list[list[int]] = []
    for equation in found.equations:
        terms = [sign * found.values[count] for sign, count in equation]
        way = 1 if max(terms, key=abs) > 0 else -1
        told.append(sorted((way * term for term in terms), reverse=True))
    return sorted(told)


def hidden(lines: Sequence[Line]) -> list[Line]:
    """Return the rows hidden beside those that rest on few people."""
    few = {n for n, one in enumerate(lines) if any(map(is_small, one.counts))}
    return [lines[row] for row in sorted(further_hidden(lines, few))]


def of(lines: Iterable[Line], key: str) -> list[Any]:
    return [one.keys[key] for one in lines]


def test_the_categories_of_a_share_add_up_to_its_people() -> None:
    lines = [line({"band": b}, n, 30) for b, n in (("2", 12), ("3", 11), ("4", 7))]
    assert sums(lines) == [[30, -7, -11, -12]]


def test_categories_may_be_told_by_two_keys_together() -> None:
    lines = [
        line({"band": band, "to": to}, n, 30)
        for band, to, n in (("2", "2", 12), ("2", "3", 11), ("3", "3", 7))
    ]
    assert sums(lines) == [[30, -7, -11, -12]]


def test_a_row_may_be_the_sum_of_the_others() -> None:
    lines = [line({"unit": u}, n) for u, n in (("all", 40), ("a", 25), ("b", 15))]
    assert sums(lines) == [[40, -15, -25]]


def test_all_others_leave_the_reference_out() -> None:
    groups = {"white": (50, 20), "asian": (9, 6), "black": (8, 3), "others": (17, 9)}
    lines = [
        line({"group": group, "place": place}, n[place])
        for group, n in groups.items()
        for place in (0, 1)
    ]
    assert sums(lines) == [[9, -3, -6], [17, -8, -9]]


def test_opening_and_flows_are_closing() -> None:
    flows = {"opening": 60, "joined": 9, "left": -14, "closing": 55}
    lines = [
        line({"flow": flow}, abs(n), sign=-1 if n < 0 else 1)
        for flow, n in flows.items()
    ]
    assert sums(lines) == [[60, 9, -14, -55]]


def test_everybody_is_the_sum_of_each_classification() -> None:
    groups = {("all", "all"): 40, ("sex", "f"): 29, ("sex", "m"): 11}
    groups |= {("age", "young"): 22, ("age", "old"): 18}
    lines = [line({"by": by, "group": g}, n) for (by, g), n in groups.items()]
    assert sums(lines) == [[40, -18, -22], [40, -11, -29]]


def test_stayers_and_leavers_are_everybody() -> None:
    lines = [
        one
        for band, up, left, people in (("2", 6, 9, 40), ("3", 5, 8, 35))
        for one in (
            line({"band": band}, up, people - left, measure="up_of_stayers"),
            line({"band": band}, up, people, measure="up_of_all"),
            line({"band": band}, left, people, measure="left_of_all"),
        )
    ]
    assert sums(lines) == [[35, -8, -27], [40, -9, -31]]


def test_the_same_count_in_two_measures_is_one_count() -> None:
    lines = [
        *(line({"to": to}, n, 20, measure="share") for to, n in (("a", 8), ("b", 12))),
        *(line({"to": to}, n, measure="people") for to, n in (("a", 8), ("b", 12))),
    ]
    found = relations(lines)
    assert found.counts_of[0][0] == found.counts_of[2][0] == found.counts_of[2][1]
    assert len(found.values) == 3


def test_what_does_not_hold_everywhere_is_no_relation() -> None:
    lines = [
        line({"unit": unit, "month": month}, n)
        for month, numbers in ((1, (40, 25, 15)), (2, (40, 25, 16)))
        for unit, n in zip(("all", "a", "b"), numbers, strict=True)
    ]
    assert sums(lines) == []


def test_nothing_is_hidden_for_counts_that_rounding_keeps() -> None:
    lines = [
        line({"u": u}, n) for u, n in (("all", 43), ("a", 22), ("b", 18), ("c", 3))
    ]
    assert hidden(lines) == []


def test_a_margin_does_not_give_a_hidden_cell_back() -> None:
    """A total shown as 10 of two hidden parts would say that both are 4."""
    lines = [line({"u": u}, n) for u, n in (("all", 8), ("a", 4), ("b", 4))]
    assert of(hidden(lines), "u") == ["all"]


def test_the_fewest_people_are_hidden_and_of_two_alike_the_first() -> None:
    """At least 33 with at most 26 shown leave 7 or 8 to the hidden two."""
    parts = {"all": 33, "a": 12, "b": 7, "c": 7, "d": 4, "e": 3}
    assert of(hidden([line({"u": u}, n) for u, n in parts.items()]), "u") == ["b"]


def test_whoever_is_hidden_is_hidden_in_every_measure() -> None:
    """The people beside a share are not shown where the share is hidden for them."""
    both, one, other = 12, 3, 3
    counts = {"both": both, "trusts_only": one, "services_only": other}
    lines = [
        *(line({"basis": b}, n, both + one + other) for b, n in counts.items()),
        *(line({"basis": b}, n, measure="people") for b, n in counts.items()),
    ]
    found = hidden(lines)
    assert of(found, "basis") == ["both", "both"]
    assert [one.measure for one in found] == ["share", "people"]


def test_nobody_is_not_hidden_for_others() -> None:
    """A row of nobody tells nothing when it is hidden, and a reader expects it."""
    counts = {"all": 8, "a": 4, "b": 4, "c": 0}
    lines = [line({"u": u}, n) for u, n in counts.items()]
    assert of(hidden(lines), "u") == ["all"]


def test_bounds_go_along_sums_and_rings_are_solved() -> None:
    # a + b = 9 and a - b = 1 (as a + c = b + d): bounds alone do not see that a is 5.
    known = {0: Range(1, 8), 1: Range(1, 8), 2: Range(9, 9), 3: Range(1, 1)}
    ring = (((1, 0), (1, 1), (-1, 2)), ((1, 0), (-1, 1), (-1, 3)))
    assert ranges(known, ring)[0] == Range(2, 8)
    assert exact_ranges(known, ring, [0, 1]) == {0: Range(5, 5), 1: Range(4, 4)}


def test_what_a_hidden_row_says_by_itself() -> None:
    assert HIDDEN == (1, 4)
    assert SOME.low == 1
    assert ANY.low == 0
