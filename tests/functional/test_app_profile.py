"""A trust's profile: what it asks, and that it says what each question's page says."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from contract.figure_samples import published, row
from skillmix.app.application import create_app
from skillmix.app.library import Library
from skillmix.app.profile import (
    Standing,
    profile_line,
    profile_measures,
    ranking,
    standings,
)
from skillmix.app.settings import Limits, Settings
from skillmix.catalogue import catalogue, find
from skillmix.memory import Memory
from skillmix.schema.scope import Scope, parse_month
from skillmix.sources.store import digest

HOME = "http://127.0.0.1:8765"
PATIENT = Limits(wait_seconds=120.0, scopes=4)
JUNE = Scope(month=parse_month("2020-06"))
TRUST = "RQY"


def client_of(library: Library) -> TestClient:
    app = create_app(library, Settings(limits=library.limits))
    return TestClient(app, base_url=HOME, raise_server_exceptions=True)


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        (JUNE, Scope(month=JUNE.month, employer=TRUST)),
        (Scope(), Scope(region="Y56")),
    ],
    ids=["trust", "region, latest month"],
)
def test_a_profile_says_what_each_question_says_of_the_whole_record(
    inputs, asked, place
):
    """It reads two months of the record; its measures must need no other."""
    library = Library(inputs, scope=asked, limits=PATIENT)
    lines = []
    for chosen in profile_measures():
        question = find(chosen["analysis"])
        brief = library.answer(question, place, brief=True).result().published
        whole = library.answer(question, place).result().published
        line = profile_line(question, [brief], chosen)
        assert line == profile_line(question, [whole], chosen)
        lines += [line] if line else []
    assert len(lines) >= 5
    assert any(brief for _, brief in library._sessions), "two ways were compared"
    library.close()


def test_no_page_shows_the_two_months_of_a_profile_for_the_whole_record(
    inputs, tmp_path
):
    """Nor does what a profile counted come back from memory as a whole trend."""
    memory = Memory(tmp_path / "counted", digest)
    trend = find("workforce.trend")
    place = Scope(month=JUNE.month, employer=TRUST)
    for ask_briefly in (True, False):
        library = Library(inputs, scope=JUNE, limits=PATIENT, memory=memory)
        if ask_briefly:
            brief = library.answer(trend, place, brief=True).result().published
            assert len({row["month"] for row in brief.rows}) == 2
        whole = library.answer(trend, place).result().published
        assert len({row["month"] for row in whole.rows}) > 2
        library.close()


def test_a_profile_asks_no_question_about_events(inputs):
    """Mass re-bandings name employers, but most employers have none to rank."""
    asked = {analysis.name for analysis in ranking(catalogue().values())}
    assert "progression.by_trust" in asked
    assert "progression.rebandings" not in asked
    library = Library(inputs, scope=JUNE, limits=PATIENT)
    profile = client_of(library).get(f"/trusts/{TRUST}.json").json()
    told = {standing["analysis"] for standing in profile["among_peers"]}
    assert told
    assert told <= asked
    library.close()


def test_england_is_england_also_where_the_app_was_started_with_a_place(inputs):
    """What each column is of stands in its heading, and is what it says."""
    told = {}
    for name, asked in {"all": JUNE, "region": replace(JUNE, region="Y60")}.items():
        library = Library(inputs, scope=asked, limits=PATIENT)
        told[name] = client_of(library).get(f"/trusts/{TRUST}.json").json()
        library.close()
    assert told["all"]["places"] == told["region"]["places"]
    assert told["all"]["measures"] == told["region"]["measures"]
    assert told["all"]["among_peers"] == told["region"]["among_peers"]


def test_the_profile_in_csv_has_a_row_a_value_with_its_interval(inputs):
    library = Library(inputs, scope=JUNE, limits=PATIENT)
    client = client_of(library)
    profile = client.get(f"/trusts/{TRUST}.json").json()
    rows = list(csv.DictReader(io.StringIO(client.get(f"/trusts/{TRUST}.csv").text)))
    assert [(r["place"], r["value"], r["interval"]) for r in rows] == [
        (place, cell["text"], cell["interval"])
        for line in profile["measures"]
        for place, cell in zip(profile["places"], line["cells"], strict=True)
    ]
    assert any(" to " in r["interval"] for r in rows)
    library.close()


def survey(answers: dict[tuple[int, str], dict[str, int]]) -> list[Standing]:
    """Where RQY stands, of a hundred people asked in each trust."""
    rows = [
        replace(
            row(said, 100, {"year": year, "question": question, "employer": trust}),
            measure="share",
        )
        for (year, question), trusts in answers.items()
        for trust, said in trusts.items()
    ]
    analysis = find("experience.survey_by_trust")
    return standings(analysis, published(rows), TRUST, dict.fromkeys(("RQY", "RV5")))


def test_what_all_ranks_of_a_question_share_stands_in_their_heading():
    found = survey(
        {
            (2019, "bullying_managers"): {"RQY": 20, "RV5": 30},
            (2019, "enough_staff"): {"RQY": 40, "RV5": 10},
        }
    )
    assert {one.heading for one in found} == {"Survey answers by trust, 2019"}
    assert len({one.label for one in found}) == 2
    assert not any("2019" in one.label for one in found)
    assert [(one.rank, one.of) for one in found] == [(2, 2), (1, 2)]


def test_a_single_rank_is_told_by_its_measure():
    (only,) = survey({(2019, "enough_staff"): {"RQY": 40, "RV5": 10, "RHA": 99}})
    assert only.label == "Share who said so"
    assert only.of == 2, "no peer, no place"


def test_a_place_that_is_shared_is_told_as_such():
    found = survey({(2019, "enough_staff"): {"RQY": 0, "RV5": 0}})
    assert [(one.rank, one.shared) for one in found] == [(1, 2)]


def test_every_key_statistic_of_the_front_page_has_its_interval(inputs):
    library = Library(inputs, scope=JUNE, limits=PATIENT)
    client = client_of(library)
    told = client.get("/overview.json").json()["statistics"]
    page = client.get("/").text
    assert len(told) >= 4
    for one in told:
        assert " to " in one["interval"], one
        assert f"95% interval {one['interval']}" in page
    assert "value,interval,label,analysis" in client.get("/overview.csv").text
    library.close()
