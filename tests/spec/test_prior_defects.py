"""Defects seen in earlier scripts on staff records, each as a case they got wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from skillmix.engines.duckdb import DuckDbEngine
from skillmix.schema.results import Published
from spec.harness import Case, check, run_case

Rows = list[dict[str, str]]


def ask(analysis: str, staff: Rows, folder: Path) -> Published:
    case = Case(
        analysis=analysis,
        says="",
        given={"staff_month": staff},
        expected=[],
        scope={"month": "2020-06"},
    )
    engine = DuckDbEngine(threads=1)
    try:
        return run_case(case, engine, folder)
    finally:
        engine.close()


def expect(published: Published, *rows: dict[str, str]) -> None:
    case = Case(analysis="", says="", given={}, expected=list(rows))
    check(case, published)


def post(person: int, **cells: str) -> dict[str, str]:
    return {"month": "2020-06", "person": str(person), **cells}


def test_the_alphabet_does_not_choose_a_persons_role(tmp_path: Path) -> None:
    """Sorting by the name of the staff group put people into its first letter."""
    staff = [
        post(1, post="1", main_post="no", fte="0.2", job_role="Assistant Psychologist"),
        post(1, post="2", main_post="yes", fte="0.8", job_role="Healthcare Assistant"),
    ]
    published = ask("roles.categories", staff, tmp_path)
    (row,) = [r for r in published.where(measure="people") if r.numerator]
    assert row["role_category"] == "hca_and_similar"
    assert row.numerator == 1


def test_headcount_counts_people_not_posts(tmp_path: Path) -> None:
    """FTE was set to 1 on each row, so people with two posts counted twice."""
    staff = [
        post(1, post="1", main_post="yes", fte="0.5"),
        post(1, post="2", main_post="no", fte="0.5"),
    ]
    expect(
        ask("participation.working_hours", staff, tmp_path),
        {
            "series": "elsewhere",
            "measure": "fte_per_head",
            "numerator": "1",
            "denominator": "1",
        },
    )


def test_a_second_post_taken_up_within_the_year_is_in_the_fte(tmp_path: Path) -> None:
    """Only the retained post's hours were compared, so second posts vanished."""
    staff = [
        {"month": "2019-06", "person": "1", "post": "1", "fte": "0.5"},
        post(1, post="1", fte="0.5"),
        post(1, post="2", main_post="no", fte="0.3"),
    ]
    published = ask("workforce.change", staff, tmp_path)
    (row,) = published.where(series="elsewhere")
    assert row.numerator == pytest.approx(0.8)
    assert row.denominator == pytest.approx(0.5)


def test_a_group_that_is_missing_shifts_no_other(tmp_path: Path) -> None:
    """Totals of groups were joined by position: a missing one misaligned the rest."""
    staff = [
        post(1, occupation_code="N6A"),
        post(2, occupation_code="001"),
        {"month": "2019-06", "person": "2", "occupation_code": "001"},
    ]
    published = ask("workforce.staff_in_post", staff, tmp_path)
    found = {r["staff_group"]: r.numerator for r in published.where(measure="fte")}
    assert found == {"nurses": 1, "doctors": 1}


def test_an_employer_nobody_works_for_does_not_appear(tmp_path: Path) -> None:
    """Outer joins to look-ups added organisations without any staff."""
    staff = [post(n, occupation_code="N9E", employer="RQY") for n in (1, 2)]
    published = ask("roles.band_mix_by_trust", staff, tmp_path)
    assert {row["employer"] for row in published.rows} == {"RQY"}


def test_small_groups_are_hidden_and_not_dropped(tmp_path: Path) -> None:
    """Dropping them made the rest add up to less, and so gave them away."""
    case = Case(
        analysis="roles.categories",
        says="",
        given={
            "staff_month": [
                post(1, times="20"),
                post(2, times="2", job_role="Trainee Nursing Associate"),
            ]
        },
        expected=[],
        scope={"month": "2020-06"},
        protected=True,
    )
    engine = DuckDbEngine(threads=1)
    try:
        published = run_case(case, engine, tmp_path)
    finally:
        engine.close()
    rows = {r["role_category"]: r for r in published.where(measure="people")}
    assert rows["training"].status == "suppressed"
    assert rows["training"].numerator is None
    assert rows["hca_and_similar"].numerator == 20
