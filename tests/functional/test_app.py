"""The web app as browsers and programs meet it: numbers, twins, refusals and limits."""

from __future__ import annotations

import csv
import io
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from skillmix.app.application import create_app
from skillmix.app.guard import Pace
from skillmix.app.library import Library
from skillmix.app.settings import Limits, Settings
from skillmix.errors import DefinitionError
from skillmix.schema.scope import Scope, parse_month

HOME = "http://127.0.0.1:8765"
QUESTION = "diversity.age"
PATIENT = Limits(wait_seconds=120.0)


@pytest.fixture(scope="module")
def library(inputs):
    made = Library(inputs, scope=Scope(month=parse_month("2020-06")), limits=PATIENT)
    yield made
    made.close()


def client_of(library: Library, settings: Settings | None = None) -> TestClient:
    app = create_app(library, settings or Settings(limits=library.limits))
    return TestClient(app, base_url=HOME, raise_server_exceptions=True)


@pytest.fixture(scope="module")
def client(library) -> TestClient:
    return client_of(library)


PAGES = (
    *("/", "/analyses", "/trusts", "/files", "/check", "/about"),
    *(f"/analyses/{QUESTION}", f"/analyses/{QUESTION}/compare?versus_region=Y56"),
)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_whole_marked_and_strict(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    text = answer.text
    assert text.count("<h1") == 1
    assert "<main" in text
    assert "Synthetic data" in text
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"<script(?![^>]*(src=|type=\"text/plain\"))", text)
    assert not re.search(r"<[^>]+ style=", text), "no inline style passes the policy"
    assert "http://" not in re.sub(r"http://www\.w3\.org/\S+", "", text)


@pytest.mark.parametrize("path", [p for p in PAGES if p != "/check"])
def test_every_page_names_twins_that_answer(client, path):
    text = client.get(path).text
    twins = re.findall(r'<link rel="alternate" type="([^"]+)" href="([^"]+)"', text)
    assert twins
    for kind, href in twins:
        answer = client.get(href.replace("&amp;", "&"))
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith(kind)


def test_page_json_csv_and_svg_give_the_same_numbers(client):
    page = client.get(f"/analyses/{QUESTION}?region=Y60").text
    told = client.get(f"/analyses/{QUESTION}.json?region=Y60").json()
    lines = csv.DictReader(
        io.StringIO(client.get(f"/analyses/{QUESTION}.csv?region=Y60").text)
    )
    drawing = client.get(f"/analyses/{QUESTION}.svg?region=Y60").text
    shown = [r for r in told["rows"] if r["status"] == "shown"]
    assert [r["estimate"] for r in told["rows"]] == [
        float(x["estimate"]) if x["estimate"] else None for x in lines
    ]
    charted = [r for r in shown if r["measure"] == next(iter(told["measures"]))]
    for row in charted:
        assert f"{row['estimate']:.1f}%" in page
    assert drawing.startswith("<svg")
    assert f"{charted[0]['estimate']:.1f}%" in drawing


def test_the_app_answers_as_the_command_does(client, skillmix, tiny_nhs):
    asked = ("show", QUESTION, tiny_nhs, "--month", "2020-06", "--format", "json")
    assert (
        client.get(f"/analyses/{QUESTION}.json").json()["rows"]
        == (skillmix(*asked).json["rows"])
    )


def test_the_scope_is_in_the_address_and_changes_the_answer(client):
    def rows(**scope: str):
        return client.get(f"/analyses/{QUESTION}.json", params=scope).json()["rows"]

    national = rows()
    assert rows(region="Y56") != national
    assert rows(icb="QE1") != national
    assert rows(service="in_mental_health_trusts") != national
    assert rows(workforce="nurses_and_midwives") != national
    assert rows(month="2020-06") == national


def test_a_comparison_of_two_definitions_says_so(client):
    path = f"/analyses/{QUESTION}/compare"
    same = client.get(f"{path}?versus_region=Y56").text
    mixed = client.get(f"{path}?versus_service=in_mental_health_trusts").text
    assert "Two definitions." not in same
    assert "Two definitions." in mixed
    both = client.get(f"{path}.json?versus_region=Y56").json()
    assert both["first"]["place"] == "England"
    assert both["second"]["place"] == "London"


def test_a_trust_stands_beside_its_region_england_and_its_peers(client):
    trusts = client.get("/trusts.json?words=mental").json()
    assert len(trusts) > 10
    profile = client.get(f"/trusts/{trusts[0]['code']}.json").json()
    assert profile["places"][-1] == "England"
    assert profile["measures"]
    for line in profile["measures"]:
        assert len(line["cells"]) == len(profile["places"])
    for standing in profile["among_peers"]:
        assert 1 <= standing["rank"] <= standing["of"]
    page = client.get(f"/trusts/{trusts[0]['code']}").text
    assert profile["measures"][0]["cells"][0]["text"] in page


def test_small_counts_are_never_shown(client, library):
    """One hundredth of an NHS has many cells of 1 to 4 people: none may come out."""
    for place in library.places[:6]:
        told = client.get(
            "/analyses/workforce.definition_gap.json", params={"employer": place.code}
        )
        if told.status_code != 200:
            continue
        for row in told.json()["rows"]:
            assert row["n"] is None or row["n"] == 0 or row["n"] >= 5
            if row["unit"] == "people" and row["estimate"] is not None:
                assert row["estimate"] % 5 == 0


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/nothing", 404, "no such page"),
        ("/analyses/diversity.agee", 404, "diversity.age"),
        ("/analyses/diversity.age?region=Y99", 404, "region"),
        ("/analyses/diversity.age?icb=Q99", 404, "care board"),
        ("/analyses/diversity.age?employer=ZZZ", 404, "employer"),
        ("/analyses/diversity.age?service=nowhere", 422, "in_mental_health_services"),
        ("/analyses/diversity.age?month=2031-01", 404, "June 2019 to October 2020"),
        ("/analyses/diversity.age?month=soon", 422, "month"),
        ("/analyses/%00", 422, "form"),
        ("/trusts/ZZ9", 404, "no employer"),
        ("/check/aaaaaaaaaaaaaaaaaaaa", 404, "Choose the file again"),
    ],
)
def test_wrong_addresses_say_what_is_wrong(client, path, status, told):
    answer = client.get(path, headers={"accept": "text/html"})
    assert answer.status_code == status
    assert told in answer.text
    assert "Traceback" not in answer.text
    assert "<h1>That did not work</h1>" in answer.text


def test_machines_are_told_errors_as_json(client):
    answer = client.get("/analyses/nothing.here.json")
    assert answer.status_code == 404
    assert set(answer.json()) == {"error", "what", "where", "remedy"}


def test_what_nobody_foresaw_is_told_without_its_cause(inputs, monkeypatch):
    library = Library(inputs, limits=PATIENT)

    def broken(*_: object):
        raise RuntimeError("the secret cause")

    monkeypatch.setattr(library, "answer", broken)
    app = create_app(library, Settings(limits=PATIENT))
    client = TestClient(app, base_url=HOME, raise_server_exceptions=False)
    answer = client.get(f"/analyses/{QUESTION}")
    assert answer.status_code == 500
    assert "Something went wrong" in answer.text
    assert "secret cause" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert client.get(f"/analyses/{QUESTION}.json").json()["error"] == "unexpected"
    library.close()


def test_markup_in_an_address_stays_words(client):
    answer = client.get("/analyses", params={"words": "<script>alert(1)</script>"})
    assert "<script>alert" not in answer.text


def upload(client: TestClient, name: str, content: bytes, **more: object):
    return client.post(
        "/check",
        files={"file": (name, content)},
        headers={"sec-fetch-site": "same-origin", **more},
    )


def test_a_good_file_is_told_from_a_bad_one(client, published):
    good = next(published.glob("sickness_absence/*June 2025*.csv"))
    answer = upload(client, good.name, good.read_bytes())
    assert answer.status_code == 200
    assert "can be used" in answer.text
    bad = upload(client, "holiday.csv", b"colour,size\nblue,3\n")
    assert bad.status_code == 200
    assert "cannot be used" in bad.text
    assert "blue" not in bad.text, "nobody's row is shown"


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00" * 5000, b"PK\x03\x04 not really", b'"unclosed\n' * 200],
)
def test_hostile_files_are_survived(client, content):
    answer = upload(client, "../../etc/pass\x1bwd.xlsx", content)
    assert answer.status_code in (200, 422)
    assert "Traceback" not in answer.text
    assert "../" not in answer.text


def test_uploads_leave_nothing_behind(client, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    upload(client, "holiday.csv", b"colour,size\nblue,3\n")
    assert not list(tmp_path.glob("skillmix-check-*"))


def test_a_file_too_large_is_refused_before_it_is_read(inputs):
    small = replace(PATIENT, upload_bytes=1000)
    library = Library(inputs, limits=small)
    client = client_of(library, Settings(limits=small))
    announced = upload(client, "big.csv", b"x" * 300_000)
    assert announced.status_code == 413
    close = upload(client, "big.csv", b"x" * 50_000)
    assert close.status_code == 422
    assert "larger than" in close.text
    library.close()


def test_a_page_of_another_site_may_not_send(client):
    answer = upload(client, "a.csv", b"a\n1\n", **{"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    answer = upload(client, "a.csv", b"a\n1\n", origin="http://evil.example")
    assert answer.status_code == 403


def test_a_name_pointed_at_this_machine_is_refused(client):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 421


def test_another_address_demands_a_token(library):
    with pytest.raises(DefinitionError):
        Settings(host="0.0.0.0")
    token = "a-token-nobody-guesses"
    settings = Settings(host="0.0.0.0", token=token, limits=PATIENT)
    client = client_of(library, settings)
    assert client.get("/analyses.json").status_code == 401
    shut = client.get("/", headers={"accept": "text/html"}, follow_redirects=False)
    assert shut.headers["location"] == "/enter"
    bearer = {"authorization": f"Bearer {token}"}
    assert client.get("/analyses.json", headers=bearer).status_code == 200
    assert client.post("/enter", data={"token": "guess"}).status_code == 403
    entered = client.post("/enter", data={"token": token}, follow_redirects=False)
    assert "HttpOnly" in entered.headers["set-cookie"]
    assert "SameSite=strict" in entered.headers["set-cookie"]
    assert client.get("/analyses.json").status_code == 200


def test_one_address_is_slowed_and_others_are_not():
    pace = Pace(per_second=1.0, burst=3)
    assert [pace.allows("a", now=0.0) for _ in range(4)] == [True, True, True, False]
    assert pace.allows("b", now=0.0)
    assert pace.allows("a", now=1.5)
    assert not pace.allows("a", now=1.5)


def test_long_work_shows_how_far_it_is(inputs):
    hasty = replace(PATIENT, wait_seconds=0.0)
    library = Library(inputs, limits=hasty)
    held = threading.Event()
    library.worker.ask("first", "Something long", lambda told: held.wait(60))
    client = client_of(library, Settings(limits=hasty))
    answer = client.get(f"/analyses/{QUESTION}")
    assert answer.status_code == 202
    assert answer.headers["refresh"] == "1"
    assert "1 before it" in answer.text
    held.set()
    library.close()


def test_twenty_readers_at_once_lose_nothing(client):
    regions = ("Y56", "Y58", "Y59", "Y60")
    paths = [
        f"/analyses/{name}.json?region={region}"
        for region in regions
        for name in (QUESTION, "diversity.gender", "roles.categories")
    ] * 5

    def read(path: str):
        answer = client.get(path)
        return path, answer.status_code, answer.text

    with ThreadPoolExecutor(max_workers=20) as readers:
        found = list(readers.map(read, paths))
    assert {status for _, status, _ in found} == {200}
    texts: dict[str, set[str]] = {}
    for path, _, text in found:
        texts.setdefault(path, set()).add(text)
    assert all(len(one) == 1 for one in texts.values())


def test_a_question_asked_twice_is_answered_once(inputs):
    library = Library(inputs, limits=PATIENT)
    client = client_of(library)
    first = client.get(f"/analyses/{QUESTION}.json").text
    session = next(iter(library._sessions.values()))[0]
    session.run = None  # the kept answer must do
    assert client.get(f"/analyses/{QUESTION}.json").text == first
    library.close()
