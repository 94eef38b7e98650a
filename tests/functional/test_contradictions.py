"""A record that contradicts itself loses what rests on following people, no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from skillmix.catalogue import find
from skillmix.engines.duckdb import DuckDbEngine
from skillmix.errors import RecordRefusedError
from skillmix.pipeline import Session
from skillmix.schema.scope import Scope, parse_month
from spec.harness import Case, inputs_of

FOLLOWED = "progression.by_horizon"
COUNTED = "workforce.staff_in_post"


@pytest.fixture
def session(tmp_path: Path):
    """One person works full time in two trusts in each of thirteen months."""
    months = "2019-06 to 2020-06"
    staff = [
        {"month": months, "person": "1", "post": "1", "employer": "RQY"},
        {
            "month": months,
            "person": "1",
            "post": "2",
            "employer": "RJ8",
            "main_post": "no",
        },
        {"month": months, "person": "2", "post": "3"},
    ]
    case = Case(analysis="", says="", given={"staff_month": staff}, expected=[])
    engine = DuckDbEngine(threads=1)
    scope = Scope(month=parse_month("2020-06"))
    yield Session(inputs_of(case, tmp_path), scope, engine)
    engine.close()


def test_the_report_goes_on_and_says_what_is_wrong(session: Session) -> None:
    analyses = [find(FOLLOWED), find(COUNTED), find("progression.prospects")]
    answers = {a.analysis.name: a for a in session.answers(analyses)}
    assert answers[COUNTED].published is not None
    for name in (FOLLOWED, "progression.prospects"):
        assert answers[name].published is None
        assert "two full-time places" in answers[name].missing[0]


def test_asking_again_is_refused_again(session: Session) -> None:
    for _ in range(2):
        with pytest.raises(RecordRefusedError):
            session.run(find(FOLLOWED))
