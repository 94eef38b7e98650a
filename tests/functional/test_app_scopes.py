"""The scope of a page: chosen in its form, kept in its address, set beside others."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from skillmix.app.application import create_app
from skillmix.app.library import Library
from skillmix.app.settings import Limits, Settings
from skillmix.schema.scope import Scope, parse_month

HOME = "http://127.0.0.1:8765"
QUESTION = "diversity.age"
PATIENT = Limits(wait_seconds=120.0)


def client_of(library: Library, *, raising: bool = True) -> TestClient:
    app = create_app(library, Settings(limits=library.limits))
    return TestClient(app, base_url=HOME, raise_server_exceptions=raising)


@pytest.fixture(scope="module")
def client(inputs):
    library = Library(inputs, scope=Scope(month=parse_month("2020-06")), limits=PATIENT)
    yield client_of(library)
    library.close()


def test_bands_are_chosen_in_the_form_and_kept_in_the_address(client):
    told = client.get(f"/analyses/{QUESTION}?bands=3&bands=2").text
    assert "bands 2, 3" in told
    assert re.findall(r'name="bands" value="(\w+)" checked', told) == ["2", "3"]
    twin = re.search(r'type="application/json" href="([^"]+)"', told)
    rows = client.get(twin[1].replace("&amp;", "&")).json()["rows"]
    assert rows == client.get(f"/analyses/{QUESTION}.json?bands=2,3").json()["rows"]
    assert rows != client.get(f"/analyses/{QUESTION}.json").json()["rows"]
    unknown = client.get(f"/analyses/{QUESTION}.json?bands=12")
    assert (unknown.status_code, unknown.json()["where"]) == (404, "bands")
    form = client.get("/?bands=4").text
    assert f"/analyses/{QUESTION.split('.')[0]}" in form
    assert "bands=4" in re.findall(r'href="(/analyses/[^"]+)"', form)[0]


def test_a_limit_the_app_was_started_with_can_be_lifted(inputs):
    started = Scope(month=parse_month("2020-06"), region="Y56", bands=("2", "3"))
    library = Library(inputs, scope=started, limits=PATIENT)
    client = client_of(library)

    def scope(query: str) -> tuple[str, str]:
        told = client.get(f"/analyses/{QUESTION}.json{query}").json()
        return told["place"], told["workforce"]

    assert scope("") == ("London", "clinical support staff, bands 2, 3")
    assert scope("?region=all&bands=all") == ("England", "clinical support staff")
    assert scope("?bands=all&bands=4") == ("London", "clinical support staff, band 4")
    form = client.get(f"/analyses/{QUESTION}").text
    assert '<option value="all">England</option>' in form
    assert '<input type="hidden" name="bands" value="all">' in form
    library.close()


def test_a_page_offers_what_its_scope_is_most_often_set_beside(client):
    page = client.get(f"/analyses/{QUESTION}?employer=RQY").text
    offered = re.search(r'<nav class="versus".*?</nav>', page, re.DOTALL)[0]
    links = {
        name: href.replace("&amp;", "&")
        for href, name in re.findall(r'<a href="([^"]+)">([^<]+)</a>', offered)
    }
    assert {"London", "England", "June 2019", "Another scope"} <= set(links)
    both = client.get(links["London"].replace("/compare?", "/compare.json?"))
    assert both.json()["first"]["place"].startswith("South West London")
    assert both.json()["second"]["place"] == "London"
    before = client.get(links["June 2019"].replace("/compare?", "/compare.json?"))
    assert before.json()["second"]["period"] != before.json()["first"]["period"]


def test_two_sides_share_one_axis(client):
    """A chart to 30% beside one to 40% would show a difference where there is none."""
    path = f"/analyses/{QUESTION}/compare"
    drawing = client.get(f"{path}.svg?bands=2&versus_region=Y56").text
    ticks = [
        re.findall(r">(\d+%)</text>", side)
        for side in drawing.split("<svg ")[2:]
        if side
    ]
    assert len(ticks) == 2
    assert ticks[0] == ticks[1] != []
