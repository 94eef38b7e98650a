"""What a reader of a protected list of titles can work out, all sums met at once."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from skillmix.disclosure.attacker import (
    ANY,
    HIDDEN,
    SOME,
    Range,
    exact_ranges,
    shown_as,
)
from skillmix.titles.clarity import clarity_of
from skillmix.titles.document import document
from skillmix.titles.harmonise import Harmonised, harmonise
from skillmix.titles.proposal import propose, shared_titles, spanning_bands
from skillmix.titles.protection import Counts, Protection, counts_told
from skillmix.titles.uses import Line, uses_of

PROTECTED = Protection(unit="people")
FEW = st.integers(1, 8)
LINES = st.lists(
    st.builds(
        Line,
        title=st.sampled_from(
            [
                *("Healthcare Assistant", "HCA", "Nursing Assistant", "HCA (Nights)"),
                *("Support Worker", "Snr Support Wkr", "OT Assistant", "Ward Clerk"),
            ]
        ),
        people=st.one_of(FEW, FEW, st.integers(9, 40)),
        employer=st.sampled_from(["RJ1", "RRU", "RA9"]),
        band=st.sampled_from(["2", "3"]),
        job_role=st.sampled_from(["Healthcare Assistant", "Assistant"]),
    ),
    min_size=2,
    max_size=14,
)


def printed(told: dict[str, Any], found: list[Harmonised]) -> Iterator[tuple[Any, Any]]:
    """Yield each count of people that is printed, with what it is of."""
    for title in told["titles"]:
        yield ("title", title["title"]), title["people"]
    slugs = {t.role.label: t.role.slug for t in found if t.role}
    for one in told["proposal"]:
        key = (slugs[one["role"]], one["standard_title"])
        yield key, one["people"]
        yield (*key, "affected"), one["people_affected"]
        for band in one["bands"]:
            yield (*key, "band", band["value"]), band["people"]
        for alias in one["aliases"]:
            yield ("title", alias["title"]), alias["people"]
    for part, kind in (("bands", "bands"), ("shared", "job_roles")):
        for one in told[part]:
            yield (kind, one["title"]), one["people"]
            for value in one[kind]:
                yield (kind, one["title"], value["value"]), value["people"]
    for one in told["clarity"]:
        of = ("clarity", one["employer"])
        yield (*of, "people"), one["people"]
        yield (*of, "affected"), one["people_affected"]
        share = one["share_whose_title_tells_the_role"]
        yield (*of, "told"), None if share is None else round(share * one["people"])
    summary = told["summary"]
    for name, count in (
        ("people", summary["people"]),
        ("affected", summary["people_affected"]),
        ("untold", summary["people_whose_title_tells_no_role"]),
    ):
        yield ("clarity", "all", name), count


def left(counts: Counts, shown: dict[Hashable, int]) -> dict[Hashable, Range]:
    """Return what each count of 1 to 4 people can be, by what is shown."""
    known: dict[int, Range] = {}
    small: dict[int, Hashable] = {}
    for place, (of, value) in enumerate(counts.values.items()):
        few = 0 < value < 5
        unseen = HIDDEN if few else SOME if value else ANY
        known[place] = shown_as(shown[of]) if of in shown else unseen
        if few:
            small[place] = of
    ranges = exact_ranges(known, counts.equations(), small)
    return {of: ranges[place] for place, of in small.items()}


def audited(lines: list[Line]) -> tuple[dict[Hashable, int], Counts]:
    """Check that no hidden count can be narrowed; return what was printed."""
    found = list(harmonise(uses_of(lines)))
    spreads = {"bands": spanning_bands(found), "job_roles": shared_titles(found)}
    counts = counts_told(found, propose(found), clarity_of(found), spreads, PROTECTED)
    told = document(found, PROTECTED)
    shown: dict[Hashable, int] = {}
    for of, count in printed(told, found):
        assert count is None or not 0 < counts.values[of] < 5, of
        if count is not None:
            assert shown.setdefault(of, count) == count
    # That nobody is somewhere may be told, and what follows from that alone.
    nobody = {of: 0 for of, count in shown.items() if not count}
    assert left(counts, shown) == left(counts, nobody)
    return shown, counts


@given(LINES)
@settings(deadline=None, max_examples=40)
def test_no_hidden_count_can_be_worked_out_from_all_that_is_printed(
    lines: list[Line],
) -> None:
    audited(lines)


def test_rare_titles_cannot_be_counted_by_subtraction() -> None:
    """20 people less four titles of 5 would leave 2 for two titles: one each."""
    names = ("HCA", "Healthcare Assistant", "Nursing Assistant", "Auxiliary Nurse")
    lines = [Line(title=name, people=5) for name in names]
    rare = [Line(title=f"HCA {place}", people=1) for place in ("Nights", "Bank")]
    shown, counts = audited([*lines, *rare])
    role = ("healthcare_assistant", "Healthcare assistant")
    assert counts.values[role] == 22
    aliases = sum(shown.get(("title", name), 0) for name in names)
    assert shown.get(role) != 20 or aliases < 20


def test_few_people_who_keep_their_title_are_not_a_difference() -> None:
    """All less the affected would be those whose title is right already."""
    lines = [
        Line(title="Healthcare Assistant", people=1),
        Line(title="HCA", people=6),
    ]
    shown, _ = audited(lines)
    role = ("healthcare_assistant", "Healthcare assistant")
    assert role not in shown or (*role, "affected") not in shown


def test_an_employer_of_few_tells_neither_people_nor_how_many_titles() -> None:
    lines = [
        Line(title="HCA", people=30, employer="RJ1"),
        *(Line(title=t, people=1, employer="RRU") for t in ("HCA", "OT Assistant")),
    ]
    told = document(harmonise(uses_of(lines)), PROTECTED)
    small = next(c for c in told["clarity"] if c["employer"] == "RRU")
    assert {v for k, v in small.items() if k != "employer"} == {None}
