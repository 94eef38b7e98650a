"""The room of the app that reads job titles."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from skillmix.app.application import create_app
from skillmix.app.library import Library
from skillmix.schema.scope import Scope, parse_month
from skillmix.sources.inputs import Inputs, open_inputs

ADDRESS = "http://127.0.0.1:8765"


@pytest.fixture
def client() -> Iterator[TestClient]:
    library = Library(Inputs(readings=(), editions={}))
    with TestClient(create_app(library), base_url=ADDRESS) as opened:
        yield opened


def test_pasted_titles_are_read_and_have_twins(client: TestClient) -> None:
    told = client.post("/titles/pasted", data={"text": "HCA\nKeeper of the Flame\n"})
    assert told.status_code == 200
    assert "2 distinct titles" in told.text
    assert "Keeper of the Flame" in told.text
    twin = client.get(f"{told.url.path}.json").json()
    assert twin["kind"] == "skillmix titles"
    table = client.get(f"{told.url.path}.csv")
    assert table.text.startswith("title,people,")
    assert "healthcare assistant" in table.text


def test_a_file_is_read_and_not_kept(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    sent = {"file": ("list.csv", b"Job title,Count\nHCA,40\nWard Clerk,3\n")}
    told = client.post("/titles", files=sent)
    assert told.status_code == 200
    assert "Healthcare assistant" in told.text
    assert list(tmp_path.iterdir()) == []


def test_what_is_sent_is_shown_and_never_run(client: TestClient) -> None:
    told = client.post(
        "/titles/pasted", data={"text": "HCA\n<script>alert(1)</script>"}
    )
    assert "<script>alert" not in told.text
    assert "&lt;script&gt;" in told.text


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"colour,size\nblue,3\n"])
def test_what_is_no_list_is_told(client: TestClient, content: bytes) -> None:
    told = client.post("/titles", files={"file": ("x.csv", content)})
    assert told.status_code in (404, 422)
    assert "Traceback" not in told.text


def test_a_list_that_was_forgotten_is_told(client: TestClient) -> None:
    assert client.get("/titles/no-such-list.json").status_code == 404
    assert client.get("/titles/record.json").status_code in (404, 422)


def test_titles_of_the_staff_record_are_counted(tiny_nhs: Path, tmp_path: Path) -> None:
    inputs = open_inputs([tiny_nhs / "staff-record"], store=tmp_path)
    library = Library(inputs, scope=Scope(month=parse_month("2020-06")))
    with TestClient(create_app(library), base_url=ADDRESS) as opened:
        assert "/titles/record" in opened.get("/titles").text
        told = opened.get("/titles/record.json").json()
    assert told["summary"]["titles"] > 40
    assert all(t["people"] >= 5 for t in told["titles"])
