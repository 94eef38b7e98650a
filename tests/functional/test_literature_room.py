"""The room of the app that searches exports and screens what is found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from readers import bibliography_samples as samples
from skillmix.app.application import create_app
from skillmix.app.library import Library
from skillmix.sources.inputs import Inputs

ADDRESS = "http://127.0.0.1:8765"
EXPORT = "".join(map(samples.ris, samples.MADE)).encode("utf-8")
LONE = {"strategy": "nuffield-2020", "screeners": "1"}


@pytest.fixture
def client() -> Iterator[TestClient]:
    library = Library(Inputs(readings=(), editions={}))
    with TestClient(create_app(library), base_url=ADDRESS) as opened:
        yield opened


def begin(client: TestClient, content: bytes = EXPORT, log: str = "") -> str:
    files = [("exports", ("a.ris", content, "text/plain"))]
    if log:
        files.append(("log", ("log.csv", log.encode("utf-8"), "text/csv")))
    told = client.post("/literature", data=LONE, files=files)
    assert told.status_code == 200, told.text
    return told.url.path


def shown(client: TestClient, path: str, stage: str = "title_abstract"):
    return client.get(f"{path}/screen", params={"screener": "KM", "stage": stage})


def decide(client: TestClient, path: str, decision: str, **more: str):
    page = shown(client, path, more.get("stage", "title_abstract"))
    record = re.search(r'name="record" value="([^"]+)"', page.text)
    sent = {
        "screener": "KM",
        "stage": "title_abstract",
        "record": record[1] if record else "",
        "decision": decision,
        **more,
    }
    return client.post(f"{path}/screen", data=sent)


def test_exports_are_searched_and_not_kept(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    path = begin(client)
    told = client.get(path)
    assert "2 records were identified" in told.text
    assert list(tmp_path.iterdir()) == []
    twin = client.get(f"{path}.json").json()
    assert twin["flow"]["screened"] == 1
    assert client.get(f"{path}.svg").text.startswith("<svg")


def test_a_record_is_shown_with_what_helps_to_decide_it(client: TestClient) -> None:
    page = shown(client, begin(client)).text
    assert samples.MADE[0].title in page
    assert "Published from 2015 on: <strong>meets</strong> (2018" in page
    assert "Line 1: support workers (title, by its plural or singular)" in page
    for key in "ieu":
        assert f'accesskey="{key}"' in page


def test_screening_needs_no_script(client: TestClient) -> None:
    path = begin(client)
    after = decide(client, path, "include")
    assert after.status_code == 200
    assert "All read" in after.text
    assert client.get(f"{path}.json").json()["flow"]["sought"] == 1
    last = decide(client, path, "exclude", stage="full_text", reason="england")
    assert "All read" in last.text
    flow = client.get(f"{path}.json").json()["flow"]
    assert flow["excluded_full_text"] == {"england": 1}
    assert flow["included"] == 0
    assert "Excluded: not: About England" in client.get(path).text


def test_an_exclusion_needs_a_reason_of_the_protocol(client: TestClient) -> None:
    path = begin(client)
    for reason in ("", "dull"):
        refused = decide(client, path, "exclude", reason=reason)
        assert refused.status_code == 422
        assert "reason" in refused.text
    assert "note" in decide(client, path, "exclude", reason="other").text
    after = decide(client, path, "exclude", reason="other", note="A protocol only")
    assert "All read" in after.text


def test_the_last_decision_is_taken_back(client: TestClient) -> None:
    path = begin(client)
    decide(client, path, "include")
    page = client.post(
        f"{path}/screen",
        data={"screener": "KM", "stage": "title_abstract", "decision": "undo"},
    )
    assert samples.MADE[0].title in page.text


def test_a_saved_log_is_given_back_with_the_exports(client: TestClient) -> None:
    path = begin(client)
    decide(client, path, "include")
    log = client.get(f"{path}.csv").text
    again = begin(client, log=log)
    assert again != path
    assert "All read" in shown(client, again).text


def test_a_record_that_is_not_at_the_stage_is_refused(client: TestClient) -> None:
    path = begin(client)
    refused = decide(client, path, "include", record="r000000000000")
    assert refused.status_code == 404


def test_what_is_sent_is_shown_and_never_run(client: TestClient) -> None:
    made = EXPORT.replace(b"Support workers", b"Support workers <script>alert(1)")
    path = begin(client, made)
    for page in (client.get(path).text, shown(client, path).text):
        assert "<script>alert" not in page
    assert "&lt;script&gt;" in shown(client, path).text


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"strategy": "../../etc/passwd"}, 404),
        ({"strategy": "nuffield-2020", "screeners": "0"}, 422),
        ({}, 422),
    ],
)
def test_what_is_no_choice_is_refused(client, data, status) -> None:
    files = {"exports": ("a.ris", EXPORT)}
    assert client.post("/literature", data=data, files=files).status_code == status


def test_names_that_lead_out_of_the_folder_are_made_harmless(client) -> None:
    files = [("exports", ("../../evil.ris", EXPORT, "text/plain"))]
    told = client.post("/literature", data=LONE, files=files)
    assert "evil.ris" in told.text


def test_a_review_that_was_forgotten_is_told(client: TestClient) -> None:
    assert client.get("/literature/no-such-review.json").status_code == 404


def many(count: int) -> bytes:
    """Records the strategy finds; every third is about carers, the rest about pay."""
    about = ("lonely family carers at home", "pay bands and bonus", "pay bands and tax")
    made = [
        f"TY  - JOUR\nTI  - Support workers in mental health, study {n}\n"
        f"AB  - On retention: {about[n % 3]}.\nPY  - 2019\nER  - \n"
        for n in range(count)
    ]
    return "".join(made).encode("utf-8")


def screened(client: TestClient, path: str, times: int, **way: str) -> list[str]:
    """Decide so many records, those on carers in; return what was shown."""
    shown_then: list[str] = []
    for _ in range(times):
        page = client.get(
            f"{path}/screen",
            params={"screener": "KM", "stage": "title_abstract", **way},
        ).text
        record = re.search(r'name="record" value="([^"]+)"', page)
        assert record
        wanted = "family carers" in page
        shown_then.append("carers" if wanted else "pay")
        sent = {
            "screener": "KM",
            "stage": "title_abstract",
            "record": record[1],
            "decision": "include" if wanted else "exclude",
            "reason": "" if wanted else "england",
            **way,
        }
        after = client.post(f"{path}/screen", data=sent)
        assert after.status_code == 200, after.text
    return shown_then


def test_the_likeliest_come_first_once_both_kinds_are_known(client: TestClient) -> None:
    path = begin(client, many(45))
    first = screened(client, path, 10)
    assert {"carers", "pay"} == set(first)
    page = client.get(
        f"{path}/screen", params={"screener": "KM", "order": "likely"}
    ).text
    assert "does not prove that nothing is left" in page
    left = 15 - first.count("carers")
    assert screened(client, path, left, order="likely") == ["carers"] * left


def test_the_same_decisions_give_the_same_order(client: TestClient) -> None:
    one, two = (begin(client, many(30)) for _ in range(2))
    runs = [
        screened(client, path, 10) + screened(client, path, 12, order="likely")
        for path in (one, two)
    ]
    assert runs[0] == runs[1]


def test_a_sample_is_drawn_again_from_the_log_and_says_its_doubt(
    client: TestClient,
) -> None:
    path = begin(client, many(45))
    screened(client, path, 9)
    way = {"order": "sample", "drawn_at": "9", "size": "20"}
    screened(client, path, 20, **way)
    page = client.get(f"{path}/screen", params={"screener": "KM", **way}).text
    assert "The sample is read" in page
    said = re.search(r"With 95% confidence at most (\d+) relevant records", page)
    assert said
    assert 0 < int(said[1]) <= 16
    again = begin(client, many(45), log=client.get(f"{path}.csv").text)
    page = client.get(f"{again}/screen", params={"screener": "KM", **way}).text
    assert said[0] in page


def test_without_a_sample_nothing_is_claimed(client: TestClient) -> None:
    path = begin(client, many(12))
    way = {"order": "sample", "drawn_at": "0", "size": "5"}
    page = client.get(f"{path}/screen", params={"screener": "KM", **way}).text
    assert "Nothing is known of what was not read" in page


@pytest.mark.parametrize(
    "way", [{"order": "best"}, {"size": "100000"}, {"drawn_at": "-1"}]
)
def test_a_way_of_reading_that_is_none_is_refused(client: TestClient, way) -> None:
    path = begin(client)
    told = client.get(f"{path}/screen", params={"screener": "KM", **way})
    assert told.status_code == 422


def test_two_screeners_agree_or_differ_and_the_difference_is_settled(
    client: TestClient,
) -> None:
    files = [("exports", ("a.ris", many(9), "text/plain"))]
    sent = {"strategy": "nuffield-2020", "screeners": "2"}
    path = client.post("/literature", data=sent, files=files).url.path
    for screener, last in (("KM", "include"), ("PO", "exclude")):
        for n in range(9):
            page = client.get(f"{path}/screen", params={"screener": screener}).text
            record = re.search(r'name="record" value="([^"]+)"', page)
            assert record
            decision = last if n == 8 else ("include" if n < 4 else "exclude")
            told = {
                "screener": screener,
                "stage": "title_abstract",
                "record": record[1],
                "decision": decision,
                "reason": "england" if decision == "exclude" else "",
            }
            client.post(f"{path}/screen", data=told)
    page = client.get(path).text
    assert "KM and PO" in page
    assert "0.78 (" in page
    assert "Settle 1 difference<" in page
    settling = {"screener": "consensus", "stage": "title_abstract"}
    page = client.get(f"{path}/screen", params=settling).text
    assert "KM: <strong>include</strong>" in page
    assert "PO: <strong>exclude</strong> (not: About England)" in page
    record = re.search(r'name="record" value="([^"]+)"', page)
    assert record
    client.post(
        f"{path}/screen",
        data={**settling, "record": record[1], "decision": "include"},
    )
    flow = client.get(f"{path}.json").json()["flow"]
    assert (flow["sought"], flow["excluded"], flow["pending"]) == (5, 4, 0)
    assert "Nothing is left to settle" in client.get(path).text
