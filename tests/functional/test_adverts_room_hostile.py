"""What is sent to the room of adverts to break it is told, and breaks nothing."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from functional.advert_room import ADDRESS, adverts, begin, rows_of
from skillmix.app.application import create_app
from skillmix.app.library import Library
from skillmix.sources.inputs import Inputs


@pytest.fixture
def client() -> Iterator[TestClient]:
    library = Library(Inputs(readings=(), editions={}))
    with TestClient(create_app(library), base_url=ADDRESS) as opened:
        yield opened


def test_what_is_sent_is_shown_and_never_run(client: TestClient) -> None:
    evil = "<script>alert(1)</script> You must be flexible on <b>nights</b>."
    path = begin(client, adverts(1, title="<script>alert(2)", body=evil))
    for shown in ("", "/advert/1", "/review?coder=KM"):
        page = client.get(path + shown).text
        assert "<script>alert" not in page
        assert "<b>nights" not in page


def test_names_that_lead_out_of_the_folder_are_made_harmless(client) -> None:
    (_, (_, content)), *_ = adverts(1)
    path = begin(client, [("files", ("../../evil.txt", content))])
    (entry,) = client.get(f"{path}.json").json()["files"]
    assert entry["file"] == "evil.txt"


def test_two_files_of_one_name_are_both_read(client) -> None:
    one, two, _ = adverts()
    same = [("files", ("a.txt", one[1][1])), ("files", ("a.txt", two[1][1]))]
    assert "2 adverts in 2 files" in client.get(begin(client, same)).text


def test_a_formula_is_text_in_every_sheet(client: TestClient) -> None:
    path = begin(client, adverts(1, title="=HYPERLINK(1) Healthcare Assistant"))
    for given in (".csv", "/sheet.csv", "/advert/1.csv"):
        assert not re.search(r"[,\n]\"?=HYPER", client.get(path + given).text)


def test_a_bomb_is_told_and_the_rest_is_read(client: TestClient) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("bomb.txt", b"0" * 50_000_000)
    files = [*adverts(1), ("files", ("bomb.zip", packed.getvalue()))]
    page = client.get(begin(client, files)).text
    assert "1 advert in 2 files" in page
    assert "Files not read" in page


@pytest.mark.parametrize(
    "content",
    [b"", b"\x7fELF" + bytes(range(256)) * 20, b"PK\x03\x04broken", b"%PDF-1.7"],
)
def test_what_is_no_advert_is_told(client, content: bytes) -> None:
    told = client.post("/adverts", files={"files": ("x.bin", content)})
    assert told.status_code in (404, 422)
    assert "Traceback" not in told.text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("sheets", b"colour,size\nblue,3\n"),
        ("sheets", b"advert,field,code\n1,flexibility,perhaps\n"),
        ("gold", b"not json"),
        ("gold", b'{"advert": 1}'),
    ],
)
def test_a_damaged_sheet_or_gold_file_is_refused(client, name, content):
    files = [*adverts(1), (name, ("KM.csv", content))]
    told = client.post("/adverts", files=files)
    assert told.status_code == 422
    assert "Traceback" not in told.text


def test_a_sheet_of_another_text_is_refused(client) -> None:
    sheet = client.get(f"{begin(client, adverts(1))}/sheet.csv").text
    sheet = re.sub(r"[0-9a-f]{64}", "0" * 64, sheet).replace(",,\n", ",no,\n")
    rows = [r for r in rows_of(sheet) if r["field"] == "supervises_others"]
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows({**r, "code": "no"} for r in rows)
    files = [*adverts(1), ("sheets", ("KM.csv", out.getvalue().encode()))]
    told = client.post("/adverts", files=files)
    assert told.status_code == 422
    assert "not the one that was coded" in told.text


@pytest.mark.parametrize("place", ["review", "settle"])
def test_a_form_of_another_kind_is_refused(client, place: str) -> None:
    path = begin(client, adverts(1))
    file = {"code.flexibility": ("a.txt", b"none")}
    told = client.post(f"{path}/{place}", data={"coder": "KM"}, files=file)
    assert 400 <= told.status_code < 500
    many = {f"code.{n}": "none" for n in range(2_000)}
    told = client.post(f"{path}/{place}", data={"coder": "KM", **many})
    assert 400 <= told.status_code < 500


def test_a_set_that_was_forgotten_is_told(client: TestClient) -> None:
    for shown in (".json", "/advert/1.json", "/gold.jsonl", "/settle?by=KM"):
        assert client.get(f"/adverts/no-such-set{shown}").status_code == 404
