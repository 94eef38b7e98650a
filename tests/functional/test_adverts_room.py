"""The room of the app that codes adverts, and has them reviewed."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient

from functional.advert_room import ADDRESS, adverts, begin, code, rows_of
from skillmix.adverts.review.codes import reviewed_fields
from skillmix.app.application import create_app
from skillmix.app.library import Library
from skillmix.sources.inputs import Inputs

FIELDS = [f.name for f in reviewed_fields()]


@pytest.fixture
def client() -> Iterator[TestClient]:
    library = Library(Inputs(readings=(), editions={}))
    with TestClient(create_app(library), base_url=ADDRESS) as opened:
        yield opened


def test_adverts_are_coded_and_not_kept(client, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    path = begin(client)
    page = client.get(path).text
    assert "3 adverts in 3 files" in page
    assert "Demanded of the candidate" in page
    assert list(tmp_path.iterdir()) == []


def test_a_draft_is_pasted(client: TestClient) -> None:
    text = "Title: Support Worker\nSalary: £18,005\n\nYou must be flexible."
    told = client.post("/adverts/pasted", data={"text": text})
    assert "1 advert in 1 file" in told.text
    field = client.get(f"{told.url.path}/advert/1.json").json()["fields"]
    assert field["flexibility"]["value"] == "demanded"
    assert client.post("/adverts/pasted", data={"text": " "}).status_code == 422


def test_a_band_with_a_letter_is_shown(client: TestClient) -> None:
    path = begin(client, adverts(1, title="Ward Manager - Band 8a"))
    assert client.get(f"{path}.json").json()["adverts"][0]["exclusion"] == "not_support"
    assert "<strong>8a</strong>" in client.get(f"{path}/advert/1").text
    assert client.get(path).status_code == 200


def test_twins_have_the_values_of_the_page(client: TestClient) -> None:
    path = begin(client)
    told = client.get(f"{path}.json").json()
    assert told["kind"] == "skillmix adverts"
    rows = rows_of(client.get(f"{path}.csv").text)
    assert len(rows) == 3 * len(told["adverts"][0]["fields"])
    one = client.get(f"{path}/advert/3.json").json()
    assert one == told["adverts"][2]
    found = one["fields"]["essential_qualifications"]
    page = client.get(f"{path}/advert/3").text
    assert "NVQ level 2 or equivalent" in page
    for shown in (found["quote"], found["rule"], f"{found['confidence']:.0%} sure"):
        assert shown in page
    assert rows_of(client.get(f"{path}/advert/3.csv").text) == rows[-len(rows) // 3 :]


def test_every_criterion_has_its_place_on_the_page(client: TestClient) -> None:
    page = client.get(f"{begin(client)}/advert/1").text
    assert [int(n) for n in re.findall(r'<h2 id="c(\d+)"', page)] == [*range(1, 16)]
    assert "silent" in page.lower()


def test_contact_details_are_shown_nowhere(client: TestClient) -> None:
    path = begin(client)
    code(client, path, "KM")
    for shown in (
        *("", ".json", ".csv", "/advert/1", "/advert/1.json", "/review?coder=AB"),
        *("/sheet.csv", "/review.csv?coder=KM", "/gold.jsonl"),
    ):
        text = client.get(path + shown).text
        assert "960123" not in text, shown
        assert "ann@" not in text.lower(), shown
        assert "Onymous" not in text, shown


def test_the_text_is_for_the_page_alone(client: TestClient) -> None:
    path = begin(client)
    sentence = "A support worker is wanted on our acute mental health ward."
    # The overview is a quotation of its own; the whole text is in no file.
    assert sentence in client.get(f"{path}/review?coder=KM").text
    for given in (".json", ".csv", "/sheet.csv?way=open"):
        assert "welcome. You must" not in client.get(path + given).text


class TestCoding:
    def test_a_coder_confirms_and_corrects_without_a_script(self, client) -> None:
        path = begin(client)
        after = code(client, path, "KM", **{"code.flexibility": "offered"})
        assert "1 of 3 finished" in after.text
        (row,) = [
            r
            for r in rows_of(client.get(f"{path}/review.csv?coder=KM").text)
            if r["field"] == "flexibility" and r["code"]
        ]
        assert (row["suggested"], row["code"]) == ("demanded", "offered")
        page = client.get(f"{path}/review?coder=KM&number=1").text
        assert '<option value="offered" selected>' in page
        assert all(f'accesskey="{key}"' in page for key in "sc")

    def test_saving_leaves_what_is_not_coded(self, client) -> None:
        path = begin(client)
        code(client, path, "KM", act="next", **{"code.flexibility": "offered"})
        given = [
            r["field"]
            for r in rows_of(client.get(f"{path}/review.csv?coder=KM").text)
            if r["code"]
        ]
        assert given == ["flexibility"]

    def test_a_blind_coder_sees_nothing_of_the_machine(self, client) -> None:
        path = begin(client)
        page = client.get(f"{path}/review?coder=KM&way=blind").text
        for hint in ("Found:", "<mark", "confirm", "nothing-found"):
            assert hint not in page
        # Nor can it be asked for by the form.
        code(client, path, "KM", way="blind")
        assert not any(
            r["code"] for r in rows_of(client.get(f"{path}/review.csv?coder=KM").text)
        )

    def test_the_list_ends(self, client) -> None:
        path = begin(client)
        for number in (1, 2, 3):
            after = code(client, path, "KM", number)
        assert "All coded" in after.text

    def test_codes_that_contradict_themselves_are_refused(self, client) -> None:
        path = begin(client)
        both = {"code.essential_qualifications": ["none stated", "NVQ2"]}
        refused = code(client, path, "KM", **both)
        assert refused.status_code == 422
        assert "Keep the one or the other" in refused.text

    @pytest.mark.parametrize(
        ("sent", "status"),
        [
            ({"coder": "<script>"}, 422),
            ({"coder": "code"}, 422),
            ({"coder": "KM", "number": "99"}, 404),
            ({"coder": "KM", "number": "x"}, 404),
            ({"coder": "KM", "code.flexibility": "perhaps"}, 422),
            ({}, 422),
        ],
    )
    def test_what_is_no_code_is_refused(self, client, sent, status) -> None:
        path = begin(client)
        told = client.post(f"{path}/review", data={"number": "1", **sent})
        assert told.status_code == status
        assert "Traceback" not in told.text


class TestAgreement:
    @pytest.fixture
    def path(self, client: TestClient) -> str:
        path = begin(client)
        for number in (1, 2, 3):
            code(client, path, "KM", number)
            sent = {"code.flexibility": "both"} if number == 1 else {}
            sent |= {"note.flexibility": "asks and offers"} if number == 1 else {}
            code(client, path, "AB", number, **sent)
        return path

    def test_it_is_told_field_by_field(self, client, path) -> None:
        assert "Krippendorff" in client.get(f"{path}/agreement").text
        asked = f"{path}/agreement.json?first=KM&second=AB"
        told = client.get(asked).json()
        assert (told["agreed"], told["differing"]) == (3 * len(FIELDS) - 1, 1)
        row = next(f for f in told["fields"] if f["field"] == "flexibility")
        assert (row["adverts"], row["agreed"]) == (3, 2)
        assert 0 < row["kappa"] < 1
        table = rows_of(client.get(asked.replace(".json", ".csv")).text)
        assert len(table) == len(FIELDS)

    def test_a_coder_does_not_agree_with_themselves(self, client, path) -> None:
        assert (
            client.get(f"{path}/agreement.json?first=KM&second=KM").status_code == 422
        )

    def test_a_third_settles_and_the_gold_set_grows(self, client, path) -> None:
        before = client.get(f"{path}/gold.jsonl").text.splitlines()
        assert len(before) == 3 * len(FIELDS) - 1
        page = client.get(f"{path}/settle?by=ZZ").text
        assert "AB noted: asks and offers" in page
        sent = {"by": "ZZ", "number": "1", "field": "flexibility", "of": "AB"}
        assert "All settled" in client.post(f"{path}/settle", data=sent).text
        gold = [
            json.loads(g)
            for g in client.get(f"{path}/gold.jsonl").text.split("\n")[:-1]
        ]
        (mine,) = [g for g in gold if g["by"] == "ZZ"]
        assert (mine["field"], mine["code"]) == ("flexibility", "both")
        field = client.get(f"{path}/advert/1.json").json()["fields"]["flexibility"]
        assert (field["value"], field["rule"]) == ("both", "review.settled")
        assert field["settled_by"] == "ZZ"
        assert "Settled by ZZ" in client.get(f"{path}/advert/1").text
        assert "In, settled" in client.get(path).text
        table = pq.read_table(
            io.BytesIO(client.get(f"{path}/coded_adverts.parquet").content)
        )
        assert table["reviewed"].to_pylist() == [True, True, True]

    def test_what_was_settled_is_taken_back(self, client, path) -> None:
        sent = {"by": "ZZ", "number": "1", "field": "flexibility"}
        client.post(f"{path}/settle", data={**sent, "code.flexibility": "none"})
        back = client.post(f"{path}/settle", data={"by": "ZZ", "act": "undo"})
        assert "ZZ settles; 1 left" in back.text

    def test_nothing_chosen_settles_nothing(self, client, path) -> None:
        sent = {"by": "ZZ", "number": "1", "field": "flexibility"}
        assert client.post(f"{path}/settle", data=sent).status_code == 422
        wrong = {**sent, "field": "salary_min", "code.salary_min": "3"}
        assert client.post(f"{path}/settle", data=wrong).status_code == 404

    def test_the_command_reads_the_files_and_settles_alike(
        self, client, path, skillmix, tmp_path
    ) -> None:
        """The round trip: sheets saved here are codings there."""
        for _, (name, content) in adverts():
            (tmp_path / "in" / name).parent.mkdir(exist_ok=True)
            (tmp_path / "in" / name).write_bytes(content)
        for coder in ("KM", "AB"):
            sheet = client.get(f"{path}/review.csv?coder={coder}").text
            (tmp_path / f"{coder}.csv").write_text(sheet, encoding="utf-8")
        ran = skillmix(
            *("adverts", tmp_path / "in", "--gold", tmp_path / "gold.jsonl"),
            *("--coding", tmp_path / "KM.csv", "--coding", tmp_path / "AB.csv"),
            *("--out", tmp_path / "out", "--quiet"),
        )
        assert ran.code == 0, ran.err
        settled = (tmp_path / "gold.jsonl").read_text(encoding="utf-8").splitlines()
        here = client.get(f"{path}/gold.jsonl").text.splitlines()
        keys = ("advert", "field", "code", "text_sha256")
        plain = [
            sorted([json.loads(line)[k] for k in keys] for line in lines)
            for lines in (settled, here)
        ]
        assert plain[0] == plain[1]
        agreed = (tmp_path / "out" / "agreement.csv").read_text(encoding="utf-8")
        assert "flexibility,Flexibility,3,2" in agreed

    def test_saved_files_bring_everything_back(self, client, path) -> None:
        """Another run of the app: adverts, sheets and gold file given again."""
        settled = {"by": "ZZ", "number": "1", "field": "flexibility", "of": "AB"}
        client.post(f"{path}/settle", data=settled)
        gold = client.get(f"{path}/gold.jsonl").text
        files = adverts()
        for coder in ("KM", "AB"):
            sheet = client.get(f"{path}/review.csv?coder={coder}").content
            files.append(("sheets", (f"{coder}.csv", sheet)))
        files.append(("gold", ("gold.jsonl", gold.encode())))
        again = begin(client, files)
        page = client.get(again).text
        assert "Save KM.csv" in page
        assert "In, settled" in page
        assert client.get(f"{again}/gold.jsonl").text == gold
        assert "asks and offers" in client.get(f"{again}/review?coder=AB&number=1").text

    def test_a_settled_code_is_never_overwritten(self, client, path) -> None:
        gold = client.get(f"{path}/gold.jsonl").text
        again = begin(client, [*adverts(), ("gold", ("gold.jsonl", gold.encode()))])
        for coder in ("KM", "AB"):
            code(client, again, coder, **{"code.contract": "bank"})
        assert client.get(f"{again}/gold.jsonl").text.startswith(gold.rstrip("\n"))
        assert "differs from settled ones, which stay" in client.get(again).text
